// Front door: what hello-world says, so that the picture can light each sentence when it has come
// true.
#pragma once

#include <string_view>
#include <vector>

namespace cutaway::sim {

/// One of the greeting's sentences, and the beat of a `docker run` that makes it true.
struct GreetingSentence {
  std::string_view text;
  std::string_view beat;
};
const std::vector<GreetingSentence>& hello_world_sentences();
/// All that the program writes.
std::string_view hello_world_text();

}  // namespace cutaway::sim
