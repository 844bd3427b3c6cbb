// Paths of a container, seen from outside of it.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"
#include "real/sys/fd.h"

namespace cutaway::real {

/// What a path in a root leads to there: every link on the way is followed, but never out of it.
class Resolver {
 public:
  /// `root`: a whole path without links.
  static Result<Resolver> of(const std::string& root);
  const Fd& root() const { return root_; }

  /// "/data/x" → "/srv/data/x". The end of the path need not be there; a link that leads to nothing
  /// is an error: who made what it names would make it outside.
  Result<std::string> lead(const std::string& path) const;

 private:
  Resolver(Fd root, std::string path) : root_(std::move(root)), path_(std::move(path)) {}
  Result<std::string> place_of(const Fd& found, const std::string& path) const;

  Fd root_;
  std::string path_;
};

}  // namespace cutaway::real
