// Our tables against the headers of the machine that runs this test (Linux on x86-64).
#include <asm/prctl.h>
#include <asm/unistd.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/futex.h>
#include <linux/keyctl.h>
#include <linux/memfd.h>
#include <linux/nsfs.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.h"
#include "trace/abi/abi.h"

namespace cutaway::abi {
namespace {

#define TEXT_OF_EXPANDED(x) #x
#define TEXT_OF(x) TEXT_OF_EXPANDED(x)

struct OsNumber {
  std::string name;
  int number;
  std::string os;  // what the header says; a name when it does not know it
};

TEST(AbiOs, Syscalls) {
  const std::vector<OsNumber> rows = {
#define CUTAWAY_SYSCALL(number, name) {#name, number, TEXT_OF(__NR_##name)},
#include "trace/abi/syscalls.inc"
#undef CUTAWAY_SYSCALL
  };
  int known = 0;
  for (const OsNumber& row : rows) {
    std::int64_t os = 0;
    if (!parse_decimal(row.os, os)) continue;
    EXPECT_EQ(os, row.number) << row.name;
    EXPECT_EQ(sys_name(static_cast<Sys>(os)), row.name);
    ++known;
  }
  EXPECT_GE(known, 350) << "the headers know hardly any of our calls: is this x86-64?";
}

TEST(AbiOs, Errnos) {
  const std::map<std::string, int> known = {
      {"EPERM", EPERM},         {"ENOENT", ENOENT},       {"EINTR", EINTR},
      {"EAGAIN", EAGAIN},       {"EDEADLK", EDEADLK},     {"ENOSYS", ENOSYS},
      {"ELOOP", ELOOP},         {"ENOTEMPTY", ENOTEMPTY}, {"EOVERFLOW", EOVERFLOW},
      {"EILSEQ", EILSEQ},       {"ENOTSOCK", ENOTSOCK},   {"EOPNOTSUPP", EOPNOTSUPP},
      {"ETIMEDOUT", ETIMEDOUT}, {"EDQUOT", EDQUOT},       {"ENOKEY", ENOKEY},
      {"EHWPOISON", EHWPOISON}};
  for (const auto& row : known) {
    if (row.first == "EHWPOISON") continue;  // ours end before it
    EXPECT_EQ(static_cast<int>(errno_of(row.first)), row.second) << row.first;
  }
  // Every name and every sentence, as the C library has them.
  for (int number = 1; number <= 132; ++number) {
    const auto error = static_cast<Errno>(number);
    const char* name = strerrorname_np(number);
    EXPECT_EQ(errno_name(error), name == nullptr ? "" : name);
    if (name != nullptr) {
      EXPECT_EQ(errno_text(error), std::strerror(number));
    }
  }
}

TEST(AbiOs, Signals) {
  for (int signal = 1; signal < 32; ++signal) {
    const std::string os = std::string("SIG") + sigabbrev_np(signal);
    EXPECT_EQ(signal_name(signal), os == "SIGPOLL" ? "SIGIO" : os);
    EXPECT_EQ(signal_of(os), signal);
    EXPECT_EQ(signal_of(signal_name(signal)), signal);
  }
  EXPECT_EQ(signal_of("SIGRTMIN"), SIGRTMIN);
  EXPECT_EQ(signal_of("SIGRTMAX"), SIGRTMAX);
  EXPECT_EQ(sig::kChld, SIGCHLD);
}

TEST(AbiOs, Capabilities) {
  EXPECT_EQ(kCapabilityCount, CAP_LAST_CAP + 1);
  EXPECT_EQ(capability_of("CAP_CHOWN"), CAP_CHOWN);
  EXPECT_EQ(capability_of("CAP_NET_RAW"), CAP_NET_RAW);
  EXPECT_EQ(capability_of("CAP_SYS_CHROOT"), CAP_SYS_CHROOT);
  EXPECT_EQ(capability_of("CAP_SYS_ADMIN"), CAP_SYS_ADMIN);
  EXPECT_EQ(capability_of("CAP_MKNOD"), CAP_MKNOD);
  EXPECT_EQ(capability_of("CAP_SETFCAP"), CAP_SETFCAP);
  EXPECT_EQ(capability_of("CAP_AUDIT_READ"), CAP_AUDIT_READ);
  EXPECT_EQ(capability_of("CAP_CHECKPOINT_RESTORE"), CAP_CHECKPOINT_RESTORE);
}

const std::vector<const FlagTable*>& all_tables() {
  static const std::vector<const FlagTable*> tables = {
      &kCloneFlags,      &kMountFlags,      &kUmountFlags,    &kOpenFlags,
      &kAtFlags,         &kWaitFlags,       &kMmapProt,       &kMmapFlags,
      &kSocketFlags,     &kAccessMode,      &kSeccompFlags,   &kTimerFlags,
      &kMountAttributes, &kOpenTreeFlags,   &kMoveMountFlags, &kFsopenFlags,
      &kFsmountFlags,    &kFspickFlags,     &kPipeFlags,      &kAccessAtFlags,
      &kRenameFlags,     &kFallocateModes,  &kSpliceFlags,    &kCloseRangeFlags,
      &kXattrFlags,      &kStatxMask,       &kEventfdFlags,   &kEpollFlags,
      &kTimerfdFlags,    &kSignalfdFlags,   &kInotifyFlags,   &kPidfdFlags,
      &kMemfdFlags,      &kRandomFlags,     &kMremapFlags,    &kMsyncFlags,
      &kMessageFlags,    &kPrctlOptions,    &kFcntlCommands,  &kSeekWhence,
      &kAddressFamilies, &kIoctlRequests,   &kClockIds,       &kFutexOps,
      &kSeccompOps,      &kArchPrctlCodes,  &kFileTypes,      &kWaitIdTypes,
      &kResourceLimits,  &kSigprocmaskHows, &kKeyctlOps,      &kFsconfigCommands,
      &kFlockOps,        &kEpollOps,        &kMemoryAdvice,   &kShutdownHows,
      &kSocketLevels,    &kSocketOptions};
  return tables;
}

TEST(AbiOs, FlagTables) {
  const std::map<std::string, std::uint64_t, std::less<>> os = {
#define NAME(name) {#name, static_cast<std::uint64_t>(name)},
#include "tests/unit/trace_log/os_names.inc"
#undef NAME
  };
  std::size_t compared = 0;
  for (const FlagTable* table : all_tables()) {
    for (const Flag& flag : *table) {
      const auto found = os.find(flag.name);
      if (found == os.end() || flag.name == "O_LARGEFILE")
        continue;  // the kernel's, not the C library's
      EXPECT_EQ(flag.value, found->second) << table->name << " " << flag.name;
      ++compared;
    }
  }
  EXPECT_GE(compared, os.size());
}

TEST(AbiOs, BitsThatCodeComparesWith) {
  EXPECT_EQ(clone::kNewTime, static_cast<std::uint64_t>(CLONE_NEWTIME));
  EXPECT_EQ(clone::kIntoCgroup, CLONE_INTO_CGROUP);
  EXPECT_EQ(ms::kStrictatime, static_cast<std::uint64_t>(MS_STRICTATIME));
  EXPECT_EQ(mnt::kNofollow, static_cast<std::uint64_t>(UMOUNT_NOFOLLOW));
  EXPECT_EQ(o::kTmpfile | o::kDirectory, static_cast<std::uint64_t>(O_TMPFILE));
  EXPECT_EQ(at::kFdcwd, AT_FDCWD);
  EXPECT_EQ(mode::kType, static_cast<std::uint32_t>(S_IFMT));
}

}  // namespace
}  // namespace cutaway::abi
