// Docker's format: OCI's rules with conditions on the machine (moby, profiles/seccomp/seccomp.go).
#include <algorithm>

#include "base/json_value.h"
#include "spec/seccomp.h"
#include "spec/seccomp/version.h"

namespace cutaway::spec {
namespace {

struct OpName {
  std::string_view name;
  SeccompTest::Op op;
};
constexpr OpName kOps[] = {{"SCMP_CMP_NE", SeccompTest::Op::Ne},
                           {"SCMP_CMP_LT", SeccompTest::Op::Lt},
                           {"SCMP_CMP_LE", SeccompTest::Op::Le},
                           {"SCMP_CMP_EQ", SeccompTest::Op::Eq},
                           {"SCMP_CMP_GE", SeccompTest::Op::Ge},
                           {"SCMP_CMP_GT", SeccompTest::Op::Gt},
                           {"SCMP_CMP_MASKED_EQ", SeccompTest::Op::MaskedEq}};

/// The name that docker has for this machine (goToNative).
constexpr std::string_view kArchitecture = "amd64";

tl::unexpected<Error> wrong(const std::string& name, const std::string& what) {
  return fail(ErrorCode::Failed, name + ": " + what);
}

const Json& field(const Json& object, const char* key) {
  static const Json none;
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found == object.end() ? none : *found;
}

std::vector<std::string> texts(const Json& list) {
  std::vector<std::string> all;
  if (!list.is_array()) return all;
  for (const Json& item : list) {
    if (item.is_string()) all.push_back(item.get<std::string>());
  }
  return all;
}

bool names_this_machine(const Json& condition) {
  const std::vector<std::string> all = texts(field(condition, "arches"));
  return std::find(all.begin(), all.end(), kArchitecture) != all.end();
}

/// As docker decides for the machine that it was built for.
bool for_this_machine(const Json& call) {
  const Json& includes = field(call, "includes");
  if (!texts(field(includes, "arches")).empty() && !names_this_machine(includes)) return false;
  return !names_this_machine(field(call, "excludes"));
}

Result<std::uint64_t> capabilities(const std::string& name, const Json& condition) {
  std::uint64_t bits = 0;
  for (const std::string& word : texts(field(condition, "caps"))) {
    const int number = abi::capability_of(word);
    if (number < 0) return wrong(name, "no capability: " + word);
    bits |= std::uint64_t{1} << number;
  }
  return bits;
}

Result<abi::Errno> answer_of(const std::string& name, const Json& action, const Json& number) {
  if (action == "SCMP_ACT_ALLOW") return abi::Errno::kOk;
  if (action != "SCMP_ACT_ERRNO") return wrong(name, "an action that is not known");
  if (number.is_null()) return abi::Errno::kEPERM;
  if (!number.is_number_unsigned() || number.get<std::uint64_t>() > 4095)
    return wrong(name, "errnoRet is no errno");
  return static_cast<abi::Errno>(number.get<std::uint64_t>());
}

Result<SeccompTest> test_of(const std::string& name, const Json& arg) {
  SeccompTest test;
  const Json& index = field(arg, "index");
  const Json& value = field(arg, "value");
  const Json& second = field(arg, "valueTwo");
  if (!index.is_number_unsigned() || index.get<std::uint64_t>() > 5 || !value.is_number_unsigned())
    return wrong(name, "a test of an argument needs index and value");
  test.index = index.get<std::uint32_t>();
  test.value = value.get<std::uint64_t>();
  if (second.is_number_unsigned()) test.second = second.get<std::uint64_t>();
  for (const OpName& row : kOps) {
    if (field(arg, "op") == row.name) {
      test.op = row.op;
      return test;
    }
  }
  return wrong(name, "a comparison that is not known");
}

Result<SeccompRule> rule_of(const std::string& name, const Json& call) {
  SeccompRule rule;
  rule.names = texts(field(call, "names"));
  if (rule.names.empty()) return wrong(name, "a rule without names");
  TRY_ASSIGN(rule.answer, answer_of(name, field(call, "action"), field(call, "errnoRet")));
  const Json& args = field(call, "args");
  for (std::size_t i = 0; args.is_array() && i < args.size(); ++i) {
    TRY_ASSIGN(const SeccompTest test, test_of(name, args[i]));
    rule.tests.push_back(test);
  }
  const Json& includes = field(call, "includes");
  const Json& excludes = field(call, "excludes");
  TRY_ASSIGN(rule.needs_all, capabilities(name, includes));
  TRY_ASSIGN(rule.unless_any, capabilities(name, excludes));
  const Json& least = field(includes, "minKernel");
  if (least.is_string()) rule.least_kernel = kernel_version(least.get<std::string>());
  if (!field(excludes, "minKernel").is_null()) return wrong(name, "excludes.minKernel");
  return rule;
}

}  // namespace

Result<SeccompProfile> SeccompProfile::parse(const std::string& name, std::string_view text) {
  TRY_ASSIGN(const Json json, parse_json(text));
  SeccompProfile profile;
  TRY_ASSIGN(profile.otherwise_,
             answer_of(name, field(json, "defaultAction"), field(json, "defaultErrnoRet")));
  const Json& calls = field(json, "syscalls");
  if (!calls.is_array()) return wrong(name, "no list of syscalls");
  for (const Json& call : calls) {
    TRY_ASSIGN(SeccompRule rule, rule_of(name, call));
    for (const std::string& word : rule.names) {
      const abi::Sys sys = abi::sys_of(word);
      if (sys != abi::Sys::none)
        profile.newest_ = std::max(profile.newest_, static_cast<std::uint32_t>(sys));
    }
    if (for_this_machine(call)) profile.rules_.push_back(std::move(rule));
  }
  profile.rules_of_.resize(profile.newest_ + 1);
  for (std::size_t n = 0; n < profile.rules_.size(); ++n) {
    for (const std::string& word : profile.rules_[n].names) {
      const abi::Sys sys = abi::sys_of(word);
      if (sys != abi::Sys::none)
        profile.rules_of_[static_cast<std::size_t>(sys)].push_back(static_cast<std::uint32_t>(n));
    }
  }
  return profile;
}

}  // namespace cutaway::spec
