#include "real/litmus/filter.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "real/litmus/area.h"
#include "real/seccomp/context.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

Status add_call(scmp_filter_ctx context, std::uint32_t action, abi::Sys sys) {
  const int added = ::seccomp_rule_add(context, action, static_cast<int>(sys), 0);
  if (added != 0 && added != -EEXIST) return os_fail("seccomp rule", abi::sys_name(sys), -added);
  return {};
}

}  // namespace

Result<std::string> litmus_filter(const std::vector<abi::Sys>& allowed) {
  const SeccompContext context(::seccomp_init(SCMP_ACT_ERRNO(ENOSYS)));
  if (!context) return os_fail("seccomp_init", "", ENOMEM);
  ::seccomp_attr_set(context.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(ENOSYS));
  ::seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
  for (const abi::Sys sys : allowed) TRY(add_call(context.get(), SCMP_ACT_ALLOW, sys));
  // A handler's return, a sleep that goes on, an end, pid 1's reaping, an executed file's begin.
  for (const abi::Sys sys :
       {abi::Sys::rt_sigreturn, abi::Sys::restart_syscall, abi::Sys::exit, abi::Sys::exit_group,
        abi::Sys::wait4, abi::Sys::mmap, abi::Sys::close})
    TRY(add_call(context.get(), SCMP_ACT_ALLOW, sys));
  TRY(add_call(context.get(), SCMP_ACT_NOTIFY, static_cast<abi::Sys>(kLitmusAsk)));
  const Fd file(::memfd_create("seccomp", MFD_CLOEXEC));
  if (!file) return os_fail("memfd_create", "", errno);
  const int wrote = ::seccomp_export_bpf(context.get(), file.get());
  if (wrote != 0) return os_fail("seccomp_export_bpf", "", -wrote);
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return os_fail("lseek", "", errno);
  return read_all(file.get(), "the seccomp program");
}

}  // namespace cutaway::real
