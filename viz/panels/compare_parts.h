// The parts of the window of two runs, each drawn by a file of its own.
#pragma once

#include "viz/panels/compare_window.h"

namespace cutaway::viz {

struct CompareLayout {
  Rect title;
  Rect left, right;  ///< a picture with its head each
  Rect lane;         ///< between them: what differs; empty where the rows say it
  Rect list;         ///< empty: folded
  Rect sums, timeline;
};
CompareLayout compare_layout(double width, double height, bool rows);

/// Computes what the present stop looks like, and how long it lasts.
void look_at_both(CompareWindowState& state);
/// Both pictures; what a hand does in one is done in the other. True: a camera moves.
bool draw_both(CompareWindowState& state, const Ui& ui, const CompareLayout& layout);
/// What differs at this stop, with class and sentence.
void draw_difference(const CompareWindowState& state, const Ui& ui, const Rect& box);
/// The sentence of the step, and the four sums.
void draw_summary(const CompareWindowState& state, const Ui& ui, const Rect& box);
/// Transport, and both runs along one track.
void draw_compare_timeline(CompareWindowState& state, const Ui& ui, const Rect& box);

/// What the selected row's step does, and what is to be said about it.
Caption compare_caption(const CompareWindowState& state);

}  // namespace cutaway::viz
