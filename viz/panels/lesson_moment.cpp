#include "viz/panels/lesson_moment.h"

#include "viz/panels/window.h"
#include "viz/player/event_class.h"

namespace cutaway::viz {

Moment shown_moment(const WindowState& state) {
  Moment moment = state.player.moment();
  const LessonState& lesson = state.lesson;
  if (!lesson.playing() || !lesson.machine.empty() || state.fork.shown != 0) return moment;
  const lessons::Page& page = lesson.play->page();
  const bool found = page.kind == lessons::PageKind::Step || page.kind == lessons::PageKind::Closer;
  if (!found || moment.position == 0 || moment.position != lesson.play->position(page))
    return moment;
  const EventClass kind = event_class(state.player.trace(), moment.position - 1);
  if (kind == EventClass::Noise || kind == EventClass::Detail) return moment;
  moment.focus = static_cast<EventIndex>(moment.position - 1);
  // The sentence, too, is that of the call or the effect; where a page tells in beats, the beat's.
  if (moment.size == StepSize::Command || moment.size == StepSize::Beat) return moment;
  if (kind == EventClass::Syscall) moment.size = StepSize::Syscall;
  if (kind == EventClass::Effect) moment.size = StepSize::Effect;
  return moment;
}

Caption question_caption(const WindowState& state) {
  Caption caption;
  caption.what = state.lesson.play->words()["future-hidden"];
  return caption;
}

void hide_future(const Ui& ui, const Rect& timeline) {
  constexpr double kTransport = 36.5;  // its buttons end here
  const Rect lanes = {timeline.x, timeline.y + kTransport, timeline.w, timeline.h - kTransport};
  Pane veil(ui, "Hidden future", lanes, ui.theme.panel);
  veil.press("Hidden future", lanes);
}

}  // namespace cutaway::viz
