#include "viz/text/terminal_lines.h"

#include "viz/player/event_class.h"
#include "viz/player/screen.h"

namespace cutaway::viz {

namespace {

constexpr int kStderr = 2;

// The one in which commands are typed came first.
const Terminal* terminal_of(const World& world) {
  return world.terminals.first([](const Terminal&) { return true; });
}

std::size_t runs_at(const Trace& trace, std::size_t position) {
  const World world = trace.world_at(position);
  const Terminal* terminal = terminal_of(world);
  return terminal == nullptr ? 0 : terminal->output.size();
}

}  // namespace

std::vector<ShownLine> terminal_lines(const Trace& trace, const World& world,
                                      std::size_t position) {
  const Terminal* terminal = terminal_of(world);
  Screen screen(terminal != nullptr && terminal->columns > 0 ? terminal->columns : kScreenColumns,
                terminal != nullptr && terminal->rows > 0 ? terminal->rows : kScreenRows);
  std::size_t shown = 0;
  const auto print_until = [&](std::size_t runs) {
    for (; terminal != nullptr && shown < runs && shown < terminal->output.size(); ++shown) {
      const TerminalRun& run = terminal->output[shown];
      const std::string_view bytes = trace.blobs.get(run.segment.data);
      const auto from = static_cast<std::size_t>(run.segment.from);
      if (from < bytes.size()) {
        screen.print(bytes.substr(from, static_cast<std::size_t>(run.segment.length)),
                     run.channel == kStderr);
      }
    }
  };
  for (std::size_t n = 0; n < position && n < trace.size(); ++n) {
    if (!is<CliTyped>(trace.record(n))) continue;
    print_until(runs_at(trace, n));
    screen.type(std::get<CliTyped>(trace.event(n).body).line);
  }
  print_until(terminal == nullptr ? 0 : terminal->output.size());
  std::vector<ShownLine> lines;
  for (ScreenLine& line : screen.content().joined())
    lines.push_back({std::move(line.text), line.typed, line.error ? kStderr : 0});
  return lines;
}

}  // namespace cutaway::viz
