// Front door: the variables of a litmus program. They belong to the program: all its tasks see the
// same ones, and they are kept until it ends.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_value.h"
#include "trace/abi/abi.h"

namespace cutaway::spec {

/// What a call gave.
struct LitmusOutcome {   // NOLINT(bugprone-exception-escape): moving a Json does not throw
  std::int64_t ret = 0;  ///< −1 on error
  abi::Errno err = abi::Errno::kOk;
  std::optional<std::string> data;        ///< bytes that came back (read, readlink, getcwd …)
  std::vector<std::int64_t> descriptors;  ///< of pipe2 and socketpair: "$v.0", "$v.1"
  std::optional<std::int32_t> status;     ///< of a wait that reported somebody: as wait(2) has it
  Json out;  ///< what structs came back: an object of their members; null: none
};

class LitmusVariables {
 public:
  void set(const std::string& name, const LitmusOutcome& outcome);
  /// "v", "v.0": a number. None: not set (yet), or no number.
  std::optional<std::int64_t> number(std::string_view name) const;
  /// "v.data": bytes. None: not set, or nothing came back.
  std::optional<std::string> bytes(std::string_view name) const;
  /// All "${v}" replaced by their values and "$$" by "$". None: one is not set; `missing` says
  /// which.
  std::optional<std::string> text(std::string_view text, std::string& missing) const;

 private:
  struct Value {
    std::int64_t ret = 0;
    std::optional<std::string> data;
    std::vector<std::int64_t> parts;
  };
  std::map<std::string, Value, std::less<>> values_;
};

}  // namespace cutaway::spec
