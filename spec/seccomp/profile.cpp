// What a filter made of the profile answers.
#include "base/check.h"
#include "base/text.h"
#include "embedded/cutaway_seccomp.h"
#include "spec/seccomp.h"
#include "spec/seccomp/version.h"

namespace cutaway::spec {
namespace {

bool passes(const SeccompTest& test, const std::array<std::uint64_t, 6>& args) {
  using Op = SeccompTest::Op;
  const std::uint64_t arg = args[test.index];
  switch (test.op) {
    case Op::Ne:
      return arg != test.value;
    case Op::Lt:
      return arg < test.value;
    case Op::Le:
      return arg <= test.value;
    case Op::Eq:
      return arg == test.value;
    case Op::Ge:
      return arg >= test.value;
    case Op::Gt:
      return arg > test.value;
    case Op::MaskedEq:
      return (arg & test.value) == test.second;
  }
  return false;
}

bool passes_all(const SeccompRule& rule, const std::array<std::uint64_t, 6>& args) {
  for (const SeccompTest& test : rule.tests) {
    if (!passes(test, args)) return false;
  }
  return true;
}

}  // namespace

std::string_view SeccompProfile::docker_text() {
  for (const EmbeddedFile& file : cutaway_seccomp()) return file.bytes;
  return {};
}

const SeccompProfile& SeccompProfile::docker() {
  static const SeccompProfile profile = [] {
    for (const EmbeddedFile& file : cutaway_seccomp()) {
      auto parsed = parse(std::string(file.path), file.bytes);
      CHECK(parsed.has_value());  // a test reads the same file and says what is wrong
      return std::move(*parsed);
    }
    return SeccompProfile{};
  }();
  return profile;
}

bool SeccompProfile::holds(const SeccompRule& rule, const SeccompContext& context) {
  if ((context.capabilities & rule.needs_all) != rule.needs_all) return false;
  if ((context.capabilities & rule.unless_any) != 0) return false;
  return rule.least_kernel == 0 || context.kernel.empty() ||
         kernel_version(context.kernel) >= rule.least_kernel;
}

abi::Errno SeccompProfile::answer(const SeccompContext& context, abi::Sys sys,
                                  const std::array<std::uint64_t, 6>& args) const {
  const auto number = static_cast<std::size_t>(sys);
  if (number > newest_) return abi::Errno::kENOSYS;
  // libseccomp lets a rule without tests win over those with tests.
  const SeccompRule* found = nullptr;
  for (const std::uint32_t n : rules_of_[number]) {
    const SeccompRule& rule = rules_[n];
    if (!holds(rule, context) || !passes_all(rule, args)) continue;
    if (rule.tests.empty()) return rule.answer;
    if (found == nullptr) found = &rule;
  }
  return found == nullptr ? otherwise_ : found->answer;
}

}  // namespace cutaway::spec
