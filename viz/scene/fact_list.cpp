#include "viz/scene/fact_list.h"

#include <algorithm>

#include "viz/scene/paragraph.h"

namespace cutaway::viz {
namespace {

constexpr double kFactRow = 20;
constexpr double kFactMoreLine = 16;  // a value's second line and those after it
constexpr double kBaseline = 14;      // below the top of a row
constexpr double kKeyShare = 0.45;    // of the column, at most
constexpr double kValueLeast = 72;    // narrower than this, values go under their keys
constexpr double kFactIndent = 10;    // of such a value
constexpr double kKeyGap = 12;
constexpr FontStyle kKeyFont = {type::kSmall, false, false};

FontStyle value_font(const Fact& fact) { return {type::kSmall, true, fact.strong}; }

}  // namespace

std::string fact_words(const Fact& fact) {
  if (fact.key.empty()) return fact.value;
  return fact.value.empty() ? fact.key : fact.key + ": " + fact.value;
}

std::string facts_words(const std::vector<Fact>& facts, std::size_t from) {
  std::string all;
  for (std::size_t i = from; i < facts.size(); ++i)
    all += (i == from ? "" : "\n") + fact_words(facts[i]);
  return all;
}

FactList::FactList(const SceneBuilder& b, const std::vector<Fact>& facts, double width,
                   double key_width)
    : facts_(facts), width_(width), key_width_(key_width) {
  if (key_width_ <= 0) {
    for (const Fact& fact : facts)
      key_width_ = std::max(key_width_, b.metrics().width(fact.key, kKeyFont));
    key_width_ = std::min(key_width_ > 0 ? key_width_ + kKeyGap : 0, width * kKeyShare);
  }
  for (const Fact& fact : facts) lay_out_row(b, fact);
}

void FactList::lay_out_row(const SceneBuilder& b, const Fact& fact) {
  Row row;
  const FontStyle font = value_font(fact);
  const double key = b.metrics().width(fact.key, kKeyFont);
  const double beside = width_ - key_width_;
  const bool key_fits = key <= std::max(key_width_ - kKeyGap + 4, 0.0);
  const bool inline_fits = key_fits && b.metrics().width(fact.value, font) <= beside;
  row.below = !fact.key.empty() && !fact.value.empty() && !inline_fits &&
              (!key_fits || beside < kValueLeast);
  const double room = row.below ? width_ - kFactIndent : beside;
  row.lines = paragraph_lines(
      b, fact.value, {.size = type::kSmall, .mono = true, .bold = fact.strong, .width_max = room});
  rows_.push_back(row);
}

double FactList::row_height(std::size_t i, std::size_t lines) const {
  const Row& row = rows_[i];
  // With one line a row there is no room below: the value is cut beside its key.
  const std::size_t count = lines == 1 ? 1 : std::min(row.lines, lines) + (row.below ? 1 : 0);
  return kFactRow + kFactMoreLine * (static_cast<double>(std::max<std::size_t>(count, 1)) - 1);
}

double FactList::height(const FactMeasure& measure) const {
  const std::size_t shown = std::min(rows_.size(), measure.rows);
  double height = shown < rows_.size() ? kFactRow : 0;
  for (std::size_t i = 0; i < shown; ++i) height += row_height(i, measure.lines);
  return height;
}

FactMeasure FactList::fitting(double height) const {
  for (const std::size_t lines :
       {FactMeasure::kAll, std::size_t{3}, std::size_t{2}, std::size_t{1}}) {
    if (this->height({lines, FactMeasure::kAll}) <= height) return {lines, FactMeasure::kAll};
  }
  FactMeasure measure = {1, rows_.size()};
  while (measure.rows > 0 && this->height(measure) > height) --measure.rows;
  return measure;
}

void FactList::draw_value(SceneBuilder& b, std::size_t i, Point at, std::size_t lines) const {
  const Fact& fact = facts_[i];
  const Row& row = rows_[i];
  const bool below = row.below && lines > 1;
  const double x = at.x + (below ? kFactIndent : key_width_);
  const double room = std::max(width_ - (x - at.x), 1.0);
  paragraph(b, {x, at.y + (below ? kFactMoreLine : 0)}, fact.value,
            {.size = type::kSmall, .mono = true, .bold = fact.strong, .width_max = room},
            {lines, kFactMoreLine});
}

double FactList::draw(SceneBuilder& b, const Rect& room, const FactMeasure& measure) const {
  const Theme& t = b.theme();
  const std::size_t shown = std::min(rows_.size(), measure.rows);
  double y = room.y;
  for (std::size_t i = 0; i < shown; ++i) {
    const Fact& fact = facts_[i];
    const double height = row_height(i, measure.lines);
    const auto id = b.as(fact.id);
    const bool alone = fact.value.empty() || (rows_[i].below && measure.lines > 1);
    b.text({room.x, y + kBaseline}, fact.key,
           {.size = type::kSmall,
            .color = t.text2,
            .width_max = alone ? width_ : std::max(key_width_ - 8, 1.0)});
    draw_value(b, i, {room.x, y + kBaseline}, measure.lines);
    if (!fact.id.empty()) b.hit(fact.id, {room.x, y, room.w, height});
    y += height;
  }
  if (shown == rows_.size()) return y;
  const std::string more = (shown == 0 ? "" : "… ") + std::to_string(rows_.size() - shown) +
                           (shown == 0 ? " lines" : " more");
  const std::string whole = facts_words(facts_, shown);
  b.text({room.x, y + kBaseline}, more, {.size = type::kSmall, .color = t.text3, .whole = whole});
  return y + kFactRow;
}

}  // namespace cutaway::viz
