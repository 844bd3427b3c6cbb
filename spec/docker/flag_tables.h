// The tables of flags that the table of commands points to.
#pragma once

#include <iterator>

#include "spec/docker/flag_row.h"

namespace cutaway::spec {

FlagTable create_flags();  ///< run has them too
FlagTable run_flags();     ///< what run has beyond create

/// Of the commands with fewer flags, by the command's name: "exec", "system prune". Empty if it has
/// none.
FlagTable flags_of(std::string_view command);

/// Before the command: `docker -D run`.
FlagTable global_flags();

}  // namespace cutaway::spec
