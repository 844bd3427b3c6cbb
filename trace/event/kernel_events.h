// What happens in the kernel beside tasks: all of it, for those who need all.
#pragma once

#include "trace/event/cgroup_events.h"
#include "trace/event/file_events.h"
#include "trace/event/mount_events.h"
#include "trace/event/net_events.h"
#include "trace/event/ns_events.h"
