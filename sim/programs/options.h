// Words in front of an applet's arguments, as getopt(3) reads them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/sys.h"

namespace cutaway::sim {

struct Options {
  std::map<char, std::vector<std::string>> given;  ///< by letter; values of those that take one
  std::vector<std::string> rest;                   ///< what is no option

  bool has(char letter) const { return given.count(letter) != 0; }
  /// The last value; `otherwise` when the option was not given.
  std::string value(char letter, const std::string& otherwise = {}) const {
    const auto found = given.find(letter);
    return found == given.end() || found->second.empty() ? otherwise : found->second.back();
  }
};

/// The files that are named; none: "-", stdin.
inline std::vector<std::string> inputs(const Options& options) {
  return options.rest.empty() ? std::vector<std::string>{"-"} : options.rest;
}

/// A long option and the letter that it stands for.
struct LongOption {
  std::string_view name;
  char letter;
  bool takes_value = false;
};

/// `spec`: letters, a colon behind one that takes a value; "+" in front: the first word that is no
/// option ends them. `usage`: what stands behind the applet's name when an option is unknown: then
/// that is said, and the result is false (the applet ends with 1).
Co<bool> take_options(Sys sys, std::vector<std::string> argv, std::string_view spec,
                      std::string_view usage, Options* options, std::vector<LongOption> longs = {});

}  // namespace cutaway::sim
