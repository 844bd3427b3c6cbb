// Keys that leave a container's terminal without ending anything (docker's --detach-keys): Ctrl-P
// Ctrl-Q unless something else is asked for.
#pragma once

#include <string>
#include <string_view>

namespace cutaway::spec {

/// What was typed on its way to the container. A key that may be the sequence's beginning is held
/// back until the next one tells.
class DetachKeys {
 public:
  /// "ctrl-p,ctrl-q", "a,ctrl-@"; the default keys when it is empty or no such list, as the client
  /// takes it.
  explicit DetachKeys(std::string_view asked = {});

  /// What goes on to the container; behind the whole sequence nothing does.
  std::string pass(std::string_view typed);
  bool left() const { return at_ == keys_.size(); }

 private:
  std::string keys_;
  std::size_t at_ = 0;  ///< so many of the keys have come
};

}  // namespace cutaway::spec
