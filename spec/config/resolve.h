// Parts of resolve(), one for each subject. Each returns the daemon's complaint, or empty.
#pragma once

#include <string>

#include "spec/config.h"

namespace cutaway::spec {

/// What every part reads, and the record it fills.
struct Resolving {
  const ImageConfig& image;
  const RunOptions& run;
  const std::vector<std::string>& args;
  const DaemonFacts& facts;
  ContainerConfig& config;
};

std::string resolve_limits(Resolving& r);
std::string resolve_namespaces(Resolving& r);
std::string resolve_security(Resolving& r);
std::string resolve_mounts(Resolving& r);

}  // namespace cutaway::spec
