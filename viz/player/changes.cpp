#include "viz/player/changes.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "spec/words.h"
#include "trace/world/cgroup_files.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::int64_t kMebibyte = std::int64_t{1} << 20;
constexpr std::int64_t kGibibyte = std::int64_t{1} << 30;
constexpr std::int64_t kLeastMemory = 6 * kMebibyte;   // docker takes no less
constexpr std::int64_t kHuge = std::int64_t{1} << 60;  // v1 says a number where v2 says max
constexpr std::int64_t kMostPids = 32768;
constexpr std::int64_t kWholeCpu = 1000;  // cpus are counted in thousandths here
constexpr std::int64_t kNoAmount = -1;

struct NameRow {
  ChangeKind kind;
  std::string_view name;
};
constexpr NameRow kChangeNames[] = {{ChangeKind::Memory, "memory"},
                                    {ChangeKind::Cpus, "cpus"},
                                    {ChangeKind::Pids, "pids"},
                                    {ChangeKind::Signal, "signal"}};

/// "64m" → "128m".
std::string twice(const std::string& value) {
  const std::size_t digits = value.find_first_not_of("0123456789");
  std::int64_t number = 0;
  if (!parse_decimal(value.substr(0, digits), number)) return value;
  return decimal(2 * number) + (digits == std::string::npos ? "" : value.substr(digits));
}

/// Whole gibibytes and mebibytes have a letter; what is left over is told in bytes.
std::string bytes_value(std::int64_t bytes) {
  if (bytes % kGibibyte == 0) return decimal(bytes / kGibibyte) + "g";
  return bytes % kMebibyte == 0 ? decimal(bytes / kMebibyte) + "m" : decimal(bytes);
}

/// "0.5", "1", "0.05".
std::string cpus_value(std::int64_t thousandths) {
  std::string text = decimal(thousandths / kWholeCpu);
  std::string rest = decimal(kWholeCpu + thousandths % kWholeCpu).substr(1);
  while (!rest.empty() && rest.back() == '0') rest.pop_back();
  return rest.empty() ? text : text + "." + rest;
}

std::string cpus_words(std::int64_t thousandths) {
  return cpus_value(thousandths) + (thousandths == kWholeCpu ? " cpu" : " cpus");
}

/// How one limit is read, and written in words and as docker takes it.
struct LimitScale {
  ChangeKind what;
  std::string (*value)(std::int64_t);
  std::string (*words)(std::int64_t);
};
constexpr LimitScale kScales[] = {{ChangeKind::Memory, bytes_value, memory_words},
                                  {ChangeKind::Cpus, cpus_value, cpus_words},
                                  {ChangeKind::Pids, decimal, decimal}};

const std::string& no_limit() {
  static const std::string words(spec::Words::of()["change.none"].what);
  return words;
}

// -- Where each stands, and where it can stand. Amounts: bytes, thousandths of a cpu, tasks.

std::int64_t limit_in(const Cgroup& cgroup, const char* v2, const char* v1) {
  std::int64_t limit = cgroup_limit(cgroup, v2);
  if (limit >= kHuge) limit = cgroup_limit(cgroup, v1);
  return limit >= kHuge ? kNoAmount : limit;
}

std::int64_t number_of(const Cgroup& cgroup, const char* file, std::int64_t otherwise) {
  const auto found = cgroup.limits.find(file);
  std::int64_t number = otherwise;
  if (found == cgroup.limits.end() || !parse_decimal(trim(found->second), number)) return otherwise;
  return number;
}

/// v2: "50000 100000" or "max 100000" in one file; v1: two files, −1 for none.
std::int64_t cpu_limit(const Cgroup& cgroup) {
  std::int64_t quota = number_of(cgroup, "cpu.cfs_quota_us", kNoAmount);
  std::int64_t period = number_of(cgroup, "cpu.cfs_period_us", 100000);
  const auto both = cgroup.limits.find("cpu.max");
  if (both != cgroup.limits.end()) {
    const std::vector<std::string> words = split(trim(both->second), ' ');
    if (words.empty() || !parse_decimal(words[0], quota)) quota = kNoAmount;
    if (words.size() > 1 && !parse_decimal(words[1], period)) period = 100000;
  }
  return quota <= 0 || period <= 0 ? kNoAmount
                                   : std::max<std::int64_t>(1, quota * kWholeCpu / period);
}

std::int64_t usage_in(const Cgroup& cgroup, std::initializer_list<const char*> files) {
  for (const char* file : files) {
    const auto found = cgroup.usage.find(file);
    if (found != cgroup.usage.end()) return found->second;
  }
  return kNoAmount;
}

std::vector<std::int64_t> memory_stops(const Machine& machine) {
  std::vector<std::int64_t> stops = {kLeastMemory};
  for (std::int64_t bytes = 8 * kMebibyte; bytes < machine.memory; bytes *= 2)
    stops.push_back(bytes);
  stops.push_back(machine.memory);
  return stops;
}

std::vector<std::int64_t> cpu_stops(const Machine& machine) {
  static constexpr std::int64_t kParts[] = {10, 50, 100, 200, 300, 500, 750};
  const std::int64_t all = machine.cpus * kWholeCpu;
  std::vector<std::int64_t> stops(std::begin(kParts), std::end(kParts));
  for (std::int64_t cpus = kWholeCpu; cpus < all; cpus = cpus < 4000 ? cpus + 500 : cpus * 3 / 2)
    stops.push_back(cpus);
  stops.push_back(all);
  return stops;
}

std::vector<std::int64_t> pid_stops(const Machine&) {
  std::vector<std::int64_t> stops;
  for (std::int64_t tasks = 1; tasks <= kMostPids; tasks *= 2) stops.push_back(tasks);
  return stops;
}

/// Where an amount lies among the stops; between two of them by its logarithm.
double place_among(const std::vector<std::int64_t>& stops, std::int64_t amount) {
  const auto above = std::lower_bound(stops.begin(), stops.end(), amount);
  const auto n = static_cast<double>(above - stops.begin());
  if (above == stops.end()) return n - 1;
  if (above == stops.begin()) {
    return *above <= 0
               ? 0
               : std::max(-1.0, static_cast<double>(amount - *above) / static_cast<double>(*above));
  }
  const auto low = static_cast<double>(*(above - 1)), high = static_cast<double>(*above);
  const double part = std::log(static_cast<double>(amount) / low) / std::log(high / low);
  return n - 1 + part;
}

struct Amounts {
  std::vector<std::int64_t> stops;
  std::int64_t limit = kNoAmount;
  std::int64_t used = kNoAmount;
};

LimitSlider limit_slider(const LimitScale& scale, Amounts amounts) {
  LimitSlider slider;
  slider.what = scale.what;
  std::vector<std::int64_t>& stops = amounts.stops;
  if (amounts.limit != kNoAmount) {  // also one that is none of our steps
    const auto place_of = std::lower_bound(stops.begin(), stops.end(), amounts.limit);
    if (place_of == stops.end() || *place_of != amounts.limit)
      stops.insert(place_of, amounts.limit);
  }
  for (const std::int64_t stop : stops) {
    if (stop == amounts.limit) slider.at = slider.stops.size();
    slider.stops.push_back({scale.value(stop), scale.words(stop), false});
  }
  // docker can take a limit of tasks away, but none of memory or cpus: there the top is open only
  // while no limit was set.
  const bool can_be_none = scale.what == ChangeKind::Pids || amounts.limit == kNoAmount;
  if (can_be_none)
    slider.stops.push_back({scale.what == ChangeKind::Pids ? "-1" : "", no_limit(), true});
  if (amounts.limit == kNoAmount) slider.at = slider.stops.size() - 1;
  if (amounts.used != kNoAmount) {
    slider.used = scale.words(amounts.used);
    slider.used_at = place_among(stops, amounts.used);
  }
  return slider;
}

void add_sliders(const World& world, const cutaway::Container& container, Changeable& found) {
  const Cgroup* memory = cgroup_made_for(world, container, "memory");
  const Cgroup* cpu = cgroup_made_for(world, container, "cpu");
  const Cgroup* pids = cgroup_made_for(world, container, "pids");
  if (memory != nullptr)
    found.sliders.push_back(limit_slider(
        kScales[0],
        {memory_stops(world.machine), limit_in(*memory, "memory.max", "memory.limit_in_bytes"),
         usage_in(*memory, {"memory.current", "memory.usage_in_bytes"})}));
  if (cpu != nullptr)
    found.sliders.push_back(
        limit_slider(kScales[1], {cpu_stops(world.machine), cpu_limit(*cpu), kNoAmount}));
  if (pids != nullptr)
    found.sliders.push_back(
        limit_slider(kScales[2], {pid_stops(world.machine), number_of(*pids, "pids.max", kNoAmount),
                                  usage_in(*pids, {"pids.current"})}));
}

}  // namespace

std::string_view change_name(ChangeKind kind) {
  for (const NameRow& row : kChangeNames) {
    if (row.kind == kind) return row.name;
  }
  return {};
}

ChangeKind change_of_name(std::string_view name) {
  for (const NameRow& row : kChangeNames) {
    if (row.name == name) return row.kind;
  }
  return ChangeKind::None;
}

bool operator==(const ChangeAsk& a, const ChangeAsk& b) {
  return a.what == b.what && a.value == b.value && a.container == b.container;
}

std::vector<std::string> docker_words(const ChangeAsk& ask) {
  switch (ask.what) {
    case ChangeKind::Memory:  // as docker itself chooses it at the start: as much swap again
      return {"update", "--memory", ask.value, "--memory-swap", twice(ask.value), ask.container};
    case ChangeKind::Cpus:
      return {"update", "--cpus", ask.value, ask.container};
    case ChangeKind::Pids:
      return {"update", "--pids-limit", ask.value, ask.container};
    case ChangeKind::Signal:
      return {"kill", "--signal", ask.value, ask.container};
    case ChangeKind::None:
      break;
  }
  return {};
}

std::string docker_line(const ChangeAsk& ask) { return "docker " + join(docker_words(ask), " "); }

const std::vector<std::string>& offered_signals() {
  static const std::vector<std::string> signals = {"TERM", "KILL", "STOP", "CONT"};
  return signals;
}

bool is_offered_signal(std::string_view name) {
  const auto& all = offered_signals();
  return std::find(all.begin(), all.end(), name) != all.end();
}

std::size_t LimitSlider::find(std::string_view value) const {
  for (std::size_t i = 0; i < stops.size(); ++i) {
    if (stops[i].value == value) return i;
  }
  return stops.size();
}

Changeable changeable(const World& world, ContainerId number) {
  Changeable found;
  const cutaway::Container* container = world.containers.find(number);
  if (container == nullptr) {
    found.why_not = spec::Words::of()["change.host"].what;
    return found;
  }
  found.container = number;
  found.name = container->name.empty() ? container->id.substr(0, 12) : container->name;
  found.id = container->id;
  found.slot = container->slot;
  const bool runs =
      container->state == ContainerState::Running || container->state == ContainerState::Paused;
  if (!runs) {
    found.why_not = spec::Words::of()["change.record"].what;
    return found;
  }
  add_sliders(world, *container, found);
  if (found.sliders.empty()) found.why_not = spec::Words::of()["change.no_cgroup"].what;
  return found;
}

}  // namespace cutaway::viz
