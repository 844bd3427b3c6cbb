#include "spec/docker_names.h"

#include <array>
#include <string_view>

namespace cutaway::spec {

std::string random_container_name(std::uint64_t random) {
  static constexpr std::array<std::string_view, 24> kQualities = {
      "amber", "brave", "calm",  "clever", "curious", "eager", "fair",  "gentle",
      "happy", "keen",  "kind",  "lively", "lucid",   "merry", "noble", "patient",
      "quiet", "ready", "sunny", "tidy",   "upbeat",  "vivid", "witty", "zesty"};
  static constexpr std::array<std::string_view, 24> kPeople = {
      "babbage", "bartik",  "borg",    "cerf",    "dijkstra", "engelbart", "floyd",  "goldberg",
      "hamming", "hopper",  "johnson", "kay",     "knuth",    "lamport",   "liskov", "lovelace",
      "mcnulty", "noether", "perlman", "ritchie", "shannon",  "torvalds",  "turing", "wirth"};
  std::string name(kQualities[random % kQualities.size()]);
  name += "_";
  name += kPeople[(random / kQualities.size()) % kPeople.size()];
  return name;
}

}  // namespace cutaway::spec
