// Questions about a finished scene: what lies where, and does anything collide?
#include "viz/scene/scene.h"

#include <iterator>
#include <utility>

namespace cutaway::viz {
namespace {

constexpr double kTolerancePx = 0.5;

std::string place(const Rect& box) {
  return " at " + std::to_string(static_cast<int>(box.x)) + "," +
         std::to_string(static_cast<int>(box.y));
}

template <typename T>
void move_to(std::vector<T>& from, std::vector<T>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

std::string_view Scene::hit(Point at) const {
  for (auto area_at = hits.rbegin(); area_at != hits.rend(); ++area_at) {
    if (area_at->box.contains(at)) {
      return area_at->id;
    }
  }
  return {};
}

const HitArea* Scene::find_hit(std::string_view id) const {
  for (const HitArea& candidate : hits) {
    if (candidate.id == id) {
      return &candidate;
    }
  }
  return nullptr;
}

std::string Scene::whole_at(Point at) const {
  const std::string_view id = hit(at);
  std::string all;
  const auto tell = [&all](const CutLabel& cut) { all += (all.empty() ? "" : "\n") + cut.whole; };
  for (const CutLabel& cut : cuts) {
    if (cut.box.contains(at)) tell(cut);
  }
  if (!all.empty() || id.empty()) return all;
  for (const CutLabel& cut : cuts) {
    if (cut.id == id) tell(cut);
  }
  return all;
}

std::vector<std::string> overlaps(const Scene& scene) {
  std::vector<std::string> found;
  const auto& labels = scene.labels;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (overlap_depth(labels[i].box, labels[j].box) > kTolerancePx) {
        found.push_back("overlap: '" + labels[i].text + "' / '" + labels[j].text + "'" +
                        place(labels[i].box));
      }
    }
  }
  for (const Rect& stretch : scene.travelled) {
    for (const LabelBox& label : labels) {
      if (label.kind == LabelBox::Kind::Words && overlap_depth(stretch, label.box) > kTolerancePx) {
        found.push_back("wire through '" + label.text + "'" + place(label.box));
      }
    }
  }
  return found;
}

std::vector<std::string> labels_outside(const Scene& scene) {
  std::vector<std::string> found;
  for (const LabelBox& label : scene.labels) {
    const Rect& box = label.box;
    if (box.x < scene.area.x || box.y < scene.area.y || box.right() > scene.area.right() ||
        box.bottom() > scene.area.bottom()) {
      found.push_back("outside: '" + label.text + "'" + place(box));
    }
  }
  return found;
}

std::string words_of(const Scene& scene) {
  std::string words;
  for (const Mark& mark : scene.marks) {
    if (const auto* text = std::get_if<TextMark>(&mark.shape)) {
      words += text->text + "\n";
    }
  }
  return words;
}

void append(Scene& scene, Scene other) {
  move_to(other.marks, scene.marks);
  move_to(other.labels, scene.labels);
  move_to(other.travelled, scene.travelled);
  move_to(other.hits, scene.hits);
  move_to(other.cuts, scene.cuts);
}

}  // namespace cutaway::viz
