// Where two runs of a litmus program differ, and what of a result is compared at all: not what is
// nobody's promise (addresses, inode numbers, clocks, sizes of directories).
#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "spec/document.h"
#include "spec/litmus_fuzz.h"
#include "trace/log/json_values.h"

namespace cutaway::spec {

namespace {

constexpr std::string_view kNotReached = "not reached", kStuck = "stuck", kFine = "ok";

/// Results that are each kernel's own affair, by call.
struct Uncompared {
  std::string_view call;
  std::string_view part;  ///< "ret", "data", "out"
};
constexpr Uncompared kUncompared[] = {{"mmap", "ret"},
                                      {"brk", "ret"},
                                      {"mremap", "ret"},
                                      {"times", "ret"},
                                      {"times", "out"},
                                      {"clock_gettime", "out"},
                                      {"getrandom", "data"},
                                      {"sysinfo", "out"},
                                      {"gettimeofday", "out"},
                                      {"time", "ret"},
                                      {"uname", "release"},
                                      {"uname", "version"},
                                      {"uname", "machine"},
                                      {"nanosleep", "out"},
                                      {"clock_nanosleep", "out"},
                                      {"statfs", "f_blocks"},
                                      {"statfs", "f_bfree"},
                                      {"statfs", "f_bavail"},
                                      {"statfs", "f_files"},
                                      {"statfs", "f_ffree"},
                                      {"sched_getaffinity", "out"},
                                      {"setitimer", "it_value"},
                                      {"getitimer", "it_value"},
                                      {"timerfd_settime", "it_value"},
                                      {"timerfd_gettime", "it_value"},
                                      {"prlimit64", "out"},
                                      {"getcpu", "out"},
                                      {"sched_getaffinity", "ret"}};

bool compared(std::string_view call, std::string_view part) {
  return std::none_of(std::begin(kUncompared), std::end(kUncompared),
                      [&](const Uncompared& row) { return row.call == call && row.part == part; });
}

/// Members of any struct.
constexpr std::string_view kOwnAffairs[] = {"st_ino", "st_dev", "st_blksize", "st_blocks",
                                            "stx_ino"};

bool is_type(const Json& out, const char* type) {
  return out.value("st_type", Json()) == type || out.value("stx_type", Json()) == type;
}
bool is_links(std::string_view key) { return key == "st_nlink" || key == "stx_nlink"; }
bool is_size(std::string_view key) { return key == "st_size" || key == "stx_size"; }

/// Which of several ready files epoll_wait(2) tells first is nobody's promise.
Json in_any_order(Json list) {
  if (list.is_array()) std::sort(list.begin(), list.end());
  return list;
}

/// What both sides tell, without what is not compared. A directory's size and links are its file
/// system's affair, and an overlay may use one whiteout for many names.
Json common_out(std::string_view call, const Json& own, const Json& other) {
  Json kept = Json::object();
  if (!own.is_object() || !other.is_object() || !compared(call, "out")) return kept;
  for (const auto& [key, value] : own.items()) {
    const bool affair =
        std::find(std::begin(kOwnAffairs), std::end(kOwnAffairs), key) != std::end(kOwnAffairs);
    const bool folder = is_type(own, "S_IFDIR") && (is_size(key) || is_links(key));
    const bool whiteout = is_type(own, "S_IFCHR") && is_links(key);
    if (other.contains(key) && !affair && !folder && !whiteout && compared(call, key))
      kept[key] = call == "epoll_wait" ? in_any_order(value) : value;
  }
  return kept;
}

/// Numbers of kernel objects, as in "pipe:[4026]" and "mnt:[4026531840]".
std::string without_numbers(const std::string& data) {
  std::string text;
  bool inside = false;
  for (const char letter : data) {
    if (letter == '[') inside = true;
    if (letter == ']') inside = false;
    if (!inside || letter < '0' || letter > '9') text += letter;
  }
  return text;
}

/// Of /proc/PID/status what a program decides.
std::string of_status(const std::string& data) {
  constexpr std::string_view kLines[] = {"State",  "Tgid",   "Pid",    "PPid",      "Uid",
                                         "Gid",    "Groups", "NStgid", "NSpid",     "Threads",
                                         "SigBlk", "SigIgn", "SigCgt", "CapInh",    "CapPrm",
                                         "CapEff", "CapBnd", "CapAmb", "NoNewPrivs"};
  std::string text;
  for (const std::string& line : split(data, '\n')) {
    const std::string key = line.substr(0, line.find(':'));
    if (std::find(std::begin(kLines), std::end(kLines), key) != std::end(kLines))
      text += std::string(trim(line)) + "\n";
  }
  return text;
}

bool is_device(const std::string& root) {
  constexpr std::string_view kDevices[] = {"/null", "/zero", "/full", "/random", "/urandom"};
  return std::find(std::begin(kDevices), std::end(kDevices), root) != std::end(kDevices);
}

/// Of /proc/PID/mountinfo root, place, flags, type and kind of propagation; numbers are each
/// kernel's own, and so are a file system's options.
std::string of_mountinfo(const std::string& data) {
  struct Shown {
    std::string text;
    std::vector<std::pair<std::string, std::string>> groups;  ///< "shared", its number
    bool operator<(const Shown& other) const { return text < other.text; }
  };
  std::vector<Shown> all;
  for (const std::string& line : split(data, '\n')) {
    const std::vector<std::string> words = split(line, ' ');
    const auto dash = std::find(words.begin(), words.end(), "-");
    if (words.size() < 7 || dash == words.end() || dash + 1 == words.end()) continue;
    if (is_device(words[3])) continue;  // mounted as the machine mounts its own
    Shown shown{words[3] + " " + words[4] + " " + words[5] + " " + *(dash + 1), {}};
    for (auto each = words.begin() + 6; each != dash; ++each) {
      const std::size_t colon = std::min(each->find(':'), each->size());
      shown.groups.emplace_back(each->substr(0, colon), each->substr(colon));
    }
    all.push_back(std::move(shown));
  }
  // Their order is that of the numbers.
  std::stable_sort(all.begin(), all.end());
  std::string text;
  for (const Shown& each : all) {
    text += each.text;
    for (const auto& group : each.groups) text += " " + group.first;
    text += "\n";
  }
  return text;
}

bool is_mountinfo(const std::string& data) {
  const std::vector<std::string> words = split(data.substr(0, data.find('\n')), ' ');
  std::int64_t id = 0;
  return words.size() > 8 && parse_decimal(words[0], id) && parse_decimal(words[1], id) &&
         words[2].find(':') != std::string::npos &&
         std::find(words.begin(), words.end(), "-") != words.end();
}

std::string comparable(const std::string& data) {
  if (starts_with(data, "Name:\t")) return of_status(data);
  if (is_mountinfo(data)) return of_mountinfo(data);
  return without_numbers(data);
}

std::string kind_of(const LitmusGave* gave) {
  if (gave == nullptr) return std::string(kNotReached);
  if (!gave->trouble.empty()) return std::string(kStuck);
  if (gave->outcome.err == abi::Errno::kOk) return std::string(kFine);
  return std::string(abi::errno_name(gave->outcome.err));
}

std::string quoted_data(const std::optional<std::string>& data) {
  return data ? shown(text_json(*data)) : "no data";
}

/// The first lines in which two texts differ.
std::string different_lines(const std::string& simulated, const std::string& real) {
  const std::vector<std::string> a = split(simulated, '\n'), b = split(real, '\n');
  std::size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
  const auto line = [at](const std::vector<std::string>& lines) {
    return at < lines.size() ? Json(text_json(lines[at])).dump() : std::string("nothing more");
  };
  return "data " + line(a) + " and " + line(b);
}

/// What differs of two calls that both succeed; and how an `expect` says what the real one gave.
struct Detail {
  std::string words;
  Json expect = Json::object();
};
std::optional<Detail> different_outcomes(const std::string& call, const LitmusOutcome& simulated,
                                         const LitmusOutcome& real) {
  Detail detail;
  // Of a text that is not compared as it stands, its length is not either.
  const bool as_it_stands = !real.data || comparable(*real.data) == *real.data;
  if (simulated.ret != real.ret && compared(call, "ret") && as_it_stands) {
    detail.words = "ret " + decimal(simulated.ret) + " and " + decimal(real.ret);
    detail.expect["ret"] = real.ret;
    return detail;
  }
  if (simulated.status != real.status) {
    detail.words = outcome_words(simulated) + " and " + outcome_words(real);
    detail.expect["ret"] = real.ret;
    return detail;
  }
  const bool both = simulated.data && real.data;
  if (compared(call, "data") && simulated.data.has_value() != real.data.has_value()) {
    detail.words = quoted_data(simulated.data) + " and " + quoted_data(real.data);
    return detail;
  }
  if (both && compared(call, "data") && comparable(*simulated.data) != comparable(*real.data)) {
    detail.words = different_lines(comparable(*simulated.data), comparable(*real.data));
    detail.expect["data"] = text_json(*real.data);
    return detail;
  }
  const Json a = common_out(call, simulated.out, real.out);
  const Json b = common_out(call, real.out, simulated.out);
  for (const auto& [key, value] : a.items()) {
    if (value == b[key]) continue;
    detail.words = key + " " + shown(value) + " and " + shown(b[key]);
    detail.expect["out"] = Json::object({{key, b[key]}});
    return detail;
  }
  return std::nullopt;
}

Json expect_of(const LitmusGave* real) {
  if (real == nullptr || !real->trouble.empty()) return {};
  if (real->outcome.err == abi::Errno::kOk) return Json{{"ret", real->outcome.ret}};
  return Json{{"err", std::string(abi::errno_name(real->outcome.err))}};
}

std::string words_of(const LitmusGave* gave) {
  if (gave == nullptr) return "was not reached";
  return gave->trouble.empty() ? outcome_words(gave->outcome) : gave->trouble;
}

std::optional<FuzzDifference> difference(const LitmusGave* simulated, const LitmusGave* real) {
  const LitmusGave& either = simulated != nullptr ? *simulated : *real;
  FuzzDifference made{either.pointer, either.call, kind_of(simulated), kind_of(real), {}, {}};
  if (made.simulated != made.real) {
    made.words = words_of(simulated) + " in the simulator, " + words_of(real) + " on Linux";
    made.expect = expect_of(real);
    return made;
  }
  if (made.simulated != kFine) return std::nullopt;
  const auto detail = different_outcomes(either.call, simulated->outcome, real->outcome);
  if (!detail) return std::nullopt;
  made.words = detail->words + " on Linux";
  made.expect = detail->expect;
  return made;
}

}  // namespace

/// In the order of the simulator, which runs without chance; what only the real kernel reached
/// comes last.
std::optional<FuzzDifference> first_difference(const LitmusRecord& simulated,
                                               const LitmusRecord& real) {
  std::map<std::string, const LitmusGave*> there, here;
  for (const LitmusGave& each : real) there.emplace(each.pointer, &each);
  for (const LitmusGave& each : simulated) {
    if (!here.emplace(each.pointer, &each).second) continue;
    const auto found = there.find(each.pointer);
    if (auto made = difference(&each, found == there.end() ? nullptr : found->second)) return made;
  }
  for (const LitmusGave& each : real) {
    if (here.count(each.pointer) == 0) return difference(nullptr, &each);
  }
  return std::nullopt;
}

}  // namespace cutaway::spec
