#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace cutaway {

void check_failed(const char* what, const char* file, int line) {
  std::fprintf(stderr, "cutaway: bug: %s does not hold (%s:%d)\n", what, file, line);
  std::abort();
}

}  // namespace cutaway
