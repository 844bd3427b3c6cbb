// Front door: the structs that litmus calls pass by pointer, as data: their members' names (those
// of the man page), places and kinds. Both sides read documents and write results by these tables;
// the real one also makes bytes of them. x86-64, as the kernel's own headers (include/uapi) have
// them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "trace/event/arg.h"
#include "trace/event/shape.h"

namespace cutaway::spec {

/// How one member is written in a document; in brackets what it becomes as an Arg.
enum class LitmusField : std::uint8_t {
  Int,       ///< a number [Integer]
  Unsigned,  ///< the same, without a sign [Integer]
  Constant,  ///< a name of `table`, or a number [Integer]
  Flags,     ///< a list of names of `table`, or a number [Integer]
  Mode,      ///< "0600", ["S_IFREG","0600"] or a number [Integer]
  Type,      ///< not in the struct itself: the S_IF… part of the mode, by name (results only)
  Device,    ///< "8:0" [Integer, a dev_t]
  Signal,    ///< a name or 0 [Integer]
  Signals,   ///< a list of names: a set, bit n−1 for signal n [List of names]
  Family,    ///< "AF_INET" [Bytes, the name]
  Text,      ///< char[size] [Bytes]
  Port,      ///< a number, big-endian in memory [Integer]
  Address4,  ///< "127.0.0.1", big-endian in memory [Bytes]
  Limit,     ///< a number or "RLIM_INFINITY" [Integer, −1 for that]
  Nanos,     ///< tv_nsec: a number, "UTIME_NOW" or "UTIME_OMIT" [Integer]
  Handler,   ///< "SIG_DFL", "SIG_IGN", "count" [Bytes] or {"exit":7} [Struct]
  Caps,      ///< a list of capability names [Integer, the set]
  Bytes,     ///< iov_base: a text or {"b64"} [Bytes]; absent: room of `iov_len` bytes
  Parts,     ///< msg_iov: a list of `inner` [List]
  Control,   ///< msg_control: [{"cmsg_type":"SCM_RIGHTS","fds":[3]}] [List]
  Struct,    ///< an object of `inner` [Struct]
};

struct LitmusLayout;
struct LitmusMember {
  std::string_view name;
  std::uint16_t offset = 0;
  std::uint16_t size = 0;
  LitmusField kind = LitmusField::Int;
  const abi::FlagTable* table = nullptr;
  const LitmusLayout* inner = nullptr;
};

/// Which bytes a struct is, where that is not simply its members at their places.
enum class LayoutForm : std::uint8_t {
  Plain,
  Scalar,         ///< one number without a name: its result stands under the argument's name
  SocketAddress,  ///< the members depend on sa_family (socket_layout)
  SignalSet,      ///< a list of signals instead of an object: 8 bytes
  CpuSet,         ///< a list of cpu numbers: bits
  FdSet,          ///< a list of descriptors: 1024 bits
  Capabilities,   ///< capset's datap: three sets, each in two 32-bit halves
  WaitStatus,     ///< wait4's wstatus: results go to LitmusOutcome::status
  SignalAction,   ///< act: its handler is the interpreter's own
  IoVector,       ///< iovec: pointers to further bytes
  Message,        ///< msghdr: the same
};

struct LitmusLayout {
  std::string_view name;  ///< as in "struct timespec"
  std::uint32_t size = 0;
  LayoutForm form = LayoutForm::Plain;
  std::vector<LitmusMember> members;
};

namespace layouts {
extern const LitmusLayout kStat, kStatx, kStatfs, kTimespec, kTimeval, kItimerspec, kItimerval,
    kRlimit, kSigaction, kSignalSet, kSiginfo, kSocketAddress, kUnixAddress, kInetAddress,
    kNetlinkAddress, kSocketLength, kPollfd, kEpollEvent, kFdSet, kCpuSet, kCapHeader, kCapData,
    kIovec, kMessage, kUtsname, kSysinfo, kWaitStatus, kInt, kUnsigned, kOffset, kDescriptor,
    kIfreq, kWinsize, kOpenHow, kMountAttr, kCloneArgs, kFlock, kSchedParam, kTms, kId, kNamedInt,
    kUcred, kStack;
}  // namespace layouts

/// The members of a socket address of that family ("AF_UNIX"); null: none that is known.
const LitmusLayout* socket_layout(std::string_view family);

/// The bytes of a struct whose members have no pointers (Plain, Scalar, SocketAddress, SignalSet,
/// CpuSet, FdSet, Capabilities).
std::string struct_bytes(const LitmusLayout& layout, const Arg& value);
/// How many bytes that is: a socket address is shorter than its layout (what addrlen has to say).
std::uint64_t struct_length(const LitmusLayout& layout, const Arg& value);
/// What a result says, for LitmusOutcome::out: an object, or what stands for one (a list of
/// signals, a number).
Json struct_json(const LitmusLayout& layout, std::string_view bytes);

}  // namespace cutaway::spec
