// Front door: readers of the parts that several kinds of documents have. What is wrong is added to
// the document's problems; reading goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spec/document.h"
#include "spec/litmus.h"
#include "spec/predicate.h"
#include "spec/scenario.h"

namespace cutaway::spec {

Predicate read_predicate(Problems& problems, const Json& value, const std::string& pointer);
EventPattern read_event_pattern(Problems& problems, const Json& value, const std::string& pointer);

/// A list of litmus steps with variables of its own.
LitmusProgram read_program(Problems& problems, const Json& value, const std::string& pointer);
FileSet read_files(Problems& problems, const Json& value, const std::string& pointer);
std::vector<Fault> read_faults(Problems& problems, const Json& value, const std::string& pointer);

/// The member "machine", when it is there (else false): what it does not say stays as it is.
bool read_machine(const ObjectReader& document, Machine& machine,
                  std::optional<std::uint64_t>& seed);

/// Names that items give (`as`, `tty`), for checking what refers to them.
struct ScenarioNames {
  std::vector<std::string> commands;
  std::vector<std::string> terminals;
};
std::vector<Item> read_items(Problems& problems, const Json& value, const std::string& pointer,
                             ScenarioNames& names);
std::vector<Expect> read_expects(Problems& problems, const Json& value, const std::string& pointer,
                                 const ScenarioNames& names);

}  // namespace cutaway::spec
