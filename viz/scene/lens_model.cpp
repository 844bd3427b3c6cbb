#include "viz/scene/lens_model.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

bool shows(const LensSection& section, const std::string& thing) {
  return !thing.empty() && std::any_of(section.rows.begin(), section.rows.end(),
                                       [&thing](const LensRow& row) { return row.thing == thing; });
}

LensSection section_excerpt(const LensSection& from, const LensSection& other, std::size_t most) {
  if (from.rows.size() <= most) return from;
  const std::size_t room = most - 1;  // the last row says how many are missing
  std::vector<bool> kept(from.rows.size(), false);
  std::size_t count = 0;
  const auto keep = [&](std::size_t i) {
    if (kept[i] || count == room) return;
    kept[i] = true;
    ++count;
  };
  keep(0);
  for (std::size_t i = 0; i < from.rows.size(); ++i) {
    if (shows(other, from.rows[i].thing)) keep(i);
  }
  for (std::size_t i = 0; i < from.rows.size(); ++i) keep(i);
  LensSection excerpt = {from.id, from.title, from.tool, from.table, {}};
  std::string rest;
  for (std::size_t i = 0; i < from.rows.size(); ++i) {
    if (kept[i])
      excerpt.rows.push_back(from.rows[i]);
    else
      rest += (rest.empty() ? "" : "\n") + lens_row_words(from.rows[i]);
  }
  const std::string more = "… " + std::to_string(from.rows.size() - count) + " more";
  excerpt.rows.push_back({more, "", "", "", rest});
  return excerpt;
}

}  // namespace

std::string lens_row_words(const LensRow& row) {
  std::string said = row.key;
  for (const std::string* part : {&row.value, &row.more}) {
    if (!part->empty()) said += "  " + *part;
  }
  return said;
}

std::vector<LensLink> lens_links(const Lens& left, const Lens& right) {
  std::vector<LensLink> links;
  const std::size_t sections = std::min(left.sections.size(), right.sections.size());
  for (std::size_t s = 0; s < sections; ++s) {
    const LensSection& a = left.sections[s];
    const LensSection& b = right.sections[s];
    const bool shared = !a.table.empty() && a.table == b.table;
    for (std::size_t i = 0; i < a.rows.size(); ++i) {
      for (std::size_t j = 0; j < b.rows.size(); ++j) {
        const bool same = !a.rows[i].thing.empty() && a.rows[i].thing == b.rows[j].thing;
        if (same) links.push_back({s, i, j, shared});
      }
    }
  }
  return links;
}

Lens lens_excerpt(const Lens& lens, const Lens& other, std::size_t most) {
  Lens excerpt = {lens.slot, lens.name, {}};
  const LensSection nothing;
  for (std::size_t s = 0; s < lens.sections.size(); ++s) {
    const LensSection& counterpart = s < other.sections.size() ? other.sections[s] : nothing;
    excerpt.sections.push_back(section_excerpt(lens.sections[s], counterpart, most));
  }
  return excerpt;
}

}  // namespace cutaway::viz
