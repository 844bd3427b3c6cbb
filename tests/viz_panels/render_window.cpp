// Writes pictures of the whole window, to be looked at beside the design's:
//   render_window OUT_DIR
#include <cstdio>
#include <fstream>
#include <string>

#include "tests/viz_panels/hand_trace.h"
#include "viz/panels/window.h"

namespace {

using namespace cutaway;
using namespace cutaway::viz;

void shoot(const Trace& trace, const std::string& path, const WindowShot& shot) {
  const std::string bytes = window_png(trace, shot);
  std::ofstream(path, std::ios::binary) << bytes;
  std::printf("%s  %zu bytes, event %zu of %zu\n", path.c_str(), bytes.size(), shot.position,
              trace.size());
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : ".";
  const Trace trace = hand_trace();
  const std::size_t middle = trace.size() * 2 / 3;
  WindowShot shot;
  shot.position = middle;
  shoot(trace, folder + "/hand-1600-dark.png", shot);
  shot.theme = ThemeChoice::Light;
  shot.width = 1280;
  shot.height = 720;
  shoot(trace, folder + "/hand-1280-light.png", shot);
  shot.presenter = true;
  shot.size = StepSize::Beat;
  shot.width = 1600;
  shot.height = 900;
  shoot(trace, folder + "/hand-1600-presenter.png", shot);
  return 0;
}
