// What a signal does to a task when it is acted on: signal(7), the table of default dispositions.
#pragma once

#include <cstdint>
#include <string_view>

#include "trace/world/world.h"

namespace cutaway {

enum class SignalAction : std::uint8_t { Terminate, Ignore, Stop, Continue, Handler };

SignalAction signal_action(const World& world, TaskId task, int signal);
/// Nobody of another group of its session is there who would let the group go on again (setpgid(2),
/// "orphaned process group"): then only SIGSTOP stops it. `leaving` does not count any more.
bool is_orphaned_group(const World& world, TaskId group, TaskId leaving = TaskId{});
/// Is it dropped where nothing is set for it (SIGCHLD, SIGCONT to one that runs …)?
bool ignored_by_default(int signal);
/// kill(2), NOTES: one's own process; or real or effective uid equals the target's real or saved
/// uid; or CAP_KILL in the target's user namespace; or SIGCONT within a session.
bool may_signal(const World& world, const Task& sender, const Task& target, std::int64_t signal);
/// The word that a SignalDelivered event has for it: "terminate", "handler", "stop" …
std::string_view signal_rule(SignalAction action);

}  // namespace cutaway
