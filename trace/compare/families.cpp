#include "trace/compare/families.h"

#include <algorithm>

#include "base/text.h"

namespace cutaway {

namespace {

using abi::Sys;

// strace of static and dynamic programs of Debian 12 (glibc 2.36) and Alpine (musl).
constexpr Sys kStartup[] = {
    Sys::brk,       Sys::arch_prctl, Sys::set_tid_address, Sys::set_robust_list, Sys::rseq,
    Sys::prlimit64, Sys::getrlimit,  Sys::getrandom,       Sys::mprotect,        Sys::mmap,
    Sys::munmap,    Sys::uname,      Sys::madvise,
};
constexpr Sys kAllocator[] = {Sys::brk,    Sys::mmap,    Sys::munmap,
                              Sys::mremap, Sys::madvise, Sys::mprotect};

constexpr std::size_t kFamilyMembers = 4;
constexpr Sys kEquivalent[][kFamilyMembers] = {
    {Sys::open, Sys::openat, Sys::openat2, Sys::creat},
    {Sys::fork, Sys::vfork, Sys::clone, Sys::clone3},
    {Sys::stat, Sys::lstat, Sys::newfstatat, Sys::statx},
    {Sys::fstat, Sys::newfstatat, Sys::statx, Sys::none},
    {Sys::pipe, Sys::pipe2, Sys::none, Sys::none},
    {Sys::dup2, Sys::dup3, Sys::none, Sys::none},
    {Sys::poll, Sys::ppoll, Sys::none, Sys::none},
    {Sys::select, Sys::pselect6, Sys::none, Sys::none},
    {Sys::readlink, Sys::readlinkat, Sys::none, Sys::none},
    {Sys::access, Sys::faccessat, Sys::faccessat2, Sys::none},
    {Sys::mkdir, Sys::mkdirat, Sys::none, Sys::none},
    {Sys::rmdir, Sys::unlinkat, Sys::none, Sys::none},
    {Sys::unlink, Sys::unlinkat, Sys::none, Sys::none},
    {Sys::mknod, Sys::mknodat, Sys::none, Sys::none},
    {Sys::symlink, Sys::symlinkat, Sys::none, Sys::none},
    {Sys::chmod, Sys::fchmodat, Sys::fchmod, Sys::none},
    {Sys::rename, Sys::renameat, Sys::renameat2, Sys::none},
    {Sys::wait4, Sys::waitid, Sys::none, Sys::none},
    {Sys::nanosleep, Sys::clock_nanosleep, Sys::none, Sys::none},
    {Sys::write, Sys::writev, Sys::none, Sys::none},
    {Sys::read, Sys::readv, Sys::pread64, Sys::none},
    {Sys::kill, Sys::tgkill, Sys::pidfd_send_signal, Sys::none},
    {Sys::exit, Sys::exit_group, Sys::none, Sys::none},
    {Sys::seccomp, Sys::prctl, Sys::none, Sys::none},
};

template <std::size_t N>
bool is_among(const Sys (&list)[N], Sys sys) {
  return std::find(std::begin(list), std::end(list), sys) != std::end(list);
}

/// The path that a call names, or what its descriptor leads to.
std::string_view subject_of(const Syscall& call) {
  for (const Arg& arg : call.args) {
    if (!arg.text.empty()) return arg.text;
  }
  return {};
}

/// Calls that belong to the start only when they are about these files.
bool loads_library(const Syscall& call) {
  constexpr Sys kOfFiles[] = {Sys::open, Sys::openat, Sys::read,   Sys::pread64,   Sys::fstat,
                              Sys::stat, Sys::close,  Sys::access, Sys::newfstatat};
  const std::string_view subject = subject_of(call);
  return is_among(kOfFiles, call.sys) &&
         (subject.find(".so") != std::string_view::npos || starts_with(subject, "/etc/ld.so"));
}

}  // namespace

bool is_startup_call(const Syscall& call) {
  const bool names_itself = call.sys == Sys::readlink || call.sys == Sys::readlinkat;
  if (names_itself) return subject_of(call) == "/proc/self/exe";
  return is_among(kStartup, call.sys) || loads_library(call);
}

bool is_allocator_call(const Syscall& call) { return is_among(kAllocator, call.sys); }

bool are_equivalent(Sys a, Sys b) {
  if (a == b || a == Sys::none || b == Sys::none) return false;
  return std::any_of(std::begin(kEquivalent), std::end(kEquivalent),
                     [a, b](const Sys(&family)[kFamilyMembers]) {
                       return is_among(family, a) && is_among(family, b);
                     });
}

bool reads_meters(const Syscall& call) {
  constexpr std::string_view kMeters[] = {"/status", "/stat",    "/meminfo", "/cpuinfo",
                                          "/uptime", "/loadavg", "/mounts"};
  if (call.sys != Sys::read || call.args.empty() || call.ret < 0) return false;
  const std::string& path = call.args.front().text;
  return starts_with(path, "/proc/") &&
         std::any_of(std::begin(kMeters), std::end(kMeters),
                     [&path](std::string_view name) { return ends_with(path, name); });
}

// Columns are as wide as their figures: blanks before them go too.
std::string without_figures(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    bool figure = false;
    while (end < text.size() && (text[end] == ' ' || text[end] == '.' || is_digit(text[end]))) {
      figure = figure || is_digit(text[end]);
      ++end;
    }
    out += figure ? "#" : text.substr(at, std::max<std::size_t>(end - at, 1));
    at = std::max(end, at + 1);
  }
  return out;
}

}  // namespace cutaway
