#include "viz/text/view_words.h"

#include "base/text.h"
#include "viz/text/model_words.h"

namespace cutaway::viz {
namespace {

/// "web (A)", "the host".
std::string called(const std::string& name, int slot) {
  return slot < 0 ? name : name + " (" + slot_letter(slot) + ")";
}

/// What the other lens calls the same thing; empty when it does not see it.
std::string counterpart_words(const LensSection& other, const LensRow& row) {
  if (row.thing.empty()) return "";
  for (const LensRow& theirs : other.rows) {
    if (theirs.thing == row.thing) return theirs.key;
  }
  return "";
}

std::string pids_words(const ProcessTree& tree, const TreeRow& row) {
  std::string said;
  for (std::size_t i = 0; i < row.pids.size(); ++i) {
    said += (i == 0 ? "" : ", ") + row.pids[i] + " " + tree.levels[i];
  }
  return said;
}

}  // namespace

void tell_lens(const Lens& left, const Lens& right, TextLines& lines) {
  lines.blank();
  lines.add({{called(left.name, left.slot) + " sees", Ink::Strong},
             {"(beside it: " + called(right.name, right.slot) + ")", Ink::Quiet}});
  for (std::size_t s = 0; s < left.sections.size(); ++s) {
    const LensSection& section = left.sections[s];
    const LensSection& other = right.sections[s];
    const bool shared = section.table == other.table;
    lines.add({{section.title, Ink::Strong},
               {"[" + section.tool + "]" + (shared ? ", the same table" : ""), Ink::Quiet}},
              2, 4);
    for (const LensRow& row : section.rows) {
      const std::string there = counterpart_words(other, row);
      lines.add(lens_row_words(row) + (there.empty() ? "" : "  = " + there + " there"), 4, 6);
    }
  }
}

void tell_matrix(const Matrix& matrix, TextLines& lines) {
  for (const MatrixRow& row : matrix.rows) {
    lines.blank();
    lines.add({{called(row.name, row.slot), Ink::Strong}, {row.members, Ink::Quiet}}, 0, 2);
    for (std::size_t i = 0; i < kMatrixColumns; ++i) {
      const MatrixCell& cell = row.cells[i];
      const std::string whose =
          cell.id.empty() ? "left"
          : cell.own      ? cell.number + " own" + (cell.says.empty() ? "" : ", " + cell.says)
                          : cell.number + " shared with " + called(cell.owner_name, cell.owner);
      lines.add(matrix.kinds[i] + " (" + matrix.holds[i] + "): " + whose, 2, 4);
    }
  }
}

void tell_tree(const ProcessTree& tree, TextLines& lines) {
  lines.blank();
  for (const TreeRow& row : tree.rows) {
    std::string said = row.program + ": pid " + pids_words(tree, row);
    if (row.slot >= 0) said += ", of " + slot_letter(row.slot);
    if (!row.note.empty()) said += "; " + row.note;
    if (row.acts) said += "; it acts now";
    lines.add(said, 2 * row.depth, 2 * row.depth + 4);
  }
}

}  // namespace cutaway::viz
