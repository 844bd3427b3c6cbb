// Which of the executor's three parts this is (executor.h).
#include "real/litmus/executor/executor.h"

namespace cutaway::litmus {

void fail(Failure why) {
  kernel(sys::kExitGroup, static_cast<long>(why));
  __builtin_unreachable();
}

namespace {

/// A file of the document, executed by some task of the program: whatever it has closed, wherever
/// its root is. The supervisor puts the area's descriptor into this process
/// (SECCOMP_IOCTL_NOTIF_ADDFD).
[[noreturn]] void be_executed() {
  const long fd = kernel(real::kLitmusAsk, static_cast<long>(real::LitmusAsk::Area));
  if (fd < 0) fail(Failure::NoSupervisor);
  map_area(fd);
  kernel(sys::kClose, fd);
  serve(area().executed_slot);
}

}  // namespace

extern "C" {

// The stack as execve(2) leaves it: argc, then argv.
[[noreturn]] void helper_main(const long* stack) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel's own layout
  const auto* const* argv = reinterpret_cast<const char* const*>(stack + 1);
  const bool two = stack[0] >= 2;
  if (two && helper::same(argv[1], "launcher")) launch_sandboxes();
  if (two && helper::same(argv[1], "init")) be_init(Tier::U);
  if (two && helper::same(argv[1], "machine")) be_init(Tier::R);
  be_executed();
}

}  // extern "C"

}  // namespace cutaway::litmus
