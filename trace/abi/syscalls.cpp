// Names and numbers of system calls.
#include <algorithm>
#include <vector>

#include "trace/abi/abi.h"

namespace cutaway::abi {

namespace {

struct Row {
  Sys sys;
  std::string_view name;
};

// In ascending order of numbers, as the kernel's own table is.
constexpr Row kRows[] = {
#define CUTAWAY_SYSCALL(number, name) {Sys::name, #name},
#include "trace/abi/syscalls.inc"
#undef CUTAWAY_SYSCALL
};

const std::vector<Row>& rows_by_name() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> sorted(std::begin(kRows), std::end(kRows));
    std::sort(sorted.begin(), sorted.end(),
              [](const Row& a, const Row& b) { return a.name < b.name; });
    return sorted;
  }();
  return rows;
}

}  // namespace

std::string_view sys_name(Sys sys) {
  const auto* row = std::lower_bound(std::begin(kRows), std::end(kRows), sys,
                                     [](const Row& a, Sys b) { return a.sys < b; });
  return row != std::end(kRows) && row->sys == sys ? row->name : std::string_view();
}

Sys sys_of(std::string_view name) {
  const std::vector<Row>& rows = rows_by_name();
  const auto row = std::lower_bound(rows.begin(), rows.end(), name,
                                    [](const Row& a, std::string_view b) { return a.name < b; });
  return row != rows.end() && row->name == name ? row->sys : Sys::none;
}

}  // namespace cutaway::abi
