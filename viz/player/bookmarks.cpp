#include "viz/player/bookmarks.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

struct Before {
  bool operator()(const Bookmark& mark, std::size_t position) const {
    return mark.position < position;
  }
  bool operator()(std::size_t position, const Bookmark& mark) const {
    return position < mark.position;
  }
};

}  // namespace

bool Bookmarks::toggle(std::size_t position) {
  const auto found = std::lower_bound(all_.begin(), all_.end(), position, Before());
  if (found != all_.end() && found->position == position) {
    all_.erase(found);
    return false;
  }
  all_.insert(found, {position, ""});
  return true;
}

void Bookmarks::remove(std::size_t position) {
  if (at(position) != nullptr) toggle(position);
}

void Bookmarks::write(std::size_t position, std::string note) {
  const auto found = std::lower_bound(all_.begin(), all_.end(), position, Before());
  if (found != all_.end() && found->position == position) found->note = std::move(note);
}

const Bookmark* Bookmarks::at(std::size_t position) const {
  const auto found = std::lower_bound(all_.begin(), all_.end(), position, Before());
  return found != all_.end() && found->position == position ? &*found : nullptr;
}

std::optional<std::size_t> Bookmarks::next(std::size_t position) const {
  const auto found = std::upper_bound(all_.begin(), all_.end(), position, Before());
  if (found == all_.end()) return std::nullopt;
  return found->position;
}

std::optional<std::size_t> Bookmarks::previous(std::size_t position) const {
  const auto found = std::lower_bound(all_.begin(), all_.end(), position, Before());
  if (found == all_.begin()) return std::nullopt;
  return (found - 1)->position;
}

}  // namespace cutaway::viz
