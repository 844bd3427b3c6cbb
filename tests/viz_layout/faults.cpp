#include "tests/viz_layout/faults.h"

#include <algorithm>
#include <cmath>

#include "tests/viz_text/model_strings.h"
#include "viz/scene/ship.h"
#include "viz/scene/window_layout.h"

namespace cutaway::viz {
namespace {

constexpr double kLeastPx = 12;
constexpr double kTolerance = 0.75;

using Lines = std::vector<std::string>;

std::string number(double value) { return std::to_string(std::lround(value)); }

bool said_by(const Lines& given, const std::string& text) {
  return std::any_of(given.begin(), given.end(), [&text](const std::string& each) {
    return each.find(text) != std::string::npos;
  });
}

bool is_a_cut(const Scene& scene, const std::string& text) {
  return std::any_of(scene.cuts.begin(), scene.cuts.end(),
                     [&text](const CutLabel& cut) { return cut.shown == text; });
}

void check_size(const TextMark& text, double scale, Lines& found) {
  if (text.font.size * scale >= kLeastPx - 0.01) return;
  found.push_back("too small: '" + text.text + "', " + number(text.font.size * scale) + " px");
}

void check_cut(const Scene& scene, const TextMark& text, const Lines& given, Lines& found) {
  constexpr std::string_view kDots = "…";
  const std::string& words = text.text;
  const bool dotted =
      words.size() >= kDots.size() && words.substr(words.size() - kDots.size()) == kDots;
  if (dotted && !is_a_cut(scene, words) && !said_by(given, words))
    found.push_back("cut without a word: '" + words + "'");
}

// Words that begin inside the thing whose they are must end inside it.
void check_inside(const Scene& scene, const Mark& mark, const TextMark& text, Lines& found) {
  if (mark.id.empty() || mark.id == "packet" || mark.id == "signal") return;
  const HitArea* home = scene.find_hit(mark.id);
  if (home == nullptr || !home->box.contains(text.at)) return;
  const double right = text.at.x + text.width - home->box.right();
  const double below = text.at.y + 0.2 * text.font.size - home->box.bottom();
  const double above = home->box.y - (text.at.y - 0.74 * text.font.size);
  const double over = std::max({right, below, above});
  if (over > kTolerance)
    found.push_back("'" + text.text + "' reaches " + number(over) + " beyond " + mark.id);
}

void add(Lines& to, const Lines& lines) { to.insert(to.end(), lines.begin(), lines.end()); }

Lines strings_of(const Caption& caption) {
  Lines all = {caption.what, caption.why};
  for (const CaptionPart& part : caption.parts) add(all, {part.head, part.value});
  return all;
}

}  // namespace

std::string Screen::name() const {
  return number(width) + "x" + number(height) + "@" + number(scale * 10);
}

std::vector<Screen> screens() {
  std::vector<Screen> all;
  for (const double scale : {1.0, 1.5, 2.0, 3.0}) {
    for (const Screen& s : {Screen{1024, 768}, {1280, 720}, {1600, 900}, {1920, 1080}})
      all.push_back({s.width, s.height, scale});
  }
  return all;
}

Lines faults(const Scene& scene, double scale, const Lines& given) {
  Lines found = overlaps(scene);
  add(found, labels_outside(scene));
  for (const Mark& mark : scene.marks) {
    const auto* text = std::get_if<TextMark>(&mark.shape);
    if (text == nullptr) continue;
    check_size(*text, scale, found);
    check_cut(scene, *text, given, found);
    check_inside(scene, mark, *text, found);
  }
  return found;
}

Lines window_faults(const ShipModel& model, const Caption& caption, const Screen& screen,
                    bool presenter) {
  static const FontMetrics metrics = FontMetrics::bundled();
  const SceneStyle style = {kDark, metrics};
  const WindowLayout window = window_layout(screen.width / screen.scale,
                                            screen.height / screen.scale, {true, true, presenter});
  Lines found = faults(ship_scene(model, style, window.picture), screen.scale,
                       cutaway::viz::strings_of(model));
  Caption said = caption;
  if (!window.parts_list) said.parts.clear();
  const CaptionSize size = {window.sentence_size, window.part_size, window.sentence_lines};
  add(found,
      faults(caption_scene(said, style, window.caption, size), screen.scale, strings_of(caption)));
  for (std::string& line : found) line = screen.name() + (presenter ? " presented: " : ": ") + line;
  return found;
}

}  // namespace cutaway::viz
