#include "viz/text/story_log.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr std::uint8_t kDone = 1;
constexpr std::uint8_t kLooked = 2;
constexpr std::uint8_t kHubAsked = 4;
static_assert(kBeatCount <= 16);

EventIndex narrow(std::size_t n) { return n == kNowhere ? kNoEvent : static_cast<EventIndex>(n); }
std::size_t wide(EventIndex n) { return n == kNoEvent ? kNowhere : std::size_t{n}; }

}  // namespace

StoryLog::Page StoryLog::page_of(std::size_t n, const Story& story) {
  Page page;
  page.event = narrow(n);
  page.typed_at = narrow(story.typed_at);
  page.beat_from = narrow(story.beat_from);
  page.step_from = narrow(story.step_from);
  page.step = story.step;
  for (std::size_t beat = 0; beat < kBeatCount; ++beat) {
    if (story.reached[beat]) page.reached |= static_cast<std::uint16_t>(1U << beat);
  }
  if (story.beat) page.beat = static_cast<std::int8_t>(*story.beat);
  page.signs = static_cast<std::uint8_t>((story.done ? kDone : 0) | (story.looked ? kLooked : 0) |
                                         (story.hub_asked ? kHubAsked : 0));
  return page;
}

Story StoryLog::story_of(const Page& page) {
  Story story;
  story.typed_at = wide(page.typed_at);
  story.beat_from = wide(page.beat_from);
  story.step_from = wide(page.step_from);
  story.step = page.step;
  for (std::size_t beat = 0; beat < kBeatCount; ++beat) {
    story.reached[beat] = (page.reached >> beat & 1U) != 0;
  }
  if (page.beat >= 0) story.beat = static_cast<spec::Beat>(page.beat);
  story.done = (page.signs & kDone) != 0;
  story.looked = (page.signs & kLooked) != 0;
  story.hub_asked = (page.signs & kHubAsked) != 0;
  return story;
}

bool StoryLog::same_story(const Page& a, const Page& b) {
  return a.typed_at == b.typed_at && a.beat_from == b.beat_from && a.step_from == b.step_from &&
         a.step == b.step && a.reached == b.reached && a.beat == b.beat && a.signs == b.signs;
}

void StoryLog::note(std::size_t n, const Story& story) {
  const Page page = page_of(n, story);
  if (pages_.empty() || !same_story(pages_.back(), page)) pages_.push_back(page);
}

Story StoryLog::at(std::size_t position) const {
  const auto after = std::partition_point(
      pages_.begin(), pages_.end(), [position](const Page& page) { return page.event < position; });
  return after == pages_.begin() ? Story() : story_of(*(after - 1));
}

}  // namespace cutaway::viz
