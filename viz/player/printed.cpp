#include "viz/player/printed.h"

#include "base/text.h"
#include "viz/text/terminal_lines.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

std::string bytes_of(const Trace& trace, const BytesMoved& moved) {
  const std::string_view whole = trace.blobs.get(moved.data);
  return whole.empty() ? moved.text : std::string(whole);
}

const char* channel_of(const BytesMoved& moved) {
  return moved.fd == kStderr ? "stderr" : moved.fd == 1 ? "stdout" : "";
}

}  // namespace

Printed printed_by(const Trace& trace, const StepIndex& index, EventIndex event) {
  Printed printed;
  const Event shown = trace.event(event);
  std::string bytes;
  if (const auto* moved = std::get_if<BytesMoved>(&shown.body)) {
    bytes = bytes_of(trace, *moved);
    printed.channel = channel_of(*moved);
  } else if (const auto* said = std::get_if<CliPrinted>(&shown.body)) {
    bytes = trace.blobs.get(said->data);
    printed.channel = said->channel;
  }
  printed.text = printable(trim(bytes));
  if (printed.text.empty()) return printed;
  const BodySet moves = bodies<BytesMoved>();
  const std::size_t writer = index.kinds().last_before(trace, event, moves, [&](std::size_t n) {
    if (trace.record(n).container == 0 || trace.record(n).task == shown.stamp.task.value)
      return false;
    const auto moved = std::get<BytesMoved>(trace.event(n).body);
    const bool wrote = moved.dir == Direction::Out && (moved.fd == 1 || moved.fd == kStderr);
    return wrote && bytes_of(trace, moved) == bytes;
  });
  if (writer != kNotFound) printed.writer = static_cast<EventIndex>(writer);
  return printed;
}

}  // namespace cutaway::viz
