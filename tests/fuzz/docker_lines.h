// Docker command lines made up at random: right ones, half right ones, broken ones.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/prng.h"
#include "trace/world/world.h"

namespace cutaway::test {

class DockerLines {
 public:
  explicit DockerLines(std::uint64_t seed) : prng_(seed) {}

  /// The words after `docker`; what there is in `world` is often named.
  std::vector<std::string> next(const World& world);

 private:
  std::vector<std::string> run_words(std::string_view verb);
  std::vector<std::string> object_words(const World& world);
  std::vector<std::string> any_words(const World& world);
  void spoil(std::vector<std::string>& words);
  void add_flags(std::vector<std::string>& words, std::string_view command);
  std::string container_in(const World& world);
  std::string image_in(const World& world);
  bool one_in(std::uint64_t n) { return prng_.below(n) == 0; }
  template <class List>
  std::string any(const List& list) {
    return std::string(list[prng_.below(std::size(list))]);
  }

  Prng prng_;
};

}  // namespace cutaway::test
