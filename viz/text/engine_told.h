// What the engine has done for the command that runs, as numbered points: the balloons of the large
// Engine and the parts list under it are the same list.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trace/world/world.h"
#include "viz/text/story.h"

namespace cutaway::viz {

struct EnginePoint {
  enum class Kind { Ask, Look, AskAgain, Fetch, Layers } kind = Kind::Ask;
  int number = 0;
  std::string value;  ///< "create hello-world", "not here: 404"
  enum class State { Done, Bad, Now } state = State::Done;
};
/// In the order in which they happen; only what has begun.
[[nodiscard]] std::vector<EnginePoint> engine_points(const World& world, const Story& story);

/// "create" for POST /containers/create, "pull" for POST /images/create …
[[nodiscard]] std::string request_verb(const ApiCall& call);
/// "404 no such image"; empty while there is no answer.
[[nodiscard]] std::string status_words(const ApiCall& call);

/// What is being fetched: layers that have begun to come and belong to no image yet.
struct Fetching {
  std::vector<const cutaway::Layer*> layers;
  std::int64_t here = 0, all = 0;  ///< bytes of all of them
  [[nodiscard]] bool whole() const { return here >= all; }
};
[[nodiscard]] Fetching fetching(const World& world);
/// Name of the image that the command wants, as far as the cache was asked: "busybox".
[[nodiscard]] std::string wanted_image(const World& world);
/// A layer's short name, as docker prints it: "17eec7bbc9d7".
[[nodiscard]] std::string layer_name(std::string_view digest);

}  // namespace cutaway::viz
