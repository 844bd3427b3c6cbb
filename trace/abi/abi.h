// Linux's numbers and names (x86-64), as our own data: the rooms that go to the web have no OS
// headers. Numbers are those of include/uapi of the kernel; one file per table in this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::abi {

/// Errno by its number: Errno::kEPERM; kOk = 0. Names by errno_name ("EPERM").
enum class Errno : std::uint16_t {
#define CUTAWAY_ERRNO(number, name) k##name = number,  // EPERM itself is a macro of <cerrno>
#include "trace/abi/errno.inc"
#undef CUTAWAY_ERRNO
};
std::string_view errno_name(Errno error);
/// The sentence that strerror(3) prints ("Operation not permitted").
std::string_view errno_text(Errno error);
/// Errno::kOk when there is none of that name.
Errno errno_of(std::string_view name);

/// Syscalls by their x86-64 numbers.
enum class Sys : std::uint16_t {
#define CUTAWAY_SYSCALL(number, name) name = number,
#include "trace/abi/syscalls.inc"
#undef CUTAWAY_SYSCALL
  none = 0xffff,
};
std::string_view sys_name(Sys sys);
Sys sys_of(std::string_view name);

/// "SIGTERM" for 15; "SIG33" for what has no name.
std::string signal_name(int signal);
/// 0 when there is none of that name.
int signal_of(std::string_view name);

/// Bit n = capability n of capability.h, 41 of them. Names "CAP_CHOWN"….
inline constexpr int kCapabilityCount = 41;
inline constexpr std::uint64_t kAllCapabilities = (std::uint64_t{1} << kCapabilityCount) - 1;
std::string_view capability_name(int number);
int capability_of(std::string_view name);

/// A family of flag bits with the kernel's names, in ascending order of value.
struct Flag {
  std::uint64_t value;
  std::string_view name;
};
struct FlagTable {
  std::string_view name;
  const Flag* begin_;
  const Flag* end_;
  const Flag* begin() const { return begin_; }
  const Flag* end() const { return end_; }
};
/// Names of the set bits, sorted; what has no name comes as "0x…".
std::vector<std::string> flag_names(const FlagTable& table, std::uint64_t bits);
/// Adds the bits of `name` to `bits`. False if it is neither in the table nor "0x…".
bool flag_value(const FlagTable& table, std::string_view name, std::uint64_t& bits);

extern const FlagTable kCloneFlags;    // CLONE_*; the low byte is the exit signal, not a flag
extern const FlagTable kMountFlags;    // MS_*
extern const FlagTable kUmountFlags;   // MNT_*
extern const FlagTable kOpenFlags;     // O_*; O_RDONLY is shown when neither O_WRONLY nor O_RDWR is
extern const FlagTable kAtFlags;       // AT_*
extern const FlagTable kWaitFlags;     // WNOHANG …
extern const FlagTable kMmapProt;      // PROT_*
extern const FlagTable kMmapFlags;     // MAP_*
extern const FlagTable kSocketFlags;   // SOCK_* types with SOCK_CLOEXEC, SOCK_NONBLOCK
extern const FlagTable kAccessMode;    // F_OK R_OK …
extern const FlagTable kSeccompFlags;  // SECCOMP_FILTER_FLAG_*
extern const FlagTable kTimerFlags;
extern const FlagTable kMountAttributes, kOpenTreeFlags, kMoveMountFlags, kFsopenFlags,
    kFsmountFlags, kFspickFlags;
extern const FlagTable kPipeFlags;      // pipe2, dup3: O_* without an access mode
extern const FlagTable kAccessAtFlags;  // faccessat2, where 0x200 is AT_EACCESS
extern const FlagTable kRenameFlags, kFallocateModes, kSpliceFlags, kCloseRangeFlags, kXattrFlags,
    kStatxMask;
extern const FlagTable kEventfdFlags, kEpollFlags, kTimerfdFlags, kSignalfdFlags, kInotifyFlags,
    kPidfdFlags;
extern const FlagTable kMemfdFlags, kRandomFlags;
extern const FlagTable kMremapFlags, kMsyncFlags;
extern const FlagTable kMessageFlags;  // MSG_*

/// Single constants, not bits: prctl options, fcntl commands, whence, address families, ioctl
/// requests …
extern const FlagTable kPrctlOptions;
extern const FlagTable kFcntlCommands;
extern const FlagTable kSeekWhence;
extern const FlagTable kAddressFamilies;
extern const FlagTable kIoctlRequests;
extern const FlagTable kClockIds;
extern const FlagTable kFutexOps;
extern const FlagTable kSeccompOps;
extern const FlagTable kArchPrctlCodes;
extern const FlagTable kFileTypes;  // S_IF*, the values of mode::kType
extern const FlagTable kWaitIdTypes;
extern const FlagTable kResourceLimits;
extern const FlagTable kSigprocmaskHows;
extern const FlagTable kKeyctlOps;
extern const FlagTable kFsconfigCommands;
extern const FlagTable kFlockOps;
extern const FlagTable kEpollOps;
extern const FlagTable kMemoryAdvice;
extern const FlagTable kShutdownHows;
extern const FlagTable kSocketLevels;
extern const FlagTable kSocketOptions;
/// Empty when the table has no such value.
std::string_view constant_name(const FlagTable& table, std::uint64_t value);

// The bits that code compares with. Same values as the tables'.
namespace clone {
inline constexpr std::uint64_t kVm = 0x100, kFs = 0x200, kFiles = 0x400, kSighand = 0x800,
                               kPidfd = 0x1000, kVfork = 0x4000, kParent = 0x8000,
                               kThread = 0x10000, kNewNs = 0x20000, kSettls = 0x80000,
                               kParentSettid = 0x100000, kChildCleartid = 0x200000,
                               kChildSettid = 0x1000000, kNewCgroup = 0x2000000,
                               kNewUts = 0x4000000, kNewIpc = 0x8000000, kNewUser = 0x10000000,
                               kNewPid = 0x20000000, kNewNet = 0x40000000, kNewTime = 0x80,
                               kIntoCgroup = 0x200000000;
}  // namespace clone
namespace ms {
inline constexpr std::uint64_t kRdonly = 1, kNosuid = 2, kNodev = 4, kNoexec = 8, kSynchronous = 16,
                               kRemount = 32, kNoatime = 1024, kNodiratime = 2048, kBind = 4096,
                               kMove = 8192, kRec = 16384, kSilent = 32768, kUnbindable = 1 << 17,
                               kPrivate = 1 << 18, kSlave = 1 << 19, kShared = 1 << 20,
                               kRelatime = 1 << 21, kStrictatime = 1 << 24;
}  // namespace ms
namespace mnt {
inline constexpr std::uint64_t kForce = 1, kDetach = 2, kExpire = 4, kNofollow = 8;
}  // namespace mnt
namespace o {
inline constexpr std::uint64_t kWronly = 1, kRdwr = 2, kAccmode = 3, kCreat = 0100, kExcl = 0200,
                               kNoctty = 0400, kTrunc = 01000, kAppend = 02000, kNonblock = 04000,
                               kDirectory = 0200000, kNofollow = 0400000, kCloexec = 02000000,
                               kPath = 010000000, kTmpfile = 020000000;
}  // namespace o
namespace mode {
inline constexpr std::uint32_t kType = 0170000, kSocket = 0140000, kLink = 0120000,
                               kRegular = 0100000, kBlock = 0060000, kDirectory = 0040000,
                               kChar = 0020000, kFifo = 0010000, kSetuid = 04000, kSetgid = 02000,
                               kSticky = 01000;
}  // namespace mode
namespace at {
inline constexpr std::int64_t kFdcwd = -100;
inline constexpr std::uint64_t kSymlinkNofollow = 0x100, kRemovedir = 0x200, kSymlinkFollow = 0x400,
                               kEmptyPath = 0x1000;
}  // namespace at
namespace sig {
inline constexpr int kHup = 1, kInt = 2, kQuit = 3, kKill = 9, kSegv = 11, kPipe = 13, kAlrm = 14,
                     kTerm = 15, kChld = 17, kCont = 18, kStop = 19, kTstp = 20, kTtin = 21,
                     kTtou = 22, kUrg = 23, kWinch = 28;
}  // namespace sig

}  // namespace cutaway::abi
