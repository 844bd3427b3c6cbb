// docker stats: one line for each container, once or again and again.

#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "spec/docker_lists.h"
#include "spec/docker_views.h"

namespace cutaway::sim {

namespace {

const std::vector<spec::ListColumn>& stats_columns() {
  static const std::vector<spec::ListColumn> kColumns = {
      {"ID", "CONTAINER ID", true},   {"Name", "NAME", true},
      {"CPUPerc", "CPU %", true},     {"MemUsage", "MEM USAGE / LIMIT", true},
      {"MemPerc", "MEM %", true},     {"NetIO", "NET I/O", true},
      {"BlockIO", "BLOCK I/O", true}, {"PIDs", "PIDS", true},
      {"Container", "CONTAINER"}};
  return kColumns;
}

/// What docker prints where it knows no number (cli/command/formatter): see FIDELITY, stats.
constexpr const char* kNotCounted = "--";

// "12.34%": `part` of `whole` in hundredths of a percent.
std::string percent(std::int64_t part, std::int64_t whole) {
  const std::int64_t hundredths = whole <= 0 ? 0 : part * 10'000 / whole;
  const std::string cents = decimal(100 + hundredths % 100).substr(1);
  return decimal(hundredths / 100) + "." + cents + "%";
}

spec::OrderedJson stats_row(const Json& stats, const std::string& asked) {
  const bool runs = stats.value("Running", false);
  const auto number = [&](const char* key) { return stats.value(key, std::int64_t{0}); };
  const std::int64_t machine = number("machine");
  const std::int64_t limit =
      number("limit") < 0 || number("limit") > machine ? machine : number("limit");
  spec::OrderedJson row;
  row["BlockIO"] = kNotCounted;
  row["CPUPerc"] = percent(number("cpu"), kSecond);
  row["Container"] = asked;
  row["ID"] = spec::short_id(stats.value("Id", std::string()));
  row["MemPerc"] = percent(number("memory"), limit);
  row["MemUsage"] = spec::binary_size(number("memory")) + " / " + spec::binary_size(limit);
  row["Name"] = stats.value("Name", std::string());
  row["NetIO"] = kNotCounted;
  row["PIDs"] = decimal(runs ? number("pids") : 0);
  return row;
}

// All that run, unless some are named.
Co<std::vector<std::string>> asked_about(Sys sys, ClientCommand given) {
  if (!given.command.names.empty()) co_return given.command.names;
  std::vector<std::string> ids;
  auto asking =
      ask(sys, "api.list", "GET",
          has_flag(given.command, "all") ? "/containers/json?all=1" : "/containers/json", "");
  const HttpMessage answer = co_await asking;
  const auto body = parse_json(answer.body);
  if (!body) co_return ids;
  const Json& containers = (*body)["Containers"];
  for (auto item = containers.rbegin(); item != containers.rend(); ++item)
    ids.push_back(item->value("Id", std::string()));
  co_return ids;
}

struct Meters {
  std::vector<spec::OrderedJson> rows;
  std::string error;  ///< of the first that could not be asked
};

Co<Meters> read_meters(Sys sys, std::vector<std::string> names) {
  Meters meters;
  for (const std::string& name : names) {
    auto asking = ask(sys, "api.stats", "GET", "/containers/" + name + "/stats?stream=0", "");
    const HttpMessage answer = co_await asking;
    const auto stats = parse_json(answer.body);
    if (answer.status == 200 && stats)
      meters.rows.push_back(stats_row(*stats, name));
    else if (meters.error.empty())
      meters.error = error_message(answer);
  }
  co_return meters;
}

// Over what was shown before, from the top of the screen: it does not flicker (console_codes(4)).
std::string over_the_last(const std::string& text) {
  std::string screen = "\x1b[H";
  for (const char c : text) screen += c == '\n' ? std::string("\x1b[K\n") : std::string(1, c);
  return screen + "\x1b[J";
}

}  // namespace

// Who was not there at the beginning is an error, who goes later is left out; without names it goes
// on until it is interrupted.
Co<int> client_stats(Sys sys, ClientCommand given) {
  constexpr std::int64_t kPauseNs = 500'000'000;
  const bool once = has_flag(given.command, "no-stream");
  const spec::ListShown how{flag_text(given.command, "format"), false, "ID"};
  for (bool first = true;; first = false) {
    auto listing = asked_about(sys, given);
    const std::vector<std::string> names = co_await listing;
    auto reading = read_meters(sys, names);
    const Meters meters = co_await reading;
    if (first && !meters.error.empty()) {
      auto refusing = refuse(sys, given.command, meters.error);
      co_return co_await refusing;
    }
    Result<std::string> text = spec::list_text(stats_columns(), meters.rows, how);
    if (!once && text) text = over_the_last(*text);
    auto printing = print_list(sys, text);
    const int status = co_await printing;
    const bool nobody = meters.rows.empty() && !given.command.names.empty();
    if (once || status != 0 || nobody) co_return status;
    co_await sys.nanosleep(kPauseNs);
  }
}

}  // namespace cutaway::sim
