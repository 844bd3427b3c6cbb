// ps, images, logs: what is there, in docker's tables.
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <set>

#include "base/text.h"
#include "real/engine/engine.h"
#include "real/engine/json_log.h"
#include "real/engine/reconcile.h"
#include "real/sys/files.h"
#include "real/sys/signal_pipe.h"
#include "spec/docker_given.h"
#include "spec/docker_lists.h"
#include "spec/docker_messages.h"
#include "spec/docker_tables.h"
#include "spec/reference.h"

namespace cutaway::real {

namespace {

spec::ListedContainer listed(const ContainerRecord& record, std::int64_t now_s) {
  spec::ContainerState state;
  state.state = std::string(state_name(record.state));
  state.exit_code = record.exit_code;
  state.since_s = record.lives() ? record.started_s : record.finished_s;
  spec::ListedContainer found;
  found.state = state.state;
  found.created_ns = record.created_s * 1'000'000'000;
  spec::ContainerRow& row = found.row;
  row.id = record.id;
  row.image = record.image;
  row.created_s = record.created_s;
  row.status = spec::status_text(state, now_s);
  row.name = record.name;
  const auto config = config_of(record);
  if (!config) return found;
  row.command = spec::command_text(config->argv);
  found.labels = config->labels;
  found.network = config->network;
  for (const spec::ConfigMount& mount : config->mounts) {
    if (mount.type != "tmpfs") found.mounts.push_back(mount.source);
  }
  return found;
}

/// A file of several names counts once, a folder not at all (docker's pkg/directory).
std::int64_t bytes_below(const std::string& folder) {
  namespace fs = std::filesystem;
  std::int64_t sum = 0;
  std::set<ino_t> counted;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    struct stat status {};
    const bool there = ::lstat(at->path().c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
    if (there && counted.insert(status.st_ino).second) sum += status.st_size;
  }
  return sum;
}

/// What the container wrote, and with it the layers that it shares.
void add_sizes(const Doing& doing, const ContainerRecord& record, spec::ContainerRow& row) {
  row.size_bytes = bytes_below(doing.machine.state.overlay(record.id) + "/diff");
  const auto image = doing.machine.images.find(record.image_id);
  row.size_with_image_bytes = row.size_bytes + (image ? image->size() : 0);
}

// One row for each filter that is built here.
struct FilterRow {
  const char* name;
  bool (*fits)(const spec::ListedContainer& container, const std::string& value);
};
constexpr FilterRow kFilters[] = {
    {"id",
     [](const spec::ListedContainer& c, const std::string& v) { return starts_with(c.row.id, v); }},
    {"name", [](const spec::ListedContainer& c,
                const std::string& v) { return spec::name_fits(c.row.name, v); }},
    {"status", [](const spec::ListedContainer& c, const std::string& v) { return c.state == v; }},
    {"network",
     [](const spec::ListedContainer& c, const std::string& v) { return c.network == v; }},
};

bool fits(const spec::ListedContainer& container, const spec::Filters& filters) {
  const bool labelled = filters.all(
      "label", [&](const std::string& value) { return spec::label_fits(container.labels, value); });
  return labelled &&
         std::all_of(std::begin(kFilters), std::end(kFilters), [&](const FilterRow& row) {
           return filters.any(row.name,
                              [&](const std::string& value) { return row.fits(container, value); });
         });
}

std::string wrong_filter(const spec::Filters& filters) {
  std::vector<std::string> known = {"label"};
  for (const FilterRow& row : kFilters) known.emplace_back(row.name);
  const std::string unknown = filters.unknown(known);
  return unknown.empty() ? spec::wrong_status(filters.of("status"))
                         : "invalid filter '" + unknown + "'";
}

int print_list(const Doing& doing, const Result<std::string>& text) {
  if (text)
    doing.streams.out(*text);
  else
    doing.streams.err(text.error().message + "\n");
  return text ? 0 : 1;
}

// What of a log is asked for: the last `tail` lines.
std::size_t first_shown(const std::vector<LogEntry>& entries, const std::string& tail) {
  std::int64_t lines = 0;
  if (!parse_decimal(tail, lines) || lines < 0) return 0;
  const auto count = static_cast<std::size_t>(lines);
  return entries.size() > count ? entries.size() - count : 0;
}

void print_entries(const Doing& doing, const std::vector<LogEntry>& entries, std::size_t from) {
  const bool times = doing.command.get<spec::LogsOptions>().timestamps;
  for (std::size_t i = from; i < entries.size(); ++i)
    doing.streams.write(entries[i].channel,
                        (times ? entries[i].time + " " : std::string()) + entries[i].text);
}

constexpr useconds_t kFollowUs = 50'000;

// -f: until the container has ended and its last line is shown.
void follow(const Doing& doing, const ContainerRecord& record, std::size_t at) {
  while (true) {
    const auto now = find_current(doing.machine, record.id);
    const bool over = !now || !now->lives();
    const auto text = read_text(doing.machine.state.log(record.id));
    if (!text) return;
    std::size_t used = 0;
    if (text->size() > at)
      print_entries(doing, parse_log(std::string_view(*text).substr(at), used), 0);
    at += used;
    if (over || signal_waits(doing.streams.signals)) return;
    ::usleep(kFollowUs);
  }
}

}  // namespace

int do_ps(const Doing& doing) {
  const auto& options = doing.command.get<spec::PsOptions>();
  const spec::Filters filters(options.filters);
  const std::string wrong = wrong_filter(filters);
  if (!wrong.empty()) return doing.refuse(wrong);
  const std::int64_t now_s = ::time(nullptr);
  const std::int64_t most = options.latest ? 1 : options.last;
  const bool all = options.all || most >= 0 || filters.has("status");
  std::vector<spec::ListedContainer> shown;
  const std::vector<ContainerRecord> records = current_records(doing.machine);
  for (auto record = records.rbegin(); record != records.rend(); ++record) {  // newest first
    if (most >= 0 && static_cast<std::int64_t>(shown.size()) >= most) break;
    spec::ListedContainer found = listed(*record, now_s);
    if (!(all || record->lives()) || !fits(found, filters)) continue;
    if (options.size) add_sizes(doing, *record, found.row);
    shown.push_back(std::move(found));
  }
  return print_list(doing, spec::ps_text(shown, options, now_s));
}

int do_images(const Doing& doing) {
  const auto images = doing.machine.images.list();
  if (!images) return doing.refuse(images.error());
  std::vector<spec::ImageRow> rows;
  for (const StoredImage& image : *images) {
    for (const std::string& ref : image.refs) {
      const auto reference = spec::parse_reference(ref);
      spec::ImageRow row;
      if (reference) row.repository = reference->familiar_name();
      if (reference) row.tag = reference->tag;
      row.id = image.id;
      row.digest = image.manifest;
      row.size_bytes = image.size();
      rows.push_back(row);
    }
  }
  return print_list(
      doing, spec::images_text(rows, doing.command.get<spec::ImagesOptions>(), ::time(nullptr)));
}

int do_history(const Doing& doing) {
  const auto image = doing.machine.images.find(doing.command.names.at(0));
  if (!image) return doing.refuse(image.error());
  const auto config = doing.machine.images.config(*image);
  if (!config) return doing.refuse(config.error());
  std::vector<spec::HistoryRow> rows;
  for (std::size_t i = image->layers.size(); i-- > 0;) {  // newest first
    const bool top = i + 1 == image->layers.size();
    const auto entry = i < config->history.size() ? config->history[i] : spec::HistoryEntry();
    rows.push_back({top ? image->id : std::string(), entry.created_by, 0, image->layers[i].unpacked,
                    entry.comment});
  }
  const bool quiet = spec::has_flag(doing.command, "quiet");
  const bool whole = spec::has_flag(doing.command, "no-trunc");
  return print_list(doing, spec::history_table(rows, quiet, whole, ::time(nullptr)));
}

int do_logs(const Doing& doing) {
  const auto record = find_current(doing.machine, doing.command.names.at(0));
  if (!record) return doing.refuse(record.error());
  const auto& options = doing.command.get<spec::LogsOptions>();
  const std::string path = doing.machine.state.log(record->id);
  const auto text = exists(path) ? read_text(path) : Result<std::string>(std::string());
  if (!text) return doing.refuse(text.error());
  std::size_t used = 0;
  const std::vector<LogEntry> entries = parse_log(*text, used);
  print_entries(doing, entries, first_shown(entries, options.tail));
  if (!options.follow) return 0;
  follow(doing, *record, used);
  return signal_waits(doing.streams.signals) ? doing.ended_by_signal() : 0;
}

}  // namespace cutaway::real
