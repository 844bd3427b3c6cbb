// Front door: what a half-typed docker line can become.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trace/world/world.h"

namespace cutaway::spec {

/// The names there are to type.
struct KnownNames {
  std::vector<std::string> containers, images;
};
KnownNames known_names(const World& world);

/// Words that the last word of `line` (typed up to here) can become, sorted; whole words, without
/// what stands before them. Of a line that is no docker line: "docker", where that can still be.
std::vector<std::string> docker_candidates(std::string_view line, const KnownNames& names);
/// Those of `all` that the last word of `line` begins, sorted, each once.
std::vector<std::string> fitting_words(std::string_view line, const std::vector<std::string>& all);
/// What all of them begin with.
std::string common_beginning(const std::vector<std::string>& words);

}  // namespace cutaway::spec
