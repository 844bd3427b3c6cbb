// Folding, in the order of the tokens: low windows give the timeline's lanes and the parts list,
// narrow ones the right panel, then the left.
#include "viz/scene/window_layout.h"

#include <algorithm>
#include <cmath>

#include "viz/theme/measures.h"

namespace cutaway::viz {
namespace {

constexpr double kWindowW = 1600;
constexpr double kWindowH = 900;
constexpr double kLowBelow = 860;
constexpr double kRightFoldsBelow = 1400;
constexpr double kLeftFoldsBelow = 1180;
constexpr double kPictureLeast = 860;  // where both panels just have room
constexpr double kLessonLeast = 320;
constexpr double kTwoLanes = 84;
constexpr double kSentenceOnly = 66;
constexpr double kPresenterBlock = 134;
constexpr double kPicturePad = 8;

/// What a column gets of its wish where `room` is left to all columns and the other has `other`.
double column_width(double wish, double usual, double room, double other) {
  if (wish <= 0) return usual;
  return std::min(wish, std::max(usual, room - other));
}

/// In a narrow window the picture needs some of it.
double lesson_width(double width, double wish) {
  return std::min(wish, std::max(kLessonLeast, width - kPictureLeast));
}

}  // namespace

double window_scale(double width_px, double height_px) {
  const double fit = std::min(width_px / kWindowW, height_px / kWindowH);
  // In steps of a twentieth: fonts are baked anew for each.
  return std::clamp(std::floor(fit * 20) / 20, 1.0, 4.0);
}

WindowLayout window_layout(double width, double height, const WindowWish& wish) {
  WindowLayout w;
  const bool low = height < kLowBelow;
  const bool left =
      wish.lesson > 0 || (wish.left_panel && !wish.presenter && width >= kLeftFoldsBelow);
  const bool right = wish.right_panel && !wish.presenter && width >= kRightFoldsBelow;
  w.parts_list = !low;
  w.timeline_lanes = wish.presenter || low ? 2 : 5;
  w.sentence_size = left || right            ? type::kSentence
                    : wish.presenter && !low ? type::kPresenter
                                             : type::kWide;
  w.part_size = wish.presenter ? type::kMedium : type::kSmall;
  w.title = {0, 0, width, measure::kTitleBar};
  const double timeline = low ? kTwoLanes : measure::kTimeline;
  w.timeline = {0, height - timeline, width, timeline};
  const double middle = w.timeline.y - w.title.bottom();
  const double room = width - kPictureLeast;
  const double left_w = wish.lesson > 0 ? lesson_width(width, wish.lesson)
                        : left          ? column_width(wish.left_width, measure::kLeftPanel, room,
                                              right ? measure::kRightPanel : 0)
                                        : 0;
  const double right_w =
      right ? column_width(wish.right_width, measure::kRightPanel, room, left_w) : 0;
  w.left = {0, w.title.bottom(), left_w, middle};
  w.right = {width - right_w, w.title.bottom(), right_w, middle};
  const double caption = !w.parts_list    ? kSentenceOnly
                         : wish.presenter ? kPresenterBlock
                                          : measure::kSentenceBlock;
  const double x = left_w + kPicturePad;
  const double inner = width - left_w - right_w;
  const double below = wish.presenter ? 8 : 2;  // air between title bar, hull and sentence
  w.picture = {x, w.title.bottom() + below, inner - 2 * kPicturePad - 4,
               std::max(middle - caption - below, 0.0)};
  w.caption = {left_w + 16, w.timeline.y - caption, inner - 32, caption};
  return w;
}

}  // namespace cutaway::viz
