#include "viz/scene/loudness.h"

#include <algorithm>
#include <map>

namespace cutaway::viz {
namespace {

bool is_flag(const std::string& id) { return id == "packet" || id == "signal"; }

bool speaks(const Mark& mark, const TextMark& text, const Theme& t) {
  if (mark.id.empty() || mark.id == "legend") return false;
  const Color c = text.color;
  if (c == t.on || c == t.bg) return is_flag(mark.id);
  return c == t.text;
}

// The marks of each id as text, in order.
std::map<std::string, std::string> by_id(const Scene& scene) {
  std::map<std::string, std::string> marks;
  Scene one;
  for (const Mark& mark : scene.marks) {
    one.marks = {mark};
    marks[mark.id] += to_text(one);
  }
  return marks;
}

}  // namespace

std::vector<std::string> loud_labels(const Scene& scene, const Theme& theme) {
  std::vector<std::string> loud;
  for (const Mark& mark : scene.marks) {
    const auto* text = std::get_if<TextMark>(&mark.shape);
    if (text != nullptr && speaks(mark, *text, theme)) loud.push_back(mark.id + " " + text->text);
  }
  return loud;
}

void hush(Scene& scene, const Theme& theme) {
  std::vector<TextMark*> others;
  std::size_t room = kLoudMost;
  for (Mark& mark : scene.marks) {
    auto* text = std::get_if<TextMark>(&mark.shape);
    if (text == nullptr || !speaks(mark, *text, theme)) continue;
    if (!is_flag(mark.id))
      others.push_back(text);
    else if (room > 0)
      --room;
  }
  for (std::size_t i = room; i < others.size(); ++i) others[i]->color = theme.text2;
}

std::vector<std::string> moving_things(const Scene& before, const Scene& after) {
  std::vector<std::string> moving;
  const auto earlier = by_id(before);
  const auto later = by_id(after);
  for (const auto& [id, marks] : later) {
    const auto was = earlier.find(id);
    if (was == earlier.end() || was->second != marks) moving.push_back(id);
  }
  for (const auto& [id, marks] : earlier) {
    if (later.count(id) == 0) moving.push_back(id);
  }
  return moving;
}

}  // namespace cutaway::viz
