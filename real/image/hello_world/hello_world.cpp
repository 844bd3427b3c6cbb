// hello-world for the real side: static, without a C library. After execve it makes two calls, the
// same ones as the simulated program: write and exit_group.
#include <sys/syscall.h>

#include "spec/greeting.h"

#if !defined(__x86_64__)
#error "hello-world knows how to call the kernel on x86_64 only"
#endif

namespace {

long call(long number, long first, const void* second, unsigned long third) {
  long result = 0;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(first), "S"(second), "d"(third)
               : "rcx", "r11", "memory");
  return result;
}

}  // namespace

extern "C" [[noreturn]] void _start() {
  constexpr std::string_view kText = cutaway::spec::greeting_text();
  call(SYS_write, 1, kText.data(), kText.size());
  while (true) call(SYS_exit_group, 0, nullptr, 0);
}
