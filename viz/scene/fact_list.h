// FactList: rows of key and value in a column. A value runs over several lines where there is room
// for that, under its key where the column is narrow, and is cut where there is not; rows that find
// no room become a count. Whoever points at what was cut or counted is told all of it.
//
//   const FactList list(b, facts, room.w);
//   list.draw(b, room, list.fitting(room.h));
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "viz/scene/builder.h"
#include "viz/scene/closeup_model.h"

namespace cutaway::viz {

/// How much of a list is drawn.
struct FactMeasure {
  static constexpr std::size_t kAll = 99;
  std::size_t lines = kAll;  ///< of one value
  std::size_t rows = kAll;
};

class FactList {
 public:
  /// `key_width` 0: as wide as the longest key, up to a share of the column.
  FactList(const SceneBuilder& b, const std::vector<Fact>& facts, double width,
           double key_width = 0);

  [[nodiscard]] double height(const FactMeasure& measure = {}) const;
  /// The most that a column of this height holds.
  [[nodiscard]] FactMeasure fitting(double height) const;
  /// From the top of `room`; returns where the next thing may begin.
  double draw(SceneBuilder& b, const Rect& room, const FactMeasure& measure) const;

 private:
  struct Row {
    std::size_t lines = 0;  ///< of its value
    bool below = false;     ///< the value stands under its key
  };
  void lay_out_row(const SceneBuilder& b, const Fact& fact);
  [[nodiscard]] double row_height(std::size_t i, std::size_t lines) const;
  void draw_value(SceneBuilder& b, std::size_t i, Point at, std::size_t lines) const;

  const std::vector<Fact>& facts_;
  double width_ = 0;
  double key_width_ = 0;
  std::vector<Row> rows_;
};

/// "key: value".
[[nodiscard]] std::string fact_words(const Fact& fact);
/// One a line, from the fact with this number on.
[[nodiscard]] std::string facts_words(const std::vector<Fact>& facts, std::size_t from = 0);

}  // namespace cutaway::viz
