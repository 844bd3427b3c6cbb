#include "viz/player/live.h"

#include <algorithm>

namespace cutaway::viz {

// The run tells it by notes of class "held" and "released" (real/trace_story.cpp), and "refused"
// (real/side.cpp).
void Live::extend(const Trace& trace) {
  static const std::size_t note = Body(Note{}).index();
  for (; seen_ < trace.size(); ++seen_) {
    if (trace.record(seen_).body != note) continue;
    const Event event = trace.event(seen_);
    const Note& told = std::get<Note>(event.body);
    if (told.note_class == "held") {
      ++held_count;
      const std::size_t before = told.text.find("before ");
      held = before == std::string::npos ? "" : told.text.substr(before);
      asked = false;
    }
    if (told.note_class == "refused") refused = told.text;
    if (told.note_class == "released") held_count = std::max(0, held_count - 1);
  }
}

void Live::ask(LiveAsk what) {
  if (over) return;
  if (what == LiveAsk::Hold) asked = true;
  asks.push_back(what);
}

}  // namespace cutaway::viz
