// The window for two runs: both pictures with linked time, what differs here and why, the aligned
// rows, the sentence of the row, the sums.
//
//   CompareWindowState state(a, b, comparison);
//   draw_compare_window(state, {atlas, 1600, 900, 1});    // within an ImGui frame
#pragma once

#include <array>
#include <string>

#include "trace/compare/compare.h"
#include "viz/panels/compare_panel.h"
#include "viz/panels/remembered.h"
#include "viz/panels/window.h"
#include "viz/player/linked_steps.h"

namespace cutaway::viz {

/// One of the two runs, at the moment of the present stop.
struct CompareSide {
  explicit CompareSide(const Trace& trace) : player(trace) {}

  Player player;
  Camera camera;
  int berths = 0;     ///< containers of the whole run: each keeps its place
  std::string name;   ///< "Simulated", "Real"; "Left" and "Right" when both are the same
  std::string about;  ///< "virtual clock, cgroup v2, 2 cpus"
  // What the moment looks like; kept until it or the camera changes.
  bool valid = false;
  Moment shown;
  Nearness near = Nearness::Ship;
  std::string pids;  ///< "pid 1 here = 4711 on the host"
  ShipModel ship;
  Closeup closeup;
  PicturePanelState picture;
};

struct CompareWindowState {
  /// The traces must outlive it.
  CompareWindowState(const Trace& a, const Trace& b, Comparison found,
                     PictureSource source = world_pictures());

  Comparison comparison;
  CompareList list;
  LinkedSteps steps;
  PictureSource pictures;
  std::array<CompareSide, 2> sides;
  ComparePanelState panel;
  std::size_t stop = 0;  ///< of `steps`: where both are
  StepSize size = StepSize::EngineStep;
  bool playing = false;
  double passed = 0;   ///< of the present stop, in seconds at speed 1
  double seconds = 1;  ///< that it lasts
  bool rows = true;    ///< the list is there; else the pictures have its room
  ThemeChoice theme = ThemeChoice::Dark;
  bool reduced_motion = false;
  int larger = 100;  ///< percent of the size that fits the window
  int largest = kLargerMost;
  bool help = false;
  std::string command;

  const CompareLine* line() const {
    return list.lines.empty() ? nullptr : &list.lines[panel.selected];
  }
};

/// Selects a line; both pictures follow.
void select_line(CompareWindowState& state, std::size_t line);
/// Both to this stop of the walk; `moving`: as by a step, so that packets are seen on their way.
void go_to_stop(CompareWindowState& state, std::size_t stop, bool moving);
/// How near both look; whom: who acts, or the newest container.
void look_from(CompareWindowState& state, Nearness near);
/// Does what the keys of this frame ask for (compare_key_table).
void apply_compare_keys(CompareWindowState& state);
void apply_compare_action(CompareWindowState& state, Action action);
/// Lets time pass. True: draw again.
bool advance(CompareWindowState& state, double seconds);
/// Seconds until something plays on; infinite when nothing does.
double seconds_until_next(const CompareWindowState& state);
/// Does something move, so that the next frame is another one?
bool moving(const CompareWindowState& state);

/// True: draw again at once.
bool draw_compare_window(CompareWindowState& state, const WindowFrame& frame);

/// What both windows remember of each other; the rest of `kept` stays.
Remembered remembered_of(const CompareWindowState& state, Remembered kept);
void recall(const Remembered& kept, CompareWindowState& state);

struct CompareShot {
  std::size_t line = 0;
  int width = 1600;  ///< pixels
  int height = 900;
  ThemeChoice theme = ThemeChoice::Dark;
  Nearness near = Nearness::Ship;
  bool rows = true;
};
/// The bytes of a PNG of the whole window.
std::string compare_png(CompareWindowState& state, const CompareShot& shot);

}  // namespace cutaway::viz
