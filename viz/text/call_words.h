// A system call as a label for the picture, and as a sentence for people.
#pragma once

#include <string>
#include <string_view>

#include "spec/words.h"
#include "trace/event/event.h"
#include "trace/world/world.h"

namespace cutaway::viz {

/// Short, as it stands beside a gate: `mount("proc", "…/merged/proc")`, `clone(NEWNS|NEWPID|…)`.
[[nodiscard]] std::string call_label(const Syscall& call, std::size_t length = 46);
/// "= 3", "EPERM"; empty while it has not returned.
[[nodiscard]] std::string answer_label(const Syscall& call);
/// "EPERM: Operation not permitted".
[[nodiscard]] std::string errno_words(abi::Errno err);

/// Which of a call's forms this is: "mount.bind" for a mount with MS_BIND, "prctl" …; the end of
/// the key of its sentence ("call.mount.bind").
[[nodiscard]] std::string call_form(const Syscall& call);

/// The sentence of this call with its arguments filled in. A call without one of its own says its
/// name and arguments.
[[nodiscard]] spec::Sentence call_sentence(const spec::Words& words, const World& world,
                                           TaskId caller, const Syscall& call);

/// `{name}` in a template is replaced by what `value_of` says.
template <class Values>
std::string fill(std::string_view text, Values&& value_of) {
  std::string filled;
  while (true) {
    const std::size_t open = text.find('{');
    const std::size_t close = text.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    filled += text.substr(0, open);
    filled += value_of(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return filled + std::string(text);
}

}  // namespace cutaway::viz
