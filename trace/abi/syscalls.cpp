// Names and numbers of system calls.
#include <algorithm>
#include <vector>

#include "trace/abi/abi.h"

namespace cutaway::abi {

namespace {

struct SyscallRow {
  Sys sys;
  std::string_view name;
};

// In ascending order of numbers, as the kernel's own table is.
constexpr SyscallRow kSyscallRows[] = {
#define CUTAWAY_SYSCALL(number, name) {Sys::name, #name},
#include "trace/abi/syscalls.inc"
#undef CUTAWAY_SYSCALL
};

const std::vector<SyscallRow>& rows_by_name() {
  static const std::vector<SyscallRow> rows = [] {
    std::vector<SyscallRow> sorted(std::begin(kSyscallRows), std::end(kSyscallRows));
    std::sort(sorted.begin(), sorted.end(),
              [](const SyscallRow& a, const SyscallRow& b) { return a.name < b.name; });
    return sorted;
  }();
  return rows;
}

}  // namespace

std::string_view sys_name(Sys sys) {
  const auto* row = std::lower_bound(std::begin(kSyscallRows), std::end(kSyscallRows), sys,
                                     [](const SyscallRow& a, Sys b) { return a.sys < b; });
  return row != std::end(kSyscallRows) && row->sys == sys ? row->name : std::string_view();
}

Sys sys_of(std::string_view name) {
  const std::vector<SyscallRow>& rows = rows_by_name();
  const auto row =
      std::lower_bound(rows.begin(), rows.end(), name,
                       [](const SyscallRow& a, std::string_view b) { return a.name < b; });
  return row != rows.end() && row->name == name ? row->sys : Sys::none;
}

}  // namespace cutaway::abi
