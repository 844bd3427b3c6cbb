// Finds the shape of a call: an array by number, filled from the families' rows.
#include "trace/event/shape.h"

#include "base/check.h"
#include "trace/event/shape_rows.h"

namespace cutaway {

namespace {

constexpr std::size_t kSysNumbers = 512;

std::vector<SyscallShape> shapes_by_number() {
  std::vector<SyscallShape> table(kSysNumbers);
  for (std::size_t number = 0; number < kSysNumbers; ++number) {
    table[number].sys = static_cast<abi::Sys>(number);
  }
  for (const auto family :
       {shapes::descriptor_rows, shapes::path_rows, shapes::mount_rows, shapes::task_rows,
        shapes::identity_rows, shapes::signal_rows, shapes::memory_rows, shapes::time_rows,
        shapes::socket_rows, shapes::wait_rows}) {
    for (SyscallShape& row : family()) {
      SyscallShape& place = table[static_cast<std::size_t>(row.sys)];
      CHECK(place.args.empty());  // each call has one row
      place = std::move(row);
    }
  }
  return table;
}

}  // namespace

const SyscallShape& syscall_shape(abi::Sys sys) {
  static const std::vector<SyscallShape> table = shapes_by_number();
  static const SyscallShape none;
  const auto number = static_cast<std::size_t>(sys);
  return number < kSysNumbers ? table[number] : none;
}

}  // namespace cutaway
