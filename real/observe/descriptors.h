// The real descriptors of a task (/proc/PID/fd, fdinfo) as open files of the World.
#pragma once

#include <string>

#include "real/observe/discover.h"

namespace cutaway::real {

/// What descriptor `fd` of a task really refers to; its id is not set.
OpenFile describe_descriptor(int tid, TaskId task, std::int32_t fd, const std::string& link,
                             Discoverer& discoverer, EffectSink& sink, bool& cloexec);

/// Makes the task's descriptor table in the World what it really is: opens what is missing, closes
/// what is gone, opens anew what is another thing. How many descriptors differed.
int read_descriptors(int tid, TaskId task, Discoverer& discoverer, EffectSink& sink);

/// What /proc/PID/fd would show for an open file of the World.
std::string link_of(const World& world, const OpenFile& file);

}  // namespace cutaway::real
