// Reads the values of litmus arguments: JSON and variables to Arg. Private to spec/litmus.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spec/litmus_call.h"
#include "trace/event/shape.h"

namespace cutaway::spec {

/// What a value is read with. Without variables a document is only checked: each stands for
/// anything that is allowed where it is.
class LitmusReader {
 public:
  LitmusReader(const LitmusVariables* variables, std::vector<LitmusProblem>& problems)
      : variables_(variables), problems_(problems) {}

  bool checking() const { return variables_ == nullptr; }
  void add(const std::string& pointer, const std::string& text) {
    problems_.push_back({pointer, text});
  }
  /// "is "x", expected …". Returns what stands for nothing.
  Arg wrong(const std::string& pointer, const Json& found, const std::string& expected);

  /// A text that is one variable as a whole ("$v", "$v.0", "$v.data"): its value; none: it is no
  /// variable.
  std::optional<Arg> variable(const Json& value, const std::string& pointer);
  /// A text with "${v}" and "$$" in it.
  std::string text(const Json& value, const std::string& pointer);

 private:
  const LitmusVariables* variables_;
  std::vector<LitmusProblem>& problems_;
};

// values.cpp: what stands in a register, and strings.
Arg read_number(LitmusReader& reader, const Json& value, const std::string& pointer);
Arg read_flags(LitmusReader& reader, const abi::FlagTable& table, const Json& value,
               const std::string& pointer, bool with_signal = false);
Arg read_constant(LitmusReader& reader, const abi::FlagTable& table, const Json& value,
                  const std::string& pointer);
Arg read_mode(LitmusReader& reader, const Json& value, const std::string& pointer);
Arg read_device(LitmusReader& reader, const Json& value, const std::string& pointer);
Arg read_signal(LitmusReader& reader, const Json& value, const std::string& pointer);
/// A string, {"b64":…}, an address, or null.
Arg read_bytes(LitmusReader& reader, const Json& value, const std::string& pointer);
Arg read_value(LitmusReader& reader, const ArgShape& shape, const Json& value,
               const std::string& pointer);

// structs.cpp
Arg read_struct(LitmusReader& reader, const LitmusLayout& layout, bool many, const Json& value,
                const std::string& pointer);

}  // namespace cutaway::spec
