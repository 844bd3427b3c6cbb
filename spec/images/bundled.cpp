#include "spec/bundled_images.h"

#include <cstdio>

#include "base/check.h"
#include "embedded/cutaway_images.h"

namespace cutaway::spec {

namespace {

std::vector<ScenarioImage> images_for(bool real) {
  std::vector<ScenarioImage> images;
  for (const EmbeddedFile& file : cutaway_images()) {
    const auto document = JsonDocument::parse(std::string(file.path), file.bytes);
    CHECK(document.has_value());
    const auto scenario = load_scenario(*document);
    if (!scenario) std::fprintf(stderr, "%s\n", scenario.error().message.c_str());
    CHECK(scenario.has_value());
    if (scenario->real != real) continue;
    images.insert(images.end(), scenario->images.begin(), scenario->images.end());
  }
  return images;
}

}  // namespace

const std::vector<ScenarioImage>& bundled_images() {
  static const std::vector<ScenarioImage> all = images_for(true);
  return all;
}

const std::vector<ScenarioImage>& stand_in_images() {
  static const std::vector<ScenarioImage> all = images_for(false);
  return all;
}

}  // namespace cutaway::spec
