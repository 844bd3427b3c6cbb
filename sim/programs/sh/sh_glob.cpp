// Names for patterns: ash's expmeta, which reads one folder for each part that is a pattern.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/pattern.h"
#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim::sh {

namespace {

struct Place {
  std::string folder;  ///< what stands before the part, with its slash
  std::string part;    ///< the first part that is a pattern
  std::string rest;    ///< behind it, with its slash
};

Place place_of(const std::string& pattern) {
  Place place;
  std::size_t at = 0;
  while (at < pattern.size()) {
    const std::size_t slash = std::min(pattern.find('/', at), pattern.size());
    const std::string part = pattern.substr(at, slash - at);
    if (has_wildcard(part)) {
      place.part = part;
      place.rest = pattern.substr(slash);
      return place;
    }
    place.folder += without_backslashes(part) + (slash < pattern.size() ? "/" : "");
    at = slash + 1;
  }
  return place;
}

std::string name_in(const std::string& line) { return line.size() > 2 ? line.substr(2) : ""; }

Co<std::vector<std::string>> walk(Sys sys, std::string before, std::string pattern) {
  std::vector<std::string> found;
  const Place place = place_of(pattern);
  const std::string folder = before + place.folder;
  if (place.part.empty()) {  // nothing to match any more: is it there?
    const std::int64_t there = co_await sys.lstat(folder);
    if (there >= 0) found.push_back(folder);
    co_return found;
  }
  const std::string path = folder.empty() ? "." : folder;
  const std::int64_t fd =
      co_await sys.open(path, abi::o::kDirectory | abi::o::kCloexec | abi::o::kNonblock);
  if (fd < 0) co_return found;
  co_await sys.fstat(fd);
  while (co_await sys.getdents(fd) > 0) {
    const std::vector<std::string> lines = split(sys.reply().data, '\n');
    for (const std::string& line : lines) {
      const std::string name = name_in(line);
      const bool hidden = !name.empty() && name[0] == '.' && place.part[0] != '.';
      if (name.empty() || hidden || !matches_pattern(place.part, name)) continue;
      if (place.rest.empty()) {
        found.push_back(folder + name);
        continue;
      }
      auto deeper = walk(sys, folder + name + "/", place.rest.substr(1));
      const std::vector<std::string> more = co_await deeper;
      found.insert(found.end(), more.begin(), more.end());
    }
  }
  co_await sys.close(fd);
  co_return found;
}

}  // namespace

Co<std::vector<std::string>> names_for(Sys sys, std::string pattern) {
  auto walking = walk(sys, "", pattern);
  std::vector<std::string> found = co_await walking;
  std::sort(found.begin(), found.end());
  co_return found;
}

}  // namespace cutaway::sim::sh
