#include "viz/scene/tree_scene.h"

#include <algorithm>

#include "viz/scene/sections.h"
#include "viz/scene/signs.h"

namespace cutaway::viz {
namespace {

constexpr double kTreePad = 24;
constexpr double kTreeHead = 46;
constexpr double kTreeRowMax = 40;
constexpr double kTreeRowMin = 24;
constexpr double kTreeIndent = 28;
constexpr double kLevelW = 110;
constexpr double kTreeCardW = 230;
constexpr double kTreeCardLeast = 118;  // narrower cards, or …
constexpr double kTreeRoomLeast = 150;  // … hardly a row below the heads: a list
constexpr double kTreeNoteW = 260;
constexpr double kTreeNoteLeast = 60;

class TreePicture {
 public:
  TreePicture(SceneBuilder& b, const ProcessTree& tree, const Rect& area)
      : b_(b), tree_(tree), box_(area.inset(8)) {
    const double room = box_.h - kTreeHead - kTreePad;
    const auto fit = static_cast<std::size_t>(std::max(2.0, room / kTreeRowMin));
    choose_rows(fit);
    pitch_ = std::clamp(room / static_cast<double>(std::max<std::size_t>(rows_.size() + 1, 1)),
                        kTreeRowMin, kTreeRowMax);
    const double levels_w = static_cast<double>(tree.levels.size()) * kLevelW;
    int deepest = 0;
    for (const TreeRow& each : tree.rows) deepest = std::max(deepest, each.depth);
    const double cards_x = box_.x + kTreePad + deepest * kTreeIndent;
    levels_x_ = std::min(cards_x + kTreeCardW + kTreeNoteW, box_.right() - kTreePad - levels_w);
    card_w_ = std::min(kTreeCardW, levels_x_ - 40 - cards_x);
  }

  [[nodiscard]] bool fits() const { return card_w_ >= kTreeCardLeast && box_.h >= kTreeRoomLeast; }

  void draw() {
    const Theme& t = b_.theme();
    b_.rect(box_, measure::kRadiusContainer, {t.deck[1], {t.edge.faded(0.55), 1, {}}});
    draw_heads();
    for (std::size_t r = 0; r < rows_.size(); ++r) draw_branch(r);
    for (std::size_t r = 0; r < rows_.size(); ++r) draw_row(r);
    if (rows_.size() == tree_.rows.size()) return;
    std::string rest;
    for (std::size_t i = 0; i < tree_.rows.size(); ++i) {
      if (std::find(rows_.begin(), rows_.end(), i) == rows_.end())
        rest +=
            (rest.empty() ? "" : "\n") + tree_.rows[i].program + " " + tree_.rows[i].pids.front();
    }
    b_.text({box_.x + kTreePad, row_y(rows_.size()) + 5},
            "+ " + std::to_string(tree_.rows.size() - rows_.size()) + " more processes",
            {.size = type::kSmall, .color = t.text2, .whole = rest});
  }

 private:
  /// All, or those of containers, who acts, and all their ancestors; then the first ones.
  void choose_rows(std::size_t fit) {
    if (tree_.rows.size() <= fit) {
      for (std::size_t i = 0; i < tree_.rows.size(); ++i) rows_.push_back(i);
      return;
    }
    std::vector<bool> kept(tree_.rows.size(), false);
    std::size_t count = 0;
    for (const bool only_wanted : {true, false}) {
      for (std::size_t i = 0; i < tree_.rows.size(); ++i) {
        const TreeRow& row = tree_.rows[i];
        if (!only_wanted || row.slot != kHostSlot || row.acts) keep_branch(i, fit - 1, kept, count);
      }
    }
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (kept[i]) rows_.push_back(i);
    }
  }

  void keep_branch(std::size_t i, std::size_t most, std::vector<bool>& kept, std::size_t& count) {
    std::vector<std::size_t> branch;
    int depth = tree_.rows[i].depth + 1;
    for (std::size_t up = i + 1; up-- > 0 && depth > 0;) {
      if (tree_.rows[up].depth >= depth) continue;
      depth = tree_.rows[up].depth;
      if (!kept[up]) branch.push_back(up);
    }
    if (count + branch.size() > most) return;
    for (const std::size_t up : branch) kept[up] = true;
    count += branch.size();
  }

  const TreeRow& row(std::size_t r) const { return tree_.rows[rows_[r]]; }
  double row_y(std::size_t r) const {
    return box_.y + kTreeHead + (static_cast<double>(r) + 0.5) * pitch_;
  }
  double card_x(const TreeRow& row) const { return box_.x + kTreePad + row.depth * kTreeIndent; }

  void draw_heads() {
    const Theme& t = b_.theme();
    b_.text({box_.x + kTreePad, box_.y + 28}, "process", {.size = type::kSmall, .color = t.text3});
    b_.text({levels_x_ - 12, box_.y + 28}, "pid",
            {.size = type::kSmall, .color = t.text3, .anchor = Anchor::End});
    for (std::size_t i = 0; i < tree_.levels.size(); ++i) {
      b_.text({levels_x_ + (static_cast<double>(i) + 0.5) * kLevelW, box_.y + 28}, tree_.levels[i],
              {.size = type::kSmall, .color = t.text2, .bold = true, .anchor = Anchor::Middle});
    }
    const double end = levels_x_ + static_cast<double>(tree_.levels.size()) * kLevelW;
    b_.line({box_.x + kTreePad, box_.y + 38}, {end, box_.y + 38}, {t.line, 1, {}});
  }

  /// From the card down to its parent's line.
  void draw_branch(std::size_t r) {
    const TreeRow& child = row(r);
    if (child.depth == 0) return;
    for (std::size_t up = r; up-- > 0;) {
      if (row(up).depth >= child.depth) continue;
      const double x = card_x(row(up)) + kTreeIndent / 2 - 2;
      b_.path({{x, row_y(up) + card_h() / 2}, {x, row_y(r)}, {card_x(child), row_y(r)}},
              {b_.theme().line2, measure::kContour, {}}, {.bend = 6});
      return;
    }
  }

  double card_h() const { return pitch_ - 6; }

  void draw_row(std::size_t r) {
    const Theme& t = b_.theme();
    const TreeRow& one = row(r);
    const double y = row_y(r);
    const Color color = slot_color(t, one.slot);
    const auto id = b_.as(one.id);
    const Rect card = {card_x(one), y - card_h() / 2, card_w_, card_h()};
    b_.rect(card, measure::kRadiusNode, {t.deck[1], {}});
    b_.rect(card, measure::kRadiusNode,
            {color.faded(one.slot < 0 ? 0.08 : 0.16), {color, one.acts ? 2.5 : 1.2, {}}});
    if (one.slot >= 0) tag(b_, {card.x, card.y}, one.slot, {.letter = 15, .height = card.h});
    const double x = card.x + (one.slot < 0 ? 10 : 34);
    const bool noted = draw_note(one, {card.right() + 12, y + 5});
    const std::string whole = one.program + ", " + one.note;
    TextStyle program = {.size = type::kSmall, .mono = true, .bold = true};
    program.width_max = card.right() - 8 - x;
    if (!noted) program.whole = whole;
    b_.text({x, y + 5}, one.program, program);
    b_.hit(one.id, card);
    draw_pids(one, y);
  }

  /// False: there is a note, and no room for it.
  bool draw_note(const TreeRow& one, Point at) {
    const double room = levels_x_ - 40 - at.x;
    if (one.note.empty()) return true;
    if (room < kTreeNoteLeast) return false;
    b_.text(at, one.note, {.size = type::kSmall, .color = b_.theme().text3, .width_max = room});
    return true;
  }

  void draw_pids(const TreeRow& one, double y) {
    const Theme& t = b_.theme();
    for (std::size_t i = 0; i < one.pids.size(); ++i) {
      const bool innermost = i + 1 == one.pids.size();
      const double x = levels_x_ + (static_cast<double>(i) + 0.5) * kLevelW;
      b_.text({x, y + 5}, one.pids[i],
              {.size = type::kSmall,
               .color = innermost ? t.text : t.text2,
               .mono = true,
               .bold = innermost,
               .anchor = Anchor::Middle});
      if (!innermost) {
        b_.line({x + 30, y}, {x + kLevelW - 30, y},
                {slot_color(t, one.slot), measure::kContour, {}});
      }
    }
  }

  SceneBuilder& b_;
  const ProcessTree& tree_;
  Rect box_;
  std::vector<std::size_t> rows_;
  double pitch_ = kTreeRowMax;
  double levels_x_ = 0;
  double card_w_ = kTreeCardW;
};

/// Where there is no room for cards: each process with all its pids.
void draw_list(SceneBuilder& b, const ProcessTree& tree, const Rect& area) {
  Section section = {"process", "pid", {}};
  for (const TreeRow& row : tree.rows) {
    std::string pids;
    for (std::size_t i = 0; i < row.pids.size(); ++i)
      pids += (i == 0 ? "" : ", ") + row.pids[i] + " " + tree.levels[i];
    if (!row.note.empty()) pids += "; " + row.note;
    section.facts.push_back({row.program, pids, row.id, row.acts});
  }
  // Those of containers, and who acts, come first: they must not be among those left out.
  const auto wanted = [&tree](const Fact& fact) {
    return std::any_of(tree.rows.begin(), tree.rows.end(), [&fact](const TreeRow& row) {
      return row.id == fact.id && (row.slot != kHostSlot || row.acts);
    });
  };
  std::stable_partition(section.facts.begin(), section.facts.end(), wanted);
  const Heading heading = {"Processes", "and all their pids", type::kMedium};
  draw_sections_card(b, area, {kHostSlot, false, heading}, {section});
}

}  // namespace

Scene tree_scene(const ProcessTree& tree, const SceneStyle& style, const Rect& area) {
  SceneBuilder builder(style.theme, style.metrics, area);
  TreePicture picture(builder, tree, area);
  if (picture.fits())
    picture.draw();
  else
    draw_list(builder, tree, area);
  return builder.take();
}

}  // namespace cutaway::viz
