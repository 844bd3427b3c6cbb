// Bookmarks: positions that somebody wants to come back to, each with a note. A value.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cutaway::viz {

struct Bookmark {
  std::size_t position = 0;
  std::string note;
};

class Bookmarks {
 public:
  /// Sets one here or takes it away. True: there is one now.
  bool toggle(std::size_t position);
  void remove(std::size_t position);
  /// Only where there is one.
  void write(std::size_t position, std::string note);
  const Bookmark* at(std::size_t position) const;
  /// The nearest one behind (before) a position; none: there is none.
  std::optional<std::size_t> next(std::size_t position) const;
  std::optional<std::size_t> previous(std::size_t position) const;
  /// By position.
  const std::vector<Bookmark>& all() const { return all_; }

 private:
  std::vector<Bookmark> all_;
};

}  // namespace cutaway::viz
