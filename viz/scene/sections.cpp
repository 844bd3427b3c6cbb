#include "viz/scene/sections.h"

#include <algorithm>
#include <cmath>

#include "viz/scene/fact_list.h"
#include "viz/scene/signs.h"

namespace cutaway::viz {
namespace {

constexpr double kSectionColumnLeast = 236;
constexpr double kBetween = 18;
constexpr double kSectionTitle = 22;
constexpr double kSectionBelow = 8;
constexpr double kSectionLine = 18;
constexpr double kHeadingBesideLeast = 34;
constexpr double kWordsLeast = 70;  // of a list's words beside its title
constexpr double kSectionCardPad = 10;
constexpr double kSectionCardHead = 27;

/// Where a section stands.
struct Place {
  std::size_t column = 0;
  double y = 0;
  double height = 0;
};

class SectionsPicture {
 public:
  SectionsPicture(SceneBuilder& b, const Rect& room, const std::vector<Section>& sections)
      : b_(b), room_(room), sections_(sections) {
    const double fit = std::floor((room.w + kBetween) / (kSectionColumnLeast + kBetween));
    columns_ = static_cast<std::size_t>(
        std::clamp(fit, 1.0, static_cast<double>(std::max<std::size_t>(sections.size(), 1))));
    const auto columns = static_cast<double>(columns_);
    width_ = (room.w - (columns - 1) * kBetween) / columns;
    for (const Section& section : sections) lists_.emplace_back(b, section.facts, width_);
  }

  void draw() {
    if (!choose_measure()) return draw_titles();
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      const Rect box = box_of(places_[i]);
      draw_title(sections_[i], box, {});
      lists_[i].draw(b_, {box.x, box.y + kSectionTitle, box.w, box.h - kSectionTitle}, measure_);
    }
  }

 private:
  [[nodiscard]] Rect box_of(const Place& place) const {
    return {room_.x + static_cast<double>(place.column) * (width_ + kBetween), room_.y + place.y,
            width_, place.height};
  }

  /// One after the other, column after column; false: the last ones find no room.
  bool place_all(const FactMeasure& measure) {
    places_.clear();
    Place next;
    for (const FactList& list : lists_) {
      next.height = kSectionTitle + list.height(measure);
      if (next.y > 0 && next.y + next.height > room_.h) {
        ++next.column;
        next.y = 0;
      }
      if (next.column == columns_ || next.height > room_.h) return false;
      places_.push_back(next);
      next.y += next.height + kSectionBelow;
    }
    return true;
  }

  bool choose_measure() {
    for (const std::size_t lines : {FactMeasure::kAll, std::size_t{2}, std::size_t{1}}) {
      measure_ = {lines, FactMeasure::kAll};
      if (place_all(measure_)) return true;
    }
    for (std::size_t rows = 12; rows > 0; --rows) {
      measure_ = {1, rows};
      if (place_all(measure_)) return true;
    }
    return false;
  }

  void draw_title(const Section& section, const Rect& box, const std::string& whole) {
    double x = box.x;
    if (section.slot >= kHostSlot) x = tag(b_, {x, box.y + 1}, section.slot, {.letter = 15}) + 8;
    const Heading heading = {section.title, section.note, type::kSmall, true};
    if (whole.empty()) {
      draw_heading(b_, {x, box.y + 14}, box.right() - x, heading);
      return;
    }
    b_.text({x, box.y + 14}, section.title,
            {.size = type::kSmall, .bold = true, .width_max = box.right() - x, .whole = whole});
    const double words_x = x + titles_w_ + kBetween;
    if (box.right() - words_x < kWordsLeast) return;
    b_.text({words_x, box.y + 14}, in_a_line(section.facts),
            {.size = type::kSmall,
             .color = b_.theme().text2,
             .mono = true,
             .width_max = box.right() - words_x,
             .whole = whole});
  }

  static std::string in_a_line(const std::vector<Fact>& facts) {
    std::string line;
    for (const Fact& fact : facts) {
      const std::string blank = fact.key.empty() || fact.value.empty() ? "" : " ";
      line += (line.empty() ? "" : ", ") + fact.key + blank + fact.value;
    }
    return line;
  }

  /// Not even the beginnings of the lists: a line for each, and it tells its list.
  void draw_titles() {
    for (const Section& section : sections_)
      titles_w_ =
          std::max(titles_w_, b_.width(section.title, {.size = type::kSmall, .bold = true}));
    const auto lines = static_cast<std::size_t>(std::max(0.0, std::floor(room_.h / kSectionLine)));
    const std::size_t places = lines * columns_;
    const std::size_t shown =
        sections_.size() <= places ? sections_.size() : std::max<std::size_t>(places, 1) - 1;
    std::string rest;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      const Section& section = sections_[i];
      const std::string whole = section_words(section);
      if (i < shown)
        draw_title(section, title_box(i, lines), whole);
      else
        rest += (rest.empty() ? "" : "\n") + whole;
    }
    if (rest.empty() || places == 0) return;
    const Rect box = title_box(shown, lines);
    b_.text({box.x, box.y + 14}, "+ " + std::to_string(sections_.size() - shown) + " more",
            {.size = type::kSmall, .color = b_.theme().text3, .whole = rest});
  }

  [[nodiscard]] Rect title_box(std::size_t i, std::size_t lines) const {
    return box_of({i / lines, static_cast<double>(i % lines) * kSectionLine, kSectionLine});
  }

  SceneBuilder& b_;
  const Rect room_;
  const std::vector<Section>& sections_;
  std::vector<FactList> lists_;
  std::vector<Place> places_;
  std::size_t columns_ = 1;
  double width_ = 0;
  double titles_w_ = 0;
  FactMeasure measure_;
};

}  // namespace

void draw_sections(SceneBuilder& b, const Rect& room, const std::vector<Section>& sections) {
  if (room.w < 1 || room.h < 1) return;
  SectionsPicture(b, room, sections).draw();
}

std::string section_words(const Section& section) {
  return section.title + (section.note.empty() ? "" : ", " + section.note) + "\n" +
         facts_words(section.facts);
}

void draw_sections_card(SceneBuilder& b, const Rect& area, const SectionsCard& card,
                        const std::vector<Section>& sections) {
  const Theme& t = b.theme();
  const Color color = card.slot < 0 ? t.line2 : slot_color(t, card.slot);
  const Rect box = area.inset(1);
  b.rect(box, measure::kRadiusNode, {t.deck[1], {}});
  b.rect(box, measure::kRadiusNode, {color.faded(0.05), {color, measure::kContour, {}}});
  double x = box.x + kSectionCardPad;
  if (card.tagged) x = tag(b, {x, box.y + 6}, card.slot, {.letter = 15}) + 8;
  const Point at = {x, box.y + 19};
  const double width = box.right() - kSectionCardPad - x;
  const Rect room = {box.x + kSectionCardPad, box.y + kSectionCardHead, box.w - 2 * kSectionCardPad,
                     box.h - kSectionCardHead - 3};
  if (room.h >= kSectionLine) {
    draw_heading(b, at, width, card.heading);
    return draw_sections(b, room, sections);
  }
  std::string all = card.heading.name + "\n" + card.heading.beside;
  for (const Section& section : sections) all += "\n" + section_words(section);
  b.text(at, card.heading.name,
         {.size = type::kMedium, .bold = true, .width_max = width, .whole = all});
}

double draw_heading(SceneBuilder& b, Point at, double width, const Heading& heading) {
  const TextStyle beside = {.size = type::kSmall, .color = b.theme().text2, .mono = heading.mono};
  TextStyle name = {.size = heading.size, .bold = true, .width_max = width};
  const double room = width - std::min(b.width(heading.name, name), width * 0.6) - 12;
  const bool has_beside = !heading.beside.empty();
  const bool fits =
      has_beside && room >= std::min(kHeadingBesideLeast, b.width(heading.beside, beside));
  const std::string both = heading.name + "\n" + heading.beside;
  if (has_beside && !fits) name.whole = both;
  if (fits) name.width_max = std::max(width * 0.6, width - 12 - b.width(heading.beside, beside));
  const double end = b.text(at, heading.name, name);
  if (!fits) return end;
  TextStyle cut = beside;
  cut.width_max = at.x + width - end - 12;
  return b.text({end + 12, at.y}, heading.beside, cut);
}

}  // namespace cutaway::viz
