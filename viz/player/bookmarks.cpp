#include "viz/player/bookmarks.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

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

std::string number(std::size_t n) { return decimal(static_cast<std::int64_t>(n)); }

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

Json Bookmarks::to_json() const {
  Json list = Json::array();
  for (const Bookmark& mark : all_) {
    list.push_back({{"at", mark.position}, {"note", mark.note}});
  }
  return list;
}

Result<Bookmarks> Bookmarks::from_json(const Json& json, std::size_t count) {
  if (!json.is_array()) return fail(ErrorCode::Usage, "bookmarks: a list was expected");
  Bookmarks marks;
  for (const Json& one : json) {
    const bool placed = one.is_object() && one.contains("at") && one["at"].is_number_unsigned();
    if (!placed || (one.contains("note") && !one["note"].is_string())) {
      return fail(ErrorCode::Usage, "bookmarks: {\"at\":425,\"note\":\"…\"} was expected");
    }
    const auto position = one["at"].get<std::size_t>();
    if (position > count) {
      return fail(ErrorCode::Usage, "bookmarks: there is no position " + number(position) +
                                        ", the trace has " + number(count) + " events");
    }
    if (!marks.toggle(position)) {
      return fail(ErrorCode::Usage, "bookmarks: position " + number(position) + " is given twice");
    }
    marks.write(position, one.value("note", ""));
  }
  return marks;
}

}  // namespace cutaway::viz
