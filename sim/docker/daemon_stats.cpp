// docker stats: the meters of a container's cgroups, read twice with a second between (as the
// daemon's collector does it).

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
#include "sim/docker/network.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

// Which file of which controller holds a meter, on v2 and on v1 (cgroup-v2.rst, cgroup-v1/*.rst).
struct MeterRow {
  const char *meter, *v2, *controller, *v1;
};
constexpr MeterRow kMeters[] = {{"cpu", "cpu.stat", "cpuacct", "cpuacct.usage"},
                                {"memory", "memory.current", "memory", "memory.usage_in_bytes"},
                                {"limit", "memory.max", "memory", "memory.limit_in_bytes"},
                                {"pids", "pids.current", "pids", "pids.current"}};

std::string meter_folder(const spec::PlanHost& host, const Container& container,
                         std::string_view controller) {
  const std::string path = "/docker/" + container.id;
  const auto unified = host.cgroup_mounts.find("unified");
  if (unified != host.cgroup_mounts.end()) return unified->second + path;
  for (const auto& mount : host.cgroup_mounts) {
    for (const std::string& name : split(mount.first, ',')) {
      if (name == controller) return mount.second + path;
    }
  }
  return {};
}

// A number alone, or "usage_usec N" among lines. "max" and nonsense are −1.
std::int64_t meter_value(const std::string& text, bool& micro) {
  std::int64_t value = -1;
  for (const std::string& line : split(text, '\n')) {
    micro = starts_with(line, "usage_usec ");
    if (parse_decimal(micro ? line.substr(11) : line, value)) return value;
  }
  return -1;
}

Co<std::int64_t> read_meter(Sys sys, Container container, MeterRow row) {
  const spec::PlanHost host = plan_host(sys.world(), container);
  const std::string folder = meter_folder(host, container, row.controller);
  auto reading = read_file(sys, folder + "/" + (host.cgroup_version == 2 ? row.v2 : row.v1));
  const std::string text = co_await reading;
  bool micro = false;
  const std::int64_t value = meter_value(text, micro);
  co_return micro ? value * 1000 : value;
}

}  // namespace

Co<int> handle_stats(Sys sys, ApiRequestIn request) {
  sys.step("api.stats");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  const Container container = *found;
  sys.about(container.number);
  Json json = {{"Id", container.id}, {"Name", container.name}, {"Running", runs(container)}};
  if (runs(container)) {
    auto before = read_meter(sys, container, kMeters[0]);
    const std::int64_t cpu = co_await before;
    co_await sys.nanosleep(kSecond);
    for (const MeterRow& row : kMeters) {
      auto reading = read_meter(sys, container, row);
      json[row.meter] = co_await reading;
    }
    json["cpu"] = json["cpu"].get<std::int64_t>() - cpu;
    json["machine"] = sys.world().machine.memory;
  }
  const std::string body = json_text(json);
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

}  // namespace cutaway::sim
