// JSON Lines (CONTRACT §2): one object a line, header first. For people and programs.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "trace/log/trace.h"

namespace cutaway {

Json header_to_json(const TraceHeader& header);
/// `before`: the World before the event (it knows the pids and names of tasks).
Json event_to_json(const Trace& trace, std::size_t n, const World& before);
Json world_to_json(const World& world);
Json syscall_args_to_json(const Syscall& syscall);
/// "mount(\"proc\", \"/proc\", \"proc\", [MS_NODEV], NULL) = 0": one call as people read it.
std::string syscall_to_text(const Syscall& syscall, bool with_result = true);

Result<World> world_from_json(const Json& json);

/// The whole trace as text.
std::string to_jsonl(const Trace& trace);
/// `name` opens messages. A greater version, a bad line, a cut-off last line: one clear error.
Result<Trace> from_jsonl(std::string name, std::string_view text);

}  // namespace cutaway
