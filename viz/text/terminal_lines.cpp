#include "viz/text/terminal_lines.h"

#include "viz/player/event_class.h"

namespace cutaway::viz {

namespace {

// The one in which commands are typed came first.
const Terminal* terminal_of(const World& world) {
  return world.terminals.first([](const Terminal&) { return true; });
}

std::size_t runs_at(const Trace& trace, std::size_t position) {
  const World world = trace.world_at(position);
  const Terminal* terminal = terminal_of(world);
  return terminal == nullptr ? 0 : terminal->output.size();
}

class Lines {
 public:
  void print(std::string_view bytes, int channel) {
    for (const char c : bytes) {
      if (c == '\n')
        fresh_ = true;
      else if (static_cast<unsigned char>(c) >= 0x20)
        put(c, channel);
    }
  }
  void type(std::string line) {
    lines_.push_back({std::move(line), true, 0});
    fresh_ = true;
  }
  std::vector<ShownLine> take() { return std::move(lines_); }

 private:
  void put(char c, int channel) {
    const bool other = !lines_.empty() && lines_.back().channel != channel && channel != 0;
    if (fresh_ || lines_.empty() || other) lines_.push_back({"", false, channel});
    fresh_ = false;
    lines_.back().text += c;
  }

  std::vector<ShownLine> lines_;
  bool fresh_ = true;  ///< the next character begins a line
};

}  // namespace

std::vector<ShownLine> terminal_lines(const Trace& trace, const World& world,
                                      std::size_t position) {
  Lines lines;
  const Terminal* terminal = terminal_of(world);
  std::size_t shown = 0;
  const auto print_until = [&](std::size_t runs) {
    for (; terminal != nullptr && shown < runs && shown < terminal->output.size(); ++shown) {
      const TerminalRun& run = terminal->output[shown];
      const std::string_view bytes = trace.blobs.get(run.segment.data);
      const auto from = static_cast<std::size_t>(run.segment.from);
      if (from < bytes.size()) {
        lines.print(bytes.substr(from, static_cast<std::size_t>(run.segment.length)), run.channel);
      }
    }
  };
  for (std::size_t n = 0; n < position && n < trace.size(); ++n) {
    if (!is<CliTyped>(trace.record(n))) continue;
    print_until(runs_at(trace, n));
    lines.type(std::get<CliTyped>(trace.event(n).body).line);
  }
  print_until(terminal == nullptr ? 0 : terminal->output.size());
  return lines.take();
}

}  // namespace cutaway::viz
