// From flags that were found to the typed options of a Command.
#pragma once

#include <optional>
#include <string>

#include "spec/docker/pflag.h"
#include "spec/docker_line.h"

namespace cutaway::spec {

/// A complaint of the client after its flags were read: docker shows "docker: …" for run and
/// create, the bare text otherwise.
struct Complaint {
  std::string text;
  bool bare = false;  ///< without "docker:" and the hint at --help, with status 1
};

/// Fills options, image, names, args. `parse.rest` holds enough arguments.
std::optional<Complaint> bind_command(const FlagParse& parse, const ClientContext& context,
                                      Command& command);

/// A flag's number; `fallback` where it was not given.
std::int64_t number(const FlagParse& flags, std::string_view name, std::int64_t fallback = 0);

/// "the input device is not a TTY", with what Windows adds.
std::string no_terminal_text(const ClientContext& context);

/// The limits that run, create and update name in the same words.
LimitOptions read_limits(const FlagParse& flags);

/// Its part for run and create.
std::optional<Complaint> bind_run(const FlagParse& parse, const ClientContext& context,
                                  Command& command);

}  // namespace cutaway::spec
