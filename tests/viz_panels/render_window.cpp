// Writes pictures of the whole window, to be looked at beside the design's:
//   render_window OUT_DIR                    of a small trace made by hand
//   render_window OUT_DIR TRACE.cut AT ID    of a trace: with each card open, and ID selected
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

#include "base/text.h"
#include "tests/viz_panels/hand_trace.h"
#include "trace/log/cut.h"
#include "viz/draw/bundled_fonts.h"
#include "viz/export/headless.h"
#include "viz/panels/window.h"

namespace {

using namespace cutaway;
using namespace cutaway::viz;

void save(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  std::printf("%s  %zu bytes\n", path.c_str(), bytes.size());
}

struct Look {
  int width = 1600, height = 900;
  ThemeChoice theme = ThemeChoice::Dark;
};

/// The window at a position after something was done to it.
void shoot(const Trace& trace, const std::string& path, std::size_t position, const Look& look,
           const std::function<void(WindowState&)>& act) {
  constexpr int kFrames = 4;
  WindowState state(trace);
  state.theme = look.theme;
  state.player.jump(position);
  act(state);
  const auto draw = [&](const PictureAtlas& atlas) {
    draw_window(state, {atlas, static_cast<double>(look.width), static_cast<double>(look.height)});
  };
  save(path, png(headless_frame({look.width, look.height, 1, kFrames}, bundled_fonts(),
                                theme_of(look.theme).bg, draw)));
}

void press(WindowState& state, std::initializer_list<Action> actions) {
  for (const Action action : actions) apply_action(state, action);
}

/// The controls of a container: as in a simulation with a limit on its way, and on a recording.
void shoot_changes(const Trace& trace, const std::string& folder, std::size_t at,
                   const std::string& id) {
  const auto select_it = [&](WindowState& state) {
    select(state, subject_of(state.player.world(), state.player.moment(), id));
  };
  const std::pair<const char*, Look> looks[] = {{"dark", {}},
                                                {"light", {1280, 720, ThemeChoice::Light}},
                                                {"projector", {1600, 900, ThemeChoice::Projector}}};
  for (const auto& each : looks) {
    shoot(trace, folder + "/change-" + each.first + ".png", at, each.second,
          [&](WindowState& state) {
            state.fork.possible = true;
            state.fork.futures = {{"as it was", 0}};
            select_it(state);
            press(state, {Action::NextControl, Action::LimitMore, Action::LimitMore});
          });
  }
  shoot(trace, folder + "/change-recording.png", at, {}, select_it);
}

void shoot_tools(const Trace& trace, const std::string& folder, std::size_t at,
                 const std::string& id) {
  const Look small = {1280, 720, ThemeChoice::Light};
  shoot_changes(trace, folder, at, id);
  shoot(trace, folder + "/why.png", at, {}, [&](WindowState& state) {
    state.inspector.select(subject_of(state.player.world(), state.player.moment(), id));
    press(state, {Action::Bookmark, Action::RangeEnd, Action::First, Action::RangeBegin});
    state.player.jump(at);
  });
  shoot(trace, folder + "/until.png", at, small, [](WindowState& state) {
    press(state, {Action::RunUntil, Action::SizeSyscall});
  });
  shoot(trace, folder + "/bookmarks.png", at, {}, [at](WindowState& state) {
    press(state, {Action::Bookmark, Action::Back, Action::Back, Action::Bookmark,
                  Action::RangeBegin, Action::Bookmarks});
    state.tools.bookmarks.marks.write(at, "here its root has changed");
  });
  shoot(trace, folder + "/predict.png", at, {},
        [](WindowState& state) { press(state, {Action::Predict}); });
  shoot(trace, folder + "/answered.png", at, small, [](WindowState& state) {
    press(state, {Action::Predict, Action::SizeCommand});
  });
  shoot(trace, folder + "/beat.png", at, {}, [](WindowState& state) {
    press(state, {Action::SizeBeat, Action::Predict, Action::SizeBeat});
  });
  shoot(trace, folder + "/own.png", at, {}, [](WindowState& state) {
    press(state, {Action::OwnQuestion});
    state.tools.predict.asks = "What does this process see in its own ps?";
  });
  shoot(trace, folder + "/keys.png", at, small,
        [](WindowState& state) { press(state, {Action::Help}); });
}

void shoot_hand_made(const Trace& trace, const std::string& folder) {
  WindowShot shot;
  shot.position = trace.size() * 2 / 3;
  save(folder + "/hand-1600-dark.png", window_png(trace, shot));
  shot.theme = ThemeChoice::Light;
  shot.width = 1280;
  shot.height = 720;
  save(folder + "/hand-1280-light.png", window_png(trace, shot));
  shot.presenter = true;
  shot.size = StepSize::Beat;
  shot.width = 1600;
  shot.height = 900;
  save(folder + "/hand-1600-presenter.png", window_png(trace, shot));
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : ".";
  if (argc < 5) {
    shoot_hand_made(hand_trace(), folder);
    return 0;
  }
  std::ifstream file(argv[2], std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto trace = from_cut(argv[2], bytes);
  std::int64_t at = 0;
  if (!trace || !parse_decimal(argv[3], at)) {
    std::fprintf(stderr, "%s\n", trace ? "a position was expected" : trace.error().message.c_str());
    return 1;
  }
  shoot_tools(*trace, folder, static_cast<std::size_t>(at), argv[4]);
  return 0;
}
