// What the inspector says of a subject, one builder for each kind (a table in inspection.cpp). A
// builder writes sections and values; of each value it says which event would have set it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/player/inspection.h"
#include "viz/player/origin.h"

namespace cutaway::viz {

/// What a builder looks at.
struct Inspected {
  const Trace& trace;
  const StepIndex& index;
  const World& world;
  const Moment& moment;
  const Subject& subject;
  bool acts = false;  ///< nobody selected it: it is who acts at this moment
};

/// The rows as they grow, and who set the values among them.
class Facts {
 public:
  void title(std::string words);
  /// `origin`: who sets it; without one the value is not asked why.
  void value(std::string key, std::string says, Origin origin = {}, bool strong = false);
  void words(std::string_view says);

  std::vector<InspectionRow> rows;
  std::vector<Origin> origins;  ///< of each row
};

using InspectFn = void (*)(const Inspected&, Facts&);

// inspect_task.cpp
void inspect_task(const Inspected& at, Facts& facts);
void inspect_credentials(const Inspected& at, Facts& facts);
void inspect_pid(const Inspected& at, Facts& facts);
// inspect_files.cpp
void inspect_descriptor(const Inspected& at, Facts& facts);
void add_descriptors(const Inspected& at, const cutaway::Task& task, Facts& facts);
// inspect_container.cpp
void inspect_container(const Inspected& at, Facts& facts);
void inspect_layer(const Inspected& at, Facts& facts);
void inspect_image(const Inspected& at, Facts& facts);
// inspect_space.cpp
void inspect_namespace(const Inspected& at, Facts& facts);
void inspect_hostname(const Inspected& at, Facts& facts);
void inspect_user(const Inspected& at, Facts& facts);
void inspect_interface(const Inspected& at, Facts& facts);
void add_namespaces(const Inspected& at, const cutaway::Task& task, Facts& facts);
// inspect_mounts.cpp
void inspect_mounts(const Inspected& at, Facts& facts);
void inspect_overlay(const Inspected& at, Facts& facts);
// inspect_cgroup.cpp
void inspect_cgroup(const Inspected& at, Facts& facts);
void inspect_cpu(const Inspected& at, Facts& facts);
/// The limits that somebody set for a container, by the files' names.
void add_limits(const Inspected& at, const cutaway::Container& container, Facts& facts);
// inspect_oom.cpp
/// Where memory has just run out: who is killed, and who is not asked. Else nothing.
void add_out_of_memory(const Inspected& at, Facts& facts);
// inspect_signal.cpp
/// Where a signal has just been dropped: why. Else nothing.
void add_dropped_signal(const Inspected& at, Facts& facts);
// inspect_engine.cpp
void inspect_station(const Inspected& at, Facts& facts);
void inspect_happening(const Inspected& at, Facts& facts);
void inspect_line(const Inspected& at, Facts& facts);

/// "the host", "container web".
std::string owner_words(const World& world, ContainerId container);
/// Says what is missing where a subject's task or record is not there (any more).
void say_gone(const Inspected& at, Facts& facts);

}  // namespace cutaway::viz
