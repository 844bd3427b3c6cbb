// The inspector's content: something in focus, what changed, and why. Pure data, drawn by a panel
// and told by `cutaway explain --about`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/player/moment.h"
#include "viz/player/origin.h"
#include "viz/player/step_index.h"
#include "viz/player/subject.h"

namespace cutaway::viz {

struct InspectionRow {
  enum class Kind { Title, Value, Words, Jump } kind = Kind::Value;
  std::string key;  ///< Value: "pid here"; Title, Words, Jump: all of it
  std::string value;
  EventIndex event = kNoEvent;  ///< Jump: where to; Value: who set it; Words, Title: none
  bool strong = false;
  bool can_ask = false;  ///< Value: somebody may ask why it is so
  bool asked = false;    ///< Value: that is what Why? is about
};

struct Inspection {
  std::string subject;  ///< "task 4711", "layer 17eec7bbc9d7"
  std::string id;       ///< "task:4711", as the picture calls it; empty: nobody
  int slot = kHostSlot;
  std::vector<InspectionRow> rows;
};

/// `selected`: what somebody clicked on; none: the task that acts at this moment. `asked`: the key
/// of the value that Why? is about; empty or not there: the one that was set last of those that
/// matter most.
Inspection inspect(const Trace& trace, const StepIndex& index, const World& world,
                   const Moment& moment, const Subject& selected, std::string_view asked = {});

/// The event that set the value which Why? is about; kNoEvent: it was so from the start.
EventIndex setter_of(const Inspection& inspection);

/// The name of a subject: "mount table of container web".
std::string subject_words(const World& world, const Subject& subject);

/// What changes something about the subject, beside who runs and who waits.
std::vector<Origin> changes_of(const Trace& trace, const StepIndex& index, const World& world,
                               const Moment& moment, const Subject& subject);

}  // namespace cutaway::viz
