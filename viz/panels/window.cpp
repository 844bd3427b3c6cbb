#include "viz/panels/window.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "viz/draw/bundled_fonts.h"
#include "viz/draw/draw_scene.h"
#include "viz/export/headless.h"
#include "viz/panels/export_overlay.h"
#include "viz/panels/help_overlay.h"
#include "viz/panels/lesson_actions.h"
#include "viz/panels/lesson_moment.h"
#include "viz/panels/picture_panel.h"
#include "viz/panels/title_bar.h"
#include "viz/panels/window_camera.h"
#include "viz/panels/window_columns.h"
#include "viz/player/pace.h"
#include "viz/scene/window_layout.h"

namespace cutaway::viz {
namespace {

constexpr double kShipNeeds = 840;  // width of all its decks at their own size

std::string shown_command(const WindowState& state) {
  const auto& commands = state.player.world().engine->commands;
  if (commands.empty() && state.lesson.playing() && !state.lesson.machine.empty())
    return state.lesson.play->words()["your-machine"];
  if (!commands.empty()) return commands.back().line;
  const std::vector<StepUnit>& units = state.player.index().units(StepSize::Command);
  return units.empty() ? state.player.trace().header.scenario : units.front().label;
}

const char* shown_side(const WindowState& state) {
  if (state.live && !state.live->over) return "LIVE, REAL";
  return state.player.trace().header.side == SideKind::Sim ? "SIMULATED" : "REAL";
}

Decks decks_now(const WindowState& state) {
  return state.lesson.playing() ? lesson_decks(state) : Decks{state.presenter, true, true};
}

void fold_decks(ShipModel& ship, const Decks& decks) {
  using Size = ShipModel::Size;
  if (ship.size[0] == Size::Large) return;  // the others are folded there
  if (!decks.engine) ship.size[0] = Size::Folded;
  if (!decks.hardware) ship.size[3] = Size::Folded;
}

bool view_is_current(const WindowState& state) {
  const MomentView& view = state.view;
  return view.valid && view.moment == state.player.moment() &&
         view.selected == state.inspector.selected && view.asked == state.inspector.asked &&
         view.decks == decks_now(state) && view.stage.of == state.stage &&
         view.near == state.camera.at() && view.near_task == state.camera.task() &&
         view.near_slot == state.camera.slot();
}

/// What the camera sees, as of the ship of this moment.
void look_closely(WindowState& state) {
  MomentView& view = state.view;
  if (view.valid && view.moment != state.player.moment()) camera_follows(state);
  view.closeup = closeup_now(state);
  view.near = state.camera.at();
  view.near_task = state.camera.task();
  view.near_slot = state.camera.slot();
}

/// A container, or one of its cgroups.
std::optional<Changeable> changeable_now(const WindowState& state) {
  const Subject& subject = state.inspector.selected;
  const bool has_limits =
      subject.kind == SubjectKind::Container || subject.kind == SubjectKind::Cgroup;
  if (!has_limits) return std::nullopt;
  return changeable(state.player.world(), subject.container);
}

}  // namespace

void look(WindowState& state) {
  if (view_is_current(state)) return;
  Player& player = state.player;
  const Trace& trace = player.trace();
  const Moment moment = shown_moment(state);
  MomentView& view = state.view;
  const Caption before = std::move(view.caption);
  const PictureWish wish = {decks_now(state).large_engine, state.berths.count(), &player.index(),
                            state.camera.slot(), &state.census};
  view.caption = state.pictures.caption(trace, player.world(), moment, wish);
  view.ship = state.pictures.ship(trace, player.world(), moment, wish);
  fold_decks(view.ship, decks_now(state));
  let_pass_after(state);
  look_closely(state);
  view.inspection = inspect(trace, player.index(), player.world(), moment, state.inspector.selected,
                            state.inspector.asked);
  view.changeable = changeable_now(state);
  view.stage = stage_content(state.stage, player.world(), moment, trace);
  view.screen = {state.transcript.screen_at(moment.position),
                 state.transcript.waits_for_command(moment.position), moment.position};
  const bool same = before.what == view.caption.what && before.why == view.caption.why;
  const int words = word_count(view.caption.what) + word_count(view.caption.why);
  const double motion = state.tools.reduced_motion
                            ? std::min(kFadeSeconds, motion_seconds(view.ship))
                            : motion_seconds(view.ship);
  view.wait = wait_view(state);
  player.set_pace(step_seconds({player.size(), words, same, player.wait_ns(), motion}), motion,
                  view.wait ? kWaitSeconds : 0);
  view.moment = player.moment();
  view.selected = state.inspector.selected;
  view.asked = state.inspector.asked;
  view.decks = decks_now(state);
  view.valid = true;
}

namespace {

void draw_caption(const Ui& ui, const WindowLayout& layout, const Caption& caption) {
  Pane pane(ui, "Sentence", layout.caption, {});
  Caption said = caption;
  if (!layout.parts_list) said.parts.clear();
  Scene scene = caption_scene(said, {ui.theme, ui.metrics}, layout.caption,
                              {layout.sentence_size, layout.part_size, layout.sentence_lines});
  draw_scene(scene, *ImGui::GetWindowDrawList(), ui.atlas, {{0, 0}, ui.scale});
  if (ui.record != nullptr) ui.record->push_back(std::move(scene));
}

void take_title(WindowState& state, const TitleBarPress& press) {
  if (press.presenter) apply_action(state, Action::Presenter);
  if (press.theme) apply_action(state, Action::Theme);
  if (press.help) apply_action(state, Action::Help);
  if (press.view) state.stage.view = *press.view;
  if (press.exporting) apply_action(state, Action::Export);
  if (press.lessons) apply_action(state, Action::Lessons);
}

/// "task:4711" was clicked on: the inspector stays with what that is. The ground lets it go.
void take_selection(WindowState& state, const std::string& id) {
  if (id.empty() || point_at_for_lesson(state, id)) return;
  select(state, subject_of(state.player.world(), state.player.moment(), id));
}

/// What can be pointed at in it, and what has the focus ring.
PicturePanelState& hands_of(WindowState& state) {
  state.picture.ring = [&state](const std::vector<HitArea>& hits) {
    return area_of(state.player.world(), state.player.moment(), hits, state.inspector.selected);
  };
  state.picture.strength = state.tools.reduced_motion ? state.player.phase() : 1;
  return state.picture;
}

/// The ship, or the view that stands in its place.
void draw_middle(WindowState& state, const Ui& ui, const Rect& box) {
  if (state.stage.view != View::Ship) {
    take_selection(state, draw_stage(ui, box, state.stage, state.view.stage, state.view.ship,
                                     state.tools.reduced_motion ? 1 : state.player.phase()));
    return;
  }
  const std::optional<WaitView> wait = wait_now(state);
  const ShipModel& whole = wait ? wait->ship : state.view.ship;
  // Beside a lesson in a narrow window: all of it from afar, not a line for each deck.
  const bool afar = state.lesson.playing() && box.w < kShipNeeds;
  ShipModel small;
  if (afar) small = whole;
  if (afar) small.level = Level::Ship;
  const ShipModel& ship = afar ? small : whole;
  const double phase = wait || state.tools.reduced_motion ? 1 : state.player.phase();
  const PicturePress press = draw_picture_panel(
      ui, box, {ship, phase, &state.camera, &state.view.closeup, &hands_of(state)});
  take_selection(state, press.clicked);
  take_hand(state, press, box);
}

TimelineLook look_of(const WindowState& state, const WindowLayout& layout) {
  const bool low = layout.timeline.h < measure::kTimeline;
  if (state.presenter) return low ? TimelineLook::PresenterLow : TimelineLook::Presenter;
  return low ? TimelineLook::Low : TimelineLook::Full;
}

bool draw_parts(WindowState& state, const Ui& ui, const WindowFrame& frame) {
  const WindowLayout roomy =
      window_layout(frame.width, frame.height, {true, true, state.presenter});
  state.left.room = roomy.left.w > 0;
  state.right.room = roomy.right.w > 0;
  const bool ship = state.stage.view == View::Ship;
  WindowWish wish = {ship && state.left.beside, ship && state.right.beside, state.presenter,
                     state.left.width, state.right.width};
  if (state.lesson.playing()) wish.lesson = measure::kLessonPanel;
  const WindowLayout layout = window_layout(frame.width, frame.height, wish);
  draw_middle(state, ui, layout.picture);
  const std::optional<WaitView> wait = wait_now(state);
  const Caption& said = wait ? wait->caption : state.view.caption;
  draw_caption(ui, layout,
               question_waits(state) ? question_caption(state)
               : ship                ? said
                                     : state.view.stage.caption);
  state.timeline.wait.reset();
  if (wait) state.timeline.wait = TimelineState::Wait{wait->position, wait->share};
  const std::optional<Action> asked =
      draw_timeline(ui, layout.timeline, look_of(state, layout), state.timeline, state.player,
                    state.live ? &*state.live : nullptr, &state.tools, &state.fork);
  if (asked) apply_action(state, *asked);
  if (question_waits(state)) hide_future(ui, layout.timeline);
  draw_fork_line(ui, layout.caption, state.fork);
  const TitleBarState title = {
      shown_command(state), shown_side(state), state.stage.view,      state.presenter,
      state.help,           state.saving.open, state.lesson.possible, state.lesson.list.open};
  take_title(state, draw_title_bar(ui, layout.title, title));
  bool more = draw_columns(state, ui, layout);
  more = draw_time_cards(state, ui, layout.picture) || more;
  draw_lesson_card(state, ui, layout.picture);
  draw_notice(ui, layout.picture, state);
  draw_export_overlay(ui, layout.picture, state);
  if (state.help && draw_help_overlay(ui, {0, 0, frame.width, frame.height})) state.help = false;
  return more;
}

}  // namespace

WindowState::WindowState(const Trace& trace, PictureSource source)
    : player(trace), pictures(std::move(source)) {
  transcript.extend(trace, player.index().kinds());
  berths.extend(trace, player.index().kinds());
}

void show_trace(WindowState& state, const Trace& trace, std::size_t position) {
  const StepSize size = state.player.size();
  state.player = Player(trace);
  state.player.set_size(size);
  state.player.jump(position);
  state.transcript = Transcript();
  state.transcript.extend(trace, state.player.index().kinds());
  state.berths = Berths();
  state.berths.extend(trace, state.player.index().kinds());
  const bool events_open = state.events.open;
  state.census = Census();
  state.events = EventsPanelState();
  state.events.open = events_open;
  state.terminal.laid_at = static_cast<std::size_t>(-1);
  state.timeline = TimelineState();
  state.view = MomentView();
  // Names mean the same as far as the past is the same.
  const std::string selected = state.inspector.selected.id;
  state.inspector.select(selected.empty()
                             ? Subject()
                             : subject_of(state.player.world(), state.player.moment(), selected));
  // What was noted stays; what was begun on the other trace has no meaning here.
  BookmarksState marks = std::move(state.tools.bookmarks);
  const bool reduced = state.tools.reduced_motion;
  state.tools = TimeTools();
  state.tools.bookmarks = std::move(marks);
  state.tools.reduced_motion = reduced;
}

void show_what_came(WindowState& state, const ForkAsk& typed) {
  if (typed.keys)
    state.player.jump(state.player.count());
  else if (typed.plays)
    state.player.play();
}

void refresh(WindowState& state) {
  state.player.refresh();
  const Trace& trace = state.player.trace();
  state.transcript.extend(trace, state.player.index().kinds());
  state.berths.extend(trace, state.player.index().kinds());
  if (state.live) {
    state.live->extend(state.player.trace());
    if (!state.live->refused.empty())
      state.notice.say(std::exchange(state.live->refused, std::string()));
  }
  keep_up(state);
}

std::string window_title(const WindowState& state) {
  const Player& player = state.player;
  return "Cutaway · " + shown_command(state) + " · event " +
         decimal(static_cast<std::int64_t>(player.position())) + " of " +
         decimal(static_cast<std::int64_t>(player.count()));
}

bool draw_window(WindowState& state, const WindowFrame& frame) {
  static const FontMetrics metrics = FontMetrics::bundled();
  const Ui ui = {theme_of(state.theme), metrics, frame.atlas, frame.scale, frame.record};
  apply_style(ui.theme, ui.scale);
  keep_up(state);
  look(state);
  begin_window(ui, "Cutaway", frame.width, frame.height);
  const bool moves = state.camera.advance(static_cast<double>(ImGui::GetIO().DeltaTime));
  const bool more = draw_parts(state, ui, frame) || moves;
  ImGui::End();
  return more || !view_is_current(state);
}

std::string window_png(WindowState state, int width, int height, double scale) {
  state.saving = {};
  state.notice = {};
  state.help = false;
  state.camera.settle();
  // In another context nothing has been scrolled yet.
  state.events.scrolled_to = EventsPanelState().scrolled_to;
  state.terminal.shown_at = static_cast<std::size_t>(-1);
  const FrameSize size = {width, height, scale, kFramesOfAShot};
  const auto draw = [&](const PictureAtlas& atlas) {
    draw_window(state, {atlas, width / scale, height / scale, scale});
  };
  return png(headless_frame(size, bundled_fonts(), theme_of(state.theme).bg, draw));
}

void prepare(WindowState& state, const WindowShot& shot) {
  state.theme = shot.theme;
  state.presenter = shot.presenter;
  state.player.set_size(shot.size);
  state.player.jump(shot.position);
  const Status looked = apply_look(state, shot.look);
  CHECK(looked);  // whoever asked has seen that they are there
  state.camera.settle();
}

Status check_shot(const Trace& trace, const WindowShot& shot, PictureSource pictures) {
  if (shot.look.view != View::Ship || shot.look.near < Nearness::Container) return {};
  WindowState state(trace, std::move(pictures));
  prepare(state, shot);
  look(state);
  const Closeup& closeup = state.view.closeup;
  const bool there = shot.look.near == Nearness::Syscall   ? closeup.syscall.has_value()
                     : shot.look.near == Nearness::Process ? closeup.process.has_value()
                                                           : closeup.container.has_value();
  return there ? Status{} : fail(nothing_so_near());
}

std::string window_png(const Trace& trace, const WindowShot& shot, PictureSource pictures) {
  WindowState state(trace, std::move(pictures));
  prepare(state, shot);
  const double scale = shot.scale > 0 ? shot.scale : window_scale(shot.width, shot.height);
  return window_png(std::move(state), shot.width, shot.height, scale);
}

}  // namespace cutaway::viz
