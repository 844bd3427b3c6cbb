// A machine for the programs that seccomp runs (Documentation/networking/filter.rst).
#pragma once

#include <linux/seccomp.h>

#include <cstdint>
#include <string>

namespace cutaway::test {

struct Verdict {
  std::uint32_t value = 0;  ///< SECCOMP_RET_…
  int steps = 0;            ///< instructions that ran
};

Verdict run_bpf(const std::string& program, const seccomp_data& data);

}  // namespace cutaway::test
