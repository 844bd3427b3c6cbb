// The kernel as the helper sees it: one instruction, and results as the kernel gives them (−errno).
// There is no C library here: nothing that allocates, locks or throws can run between clone and
// execve, and nothing makes a system call that the plan does not say.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cutaway::helper {

// x86-64: number in rax, arguments in rdi rsi rdx r10 r8 r9; rcx and r11 are lost (syscall(2)).
inline long kernel(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0,
                   long f = 0) {
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  long result = number;
  asm volatile("syscall"
               : "+a"(result)
               : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
}

template <class T>
long address(T* pointer) {
  return reinterpret_cast<long>(pointer);
}

inline std::size_t length(const char* text) {
  std::size_t n = 0;
  while (text[n] != '\0') ++n;
  return n;
}
inline bool same(const char* a, const char* b) {
  while (*a != '\0' && *a == *b) ++a, ++b;
  return *a == *b;
}

/// A line of bounded length, put together from pieces; what does not fit is left out.
template <std::size_t kSize>
struct Line {
  char text[kSize] = {};
  std::size_t size = 0;

  Line& add(const char* piece) { return add(piece, length(piece)); }
  Line& add(const char* piece, std::size_t count) {
    for (std::size_t i = 0; i < count && size + 1 < kSize; ++i) text[size++] = piece[i];
    text[size] = '\0';
    return *this;
  }
  Line& add(long number) {
    char digits[24];
    std::size_t n = 0;
    unsigned long rest =
        number < 0 ? 0UL - static_cast<unsigned long>(number) : static_cast<unsigned long>(number);
    do digits[n++] = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (number < 0) digits[n++] = '-';
    while (n > 0) add(&digits[--n], 1);
    return *this;
  }
};

}  // namespace cutaway::helper
