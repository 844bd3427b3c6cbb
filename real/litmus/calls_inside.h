// System calls that a task of the sandbox is told to make while the sandbox is being put together:
// many at a time, as each asking is a change of processes.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "real/litmus/room.h"
#include "real/litmus/tasks.h"
#include "trace/abi/abi.h"

namespace cutaway::real {

/// An argument: a number, or a text by address.
struct InsideArg {
  template <std::integral Number>
  InsideArg(Number number)  // NOLINT(google-explicit-constructor): arguments are written as in C
      : value(static_cast<std::int64_t>(number)) {}
  InsideArg(const char* chars)  // NOLINT(google-explicit-constructor)
      : text(chars), is_text(true) {}
  InsideArg(std::string_view chars)  // NOLINT(google-explicit-constructor)
      : text(chars), is_text(true) {}
  InsideArg(const std::string& chars)  // NOLINT(google-explicit-constructor)
      : text(chars), is_text(true) {}
  std::int64_t value = 0;
  std::string_view text;
  bool is_text = false;
};

class CallsInside {
 public:
  CallsInside(LitmusArea& area, LitmusTasks& tasks, unsigned slot)
      : area_(area), tasks_(tasks), slot_(slot), room_(area, slot) {}

  /// Another one in the row; it is made at the latest by run().
  void then(abi::Sys sys, std::initializer_list<InsideArg> args);
  /// All that are left in the row. None may fail: an Error names the first that does.
  Status run();
  /// A clone: the child serves `child`.
  Status spawn(unsigned child, std::uint64_t flags);
  /// Given, not waited for.
  void reap();

 private:
  struct Named {
    abi::Sys sys = abi::Sys::none;
    std::string on;
  };
  void run_row();
  Status wait(std::string_view what);

  LitmusArea& area_;
  LitmusTasks& tasks_;
  unsigned slot_;
  LitmusRoom room_;
  std::vector<LitmusBatchCall> row_;
  std::vector<Named> names_;
  Status status_;  ///< the first error
};

}  // namespace cutaway::real
