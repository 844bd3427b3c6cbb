// What `cutaway litmus fuzz` found, for people and for machines.
#pragma once

#include <string>

#include "base/json_value.h"
#include "spec/litmus_fuzz.h"

namespace cutaway::app {

std::string fuzz_text(const spec::Fuzzer& fuzzer, const spec::FuzzOptions& options);
Json fuzz_json(const spec::Fuzzer& fuzzer, const spec::FuzzOptions& options);

}  // namespace cutaway::app
