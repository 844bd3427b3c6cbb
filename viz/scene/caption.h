// The caption: one sentence under the picture (what this step did, then why) and the parts list
// that the numbered balloons refer to. A Scene of its own, so that an export can hold picture and
// sentence.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/scene.h"
#include "viz/scene/ship.h"
#include "viz/theme/measures.h"

namespace cutaway::viz {

struct CaptionPart {
  int number = 0;
  std::string head;   // "Which mounts?"
  std::string value;  // "own, mnt …2611"
  enum class State { Plain, Ok, Bad, Limit, Next } state = State::Plain;
};

using PartState = CaptionPart::State;

struct Caption {
  std::string what;
  std::string why;
  std::vector<CaptionPart> parts;
};

struct CaptionSize {
  double sentence = type::kSentence;
  double part = type::kSmall;
  int lines = 2;  // room kept for the sentence, so that the parts list stays where it is
};

[[nodiscard]] Scene caption_scene(const Caption& caption, const SceneStyle& style, const Rect& area,
                                  const CaptionSize& size = {});

}  // namespace cutaway::viz
