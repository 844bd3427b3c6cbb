// JSON Lines (CONTRACT §2): one object a line, header first. For people and programs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "trace/log/trace.h"

namespace cutaway {

Json header_to_json(const TraceHeader& header);
/// `before`: the World before the event (it knows the pids and names of tasks).
Json event_to_json(const Trace& trace, std::size_t n, const World& before);
/// `/tasks/<host pid>`, `/containers/<docker id>`, `/images/<ref>`, `/machine`, other tables by
/// number.
Json world_to_json(const World& world);
/// What stands at a JSON pointer into the same (containers also by name), without writing the rest;
/// or nothing.
std::optional<Json> world_part(const World& world, std::string_view pointer);
Json syscall_args_to_json(const Syscall& syscall);
/// "mount(\"proc\", \"/proc\", \"proc\", [MS_NODEV], NULL) = 0": one call as people read it.
std::string syscall_to_text(const Syscall& syscall, bool with_result = true);

Result<World> world_from_json(const Json& json);

/// The whole trace as text.
std::string to_jsonl(const Trace& trace);

/// A file that ends in the middle, because its writer was stopped: refused with an error that says
/// so, or kept as far as it is whole (Trace::damage then says what is missing).
enum class CutOff : std::uint8_t { Refuse, Keep };

/// `name` opens messages. A greater version, a bad line, a cut-off last line: one clear error.
Result<Trace> from_jsonl(std::string name, std::string_view text, CutOff cut_off = CutOff::Refuse);

}  // namespace cutaway
