#include <string>

#include "sim/core/sys.h"
#include "sim/programs/programs.h"
#include "spec/greeting.h"

namespace cutaway::sim {

// A static program without a C library (the real one: real/image/hello_world/): it writes and ends.
Program hello_world(Sys sys, State) {
  const std::string text(spec::greeting_text());
  co_await sys.write(1, text);
  co_return 0;
}

}  // namespace cutaway::sim
