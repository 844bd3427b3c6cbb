// Readers of the parts that scenario and litmus documents share.
#pragma once

#include <string>
#include <vector>

#include "spec/litmus.h"
#include "spec/scenario.h"
#include "spec/scenario/document_reader.h"

namespace cutaway::spec {

/// A list of litmus steps with variables of its own.
LitmusProgram read_program(Problems& problems, const Json& value, const std::string& pointer);
FileSet read_files(Problems& problems, const Json& value, const std::string& pointer);
std::vector<Fault> read_faults(Problems& problems, const Json& value, const std::string& pointer);

/// Names that items give (`as`, `tty`), for checking what refers to them.
struct ScenarioNames {
  std::vector<std::string> commands;
  std::vector<std::string> terminals;
};
std::vector<Item> read_items(Problems& problems, const Json& value, const std::string& pointer,
                             ScenarioNames& names);
std::vector<Expect> read_expects(Problems& problems, const Json& value, const std::string& pointer,
                                 const ScenarioNames& names);

/// "/do/3".
std::string element(const std::string& pointer, std::size_t index);

}  // namespace cutaway::spec
