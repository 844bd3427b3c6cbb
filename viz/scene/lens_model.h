// Lens: what one process sees of the machine, section by section, as data. Made from a World by
// lens_from_world, drawn by lens_scene, said by viz/text/lens_words.
#pragma once

#include <string>
#include <vector>

#include "viz/theme/slots.h"

namespace cutaway::viz {

struct LensRow {
  std::string key;        // "1", "/", "eth0"
  std::string value;      // "root", "overlay", "172.17.0.2/16"
  std::string more;       // processes: the program
  std::string thing;      // the same thing has the same name in every lens: "task:17"
  std::string rest = {};  // of a row that counts what was left out: all of that, a line each
};

/// Its parts in one line.
[[nodiscard]] std::string lens_row_words(const LensRow& row);

struct LensSection {
  std::string id;     // "processes"
  std::string title;  // "Processes"
  std::string tool;   // the command that shows it inside: "ps"
  std::string table;  // the table that it is read from: two lenses with the same one share it
  std::vector<LensRow> rows;
};

struct Lens {
  int slot = kHostSlot;
  std::string name;  // "web", "the host"
  std::vector<LensSection> sections;
};

// Which rows of two lenses show one thing, and whether its table is one for both.
struct LensLink {
  std::size_t section = 0;
  std::size_t left = 0, right = 0;  // rows
  bool shared = false;
};
[[nodiscard]] std::vector<LensLink> lens_links(const Lens& left, const Lens& right);

// At most `most` rows a section: those that `other` shows as well, then the first ones, in their
// order. What is left out is counted in the last row ("… 40 more").
[[nodiscard]] Lens lens_excerpt(const Lens& lens, const Lens& other, std::size_t most);

}  // namespace cutaway::viz
