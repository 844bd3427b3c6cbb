// The parts of ship_from_world, each in a file of its own. They read one Picture and share nothing
// else.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "spec/words.h"
#include "viz/scene/ship_from_world.h"
#include "viz/text/call_path.h"
#include "viz/text/census.h"
#include "viz/text/grace.h"
#include "viz/text/story.h"

namespace cutaway::viz {

/// What has been: the first `position` events of a trace, and its index where there is one.
struct Past {
  const Trace& trace;
  const StepIndex* index = nullptr;
  std::size_t position = 0;
};

/// Time on a cpu, or in front of it, held back by a quota: [from, to) ns.
struct CpuUse {
  std::int32_t cpu = 0;
  std::int64_t from = 0, to = 0;
  int slot = kHostSlot;
  bool throttled = false;
};

/// What changed just now, by what it belongs to.
struct Touched {
  std::vector<NsId> mounts, nets, names, users;
  std::vector<TaskId> tasks;
  std::vector<std::string> layers;
  std::vector<CgroupId> cgroups;
  std::vector<InodeId> folders;  ///< in which names appeared or went
  bool memory = false;           ///< of the caller
};

/// What the memory cgroup of a container is charged for; no cgroup: none was made for it.
struct MemoryUse {
  const Cgroup* cgroup = nullptr;
  std::int64_t bytes = 0;
};

/// All that the parts look at.
struct Picture {
  const Trace& trace;
  const World& world;
  const PictureOptions& options;
  const Census& census;
  const spec::Words& words;
  std::size_t position = 0;
  Story story;
  std::optional<Happening> now;
  const cutaway::Task* host = nullptr;  ///< whose namespaces are the host's
  std::int64_t cpu_window_ns = 0;
  std::vector<CpuUse> cpu;            ///< within the window
  std::vector<MemoryUse> memory;      ///< by number of the container
  std::int64_t memory_of_nobody = 0;  ///< that none of them is charged for
  Touched touched;
  CallPath path;                 ///< of the packet
  std::optional<StopWait> stop;  ///< a stop that gives grace
};

// ship_from_world_cpu.cpp
/// How far the lanes look back: `usual`, or some periods while quotas hold somebody back.
[[nodiscard]] std::int64_t cpu_window(const Past& past, const World& world, std::int64_t usual);
[[nodiscard]] std::vector<CpuUse> cpu_lately(const Past& past, const World& world,
                                             std::int64_t window_ns);
/// Slot of the container in which a task lives or, when it is gone, lived.
[[nodiscard]] int slot_of_task(const Past& past, const World& world, TaskId task);
[[nodiscard]] std::optional<Gauge> cpu_gauge(const Picture& picture,
                                             const cutaway::Container* container);
[[nodiscard]] std::vector<std::vector<CpuSlice>> cpu_lanes(const Picture& picture);

// ship_from_world_memory.cpp
/// Looks once at each container's cgroup, for all that tell of memory.
void measure_memory(Picture& picture);
/// Bytes in use of the whole machine.
[[nodiscard]] std::int64_t memory_used(const Picture& picture);
[[nodiscard]] std::optional<Gauge> memory_gauge(const Picture& picture,
                                                const cutaway::Container* container);
void fill_memory(const Picture& picture, HardwareModel& hardware);

// ship_from_world_tasks.cpp
/// Is this container told in full, or only named? (PictureOptions::only_seen)
[[nodiscard]] bool is_told(const Picture& picture, const cutaway::Container& container);

// ship_from_world_touched.cpp
[[nodiscard]] Touched touched_by(const Happening& now);
template <class Id>
[[nodiscard]] bool has(const std::vector<Id>& ids, const Id& id) {
  for (const Id& one : ids) {
    if (one == id) return true;
  }
  return false;
}

// ship_from_world_engine.cpp, _large.cpp
[[nodiscard]] EngineModel engine_model(const Picture& picture);
void fill_large_engine(const Picture& picture, EngineModel& engine);

// ship_from_world_tasks.cpp
[[nodiscard]] std::string task_id(const cutaway::Task& task);
[[nodiscard]] std::vector<Task> host_task_models(const Picture& picture);
[[nodiscard]] Container container_model(const Picture& picture, const cutaway::Container& from);

// ship_from_world_kernel.cpp, _tables.cpp
[[nodiscard]] Actor host_actor(const Picture& picture);
/// Place and name alone.
[[nodiscard]] Actor named_actor(const Picture& picture, const cutaway::Container& from);
[[nodiscard]] Actor container_actor(const Picture& picture, const cutaway::Container& from);
void fill_tables(const Picture& picture, const cutaway::Task& task,
                 const cutaway::Container* container, Actor& actor);

// ship_from_world_outside.cpp
[[nodiscard]] std::optional<OutsideModel> outside_model(const Picture& picture);

// ship_from_world_disk.cpp
void fill_disk(const Picture& picture, HardwareModel& hardware);
void fill_card(const Picture& picture, HardwareModel& hardware);

// ship_from_world_frame.cpp
[[nodiscard]] std::optional<Frame> frame_model(const Picture& picture);

// ship_from_world_packet.cpp
[[nodiscard]] std::optional<Packet> packet_model(const Picture& picture);
[[nodiscard]] std::int64_t lost_lately(const Picture& picture);
[[nodiscard]] std::optional<Signal> signal_model(const Picture& picture);
[[nodiscard]] std::optional<Grace> grace_model(const Picture& picture);

}  // namespace cutaway::viz
