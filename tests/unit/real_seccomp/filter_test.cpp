// The compiled filter against the profile that the simulator asks: every call, with every set of
// capabilities that the profile speaks of.
#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <seccomp.h>

#include <cerrno>
#include <initializer_list>

#include "bpf.h"
#include "real/seccomp/seccomp.h"
#include "spec/plan/plan.h"

namespace cutaway::test {
namespace {

constexpr std::uint32_t kAllow = SECCOMP_RET_ALLOW;
constexpr std::uint32_t error_of(int number) {
  return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(number);
}
constexpr std::uint64_t bit(int number) { return std::uint64_t{1} << number; }
constexpr int kSysAdmin = 21, kSysPtrace = 19;

seccomp_data a_call(std::uint32_t arch, int number,
                    std::initializer_list<std::uint64_t> args = {}) {
  seccomp_data data{};
  data.arch = arch;
  data.nr = number;
  std::size_t i = 0;
  for (const std::uint64_t arg : args) data.args[i++] = arg;
  return data;
}

std::string filter(std::uint64_t capabilities, const char* kernel = "6.1.0") {
  const auto made = real::docker_seccomp_filter({capabilities, kernel});
  EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().message);
  return made.value_or("");
}

std::uint32_t verdict(const std::string& program, int number,
                      std::initializer_list<std::uint64_t> args = {}) {
  return run_bpf(program, a_call(AUDIT_ARCH_X86_64, number, args)).value;
}
int number_of(const char* name) { return static_cast<int>(abi::sys_of(name)); }

/// Sets of capabilities that matter: none, docker's, all, docker's and one more each.
std::vector<std::uint64_t> capability_sets() {
  std::vector<std::uint64_t> sets = {0, spec::kDockerCapabilities, abi::kAllCapabilities};
  std::uint64_t spoken_of = 0;
  for (const spec::SeccompRule& rule : spec::SeccompProfile::docker().rules())
    spoken_of |= rule.needs_all | rule.unless_any;
  for (int n = 0; n < abi::kCapabilityCount; ++n) {
    if ((spoken_of & bit(n)) != 0) sets.push_back(spec::kDockerCapabilities | bit(n));
  }
  return sets;
}

/// First arguments that some test of the profile tells apart, and some that none does.
std::vector<std::uint64_t> first_arguments() {
  std::vector<std::uint64_t> values = {0, 1, 7, 0x10000, 0x7E020000, 0x11, ~std::uint64_t{0}};
  for (const spec::SeccompRule& rule : spec::SeccompProfile::docker().rules()) {
    for (const spec::SeccompTest& test : rule.tests) {
      values.push_back(test.value);
      values.push_back(test.value + 1);
      values.push_back(test.value | std::uint64_t{1} << 40);
      for (int n = 0; n < 64; ++n) {
        if ((test.value & bit(n)) != 0) values.push_back(bit(n));
      }
    }
  }
  return values;
}

bool has_tests(abi::Sys sys) {
  for (const spec::SeccompRule& rule : spec::SeccompProfile::docker().rules()) {
    if (rule.tests.empty()) continue;
    for (const std::string& name : rule.names) {
      if (abi::sys_of(name) == sys) return true;
    }
  }
  return false;
}

TEST(Seccomp, FilterAndProfileAnswerAlike) {
  const spec::SeccompProfile& profile = spec::SeccompProfile::docker();
  const std::vector<std::uint64_t> values = first_arguments();
  std::int64_t compared = 0, refused = 0;
  for (const std::uint64_t capabilities : capability_sets()) {
    for (const char* kernel : {"4.7.9", "4.8", "6.18.44"}) {
      const std::string program = filter(capabilities, kernel);
      for (int number = 0; number < 500; ++number) {
        const auto sys = static_cast<abi::Sys>(number);
        if (abi::sys_name(sys).empty() && number <= 456) continue;  // a gap in the table
        // Which arguments matter is known; for all other calls two are enough.
        const std::size_t most = has_tests(sys) ? values.size() : 2;
        for (std::size_t i = 0; i < most; ++i) {
          const std::uint64_t value = values[i];
          const abi::Errno said = profile.answer({capabilities, kernel}, sys, {value});
          const std::uint32_t expected =
              said == abi::Errno::kOk ? kAllow : error_of(static_cast<int>(said));
          ASSERT_EQ(verdict(program, number, {value}), expected)
              << abi::sys_name(sys) << "(" << value << ") " << number << " caps " << capabilities;
          ++compared;
          refused += expected != kAllow;
        }
      }
    }
  }
  EXPECT_GT(compared, 50000);
  EXPECT_GT(refused, compared / 20);
}

TEST(Seccomp, WhatDockerIsKnownToRefuse) {
  const std::string program = filter(spec::kDockerCapabilities);
  for (const char* name : {"mount", "umount2", "unshare", "setns", "keyctl", "add_key", "bpf",
                           "userfaultfd", "io_uring_setup", "pivot_root", "kexec_load",
                           "perf_event_open", "init_module", "sethostname", "swapon"}) {
    EXPECT_EQ(verdict(program, number_of(name)), error_of(EPERM)) << name;
  }
  for (const char* name : {"getpid", "read", "execve", "chroot", "mknod", "prctl", "capset",
                           "ptrace", "process_vm_readv", "futex_waitv", "fchmodat2"})
    EXPECT_EQ(verdict(program, number_of(name)), kAllow) << name;
  EXPECT_EQ(verdict(program, number_of("clone3")), error_of(ENOSYS));
  EXPECT_EQ(verdict(program, number_of("clone"), {17}), kAllow);                   // SIGCHLD
  EXPECT_EQ(verdict(program, number_of("clone"), {0x10000000}), error_of(EPERM));  // NEWUSER
  EXPECT_EQ(verdict(program, number_of("socket"), {40}), error_of(EPERM));         // AF_VSOCK
  EXPECT_EQ(verdict(program, number_of("socket"), {2}), kAllow);
  EXPECT_EQ(verdict(program, number_of("personality"), {0x20008}), kAllow);
  EXPECT_EQ(verdict(program, number_of("personality"), {0x40000}), error_of(EPERM));
}

TEST(Seccomp, ACapabilityOpensItsCalls) {
  const std::string program = filter(spec::kDockerCapabilities | bit(kSysAdmin));
  for (const char* name : {"mount", "unshare", "setns", "bpf", "clone3"})
    EXPECT_EQ(verdict(program, number_of(name)), kAllow) << name;
  EXPECT_EQ(verdict(program, number_of("clone"), {0x10000000}), kAllow);
  EXPECT_EQ(verdict(program, number_of("init_module")), error_of(EPERM));
}

TEST(Seccomp, OldKernelsKeepPtraceShut) {
  const int ptrace = number_of("ptrace");
  EXPECT_EQ(verdict(filter(0, "4.7.9"), ptrace), error_of(EPERM));
  EXPECT_EQ(verdict(filter(0, "4.8.0-1"), ptrace), kAllow);
  EXPECT_EQ(verdict(filter(bit(kSysPtrace), "4.7.9"), ptrace), kAllow);
}

TEST(Seccomp, ProgramsOfOtherArchitectures) {
  const std::string program = filter(spec::kDockerCapabilities);
  const auto on = [&program](std::uint32_t arch, int number) {
    return run_bpf(program, a_call(arch, number)).value;
  };
  EXPECT_EQ(on(AUDIT_ARCH_I386, 20), kAllow);                           // getpid
  EXPECT_EQ(on(AUDIT_ARCH_I386, 21), error_of(EPERM));                  // mount
  EXPECT_EQ(on(AUDIT_ARCH_I386, 900), error_of(ENOSYS));                // newer than the profile
  EXPECT_EQ(on(AUDIT_ARCH_X86_64, 0x40000000 + 39), kAllow);            // x32: getpid
  EXPECT_EQ(on(AUDIT_ARCH_X86_64, 0x40000000 + 165), error_of(EPERM));  // x32: mount
  EXPECT_EQ(on(AUDIT_ARCH_AARCH64, 172) & SECCOMP_RET_ACTION_FULL, SECCOMP_RET_KILL_THREAD);
}

TEST(Seccomp, TheProgramFitsAndIsShort) {
  const std::string program = filter(spec::kDockerCapabilities);
  EXPECT_EQ(program.size() % sizeof(sock_filter), 0U);
  EXPECT_LT(program.size() / sizeof(sock_filter), BPF_MAXINSNS);
  const int steps = run_bpf(program, a_call(AUDIT_ARCH_X86_64, number_of("getpid"))).steps;
  EXPECT_LT(steps, 60);
  RecordProperty("instructions", static_cast<int>(program.size() / sizeof(sock_filter)));
  RecordProperty("steps_of_getpid", steps);
}

TEST(Seccomp, ABrokenProfileIsRefused) {
  const auto reads = [](const char* text) {
    return spec::SeccompProfile::parse("p.json", text).has_value();
  };
  EXPECT_TRUE(reads(R"({"defaultAction":"SCMP_ACT_ERRNO","syscalls":[]})"));
  EXPECT_FALSE(reads(R"({"defaultAction":"SCMP_ACT_ERRNO"})"));
  EXPECT_FALSE(reads(R"({"defaultAction":"SCMP_ACT_NOTIFY","syscalls":[]})"));
  EXPECT_FALSE(reads(
      R"({"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW",
          "args":[{"index":6,"value":0,"op":"SCMP_CMP_EQ"}]}]})"));
  EXPECT_FALSE(reads(
      R"({"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW",
          "includes":{"caps":["CAP_NONE"]}}]})"));
}

}  // namespace
}  // namespace cutaway::test
