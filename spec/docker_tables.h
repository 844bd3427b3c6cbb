// Front door: what ps and images print of what the daemon lists, with or without --format; and what
// their filters ask of a container.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "spec/docker_options.h"
#include "spec/docker_views.h"

namespace cutaway::spec {

/// A container as the daemon lists it.
struct ListedContainer {
  ContainerRow row;
  std::string state;
  std::int64_t created_ns = 0;
  std::map<std::string, std::string> labels;
  std::vector<std::string> mounts;  ///< their sources
  std::string network;
};
/// Rows in the order given. The Error: the template cannot be read.
Result<std::string> ps_text(const std::vector<ListedContainer>& containers,
                            const PsOptions& options, std::int64_t now_s);
Result<std::string> images_text(const std::vector<ImageRow>& rows, const ImagesOptions& options,
                                std::int64_t now_s);

/// A part of the name; "^" and "$" hold it fast (docker takes a regular expression).
bool name_fits(const std::string& name, std::string wanted);
/// "a=b", or "a" alone.
bool label_fits(const std::map<std::string, std::string>& labels, const std::string& wanted);
/// The daemon's words about a state that --filter status= cannot name; empty: all can be.
std::string wrong_status(const std::vector<std::string>& states);

}  // namespace cutaway::spec
