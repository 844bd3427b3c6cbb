// How a program without a C library begins, and the two functions that the compiler calls by
// itself.
#include <cstddef>

extern "C" {

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

// The kernel leaves argc, argv and the environment on the stack (System V ABI, "Process
// Initialization"). Each program has a helper_main, which does not return.
asm(".globl _start\n"
    "_start:\n"
    "  xor %ebp, %ebp\n"
    "  mov %rsp, %rdi\n"
    "  and $-16, %rsp\n"
    "  call helper_main\n");
