#include "real/litmus/sandbox.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/text.h"
#include "real/litmus/calls_inside.h"
#include "real/litmus/files_inside.h"
#include "real/litmus/filter.h"
#include "real/sys/files.h"
#include "real/sys/signals.h"
#include "spec/litmus_call.h"

namespace cutaway::real {

namespace {

using abi::Sys;

constexpr int kPatienceMs = 5000;
/// Where the new root is put together, in the copy of this machine's mounts that the sandbox begins
/// with: a folder that is everywhere.
constexpr const char* kPlace = "/sys";

/// Each by a bind mount of its own: mknod of a device is root's alone (user_namespaces(7)), and
/// more than these there is not to be had.
constexpr const char* kDevices[] = {"null", "zero", "full", "random", "urandom"};

Status add_devices(CallsInside& inside) {
  const std::string folder = std::string(kPlace) + "/dev";
  TRY(inside.call(Sys::mkdir, {std::string_view(folder), 0755}));
  for (const char* name : kDevices) {
    const std::string real = std::string("/dev/") + name, here = folder + "/" + name;
    TRY_ASSIGN(const std::int64_t fd,
               inside.call(Sys::open, {std::string_view(here), O_CREAT | O_EXCL | O_RDONLY, 0644}));
    TRY(inside.call(Sys::close, {fd}));
    TRY(inside.call(Sys::mount,
                    {std::string_view(real), std::string_view(here), 0, abi::ms::kBind, 0}));
  }
  return {};
}

/// The mount tree is a copy of ours, whose mounts are locked together (mount_namespaces(7)): they
/// cannot be taken apart, but left as a whole. A new /proc needs one that is there and not covered.
Status make_root(CallsInside& inside) {
  constexpr std::uint64_t kQuiet = abi::ms::kNosuid | abi::ms::kNodev | abi::ms::kNoexec;
  const std::string proc = std::string(kPlace) + "/proc";
  TRY(inside.call(Sys::mount, {"none", "/", 0, abi::ms::kRec | abi::ms::kPrivate, 0}));
  TRY(inside.call(Sys::mount, {"tmpfs", kPlace, "tmpfs", 0, "mode=755,size=32m,nr_inodes=4096"}));
  TRY(inside.call(Sys::mkdir, {std::string_view(proc), 0755}));
  TRY(inside.call(Sys::mount, {"proc", std::string_view(proc), "proc", kQuiet, 0}));
  TRY(add_devices(inside));
  TRY(inside.call(Sys::chdir, {kPlace}));
  TRY(inside.call(Sys::pivot_root, {".", "."}));
  TRY(inside.call(Sys::umount2, {".", abi::mnt::kDetach}));
  TRY(inside.call(Sys::chdir, {"/"}));
  return {};
}

/// A crash writes no file, and starts no helper of this machine: where core_pattern is a pipe, only
/// a limit of 1 is one (core(5); fs/coredump.c).
std::uint64_t core_limit() {
  const auto pattern = read_text("/proc/sys/kernel/core_pattern");
  return pattern && starts_with(*pattern, "|") ? 1 : 0;
}

Status set_limits(CallsInside& inside) {
  struct Row {
    int resource;
    std::uint64_t limit;
  };
  const Row rows[] = {{RLIMIT_CORE, core_limit()}, {RLIMIT_NOFILE, 1024},
                      {RLIMIT_FSIZE, 64 << 20},    {RLIMIT_MEMLOCK, 8 << 20},
                      {RLIMIT_MSGQUEUE, 819200},   {RLIMIT_SIGPENDING, 1024},
                      {RLIMIT_RTPRIO, 0}};
  for (const Row& row : rows) {
    rlimit own{};  // a limit that is lower already stays
    ::getrlimit(static_cast<__rlimit_resource>(row.resource), &own);
    const std::uint64_t limit = std::min<std::uint64_t>(row.limit, own.rlim_max);
    const std::uint64_t both[2] = {limit, limit};
    const std::string_view bytes(reinterpret_cast<const char*>(both), sizeof both);
    TRY(inside.call(Sys::setrlimit, {row.resource, bytes}));
  }
  return {};
}

Status set_descriptors(CallsInside& inside) {
  TRY(inside.call(Sys::close_range, {0, 0xffffffff, 0}));
  TRY(inside.call(Sys::open, {"/dev/null", O_RDWR, 0}));
  TRY(inside.call(Sys::dup, {0}));
  TRY(inside.call(Sys::dup, {0}));
  return {};
}

}  // namespace

Status LitmusSandbox::pid_one(const std::string& line) {
  std::int64_t pid = 0;
  if (!starts_with(line, "pid ") || !parse_decimal(line.substr(4), pid))
    return fail(ErrorCode::Cannot, "make a sandbox for litmus programs here: " + line);
  pid_ = static_cast<pid_t>(pid);
  // Until its end is told the launcher has not waited for it: the number is its own.
  process_ = Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  if (!process_) return os_fail("pidfd_open", decimal(pid), errno);
  return {};
}

Status LitmusSandbox::begin() {
  TRY_ASSIGN(const std::string filter, litmus_filter(spec::litmus_vocabulary()));
  if (filter.size() > kLitmusRoomBytes) return os_fail("seccomp filter", "", E2BIG);
  LitmusArea& area = launcher_.area();
  std::memcpy(area.slots[0].room, filter.data(), filter.size());
  area.filter_length = static_cast<std::uint32_t>(filter.size() / 8);  // struct sock_filter
  TRY(launcher_.say("new"));
  TRY_ASSIGN(const std::string born, launcher_.hear(kPatienceMs));
  TRY(pid_one(born));
  TRY_ASSIGN(const std::string listens, launcher_.hear(kPatienceMs));
  std::int64_t number = 0;
  if (!starts_with(listens, "listener ") || !parse_decimal(listens.substr(9), number)) {
    over_ = starts_with(listens, "ended");
    return fail(ErrorCode::Cannot, "make a sandbox for litmus programs here: pid 1 " + listens);
  }
  Fd listener(static_cast<int>(::syscall(SYS_pidfd_getfd, process_.get(), number, 0)));
  if (!listener) return os_fail("pidfd_getfd", "the seccomp listener", errno);
  tasks_ = std::make_unique<LitmusTasks>(area, launcher_.area_fd(), std::move(listener));
  while (!tasks_->idle(0)) {
    if (!tasks_->listen(std::int64_t{kPatienceMs} * 1'000'000))
      return fail(ErrorCode::Failed, "litmus sandbox: pid 1 does not begin");
  }
  return {};
}

/// CONTRACT §5, "Start".
Status LitmusSandbox::set_up(const spec::Litmus& litmus) {
  CallsInside one(area(), *tasks_, 0);
  TRY(make_root(one));
  TRY(set_descriptors(one));
  TRY(put_files(one, litmus.files));
  TRY(note_programs(litmus));
  TRY(set_limits(one));
  TRY(one.call(Sys::sethostname, {"lab", 3}));  // as the simulated machine is called
  TRY(one.call(Sys::umask, {022}));
  TRY(one.spawn(kFirstSlot, SIGCHLD));
  one.reap();
  CallsInside first(area(), *tasks_, kFirstSlot);
  TRY(first.call(Sys::setsid, {}));
  TRY(first.call(Sys::prctl, {PR_SET_NAME, "litmus", 0, 0, 0}));
  return {};
}

Status LitmusSandbox::note_programs(const spec::Litmus& litmus) {
  for (const auto& [path, file] : litmus.files) {
    if (file.kind != spec::FileSpec::Kind::Litmus) continue;
    struct stat status {};
    const std::string seen = "/proc/" + decimal(pid_) + "/root" + path;
    if (::stat(seen.c_str(), &status) != 0) return os_fail("stat", path, errno);
    programs_[status.st_ino] = &file.litmus;
  }
  return {};
}

const spec::LitmusProgram* LitmusSandbox::program_of(pid_t pid) const {
  struct stat status {};
  if (::stat(("/proc/" + decimal(pid) + "/exe").c_str(), &status) != 0) return nullptr;
  const auto found = programs_.find(status.st_ino);
  return found == programs_.end() ? nullptr : found->second;
}

Result<std::unique_ptr<LitmusSandbox>> LitmusSandbox::make(LitmusLauncher& launcher,
                                                           const spec::Litmus& litmus) {
  TRY(launcher.cage().limit(litmus));
  TRY(launcher.clear_area());
  std::unique_ptr<LitmusSandbox> made(new LitmusSandbox(launcher));
  TRY(made->begin());
  TRY(made->set_up(litmus));
  return made;
}

void LitmusSandbox::end() {
  if (over_ || !process_) return;
  over_ = true;
  send_signal_through(process_, pid_, SIGKILL);
  pollfd gone{process_.get(), POLLIN, 0};
  ::poll(&gone, 1, kPatienceMs);
  // The launcher says so when it has taken the status; then it makes the next one.
  static_cast<void>(launcher_.hear(kPatienceMs));
}

LitmusSandbox::~LitmusSandbox() { end(); }

}  // namespace cutaway::real
