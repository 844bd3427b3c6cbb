// The large Engine: what the terminal shows, what is said between the stations, what the cache and
// the hub hold, and the sentences of the greeting to come.
#include <algorithm>

#include "base/text.h"
#include "viz/player/event_class.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/call_words.h"
#include "viz/text/engine_told.h"
#include "viz/text/people.h"
#include "viz/text/terminal_lines.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kClientColumns = 8;  // its room is narrow

void fill_terminal(const Picture& p, EngineModel& engine) {
  for (const ShownLine& line : terminal_lines(p.trace, p.world, p.position)) {
    const auto tone = line.typed ? TerminalLine::Tone::Typed : TerminalLine::Tone::Printed;
    engine.terminal.push_back({line.typed ? "$ " + line.text : line.text, tone});
  }
  if (!engine.terminal.empty() && engine.terminal.back().tone == TerminalLine::Tone::Printed) {
    engine.terminal.back().tone = TerminalLine::Tone::Newest;
  }
}

std::vector<std::string> narrow(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string& word : split(text, ' ')) {
    const bool fits = !lines.empty() && lines.back().size() + 1 + word.size() <= kClientColumns;
    if (fits)
      lines.back() += " " + word;
    else
      lines.push_back(word);
  }
  return lines;
}

std::string server_says(const Picture& p) {
  if (p.story.step == nullptr || p.story.done) return {};
  const spec::Sentence& said = p.words["text.server." + std::string(p.story.step->id)];
  const std::string image = wanted_image(p.world);
  return fill(said.what, [&image](std::string_view) { return image; });
}

int number_of(const std::vector<EnginePoint>& points, EnginePoint::Kind kind) {
  for (const EnginePoint& point : points) {
    if (point.kind == kind) return point.number;
  }
  return 0;
}

// The answer of a request, unless it is the usual one.
void add_answer(const Picture& p, const ApiCall& call, int number, EngineModel& engine) {
  if (call.status >= 400) {
    engine.messages.push_back(
        {Link::ClientServer, true, MessageKind::Refusal, status_words(call), number, Step::Done});
  } else if (call.status > 0 && request_verb(call) == "pull") {
    const Step step =
        p.story.hub_asked && !p.story.has_reached(spec::Beat::Create) ? Step::Now : Step::Done;
    engine.messages.push_back(
        {Link::ClientServer, true, MessageKind::Words, p.words["text.progress"].what, 0, step});
  }
}

void fill_messages(const Picture& p, EngineModel& engine) {
  using Kind = EnginePoint::Kind;
  const std::vector<EnginePoint> points = engine_points(p.world, p.story);
  if (p.story.typed_at == kNowhere) return;
  engine.messages.push_back({Link::TerminalClient, false, MessageKind::Request, "",
                             number_of(points, Kind::Ask), Step::Done});
  bool looked = false;
  for (const ApiCall& call : p.world.engine->requests) {
    const std::string verb = request_verb(call);
    if (verb == "ping") continue;
    const bool again = verb == "pull" && looked;
    const Step step = call.status == 0 ? Step::Now : Step::Done;
    engine.messages.push_back({Link::ClientServer, false, MessageKind::Request, verb,
                               again ? number_of(points, Kind::AskAgain) : 0, step});
    const bool first = call.status >= 400 && !looked;
    add_answer(p, call, first ? number_of(points, Kind::Look) : 0, engine);
    looked = looked || call.status >= 400;
  }
  const bool printed = engine.terminal.size() > 1;
  if (printed)
    engine.messages.push_back({Link::TerminalClient, true, MessageKind::Words, "", 0, Step::Done});
  for (const EnginePoint& point : points) {
    const Step step = point.state == EnginePoint::State::Now ? Step::Now : Step::Done;
    if (point.kind == Kind::Fetch) {
      engine.messages.push_back({Link::Hub, false, MessageKind::Request, "", point.number, step});
    } else if (point.kind == Kind::Layers) {
      engine.messages.push_back({Link::Hub, true, MessageKind::Layers, "", point.number, step});
    }
  }
}

StoredImage stored(const std::string& ref, const cutaway::Image& image) {
  const std::string name = image_name(ref);
  return {"image:" + name, name, size_words(image.size), 1};
}

void fill_cache(const Picture& p, EngineModel& engine) {
  for (const auto& [ref, image] : *p.world.images) engine.cached.push_back(stored(ref, image));
  const Fetching coming = fetching(p.world);
  const std::string wanted = wanted_image(p.world);
  if (!coming.layers.empty()) {
    const double share =
        coming.all > 0 ? static_cast<double>(coming.here) / static_cast<double>(coming.all) : 0;
    engine.cached.push_back(
        {"image:" + wanted, wanted, size_of_words(coming.here, coming.all), share});
  }
  if (!p.story.looked) return;
  const bool found = p.world.engine->last_hit && !p.story.hub_asked;
  engine.cache_note = p.words[found ? "text.cache.hit" : "text.cache.miss"].what;
}

void fill_shelf(const Picture& p, EngineModel& engine) {
  const std::string wanted = wanted_image(p.world);
  for (const std::string& name : p.world.engine->hub_shelf) {
    const bool asked = p.story.hub_asked && image_name(name) == wanted;
    engine.shelf.push_back(
        {"hub:" + name, name, asked ? p.words["text.shelf"].what : "", asked ? 1.0 : 0.0});
  }
}

std::optional<spec::Beat> beat_of(std::string_view name) {
  for (std::size_t i = 0; i < kBeatCount; ++i) {
    if (spec::beat_name(static_cast<spec::Beat>(i)) == name) return static_cast<spec::Beat>(i);
  }
  return std::nullopt;
}

// Ahead until its first beat has begun, done when the story is beyond its last.
Step card_step(const Story& story, const std::string& beats) {
  std::optional<spec::Beat> first;
  std::optional<spec::Beat> last;
  for (const std::string& name : split(beats, ',')) {
    const auto beat = beat_of(trim(name));
    if (!beat) continue;
    if (!first) first = beat;
    last = beat;
  }
  if (!first || !story.has_reached(*first)) return Step::Ahead;
  bool beyond = story.done;
  for (std::size_t i = static_cast<std::size_t>(*last) + 1; i < kBeatCount; ++i) {
    beyond = beyond || story.reached[i];
  }
  return beyond ? Step::Done : Step::Now;
}

void fill_cards(const Picture& p, EngineModel& engine) {
  const auto& cards = p.options.sentence_cards;
  if (cards.empty()) return;
  const spec::Sentence& title = p.words["text.cards"];
  const std::string image = wanted_image(p.world);
  engine.cards_title = fill(title.what, [&](std::string_view name) {
    if (name == "count") return number_word(static_cast<std::int64_t>(cards.size()));
    return image.empty() ? std::string("the program") : image;
  });
  engine.cards_note = title.why;
  for (const SentenceCard& card : cards) {
    engine.cards.push_back({card.text, card.beat, card_step(p.story, card.beat)});
  }
}

}  // namespace

void fill_large_engine(const Picture& p, EngineModel& engine) {
  fill_terminal(p, engine);
  engine.client_words = narrow(p.words["text.client"].what);
  engine.server_says = server_says(p);
  fill_messages(p, engine);
  fill_cache(p, engine);
  fill_shelf(p, engine);
  fill_cards(p, engine);
}

}  // namespace cutaway::viz
