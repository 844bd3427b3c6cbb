// The names of a path, one after another; nothing is copied: paths are looked up all the time.
#pragma once

#include <algorithm>
#include <string_view>

namespace cutaway {

/// "/a//b/" has "a" and "b".
class PathNames {
 public:
  explicit PathNames(std::string_view path) : rest_(path) {}

  /// The next one; false: there is none.
  bool next() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of('/'), rest_.size()));
    if (rest_.empty()) return false;
    const std::size_t end = std::min(rest_.find('/'), rest_.size());
    name_ = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return true;
  }
  std::string_view name() const { return name_; }

 private:
  std::string_view rest_, name_;
};

}  // namespace cutaway
