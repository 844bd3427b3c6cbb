// Sections: titled lists of facts in as many columns as there is room for. What a view becomes
// where its picture has no room: the same words, the first ones of each list, and a count that
// tells the rest.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/builder.h"
#include "viz/scene/closeup_model.h"

namespace cutaway::viz {

struct Section {
  std::string title;
  std::string note;  // beside the title, quieter
  std::vector<Fact> facts;
  int slot = kHostSlot - 1;  // its tag stands before the title; less than the host: none
};

void draw_sections(SceneBuilder& b, const Rect& room, const std::vector<Section>& sections);
/// "title, note" and its facts, a line each.
[[nodiscard]] std::string section_words(const Section& section);

/// A name and what is said beside it, on one line; where there is no room for that, the name tells
/// it. `at`: baseline. Returns the x where the words end.
struct Heading {
  std::string name;
  std::string beside;
  double size = type::kLarge;
  bool mono = false;  // what stands beside
};
double draw_heading(SceneBuilder& b, Point at, double width, const Heading& heading);

/// Sections in a frame with a head: tag, name, a line beside it. Where there is room for the head
/// alone, it tells all.
struct SectionsCard {
  int slot = kHostSlot;
  bool tagged = true;
  Heading heading;
};
void draw_sections_card(SceneBuilder& b, const Rect& area, const SectionsCard& card,
                        const std::vector<Section>& sections);

}  // namespace cutaway::viz
