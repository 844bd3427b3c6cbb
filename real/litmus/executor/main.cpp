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
[[noreturn]] void litmus_main(const long* stack) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel's own layout
  const auto* const* argv = reinterpret_cast<const char* const*>(stack + 1);
  const bool two = stack[0] >= 2;
  if (two && helper::same(argv[1], "launcher")) launch_sandboxes();
  if (two && helper::same(argv[1], "init")) be_init();
  be_executed();
}

// The compiler writes calls of these by itself.
void* memset(void* to, int byte, std::size_t count) {
  auto* bytes = static_cast<volatile char*>(to);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(byte);
  return to;
}
void* memcpy(void* to, const void* from, std::size_t count) {
  auto* bytes = static_cast<volatile char*>(to);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<const char*>(from)[i];
  return to;
}

}  // extern "C"

asm(".globl _start\n"
    "_start:\n"
    "  xor %ebp, %ebp\n"
    "  mov %rsp, %rdi\n"
    "  and $-16, %rsp\n"
    "  call litmus_main\n");

}  // namespace cutaway::litmus
