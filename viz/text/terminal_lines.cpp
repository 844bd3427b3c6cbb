#include "viz/text/terminal_lines.h"

#include "viz/player/event_class.h"
#include "viz/player/screen.h"

namespace cutaway::viz {

namespace {

TaskId last_shell(const World& world) {
  const auto& commands = world.engine->commands;
  return commands.empty() ? TaskId{} : commands.back().client;
}

std::size_t printed_runs(const World& world, TerminalId id) {
  const Terminal* terminal = world.terminals.find(id);
  return terminal == nullptr ? 0 : terminal->output.size();
}

}  // namespace

const Terminal* terminal_typed_at(const World& world, TaskId shell) {
  const Terminal* window = world.terminals.first(
      [shell](const Terminal& each) { return shell && each.session == shell && !each.devpts; });
  return window != nullptr ? window : world.terminals.first([](const Terminal&) { return true; });
}

std::vector<ShownLine> terminal_lines(const Trace& trace, const World& world, std::size_t position,
                                      TaskId shell) {
  const Terminal* terminal = terminal_typed_at(world, shell ? shell : last_shell(world));
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
    if (terminal == nullptr || !is<CliTyped>(trace.record(n))) continue;
    const World then = trace.world_at(n);
    const Terminal* typed_in = terminal_typed_at(then, TaskId{trace.record(n).task});
    if (typed_in == nullptr || typed_in->id != terminal->id) continue;
    print_until(printed_runs(then, terminal->id));
    screen.type(std::get<CliTyped>(trace.event(n).body).line);
  }
  print_until(terminal == nullptr ? 0 : terminal->output.size());
  std::vector<ShownLine> lines;
  for (ScreenLine& line : screen.content().joined())
    lines.push_back({std::move(line.text), line.typed, line.error ? kStderr : 0});
  return lines;
}

}  // namespace cutaway::viz
