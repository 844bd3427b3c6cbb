// The door for libFuzzer (tools/fuzz_kernel builds and runs it).
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/kernel_calls.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string wrong =
      cutaway::test::make_calls({reinterpret_cast<const char*>(data), size}).wrong;
  if (wrong.empty()) return 0;
  std::fprintf(stderr, "%s\n", wrong.c_str());
  std::abort();
}
