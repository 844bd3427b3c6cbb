#include "viz/player/plain_caption.h"

#include <string>

#include "spec/plan/steps.h"
#include "spec/words.h"

namespace cutaway::viz {

Caption plain_caption(const Trace& trace, const World&, const Moment& moment) {
  if (moment.focus == kNoEvent) {
    return {"Nothing has happened yet.", "Press → for the first step, or Space to play.", {}};
  }
  const std::string step(trace.step_name(StepId(trace.record(moment.focus).step)));
  const spec::StepRow* row = spec::find_step(step);
  const bool by_beat = row != nullptr && moment.size <= StepSize::Beat;
  const std::string key =
      by_beat ? "beat." + std::string(spec::beat_name(row->beat)) : "step." + step;
  const spec::Sentence& sentence = spec::Words::of()[key];
  return {sentence.what, sentence.why, {}};
}

}  // namespace cutaway::viz
