// Front door: names of images. `busybox` is short for `docker.io/library/busybox:latest`; this
// takes a name apart and puts it together again, and refuses what docker refuses, in its words.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace cutaway::spec {

struct Reference {
  std::string registry;    ///< "docker.io", "localhost:5000"
  std::string repository;  ///< "library/busybox", "shop/app"
  std::string tag;         ///< "latest" when neither tag nor digest was given
  std::string digest;      ///< "sha256:…", or empty

  /// As docker shows it: "busybox", "shop/app", "localhost:5000/x".
  std::string familiar_name() const;
  /// familiar_name() with tag, or with digest: "busybox:latest", "busybox@sha256:…".
  std::string familiar() const;
  /// "docker.io/library/busybox:latest".
  std::string canonical() const;
  /// "docker.io/library/busybox".
  std::string name() const;
  friend bool operator==(const Reference& a, const Reference& b) {
    return a.registry == b.registry && a.repository == b.repository && a.tag == b.tag &&
           a.digest == b.digest;
  }
};

/// 64 small hexadecimal digits: an image's id where a name could stand.
bool is_image_id(std::string_view text);

/// The Error's message is docker's: "invalid reference format", "invalid reference format:
/// repository name (library/Busybox) must be lowercase".
Result<Reference> parse_reference(std::string_view text);

}  // namespace cutaway::spec
