// StoryLog: the stories of all positions of a trace, found without reading it again.
//
//   StoryReader reader(trace);
//   StoryLog log;
//   if (reader.read(n)) log.note(n, reader.story());    // n = 0, 1, …
//   log.at(position);                                   // == story_at(trace, position)
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "viz/text/story.h"

namespace cutaway::viz {

/// The story at every position of a trace. A new page is kept only where something has changed, so
/// that millions of calls of one program cost nothing.
class StoryLog {
 public:
  /// The story after event n; in order.
  void note(std::size_t n, const Story& story);
  /// The same as story_at(), found by halving.
  [[nodiscard]] Story at(std::size_t position) const;

 private:
  /// A Story in 32 bytes, and the event that turned the page.
  struct Page {
    EventIndex event = kNoEvent;
    EventIndex typed_at = kNoEvent, beat_from = kNoEvent, step_from = kNoEvent;
    const spec::StepRow* step = nullptr;
    std::uint16_t reached = 0;  ///< bit by beat
    std::int8_t beat = -1;      ///< -1: none yet
    std::uint8_t signs = 0;     ///< kDone …
  };
  [[nodiscard]] static Page page_of(std::size_t n, const Story& story);
  [[nodiscard]] static Story story_of(const Page& page);
  [[nodiscard]] static bool same_story(const Page& a, const Page& b);

  std::vector<Page> pages_;
};

}  // namespace cutaway::viz
