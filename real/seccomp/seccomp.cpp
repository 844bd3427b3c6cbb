// libseccomp makes the program, as in runc (libcontainer/seccomp/seccomp_linux.go). Before it stand
// a few instructions of our own for calls that are newer than the profile or than libseccomp.
#include "real/seccomp/seccomp.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "base/digest.h"
#include "base/text.h"
#include "real/seccomp/context.h"
#include "real/sys/files.h"

namespace cutaway::real {
namespace {

using Op = spec::SeccompTest::Op;

constexpr scmp_compare compare_of(Op op) {
  constexpr scmp_compare kAll[] = {SCMP_CMP_NE, SCMP_CMP_LT, SCMP_CMP_LE,       SCMP_CMP_EQ,
                                   SCMP_CMP_GE, SCMP_CMP_GT, SCMP_CMP_MASKED_EQ};
  return kAll[static_cast<std::size_t>(op)];
}

std::uint32_t action_of(abi::Errno answer) {
  return answer == abi::Errno::kOk ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(static_cast<int>(answer));
}

/// Does libseccomp know this call at all? It gives calls of other machines negative numbers.
bool known(const std::string& name) {
  return ::seccomp_syscall_resolve_name(name.c_str()) != __NR_SCMP_ERROR;
}

Status add_rule(scmp_filter_ctx context, const spec::SeccompRule& rule, const std::string& name) {
  if (!known(name)) return {};  // runc skips it as well
  scmp_arg_cmp tests[6];
  unsigned count = 0;
  for (const spec::SeccompTest& test : rule.tests) {
    if (count == 6) return os_fail("seccomp rule", name, E2BIG);
    tests[count++] = scmp_arg_cmp{test.index, compare_of(test.op), test.value, test.second};
  }
  const int number = ::seccomp_syscall_resolve_name(name.c_str());
  const int added = ::seccomp_rule_add_array(context, action_of(rule.answer), number, count, tests);
  // A rule that is there already (bpf is let through with either of two capabilities).
  if (added != 0 && added != -EEXIST) return os_fail("seccomp rule", name, -added);
  return {};
}

Result<SeccompContext> compile(const spec::SeccompProfile& profile,
                               const spec::SeccompContext& given) {
  SeccompContext context(::seccomp_init(action_of(profile.otherwise())));
  if (!context) return os_fail("seccomp_init", "", ENOMEM);
  for (const std::uint32_t other :
       {static_cast<std::uint32_t>(SCMP_ARCH_X86), static_cast<std::uint32_t>(SCMP_ARCH_X32)}) {
    const int added = ::seccomp_arch_add(context.get(), other);
    if (added != 0 && added != -EEXIST) return os_fail("seccomp_arch_add", "", -added);
  }
  // A tree of comparisons, not a list of four hundred, as in runc.
  const int tree = ::seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
  if (tree != 0) return os_fail("seccomp_attr_set", "", -tree);
  for (const spec::SeccompRule& rule : profile.rules()) {
    if (!spec::SeccompProfile::holds(rule, given)) continue;
    if (rule.answer == profile.otherwise() && rule.tests.empty()) continue;
    for (const std::string& name : rule.names) TRY(add_rule(context.get(), rule, name));
  }
  return context;
}

Result<std::string> exported(scmp_filter_ctx context) {
  const Fd file(::memfd_create("seccomp", MFD_CLOEXEC));
  if (!file) return os_fail("memfd_create", "", errno);
  const int wrote = ::seccomp_export_bpf(context, file.get());
  if (wrote != 0) return os_fail("seccomp_export_bpf", "", -wrote);
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return os_fail("lseek", "", errno);
  return read_all(file.get(), "the seccomp program");
}

/// Calls that the profile lets through whatever their arguments, and that this libseccomp has no
/// name for. Such calls are new, and new calls have one number on all architectures (since 424).
std::vector<std::uint32_t> too_new_for_libseccomp(const spec::SeccompProfile& profile,
                                                  const spec::SeccompContext& given) {
  std::vector<std::uint32_t> numbers;
  for (const spec::SeccompRule& rule : profile.rules()) {
    if (rule.answer != abi::Errno::kOk || !rule.tests.empty()) continue;
    if (!spec::SeccompProfile::holds(rule, given)) continue;
    for (const std::string& name : rule.names) {
      const abi::Sys sys = abi::sys_of(name);
      const auto number = static_cast<std::uint32_t>(sys);
      if (sys != abi::Sys::none && number >= 424 && !known(name)) numbers.push_back(number);
    }
  }
  return numbers;
}

/// Runs before libseccomp's program, and goes on to it where it says nothing: what is newer than
/// the profile does not exist (ENOSYS), so that C libraries fall back (patchbpf of runc).
std::string preface(std::uint32_t newest, const std::vector<std::uint32_t>& let_through) {
  constexpr std::uint32_t kX32Bit = 0x40000000;
  constexpr std::uint16_t kLoad = BPF_LD | BPF_W | BPF_ABS;
  constexpr std::uint16_t kEqual = BPF_JMP | BPF_JEQ | BPF_K;
  constexpr std::uint16_t kAbove = BPF_JMP | BPF_JGT | BPF_K;
  constexpr std::uint16_t kAnyBit = BPF_JMP | BPF_JSET | BPF_K;
  constexpr std::uint16_t kReturn = BPF_RET | BPF_K;
  const auto extra = static_cast<std::uint8_t>(let_through.size());
  const auto to_end = static_cast<std::uint8_t>(extra + 4);  // from instruction 4
  std::vector<sock_filter> program = {
      {kLoad, 0, 0, offsetof(seccomp_data, arch)},
      {kEqual, 1, 0, AUDIT_ARCH_X86_64},
      {kEqual, 0, static_cast<std::uint8_t>(to_end + 2), AUDIT_ARCH_I386},
      {kLoad, 0, 0, offsetof(seccomp_data, nr)},
      {kAnyBit, to_end, 0, kX32Bit},
      {kAbove, static_cast<std::uint8_t>(extra + 1), 0, newest}};
  for (std::uint8_t i = 0; i < extra; ++i)
    program.push_back({kEqual, static_cast<std::uint8_t>(extra - i + 1), 0, let_through[i]});
  program.push_back({BPF_JMP | BPF_JA, 0, 0, 2});
  program.push_back({kReturn, 0, 0, SECCOMP_RET_ERRNO | ENOSYS});
  program.push_back({kReturn, 0, 0, SECCOMP_RET_ALLOW});
  std::string bytes(program.size() * sizeof(sock_filter), '\0');
  __builtin_memcpy(bytes.data(), program.data(), bytes.size());
  return bytes;
}

}  // namespace

Result<std::string> docker_seccomp_filter(const spec::SeccompContext& given) {
  const spec::SeccompProfile& profile = spec::SeccompProfile::docker();
  TRY_ASSIGN(const SeccompContext context, compile(profile, given));
  TRY_ASSIGN(const std::string main, exported(context.get()));
  const std::vector<std::uint32_t> extra = too_new_for_libseccomp(profile, given);
  if (extra.size() > 200) return os_fail("seccomp", "libseccomp is too old", E2BIG);
  return preface(profile.newest(), extra) + main;
}

std::string filter_identity(const spec::SeccompContext& context) {
  constexpr std::string_view kForm = "1";  // counts when what we make of a profile changes
  const scmp_version* library = ::seccomp_version();
  std::string all(kForm);
  for (const unsigned number : {library->major, library->minor, library->micro})
    all += "/" + decimal(number);
  all +=
      "/" + decimal(static_cast<std::int64_t>(context.capabilities)) + "/" + context.kernel + "/";
  return sha256_digest(all + std::string(spec::SeccompProfile::docker_text())).substr(7);
}

std::string running_kernel() {
  utsname names{};
  return ::uname(&names) == 0 ? names.release : "";
}

}  // namespace cutaway::real
