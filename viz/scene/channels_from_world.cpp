#include "viz/scene/channels_from_world.h"

#include <algorithm>

#include "base/text.h"
#include "spec/words.h"
#include "trace/world/lookup.h"
#include "viz/player/event_class.h"
#include "viz/scene/channels_from_world_plugs.h"
#include "viz/scene/channels_from_world_way.h"
#include "viz/text/call_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kMostColumns = 3;
constexpr std::size_t kMostLines = 4;     // of the log
constexpr std::size_t kLogBack = 262144;  // events that are looked at for them
constexpr std::size_t kLineLength = 60;

struct Maker {
  const Trace& trace;
  const World& world;
  std::size_t position;
  const spec::Words& words;
  std::optional<Happening> now;

  const cutaway::Task* with_role(Role role) const {
    return world.tasks.first([role](const cutaway::Task& task) {
      return task.role == role && !task.zombie() && task.leader == task.id;
    });
  }

  struct Begun {
    World world;
    TaskId init;
    std::size_t typed = 0;
  };
  /// The container's pid 1 when it had just become the program. Which tube is which channel was
  /// settled then: a shell that runs `>&2` has another one at 1 for a while. (A short program has
  /// ended before the daemon is told of it: then the record names no init.)
  std::optional<Begun> begun(const cutaway::Container& container) const {
    std::optional<Begun> found;
    const std::size_t stop = position > kLogBack ? position - kLogBack : 0;
    for (std::size_t n = position; n > stop; --n) {
      const Record& record = trace.record(n - 1);
      if (found && is<CliTyped>(record)) {
        found->typed = n;
        break;
      }
      if (record.container != container.number.value) continue;
      if (!is<TaskExeced>(record)) continue;
      if (container.init && record.task != container.init.value) continue;
      World then = trace.world_at(n);
      const cutaway::Task* task = then.tasks.find(TaskId(record.task));
      if (task != nullptr && task->pids.size() > 1 && own_pid(*task) == 1)
        found = Begun{std::move(then), TaskId(record.task), 0};
    }
    return found;
  }

  ChannelEnds ends_of(const cutaway::Container& container, const cutaway::Task* task,
                      const std::optional<Carrier>& carrier) const {
    ChannelEnds ends;
    ends.container = container.number;
    ends.tty = container.tty;
    ends.attached = carrier.has_value();
    if (carrier) ends.client = carrier->client;
    const std::optional<Begun> start = begun(container);
    ends.since = start ? start->typed : 0;
    const cutaway::Task* then = start ? start->world.tasks.find(start->init) : nullptr;
    for (std::size_t k = 0; k < kChannelCount; ++k) {
      const auto fd = static_cast<std::int64_t>(k);
      const OpenFile* file = then != nullptr   ? file_of(start->world, *then, fd)
                             : task != nullptr ? file_of(world, *task, fd)
                                               : nullptr;
      if (file == nullptr) continue;
      ends.files[k] = file->id;
      ends.pipes[k] = file->pipe;
      if (file->terminal) ends.terminal = file->terminal;
    }
    return ends;
  }

  /// "0 is /dev/null", "0, 1 and 2 are one terminal".
  std::string said_of(const ChannelColumn& column) const {
    if (column.task.empty()) return words["channels.none"].what;
    if (column.one_pty()) return words["channels.pty"].what;
    const bool null = column.plugs[0].kind == PlugKind::Null;
    const bool pipe = column.plugs[0].kind == PlugKind::Pipe;
    return null   ? words["channels.null"].what
           : pipe ? words["channels.pipe"].what
                  : words["channels.other"].what;
  }

  std::vector<std::string> notes_of(const ChannelColumn& column) const {
    const spec::Sentence& said =
        words[column.task.empty()                      ? "channels.none"
              : column.one_pty()                       ? "channels.note.pty"
              : column.plugs[0].kind == PlugKind::Null ? "channels.note.null"
                                                       : "channels.note.pipe"];
    if (column.task.empty()) return {said.why};
    std::vector<std::string> notes = {said.what};
    for (const std::string& line : split(said.why, ';')) notes.push_back(std::string(trim(line)));
    return notes;
  }

  std::vector<ChannelLogLine> log_of(const cutaway::Container& container) const {
    std::vector<ChannelLogLine> lines;
    const std::size_t stop = position > kLogBack ? position - kLogBack : 0;
    for (std::size_t n = position; n > stop && lines.size() < kMostLines; --n) {
      const Record& record = trace.record(n - 1);
      if (!is<ContainerLogged>(record) || record.container != container.number.value) continue;
      const auto logged = std::get<ContainerLogged>(trace.event(n - 1).body);
      const std::string_view text = trace.blobs.get(logged.data);
      lines.push_back({short_text(log_text(text, container.tty), kLineLength),
                       logged.channel == "stderr" ? std::size_t{2} : std::size_t{1}});
    }
    std::reverse(lines.begin(), lines.end());
    return lines;
  }

  /// A terminal turns \n into \r\n, and that is what is kept; it is shown as what it is.
  static std::string log_text(std::string_view bytes, bool tty) {
    std::string said;
    for (const char c : trim(bytes)) said += c == '\n' ? std::string("\\n") : std::string(1, c);
    return printable(said) + (tty && ends_with(bytes, "\r\n") ? "\\r\\n" : "");
  }

  void fill_move(const ChannelEnds& ends, ChannelColumn& column) const {
    if (!now) return;
    std::optional<ByteMove> move = byte_move(trace, world, ends, now->event);
    for (const auto& [index, event] : now->effects) {
      if (auto each = byte_move(trace, world, ends, event)) move = std::move(each);
    }
    if (move) column.move = std::move(move->move);
  }

  ChannelColumn column_of(const cutaway::Container& container) const {
    ChannelColumn column;
    column.slot = container.slot;
    column.id = container_name(world, container);
    const std::optional<Carrier> carrier = carrier_of(world, container);
    column.attached = carrier.has_value();
    const cutaway::Task* daemon = with_role(Role::Daemon);
    column.server = daemon == nullptr ? "" : daemon->comm;
    const cutaway::Task* client = with_role(Role::Client);
    column.client = client == nullptr || !column.attached ? "" : client->comm;
    column.log = log_of(container);
    if (const cutaway::Task* task = first_alive(world, container.number)) {
      column.task = "task:" + decimal(task->pid());
      column.pid_here = decimal(own_pid(*task));
      column.pid_on_host = decimal(task->pid());
      column.comm = task->comm;
      for (std::size_t k = 0; k < kChannelCount; ++k)
        column.plugs[k] = plug_of(world, *task, k, carrier);
    }
    // What it wrote is on its way still when it has ended.
    const ChannelEnds ends = ends_of(container, first_alive(world, container.number), carrier);
    fill_move(ends, column);
    if (const auto trail = byte_trail(trace, position, ends)) fill_stations(words, *trail, column);
    column.said = said_of(column);
    column.notes = notes_of(column);
    return column;
  }
};

/// "-i", "-it": what was asked for, as the plugs show it.
std::string channel_flags(const cutaway::Container& container, const ChannelColumn& column) {
  const bool open = column.plugs[0].kind == PlugKind::Pipe || column.one_pty();
  if (container.tty) return open ? "-it" : "-t";
  if (column.plugs[0].kind == PlugKind::Pipe) return "-i";
  return column.task.empty() ? "" : "no -i, no -t";
}

/// Those that move bytes just now, then the newest.
std::vector<const cutaway::Container*> chosen(const World& world, ContainerId acts) {
  std::vector<const cutaway::Container*> all = containers_by_slot(world);
  std::vector<const cutaway::Container*> ranked = all;
  std::stable_sort(ranked.begin(), ranked.end(), [&](const auto* a, const auto* b) {
    if ((a->number == acts) != (b->number == acts)) return a->number == acts;
    return a->number.value > b->number.value;
  });
  if (ranked.size() > kMostColumns) ranked.resize(kMostColumns);
  std::sort(ranked.begin(), ranked.end(),
            [](const auto* a, const auto* b) { return a->slot < b->slot; });
  return ranked;
}

}  // namespace

Channels channels_of(const Trace& trace, const World& world, std::size_t position,
                     EventIndex focus) {
  const Maker maker = {trace, world, position, spec::Words::of(),
                       happening_at(trace, position, focus)};
  const ContainerId acts = maker.now ? maker.now->event.stamp.container : ContainerId{};
  const auto containers = chosen(world, acts);
  Channels channels;
  channels.more = containers_by_slot(world).size() - containers.size();
  for (const cutaway::Container* container : containers) {
    ChannelColumn column = maker.column_of(*container);
    column.flags = channel_flags(*container, column);
    channels.columns.push_back(std::move(column));
  }
  fill_terminals(trace, world, position, containers, channels);
  return channels;
}

Caption channels_caption(const Channels& channels) {
  const spec::Words& words = spec::Words::of();
  const ChannelColumn* moving = nullptr;
  const ChannelColumn* trailed = nullptr;
  for (const ChannelColumn& column : channels.columns) {
    if (column.move) moving = &column;
    if (!column.stations.empty()) trailed = &column;
  }
  if (channels.columns.empty())
    return {words["channels.empty"].what, words["channels.empty"].why, {}};
  if (moving == nullptr) {
    const spec::Sentence& said = words["channels.plugs"];
    return {said.what, said.why,
            trailed == nullptr ? std::vector<CaptionPart>() : trailed->stations};
  }
  static constexpr const char* kHops[] = {"kernel", "server", "log", "client", "terminal"};
  const ChannelMove& move = *moving->move;
  const spec::Sentence& said = words[std::string("channels.") + (move.inwards ? "in." : "out.") +
                                     kHops[static_cast<std::size_t>(move.hop)]];
  const auto value = [&](std::string_view name) {
    if (name == "bytes") return bytes_words(move.bytes);
    if (name == "channel") return std::string(kChannelNames[move.channel]);
    return name == "comm" ? moving->comm : moving->id;
  };
  return {fill(said.what, value), fill(said.why, value), moving->stations};
}

}  // namespace cutaway::viz
