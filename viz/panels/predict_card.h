// Predict first: a question about the next step, choices, and what the run says.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "viz/panels/ui.h"
#include "viz/player/predict.h"

namespace cutaway::viz {

struct PredictState {
  bool open = false;
  bool writes = false;  ///< somebody invents a question
  std::optional<Question> question;
  int chosen = -1;        ///< none yet
  std::size_t right = 0;  ///< as the run has it, once it is answered
  std::size_t asked_at = 0;
  Score score;

  std::string asks, decides, says;  ///< of an invented one, and what is wrong with it
  std::array<std::string, 4> options;
  std::size_t marked = 0;
  std::array<bool, 6> focus = {};

  bool answered() const { return chosen >= 0; }
};

struct PredictPress {
  int chosen = -1;
  bool next = false;  ///< another question
  bool ask = false;   ///< what was written is asked
  bool closed = false;
};
PredictPress draw_predict_card(const Ui& ui, const Rect& room, PredictState& state);

}  // namespace cutaway::viz
