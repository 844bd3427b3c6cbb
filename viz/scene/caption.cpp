// The sentence and its parts list.
#include "viz/scene/caption.h"

#include <algorithm>

#include "viz/scene/builder.h"
#include "viz/scene/signs.h"
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

constexpr double kLead = 1.32;

struct Sentence {
  double size = 0;
  std::vector<RunLine> lines;
  bool cut = false;  // there is more of it than its lines hold
};

std::vector<FontStyle> styles_of(double size) {
  return {{size, false, true}, {size, false, false}};
}

// A long sentence is set smaller before it is cut.
Sentence set_sentence(const FontMetrics& metrics, const Caption& caption, double width,
                      const CaptionSize& size) {
  Sentence sentence;
  for (const double smaller : {size.sentence, type::kWide, type::kSentence, type::kLarge}) {
    if (smaller > size.sentence) continue;
    sentence.size = smaller;
    sentence.lines =
        wrap_runs(metrics, {{caption.what, 0}, {caption.why, 1}}, styles_of(smaller), width);
    if (static_cast<int>(sentence.lines.size()) <= size.lines) return sentence;
  }
  // The last line takes one word more, which is then cut where the room ends.
  const auto kept = static_cast<std::size_t>(size.lines);
  const std::string next = sentence.lines[kept].front().text;
  sentence.lines.resize(kept);
  sentence.lines.back().back().text += " " + next;
  sentence.cut = true;
  return sentence;
}

void draw_sentence(SceneBuilder& b, const Caption& caption, const Rect& area,
                   const CaptionSize& size) {
  const Theme& t = b.theme();
  const Sentence sentence = set_sentence(b.metrics(), caption, area.w - 20, size);
  if (sentence.cut) b.note_cut(caption.what + " " + caption.why, "…");
  double y = area.y + size.sentence * 1.2;
  for (const RunLine& line : sentence.lines) {
    double x = area.x;
    for (const TextRun& run : line) {
      const bool first = run.style == 0;
      const TextStyle style = {.size = sentence.size,
                               .color = first ? t.text : t.text2,
                               .bold = first,
                               .width_max = sentence.cut ? area.right() - 8 - x : 0};
      x = b.text({x, y}, run.text, style);
    }
    y += size.sentence * kLead;
  }
}

void draw_part(SceneBuilder& b, const CaptionPart& part, Point at, double width, double size) {
  using State = CaptionPart::State;
  const Theme& t = b.theme();
  const bool next = part.state == State::Next;
  const auto id = b.as("part:" + std::to_string(part.number));
  b.circle({at.x + 10, at.y - 1}, 10, {next ? Color{} : t.text, {t.text2, 1.2, {}}});
  b.text({at.x + 10, at.y + 3.8}, std::to_string(part.number),
         {.size = type::kSmall,
          .color = next ? t.text2 : t.bg,
          .bold = true,
          .anchor = Anchor::Middle});
  const double end = b.text({at.x + 27, at.y - 3}, part.head,
                            {.size = size, .color = t.text2, .width_max = width - 54});
  const Color ink = part.state == State::Bad     ? t.bad
                    : part.state == State::Limit ? t.limit
                                                 : t.text;
  const double below = size > type::kSmall ? 18 : 15;
  b.text({at.x + 27, at.y + below}, part.value,
         {.size = size, .color = ink, .mono = true, .width_max = width - 32});
  if (part.state == State::Ok) check_mark(b, {end + 6, at.y - 7}, 1, {t.ok, 2, {}});
  if (part.state == State::Bad) cross_mark(b, {end + 11, at.y - 7}, 4, {t.bad, 2, {}});
}

constexpr double kPartSide = 34;  // its number, and air
constexpr double kPartSign = 26;  // check or cross behind its head

double wanted_width(const SceneBuilder& b, const CaptionPart& part, double size) {
  const double head = b.width(part.head, {.size = size}) + kPartSign;
  const double value = b.width(part.value, {.size = size, .mono = true});
  return std::max(head, value) + kPartSide;
}

// Equal where all fit so; else the short ones give of theirs to the long ones, the longest of which
// are cut to one width.
std::vector<double> part_widths(const SceneBuilder& b, const std::vector<CaptionPart>& parts,
                                double room, double size) {
  std::vector<double> wanted;
  wanted.reserve(parts.size());
  for (const CaptionPart& part : parts) wanted.push_back(wanted_width(b, part, size));
  double cap = parts.empty() ? 0 : room / static_cast<double>(parts.size());
  const bool equal =
      std::all_of(wanted.begin(), wanted.end(), [cap](double w) { return w <= cap; });
  if (equal) return std::vector<double>(parts.size(), cap);
  // Who needs less than an equal share keeps its own; the rest share what is left, until none does.
  std::vector<bool> settled(parts.size(), false);
  double left = room;
  std::size_t open = parts.size();
  for (bool again = true; again && open > 0;) {
    again = false;
    cap = left / static_cast<double>(open);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (settled[i] || wanted[i] > cap) continue;
      settled[i] = again = true;
      left -= wanted[i];
      --open;
    }
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!settled[i]) wanted[i] = cap;
  }
  const double spare = open == 0 ? left / static_cast<double>(parts.size()) : 0;
  for (double& w : wanted) w += spare;
  return wanted;
}

}  // namespace

Scene caption_scene(const Caption& caption, const SceneStyle& style, const Rect& area,
                    const CaptionSize& size) {
  SceneBuilder b(style.theme, style.metrics, area);
  draw_sentence(b, caption, area, size);
  const std::vector<double> widths = part_widths(b, caption.parts, area.w, size.part);
  const double y = area.y + size.sentence * (1.2 + kLead * (size.lines - 1)) +
                   (size.part > type::kSmall ? 29 : 25);
  double x = area.x;
  for (std::size_t i = 0; i < caption.parts.size(); ++i) {
    draw_part(b, caption.parts[i], {x, y}, widths[i], size.part);
    x += widths[i];
  }
  return b.take();
}

}  // namespace cutaway::viz
