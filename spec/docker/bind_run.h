// run and create: groups of options, each read and checked by itself.
#pragma once

#include <string>

#include "spec/docker/bind.h"

namespace cutaway::spec {

/// What one group of options needs and fills.
struct Binding {
  const FlagParse& flags;
  const ClientContext& context;
  RunOptions& run;
};

/// Each returns docker's complaint, or empty.
std::string bind_namespaces(Binding& b);
std::string bind_security(Binding& b);
std::string bind_networks(Binding& b);

}  // namespace cutaway::spec
