// What the inspect commands print.
#pragma once

#include <string>
#include <vector>

#include "real/engine/engine.h"
#include "spec/docker_inspect.h"

namespace cutaway::real {

/// The objects, then what went wrong with others; docker's exit status.
int print_inspected(const Doing& doing, const std::string& format,
                    const std::vector<spec::OrderedJson>& objects, std::string wrong);

}  // namespace cutaway::real
