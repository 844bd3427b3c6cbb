// What is checked on a call's way: the syscall filter at the gate, the right that the kernel asks
// for, and what the table that is asked answers ("1 here is 4711 there").
#pragma once

#include <optional>
#include <string>

#include "trace/world/world.h"
#include "viz/scene/ship_model.h"
#include "viz/text/story.h"

namespace cutaway::viz {

/// What the filter in the gate says.
struct FilterCheck {
  bool loaded = false;
  abi::Errno answer = abi::Errno::kOk;  ///< not kOk: the call got no further
};
[[nodiscard]] FilterCheck filter_check(const World& world, const cutaway::Task& task,
                                       const Happening& now);

/// A capability that the kernel asks for in this call, and where it must be held.
struct RightCheck {
  int capability = 0;
  NsId user_ns;       ///< it counts in this user namespace
  bool host = false;  ///< which is the machine's
  bool held = false;
  bool held_elsewhere = false;  ///< in its own user namespace, which does not count there
};
/// None: the call needs no capability.
[[nodiscard]] std::optional<RightCheck> right_check(const World& world, const cutaway::Task& task,
                                                    const Syscall& call);
/// "SYS_ADMIN: has it", "SYS_ADMIN: lacks it", "… in users …1837" where that is not the machine's.
[[nodiscard]] std::string right_words(const World& world, const RightCheck& check);

/// What the asked table says of the thing that the call names, here and there; empty where both
/// sides call it the same, or where nothing is named.
[[nodiscard]] std::string table_answer(const World& world, const cutaway::Task& task,
                                       const Happening& now, Column column);

}  // namespace cutaway::viz
