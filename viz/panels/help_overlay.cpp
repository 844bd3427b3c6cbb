#include "viz/panels/help_overlay.h"

#include <algorithm>
#include <string>
#include <vector>

namespace cutaway::viz {
namespace {

constexpr double kKeyColumn = 330;
constexpr double kKeyColumnLeast = 296;
constexpr double kHelpPad = 28;
constexpr double kHelpHead = 76;
constexpr double kKeyRow = 28;
constexpr double kKeyRowLeast = 20;
constexpr double kGroupHead = 40;
constexpr double kGroupGap = 14;
constexpr double kKeyGap = 7;
constexpr std::size_t kColumnsMost = 4;

using Keys = std::vector<KeyRow>;

double cap_width(const SceneBuilder& b, std::string_view name) {
  return std::max(26.0, b.width(name, {.size = type::kSmall, .mono = true, .bold = true}) + 14);
}

void draw_key(SceneBuilder& b, Point at, std::string_view name) {
  const Theme& t = b.theme();
  const Rect cap = {at.x, at.y - 16, cap_width(b, name), 22};
  b.rect(cap, 4, {t.inset, {t.line2, 1, {}}});
  b.text({cap.mid_x(), at.y}, name,
         {.size = type::kSmall, .mono = true, .bold = true, .anchor = Anchor::Middle});
}

/// Where the words of a group begin: all beneath one another, behind its widest key.
double key_column(const SceneBuilder& b, const Keys& keys, KeyGroup group) {
  double widest = 0;
  for (const KeyRow& row : keys) {
    if (row.group == group) widest = std::max(widest, cap_width(b, row.name));
  }
  return widest + kKeyGap;
}

struct GroupPlace {
  Point at;
  double width = kKeyColumn;
  double pitch = kKeyRow;
};

void draw_group(SceneBuilder& b, const Keys& keys, KeyGroup group, const GroupPlace& place) {
  const Point at = place.at;
  const Theme& t = b.theme();
  b.text({at.x, at.y + 12}, key_group_name(group), {.size = type::kMedium, .bold = true});
  const double column = key_column(b, keys, group);
  double y = at.y + kGroupHead;
  for (const KeyRow& row : keys) {
    if (row.group != group || row.name.empty()) continue;
    draw_key(b, {at.x, y}, row.name);
    b.text({at.x + column, y}, row.does,
           {.size = type::kSmall, .color = t.text2, .width_max = place.width - column - 12});
    y += place.pitch;
  }
}

double group_height(const Keys& keys, KeyGroup group, double pitch) {
  double rows = 0;
  for (const KeyRow& row : keys) rows += row.group == group && !row.name.empty() ? 1 : 0;
  return rows == 0 ? 0 : kGroupHead + rows * pitch + kGroupGap;
}

/// Groups from above to below and then to the right; a column as high as it needs to be.
struct KeyColumns {
  std::vector<std::vector<KeyGroup>> groups;
  double height = 0;
};

KeyColumns columns_of(const Keys& keys, std::size_t count, double pitch) {
  double all = 0;
  for (const KeyGroup group : kKeyGroups) all += group_height(keys, group, pitch);
  KeyColumns columns;
  columns.groups.resize(count);
  std::size_t at = 0;
  double height = 0;
  for (const KeyGroup group : kKeyGroups) {
    const double more = group_height(keys, group, pitch);
    const bool full = height > 0 && height + more / 2 > all / static_cast<double>(count);
    if (full && at + 1 < count) {
      ++at;
      height = 0;
    }
    columns.groups[at].push_back(group);
    height += more;
    columns.height = std::max(columns.height, height);
  }
  return columns;
}

}  // namespace

bool draw_help_overlay(const Ui& ui, const Rect& window, const std::vector<KeyRow>& keys) {
  Pane veil(ui, "Help", window, ui.theme.bg.faded(0.72));
  const bool away = veil.press("Close help", window).clicked;
  const double room = window.w - 2 * kHelpPad - 16;
  const auto fit = static_cast<std::size_t>(room / kKeyColumnLeast);
  const std::size_t count = std::clamp<std::size_t>(fit, 1, kColumnsMost);
  const double column = std::min(kKeyColumn, room / static_cast<double>(count));
  double pitch = kKeyRow;
  while (pitch > kKeyRowLeast &&
         columns_of(keys, count, pitch).height + kHelpHead + kHelpPad > window.h - 8)
    --pitch;
  const KeyColumns columns = columns_of(keys, count, pitch);
  const double width = static_cast<double>(count) * column + 2 * kHelpPad;
  const double height = columns.height + kHelpHead + kHelpPad / 2;
  const Rect card = {window.mid_x() - width / 2, window.mid_y() - height / 2, width, height};
  SceneBuilder& b = veil.ink();
  b.rect(card, 10, {ui.theme.panel, {ui.theme.line2, 1, {}}});
  b.text({card.x + kHelpPad, card.y + 44}, "Everything by keyboard",
         {.size = type::kSentence, .bold = true});
  b.text({card.right() - kHelpPad, card.y + 44}, "Esc closes this",
         {.size = type::kSmall, .color = ui.theme.text3, .anchor = Anchor::End});
  for (std::size_t i = 0; i < count; ++i) {
    Point at = {card.x + kHelpPad + static_cast<double>(i) * column, card.y + kHelpHead};
    for (const KeyGroup group : columns.groups[i]) {
      draw_group(b, keys, group, {at, column, pitch});
      at.y += group_height(keys, group, pitch);
    }
  }
  return away;
}

}  // namespace cutaway::viz
