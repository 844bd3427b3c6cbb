#include "viz/panels/timeline.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "viz/panels/live_bar.h"
#include "viz/panels/timeline_lanes.h"
#include "viz/panels/timeline_marks.h"
#include "viz/panels/tool_buttons.h"
#include "viz/panels/transport.h"
#include "viz/player/event_line.h"

namespace cutaway::viz {
namespace {

constexpr double kDiamond = 11;  // effects nearer than this become one

struct Lane {
  StepSize size;
  Rect box;
  bool fields = false;
};

/// Which lanes there are, and where.
std::vector<Lane> lanes_of(const Rect& box, TimelineLook look, StepSize size) {
  const double width = box.w - kTrackAt - kTrackMargin;
  const auto at = [&](double y, double h) { return Rect{box.x + kTrackAt, box.y + y, width, h}; };
  switch (look) {
    case TimelineLook::Full:
      return {{StepSize::Command, at(43, 16)},
              {StepSize::Beat, at(59, 16)},
              {StepSize::EngineStep, at(75, 16)},
              {StepSize::Syscall, at(92, 13)},
              {StepSize::Effect, at(106, 12)}};
    case TimelineLook::Low: {
      const StepSize second = size < StepSize::EngineStep ? StepSize::EngineStep : size;
      return {{StepSize::Beat, at(44, 16)}, {second, at(62, 16)}};
    }
    case TimelineLook::Presenter:
      return {{StepSize::Command, at(46, 20)}, {StepSize::Beat, at(73, 36), true}};
    case TimelineLook::PresenterLow:
      return {{StepSize::Beat, at(43, 34), true}};
  }
  return {};
}

bool shows_fields(TimelineLook look) {
  return look == TimelineLook::Presenter || look == TimelineLook::PresenterLow;
}

Track track_of(const Player& player, double width, TimelineLook look,
               const std::vector<GraceStretch>& graces) {
  if (shows_fields(look)) return Track::equal(width, player.index(), StepSize::Beat);
  return with_room(Track::paced(width, player.index()), graces);
}

void lay_out(TimelineLanes& lanes, const Player& player, double width, TimelineLook look) {
  const bool same = lanes.track.width() == width && lanes.count == player.count();
  if (same && lanes.look == look) return;
  const std::vector<GraceStretch> graces = graces_of(player.trace(), player.index());
  lanes.track = track_of(player, width, look, graces);
  lanes.graces = lane_graces(graces, lanes.track);
  lanes.count = player.count();
  lanes.look = look;
  const StepIndex& index = player.index();
  const Blocks blocks = shows_fields(look) ? Blocks::Joined : Blocks::Apart;
  for (const StepSize size : {StepSize::Command, StepSize::Beat, StepSize::EngineStep}) {
    lanes.blocks[index_of(size)] = lane_blocks(index, size, lanes.track, blocks);
  }
  for (LaneBlock& command : lanes.blocks[0]) command.slot = kHostSlot;
  const Trace& trace = player.trace();
  lanes.marks[0] = lane_marks(trace, index, StepSize::Syscall, lanes.track);
  lanes.marks[1] = lane_marks(trace, index, StepSize::Effect, lanes.track, kDiamond);
  lanes.gaps = lane_gaps(trace, index, lanes.track);
}

void draw_lane(SceneBuilder& b, const Lane& lane, const TimelineLanes& lanes,
               std::size_t position) {
  switch (lane.size) {
    case StepSize::Syscall:
      return draw_ticks(b, lanes.marks[0], lane.box, position);
    case StepSize::Effect:
      return draw_diamonds(b, lanes.marks[1], lane.box, position);
    default:
      break;
  }
  const std::vector<LaneBlock>& blocks = lanes.blocks[index_of(lane.size)];
  if (lane.fields) return draw_fields(b, blocks, lane.box, position);
  draw_blocks(b, blocks, lane.box, position);
  if (lane.size == StepSize::EngineStep) draw_graces(b, lanes.graces, lane.box);
}

/// The name of a lane chooses the size of a step.
void draw_name(Pane& pane, const Lane& lane, Player& player) {
  const Theme& t = pane.theme();
  const std::string name(step_size_name(lane.size));
  const Rect box = {lane.box.x - 100, lane.box.y, 92, lane.box.h};
  const Press press = pane.press(("lane " + name).c_str(), box, "Step by " + name);
  if (press.clicked) player.set_size(lane.size);
  const bool on = player.size() == lane.size;
  pane.ink().text({box.right() - 4, lane.box.mid_y() + 4.8}, name,
                  {.size = type::kSmall,
                   .color = on || press.hovered ? t.text2 : t.text3,
                   .bold = lane.fields,
                   .anchor = Anchor::End});
}

/// While a wait passes, the head goes through its stretch.
double head_at(const TimelineState& state, const Player& player) {
  const Track& track = state.lanes.track;
  if (!state.wait) return track.at(player.position());
  const double from = track.at(state.wait->position);
  return from + (track.at(state.wait->position + 1) - from) * state.wait->share;
}

void draw_playhead(SceneBuilder& b, double x, double top, double bottom) {
  const Color ink = b.theme().text;
  b.rect({x - 1, top - 4, 2, bottom - top + 4}, 0, {ink, {}});
  b.shape({{x - 6, top - 9, 0}, {x + 6, top - 9, 0}, {x, top - 1, 0}}, {ink, {}});
}

const LaneBlock* block_at(const std::vector<LaneBlock>& blocks, double x) {
  for (const LaneBlock& block : blocks) {
    if (x >= block.from && x < block.to) return &block;
  }
  return nullptr;
}

const LaneMark* mark_at(const std::vector<LaneMark>& marks, double x, double reach) {
  const auto near = [x, reach](const LaneMark& mark) {
    return mark.at - reach <= x && x < mark.at + reach;
  };
  const auto found = std::find_if(marks.begin(), marks.end(), near);
  return found == marks.end() ? nullptr : &*found;
}

/// What lies under the pointer, in words.
std::string words_at(const Lane& lane, const TimelineLanes& lanes, const Player& player, double x) {
  const bool marks = lane.size == StepSize::Syscall || lane.size == StepSize::Effect;
  if (!marks) {
    if (lane.size == StepSize::EngineStep) {
      for (const LaneGrace& grace : lanes.graces) {
        if (x >= grace.from && x < grace.to) return grace.label;
      }
    }
    const LaneBlock* block = block_at(lanes.blocks[index_of(lane.size)], x);
    if (block == nullptr) return "";
    if (block->count == 1) return block->label;
    return decimal(static_cast<std::int64_t>(block->count)) + " short steps";
  }
  const bool calls = lane.size == StepSize::Syscall;
  const LaneMark* mark = mark_at(lanes.marks[calls ? 0 : 1], x, calls ? 2 : 5);
  if (mark == nullptr) return "";
  const std::string first = line_words(player.trace(), player.index(), mark->events.from);
  if (mark->count == 1) return first;
  return decimal(static_cast<std::int64_t>(mark->count)) + (calls ? " calls" : " effects") +
         ", the first: " + first;
}

void scrub(Pane& pane, const std::vector<Lane>& lanes, TimelineState& state, Player& player,
           TimeTools* tools) {
  const TimelineLanes& laid_out = state.lanes;
  const Rect& first = lanes.front().box;
  const Rect box = {first.x - 6, first.y - 8, first.w + 12,
                    lanes.back().box.bottom() - first.y + 10};
  const Press press = pane.press("Track", box);
  const Point at = pointer(pane.ui());
  const bool marks = tools != nullptr && (ImGui::GetIO().KeyShift || state.range_from);
  if (!press.held)
    state.range_from.reset();
  else if (marks)
    mark_range(tools->range, state.range_from, laid_out.track.position(at.x - first.x));
  else
    player.scrub(laid_out.track.position(at.x - first.x));
  if (!press.hovered || press.held) return;
  for (const Lane& lane : lanes) {
    const bool inside = at.y >= lane.box.y && at.y < lane.box.bottom();
    const std::string words = inside ? words_at(lane, laid_out, player, at.x - first.x) : "";
    if (!words.empty()) tooltip(pane.ui(), words, true);
  }
}

/// Where we are; or the clock of a wait; or that there is none.
void draw_moment(Pane& pane, Point at, double right, const Player& player, const TimeTools& tools) {
  if (tools.wait.playing()) return draw_wait_clock(pane, at, right, tools.wait);
  if (tools.no_wait_at != player.position()) return draw_position(pane, at, right, player);
  constexpr const char* kNone = "no wait in this step";
  const TextStyle style = {.size = type::kSmall, .color = pane.theme().text2, .mono = true};
  if (right - at.x >= pane.ink().width(kNone, style))
    pane.ink().text({at.x, at.y + 5}, kNone, style);
}

/// The line above the lanes: transport, where we are, and how a live run stands.
std::optional<Action> draw_time(Pane& pane, const Rect& box, Player& player, Live* live,
                                TimeTools* tools, ForkState* fork) {
  const double y = box.y + kTransportAt;
  double right = box.right() - kTrackMargin;
  const double left = draw_transport(pane, {box.x + kTrackMargin, y}, right, player) + 24;
  if (live != nullptr) right = draw_live_bar(pane, y, {left, right}, *live, player);
  if (fork != nullptr) right = draw_fork_bar(pane, y, right, *fork);
  if (tools == nullptr) {
    draw_position(pane, {left, y}, right, player);
    return std::nullopt;
  }
  const bool marked = tools->bookmarks.marks.at(player.position()) != nullptr;
  const double words = position_width(pane, player) + 16;
  const ToolPress press =
      draw_tool_buttons(pane, y, {live != nullptr, marked, left + words, right});
  draw_moment(pane, {left, y}, press.left, player, *tools);
  return press.action;
}

}  // namespace

std::optional<Action> draw_timeline(const Ui& ui, const Rect& box, TimelineLook look,
                                    TimelineState& state, Player& player, Live* live,
                                    TimeTools* tools, ForkState* fork) {
  const Theme& t = ui.theme;
  Pane pane(ui, "Timeline", box, t.panel);
  SceneBuilder& b = pane.ink();
  b.line({box.x, box.y + 0.5}, {box.right(), box.y + 0.5}, {t.line2, 1, {}});
  const std::optional<Action> asked = draw_time(pane, box, player, live, tools, fork);
  const std::vector<Lane> lanes = lanes_of(box, look, player.size());
  const Rect& top = lanes.front().box;
  const Rect& bottom = lanes.back().box;
  lay_out(state.lanes, player, top.w, look);
  scrub(pane, lanes, state, player, tools);
  if (!shows_fields(look)) {
    b.rect({top.x, top.y - 1, top.w, bottom.bottom() - top.y + 2}, 4, {t.inset, {}});
  }
  for (const Lane& lane : lanes) {
    draw_name(pane, lane, player);
    draw_lane(b, lane, state.lanes, player.position());
  }
  if (tools != nullptr) {
    const Rect all = {top.x, top.y, top.w, bottom.bottom() - top.y};
    draw_range(b, tools->range, state.lanes.track, all);
    draw_flags(b, tools->bookmarks.marks, state.lanes.track, all);
  }
  draw_gaps(b, state.lanes.gaps, {top.x, top.y - 1, top.w, bottom.bottom() - top.y + 2});
  const bool head = !shows_fields(look) || player.size() > StepSize::Beat;
  if (head) draw_playhead(b, top.x + head_at(state, player), top.y, bottom.bottom());
  return asked;
}

}  // namespace cutaway::viz
