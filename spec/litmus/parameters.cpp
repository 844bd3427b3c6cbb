// How arguments travel: most by what the shape says of them (a path is a string, a flag word a
// number); the rows here are for pointers to bytes and structs.
#include "spec/litmus/parameters.h"

namespace cutaway::spec {

namespace {

using abi::Sys;
using namespace layouts;

struct ParameterRow {
  Sys sys;
  std::string_view argument;
  LitmusPass pass;
  const LitmusLayout* layout = nullptr;
  std::string_view length = {};  ///< the argument with the number of bytes, or of structs
  bool many = false;
};

constexpr bool kManyStructs = true;

// NOLINTNEXTLINE(readability-function-size): a table
const std::vector<ParameterRow>& parameter_rows() {
  using enum LitmusPass;
  static const std::vector<ParameterRow> all = {
      // Bytes
      {Sys::read, "buf", Room, nullptr, "count"},
      {Sys::pread64, "buf", Room, nullptr, "count"},
      {Sys::write, "buf", Bytes, nullptr, "count"},
      {Sys::pwrite64, "buf", Bytes, nullptr, "count"},
      {Sys::readv, "iov", Both, &kIovec, "iovcnt", kManyStructs},
      {Sys::preadv, "iov", Both, &kIovec, "iovcnt", kManyStructs},
      {Sys::writev, "iov", LitmusPass::Struct, &kIovec, "iovcnt", kManyStructs},
      {Sys::pwritev, "iov", LitmusPass::Struct, &kIovec, "iovcnt", kManyStructs},
      {Sys::getcwd, "buf", Room, nullptr, "size"},
      {Sys::readlink, "buf", Room, nullptr, "bufsiz"},
      {Sys::readlinkat, "buf", Room, nullptr, "bufsiz"},
      {Sys::getdents64, "dirp", Room, nullptr, "count"},
      {Sys::getrandom, "buf", Room, nullptr, "buflen"},
      {Sys::setxattr, "value", Bytes, nullptr, "size"},
      {Sys::lsetxattr, "value", Bytes, nullptr, "size"},
      {Sys::fsetxattr, "value", Bytes, nullptr, "size"},
      {Sys::getxattr, "value", Room, nullptr, "size"},
      {Sys::lgetxattr, "value", Room, nullptr, "size"},
      {Sys::fgetxattr, "value", Room, nullptr, "size"},
      {Sys::listxattr, "list", Room, nullptr, "size"},
      {Sys::sethostname, "name", Text, nullptr, "len"},
      {Sys::setdomainname, "name", Text, nullptr, "len"},
      // Files and descriptors
      {Sys::stat, "statbuf", LitmusPass::Result, &kStat},
      {Sys::lstat, "statbuf", LitmusPass::Result, &kStat},
      {Sys::fstat, "statbuf", LitmusPass::Result, &kStat},
      {Sys::newfstatat, "statbuf", LitmusPass::Result, &kStat},
      {Sys::statx, "statxbuf", LitmusPass::Result, &kStatx},
      {Sys::statfs, "buf", LitmusPass::Result, &kStatfs},
      {Sys::fstatfs, "buf", LitmusPass::Result, &kStatfs},
      {Sys::openat2, "how", LitmusPass::Struct, &kOpenHow, "size"},
      {Sys::utimensat, "times", LitmusPass::Struct, &kTimespec, {}, kManyStructs},
      {Sys::mount_setattr, "attr", LitmusPass::Struct, &kMountAttr, "size"},
      {Sys::pipe, "pipefd", LitmusPass::Result, &kDescriptor, {}, kManyStructs},
      {Sys::pipe2, "pipefd", LitmusPass::Result, &kDescriptor, {}, kManyStructs},
      {Sys::sendfile, "offset", Both, &kOffset},
      {Sys::splice, "off_in", Both, &kOffset},
      {Sys::splice, "off_out", Both, &kOffset},
      {Sys::copy_file_range, "off_in", Both, &kOffset},
      {Sys::copy_file_range, "off_out", Both, &kOffset},
      {Sys::ioctl, "argp", Both, &kNamedInt},
      // Tasks, and who they are
      {Sys::clone3, "cl_args", LitmusPass::Struct, &kCloneArgs, "size"},
      {Sys::wait4, "wstatus", LitmusPass::Result, &kWaitStatus},
      {Sys::waitid, "infop", LitmusPass::Result, &kSiginfo},
      {Sys::uname, "buf", LitmusPass::Result, &kUtsname},
      {Sys::sysinfo, "info", LitmusPass::Result, &kSysinfo},
      {Sys::times, "buf", LitmusPass::Result, &kTms},
      {Sys::getrlimit, "rlim", LitmusPass::Result, &kRlimit},
      {Sys::setrlimit, "rlim", LitmusPass::Struct, &kRlimit},
      {Sys::prlimit64, "new_limit", LitmusPass::Struct, &kRlimit},
      {Sys::prlimit64, "old_limit", LitmusPass::Result, &kRlimit},
      {Sys::sched_setaffinity, "mask", LitmusPass::Struct, &kCpuSet, "cpusetsize"},
      {Sys::sched_getaffinity, "mask", LitmusPass::Result, &kCpuSet, "cpusetsize"},
      {Sys::sched_setscheduler, "param", LitmusPass::Struct, &kSchedParam},
      {Sys::sched_setparam, "param", LitmusPass::Struct, &kSchedParam},
      {Sys::sched_getparam, "param", LitmusPass::Result, &kSchedParam},
      {Sys::getresuid, "ruid", LitmusPass::Result, &kId},
      {Sys::getresuid, "euid", LitmusPass::Result, &kId},
      {Sys::getresuid, "suid", LitmusPass::Result, &kId},
      {Sys::getresgid, "rgid", LitmusPass::Result, &kId},
      {Sys::getresgid, "egid", LitmusPass::Result, &kId},
      {Sys::getresgid, "sgid", LitmusPass::Result, &kId},
      {Sys::getgroups, "list", LitmusPass::Result, &kId, "size", kManyStructs},
      {Sys::setgroups, "list", LitmusPass::Struct, &kId, "size", kManyStructs},
      {Sys::capget, "hdrp", Both, &kCapHeader},
      {Sys::capget, "datap", LitmusPass::Result, &kCapData},
      {Sys::capset, "hdrp", LitmusPass::Struct, &kCapHeader},
      {Sys::capset, "datap", LitmusPass::Struct, &kCapData},
      {Sys::getcpu, "cpu", LitmusPass::Result, &kId},
      {Sys::getcpu, "node", LitmusPass::Result, &kId},
      // Signals
      {Sys::rt_sigaction, "act", LitmusPass::Struct, &kSigaction},
      {Sys::rt_sigaction, "oldact", LitmusPass::Result, &kSigaction},
      {Sys::rt_sigprocmask, "set", LitmusPass::Struct, &kSignalSet, "sigsetsize"},
      {Sys::rt_sigprocmask, "oldset", LitmusPass::Result, &kSignalSet, "sigsetsize"},
      {Sys::rt_sigpending, "set", LitmusPass::Result, &kSignalSet, "sigsetsize"},
      {Sys::rt_sigsuspend, "mask", LitmusPass::Struct, &kSignalSet, "sigsetsize"},
      {Sys::rt_sigtimedwait, "set", LitmusPass::Struct, &kSignalSet, "sigsetsize"},
      {Sys::rt_sigtimedwait, "info", LitmusPass::Result, &kSiginfo},
      {Sys::rt_sigtimedwait, "timeout", LitmusPass::Struct, &kTimespec},
      {Sys::rt_sigqueueinfo, "info", LitmusPass::Struct, &kSiginfo},
      {Sys::pidfd_send_signal, "info", LitmusPass::Struct, &kSiginfo},
      {Sys::signalfd4, "mask", LitmusPass::Struct, &kSignalSet, "sizemask"},
      // Time
      {Sys::nanosleep, "req", LitmusPass::Struct, &kTimespec},
      {Sys::nanosleep, "rem", LitmusPass::Result, &kTimespec},
      {Sys::clock_nanosleep, "request", LitmusPass::Struct, &kTimespec},
      {Sys::clock_nanosleep, "remain", LitmusPass::Result, &kTimespec},
      {Sys::clock_gettime, "tp", LitmusPass::Result, &kTimespec},
      {Sys::clock_settime, "tp", LitmusPass::Struct, &kTimespec},
      {Sys::clock_getres, "res", LitmusPass::Result, &kTimespec},
      {Sys::gettimeofday, "tv", LitmusPass::Result, &kTimeval},
      {Sys::settimeofday, "tv", LitmusPass::Struct, &kTimeval},
      {Sys::getitimer, "curr_value", LitmusPass::Result, &kItimerval},
      {Sys::setitimer, "new_value", LitmusPass::Struct, &kItimerval},
      {Sys::setitimer, "old_value", LitmusPass::Result, &kItimerval},
      {Sys::timerfd_settime, "new_value", LitmusPass::Struct, &kItimerspec},
      {Sys::timerfd_settime, "old_value", LitmusPass::Result, &kItimerspec},
      {Sys::timerfd_gettime, "curr_value", LitmusPass::Result, &kItimerspec},
      {Sys::futex, "timeout", LitmusPass::Struct, &kTimespec},
      // Waiting for descriptors
      {Sys::poll, "fds", Both, &kPollfd, "nfds", kManyStructs},
      {Sys::ppoll, "fds", Both, &kPollfd, "nfds", kManyStructs},
      {Sys::ppoll, "tmo_p", LitmusPass::Struct, &kTimespec},
      {Sys::ppoll, "sigmask", LitmusPass::Struct, &kSignalSet, "sigsetsize"},
      {Sys::select, "readfds", Both, &kFdSet},
      {Sys::select, "writefds", Both, &kFdSet},
      {Sys::select, "exceptfds", Both, &kFdSet},
      {Sys::select, "timeout", LitmusPass::Struct, &kTimeval},
      {Sys::epoll_ctl, "event", LitmusPass::Struct, &kEpollEvent},
      {Sys::epoll_wait, "events", LitmusPass::Result, &kEpollEvent, "maxevents", kManyStructs},
      // Sockets
      {Sys::socketpair, "sv", LitmusPass::Result, &kDescriptor, {}, kManyStructs},
      {Sys::connect, "addr", LitmusPass::Struct, &kSocketAddress, "addrlen"},
      {Sys::bind, "addr", LitmusPass::Struct, &kSocketAddress, "addrlen"},
      {Sys::accept, "addr", LitmusPass::Result, &kSocketAddress},
      {Sys::accept, "addrlen", Both, &kSocketLength},
      {Sys::accept4, "addr", LitmusPass::Result, &kSocketAddress},
      {Sys::accept4, "addrlen", Both, &kSocketLength},
      {Sys::getsockname, "addr", LitmusPass::Result, &kSocketAddress},
      {Sys::getsockname, "addrlen", Both, &kSocketLength},
      {Sys::getpeername, "addr", LitmusPass::Result, &kSocketAddress},
      {Sys::getpeername, "addrlen", Both, &kSocketLength},
      {Sys::sendto, "buf", Bytes, nullptr, "len"},
      {Sys::sendto, "dest_addr", LitmusPass::Struct, &kSocketAddress, "addrlen"},
      {Sys::recvfrom, "buf", Room, nullptr, "len"},
      {Sys::recvfrom, "src_addr", LitmusPass::Result, &kSocketAddress},
      {Sys::recvfrom, "addrlen", Both, &kSocketLength},
      {Sys::sendmsg, "msg", LitmusPass::Struct, &kMessage},
      {Sys::recvmsg, "msg", Both, &kMessage},
      {Sys::setsockopt, "optval", LitmusPass::Struct, &kInt, "optlen"},
      {Sys::getsockopt, "optval", LitmusPass::Result, &kInt},
      {Sys::getsockopt, "optlen", Both, &kSocketLength},
  };
  return all;
}

LitmusPass pass_of(ArgKind kind) {
  switch (kind) {
    case ArgKind::Path:
    case ArgKind::Text:
      return LitmusPass::Text;
    case ArgKind::TextList:
      return LitmusPass::Texts;
    default:
      return LitmusPass::Value;  // Struct without a row, Buffer, Address: only as a number
  }
}

std::int32_t index_of(const SyscallShape& shape, std::string_view argument) {
  for (std::size_t n = 0; n < shape.args.size(); ++n) {
    if (shape.args[n].name == argument) return static_cast<std::int32_t>(n);
  }
  return -1;
}

}  // namespace

std::vector<LitmusParameter> litmus_parameters(abi::Sys sys) {
  const SyscallShape& shape = syscall_shape(sys);
  std::vector<LitmusParameter> parameters;
  for (const ArgShape& arg : shape.args) parameters.push_back({pass_of(arg.kind)});
  for (const ParameterRow& row : parameter_rows()) {
    if (row.sys != sys) continue;
    LitmusParameter& parameter =
        parameters.at(static_cast<std::size_t>(index_of(shape, row.argument)));
    parameter = {row.pass, row.layout, row.many, -1};
    if (!row.length.empty()) parameter.length = index_of(shape, row.length);
  }
  return parameters;
}

}  // namespace cutaway::spec
