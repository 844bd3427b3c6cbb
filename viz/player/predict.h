// Predict first: a question about the step that comes next, made out of what it will really do.
// Wrong answers are those that others give; their order follows from the position alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spec/predicate.h"
#include "viz/player/player.h"

namespace cutaway::viz {

struct Question {
  std::string asks;
  std::vector<std::string> options;  ///< two to four
  std::size_t right = 0;
  std::string because;                     ///< why it is so, for when the run has answered
  std::size_t until = 0;                   ///< the position at which the run has answered
  std::optional<spec::Predicate> decides;  ///< the first option is right if it holds then
};

/// About the next step of the player's size; none: nothing comes that one could ask about.
std::optional<Question> question_at(const Player& player);

/// What somebody types in front of a class.
struct OwnQuestion {
  std::string asks;
  std::vector<std::string> options;  ///< empty ones do not count
  std::size_t right = 0;
  std::string decides;  ///< a PRED or an EV instead: if it holds after the next step, the first
};
Result<Question> own_question(const OwnQuestion& typed, const Player& player);

/// Which option is right once the run is at `until`.
std::size_t right_option(const Question& question, const Trace& trace, std::size_t from);

/// Asked, answered, right: how a class did.
struct Score {
  int asked = 0, right = 0;
};

}  // namespace cutaway::viz
