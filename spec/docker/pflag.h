// The grammar of docker's flags: what github.com/spf13/pflag does, as docker sets it up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/docker/flag_row.h"
#include "spec/docker_line.h"

namespace cutaway::spec {

/// What was found on a command line. Values were checked by their rows.
struct FlagParse {
  std::vector<FlagGiven> given;   ///< by long name; a hidden second name is stored as the first
  std::vector<std::string> rest;  ///< the arguments
  std::string error;              ///< pflag's words; empty if there is none
  std::string warning;            ///< about deprecated flags
  bool help = false;

  bool has(std::string_view name) const;
  /// The last value given, or `fallback`.
  std::string text(std::string_view name, std::string_view fallback = {}) const;
  bool on(std::string_view name, bool fallback = false) const;
  std::vector<std::string> list(std::string_view name) const;
};

/// How arguments and flags mix.
struct PflagStyle {
  bool interspersed = true;  ///< false: flags end at the first argument
  bool has_h = false;        ///< -h is a flag of the command, not a deprecated --help
};

FlagParse parse_flags(const std::vector<const FlagRow*>& rows,
                      const std::vector<std::string>& words, PflagStyle style);

}  // namespace cutaway::spec
