// What a signal does to a task when it is acted on: signal(7), the table of default dispositions.
#pragma once

#include <cstdint>
#include <string_view>

#include "trace/world/world.h"

namespace cutaway {

enum class SignalAction : std::uint8_t { Terminate, Ignore, Stop, Continue, Handler };

SignalAction signal_action(const World& world, TaskId task, int signal);
/// The word that a SignalDelivered event has for it: "terminate", "handler", "stop" …
std::string_view signal_rule(SignalAction action);

}  // namespace cutaway
