// Memory: pages that address spaces have touched and files in memory, by the cgroup that pays.
#include <algorithm>

#include "base/text.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/charges.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

double memory_share(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return 0;
  return std::clamp(static_cast<double>(part) / static_cast<double>(whole), 0.0, 1.0);
}

const Cgroup* cgroup_that_pays(const Picture& picture, const cutaway::Container& container) {
  return cgroup_made_for(picture.world, container, picture.census.first_alive(container), "memory");
}

bool strong_for(const Picture& picture, const cutaway::Container& container) {
  if (!picture.touched.memory || !picture.now) return false;
  const cutaway::Task* caller = picture.world.tasks.find(picture.now->caller);
  const cutaway::Container* home = caller == nullptr ? nullptr : home_of(picture.world, *caller);
  return home != nullptr && home->number == container.number;
}

}  // namespace

std::int64_t memory_used(const Picture& picture) { return picture.census.pages() * kPageBytes; }

void measure_memory(Picture& picture) {
  std::int64_t rest = memory_used(picture);
  for (const cutaway::Container* container : picture.census.containers()) {
    const std::size_t number = container->number.value;
    if (number >= picture.memory.size()) picture.memory.resize(number + 1);
    MemoryUse& use = picture.memory[number];
    use.cgroup = cgroup_that_pays(picture, *container);
    if (use.cgroup == nullptr) continue;
    use.bytes =
        counted_memory(*use.cgroup).value_or(picture.census.pages_of(use.cgroup->id) * kPageBytes);
    rest -= use.bytes;
  }
  picture.memory_of_nobody = std::max<std::int64_t>(rest, 0);
}

std::optional<Gauge> memory_gauge(const Picture& picture, const cutaway::Container* container) {
  const World& world = picture.world;
  Gauge gauge;
  if (container == nullptr) {
    const std::int64_t used = picture.memory_of_nobody;
    if (used == 0) return std::nullopt;
    gauge.label = memory_words(used);
    gauge.used = memory_share(used, world.machine.memory);
    return gauge;
  }
  const auto& [cgroup, used] = picture.memory.at(container->number.value);
  if (cgroup == nullptr) return std::nullopt;
  const std::int64_t limit = memory_limit(*cgroup);
  gauge.limited = limit != kCgroupMax;
  gauge.label = gauge.limited ? memory_of_words(used, limit) : memory_words(used);
  gauge.used = memory_share(used, gauge.limited ? limit : world.machine.memory);
  gauge.full = gauge.limited && used + kPageBytes > limit;
  return gauge;
}

void fill_memory(const Picture& picture, HardwareModel& hardware) {
  const World& world = picture.world;
  const std::int64_t total = world.machine.memory;
  const std::int64_t used = memory_used(picture);
  if (used == 0 || total <= 0) return;
  hardware.memory_total = memory_words(total);
  hardware.memory_free =
      memory_part_words(std::max<std::int64_t>(total - used, 0), total) + " free";
  const std::int64_t host = picture.memory_of_nobody;
  hardware.memory.push_back(
      {kHostSlot, "slice:host/mem", memory_share(host, total), memory_words(host), false});
  for (const cutaway::Container* container : picture.census.containers()) {
    const std::int64_t mine = picture.memory[container->number.value].bytes;
    if (mine == 0) continue;
    const std::string id = "slice:" + picture.census.name_of(*container) + "/mem";
    hardware.memory.push_back({container->slot, id, memory_share(mine, total), memory_words(mine),
                               strong_for(picture, *container)});
  }
}

}  // namespace cutaway::viz
