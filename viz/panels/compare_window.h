// The window for two runs: both pictures, the aligned lists, the sentence of the row, the sums.
//
//   CompareWindowState state(a, b, comparison);
//   draw_compare_window(state, {atlas, 1600, 900, 1});    // within an ImGui frame
#pragma once

#include <array>
#include <string>

#include "trace/compare/compare.h"
#include "viz/panels/compare_panel.h"
#include "viz/panels/window.h"

namespace cutaway::viz {

/// One of the two runs, at the moment of the selected row.
struct CompareSide {
  const Trace* trace = nullptr;
  std::string name;   ///< "Simulated", "Real"; "Left" and "Right" when both are the same
  std::string about;  ///< "virtual clock, cgroup v2, 2 cpus"
  std::size_t position = static_cast<std::size_t>(-1);
  std::string pids;  ///< "pid 1 here = 4711 on the host"
  ShipModel ship;
};

struct CompareWindowState {
  /// The traces must outlive it.
  CompareWindowState(const Trace& a, const Trace& b, Comparison found,
                     PictureSource source = world_pictures());

  Comparison comparison;
  CompareList list;
  PictureSource pictures;
  std::array<CompareSide, 2> sides;
  ComparePanelState panel;
  ThemeChoice theme = ThemeChoice::Dark;
  std::string command;
};

/// Selects a line; both pictures follow.
void select_line(CompareWindowState& state, std::size_t line);
/// Does what the keys of this frame ask for: up and down a row, n and p the next and the previous
/// difference, Home, End, t the next theme.
void apply_compare_keys(CompareWindowState& state);
void draw_compare_window(CompareWindowState& state, const WindowFrame& frame);

struct CompareShot {
  std::size_t line = 0;
  int width = 1600;  ///< pixels
  int height = 900;
  ThemeChoice theme = ThemeChoice::Dark;
};
/// The bytes of a PNG of the whole window.
std::string compare_png(CompareWindowState& state, const CompareShot& shot);

}  // namespace cutaway::viz
