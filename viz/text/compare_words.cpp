#include "viz/text/compare_words.h"

#include "base/text.h"
#include "viz/text/call_words.h"

namespace cutaway::viz {

std::string why_words(const spec::Words& words, const CompareRow& row) {
  return fill(words[row.why].why, [&row](std::string_view name) {
    const auto found = row.values.find(std::string(name));
    return found == row.values.end() ? std::string("nothing") : found->second;
  });
}

std::string why_label(const spec::Words& words, const CompareRow& row) {
  return words[row.why].what;
}

std::string_view status_sign(const CompareRow& row) {
  const bool explained = row.row_class != RowClass::None && row.row_class != RowClass::Ids &&
                         row.row_class != RowClass::Engine && !is_open(row.row_class);
  switch (row.status) {
    case RowStatus::Matched:
      return explained ? "≈" : "=";
    case RowStatus::Different:
      return explained ? "≈" : "≠";
    case RowStatus::OnlyA:
      return "←";
    case RowStatus::OnlyB:
      break;
  }
  return "→";
}

std::string percent(std::int64_t ppm) {
  constexpr std::int64_t kTenth = 1000;  // of a percent, in ppm; cut, never rounded up to 100 %
  return decimal(ppm / kTenth / 10) + "." + decimal(ppm / kTenth % 10) + " %";
}

}  // namespace cutaway::viz
