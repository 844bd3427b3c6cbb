// Front door: docker's default seccomp profile, as a value. The simulator asks it about each call;
// the real side compiles it to a filter. It is read from docker's own file, which tools/setup
// fetches, so nothing here repeats what docker allows.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "trace/abi/abi.h"

namespace cutaway::spec {

/// On what the filter of a container depends.
struct SeccompContext {
  std::uint64_t capabilities = 0;  ///< its bounding set when it starts
  std::string kernel;              ///< "6.12.3-cloud"; empty: new enough for every rule
};

/// A test of one argument, as 64 bits without a sign. All tests of a rule must hold.
struct SeccompTest {
  enum class Op : std::uint8_t { Ne, Lt, Le, Eq, Ge, Gt, MaskedEq };
  std::uint32_t index = 0;
  Op op = Op::Eq;
  std::uint64_t value = 0;   ///< MaskedEq: the mask
  std::uint64_t second = 0;  ///< MaskedEq: what must be left of the argument
};

struct SeccompRule {
  std::vector<std::string> names;       ///< those of the kernel; of any architecture
  abi::Errno answer = abi::Errno::kOk;  ///< kOk: the call goes on to the kernel
  std::vector<SeccompTest> tests;       ///< empty: whatever the arguments are
  std::uint64_t needs_all = 0;          ///< holds only with all of these capabilities
  std::uint64_t unless_any = 0;         ///< holds not with any of these
  std::uint32_t least_kernel = 0;       ///< major << 16 | minor
};

class SeccompProfile {
 public:
  /// The one that is built in.
  static const SeccompProfile& docker();
  /// Its file.
  static std::string_view docker_text();
  /// Docker's format (profiles/seccomp/default.json). Rules for other machines than x86 are left
  /// out.
  static Result<SeccompProfile> parse(const std::string& name, std::string_view text);

  /// In the order of the file.
  const std::vector<SeccompRule>& rules() const { return rules_; }
  static bool holds(const SeccompRule& rule, const SeccompContext& context);
  /// What a call that no rule knows is answered with.
  abi::Errno otherwise() const { return otherwise_; }
  /// The greatest number of any call that the profile names. A call beyond it is newer than the
  /// profile and is answered ENOSYS, so that C libraries fall back to older calls (runc,
  /// libcontainer/seccomp/patchbpf).
  std::uint32_t newest() const { return newest_; }

  /// What the filter answers: kOk when the call goes on.
  abi::Errno answer(const SeccompContext& context, abi::Sys sys,
                    const std::array<std::uint64_t, 6>& args) const;

 private:
  std::vector<SeccompRule> rules_;
  std::vector<std::vector<std::uint32_t>> rules_of_;  ///< by number of the call
  abi::Errno otherwise_ = abi::Errno::kEPERM;
  std::uint32_t newest_ = 0;
};

}  // namespace cutaway::spec
