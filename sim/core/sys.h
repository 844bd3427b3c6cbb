// Sys: the system calls as a program makes them. A small handle, copied freely.
// Methods only note the request; `co_await` makes the call. Text parameters are copied at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/program.h"
#include "trace/log/blob_store.h"
#include "trace/world/world.h"

namespace cutaway::sim {

class Kernel;
class Watcher;

/// dev_t of a device as mknod(2) takes it (makedev(3), below 2^32).
constexpr std::int64_t device_number(std::uint32_t major, std::uint32_t minor) {
  return static_cast<std::int64_t>((minor & 0xffU) | ((major & 0xfffU) << 8U) |
                                   ((minor & ~0xffU) << 12U));
}

/// What clone(2) is given for one more thread.
inline constexpr std::uint64_t kThreadFlags = abi::clone::kVm | abi::clone::kFs |
                                              abi::clone::kFiles | abi::clone::kSighand |
                                              abi::clone::kThread;

class Sys {
 public:
  Sys(Context& context, Kernel& kernel) : context_(&context), kernel_(&kernel) {}

  /// A loop's top: begun at `entry` with `state`, the program would make the very call that comes
  /// next (for checkpoints: what it did before need not be repeated).
  void at_top(Entry entry, const State& state) { context_->at_top(entry, state); }
  /// What came with the last result.
  const Reply& reply() const;

  // Any call, with the arguments in the order of its shape.
  Call call(abi::Sys sys, const std::vector<Arg>& args);
  Call call(abi::Sys sys, std::vector<Arg>&& args);

  /// A call with all that belongs to it.
  Call make(Request&& request);

  // Files
  Call open(std::string_view path, std::uint64_t flags,
            std::uint32_t mode = 0);  ///< openat(AT_FDCWD, …)
  Call close(std::int64_t fd);
  Call read(std::int64_t fd, std::uint64_t count);  ///< reply().data
  Call write(std::int64_t fd, std::string_view bytes);
  Call lseek(std::int64_t fd, std::int64_t offset, int whence);
  Call dup2(std::int64_t from, std::int64_t to);
  Call dup3(std::int64_t from, std::int64_t to, std::uint64_t flags);
  Call pipe2(std::uint64_t flags);   ///< reply().out = {read end, write end}
  Call getdents(std::int64_t fd);    ///< reply().data: names and types, one a line: "d name"
  Call stat(std::string_view path);  ///< newfstatat, links followed
  Call lstat(std::string_view path);
  Call fstat(std::int64_t fd);
  Call readlink(std::string_view path);
  Call access(std::string_view path, int mode);
  Call mkdir(std::string_view path, std::uint32_t mode);
  Call mknod(std::string_view path, std::uint32_t mode, std::uint32_t major, std::uint32_t minor);
  Call symlink(std::string_view target, std::string_view linkpath);
  Call link(std::string_view old_path, std::string_view new_path);
  Call rename(std::string_view old_path, std::string_view new_path);
  Call unlink(std::string_view path);
  Call rmdir(std::string_view path);
  Call chmod(std::string_view path, std::uint32_t mode);
  Call chown(std::string_view path, std::int64_t uid, std::int64_t gid);
  Call chdir(std::string_view path);
  Call fchdir(std::int64_t fd);
  Call chroot(std::string_view path);
  Call getcwd();
  Call ioctl(std::int64_t fd, std::uint64_t request, std::int64_t arg);
  Call fcntl(std::int64_t fd, int command, std::int64_t arg);

  // Tasks
  Call clone(std::uint64_t flags, Entry entry,
             const State& state);  ///< the child starts at `entry`
  Call execve(std::string_view path, const std::vector<std::string>& argv,
              const std::vector<std::string>& env);
  Call exit_group(int code);
  Call wait4(std::int64_t pid, std::uint64_t options);  ///< reply().out = {status}
  Call kill(std::int64_t pid, int signal);
  Call getpid();
  Call getppid();
  Call setsid();
  Call unshare(std::uint64_t flags);
  Call setns(std::int64_t fd, std::uint64_t kind);
  Call sigaction(int signal, std::string_view handler);  ///< "SIG_DFL", "SIG_IGN" or "handler"
  Call prctl(int option, std::int64_t arg2);
  Call nanosleep(std::int64_t ns);  ///< clock_nanosleep(CLOCK_REALTIME, 0, …)
  /// word: name of a word in this address space. timeout: ns from now, −1 for ever.
  Call futex_wait(std::string_view word, std::int64_t timeout = -1);
  Call futex_wake(std::string_view word);  ///< wakes all
  Call sethostname(std::string_view name);
  Call uname();  ///< reply().data: nodename; texts: all five

  // Mounts
  Call mount(std::string_view source, std::string_view target, std::string_view type,
             std::uint64_t flags, std::string_view data);
  Call umount2(std::string_view target, std::uint64_t flags);
  Call pivot_root(std::string_view new_root, std::string_view put_old);

  // Sockets
  Call socket(std::string_view family, std::string_view type);
  Call bind(std::int64_t fd, std::string_view address);
  Call listen(std::int64_t fd);
  Call accept(std::int64_t fd);
  Call connect(std::int64_t fd, std::string_view address);  ///< AF_UNIX path, or "host:port"
  /// To "host:port"; to where the socket is connected when it is empty.
  Call sendto(std::int64_t fd, std::string_view bytes, std::string_view address);
  /// reply().data; of datagrams reply().texts = {"host:port"}.
  Call recvfrom(std::int64_t fd, std::uint64_t count, std::uint64_t flags = 0);
  Call shutdown(std::int64_t fd, int how);
  /// SOL_SOCKET, an int.
  Call setsockopt(std::int64_t fd, int option, std::int64_t value);
  /// netlink(7): "nlmsg_type" and attributes; a number is one with text as well.
  Call netlink(std::int64_t fd, const std::vector<std::pair<std::string, Arg>>& message);

  // ---- For engine programs (client, daemon, shim, runtime) only: what the trace is told, no
  // syscalls.
  /// The step that this task's calls belong to from now on; "" for none. Inherited by clone.
  void step(std::string_view name);
  /// The container that this task's events are about from now on. Inherited by clone.
  void about(ContainerId container);
  /// A fact of the engine (api, image, layer, container, cli events).
  void emit(Body body);
  void role(Role role);
  const World& world() const;
  BlobStore& blobs();
  TaskId self() const { return context_->task(); }
  /// Signals that this task's handlers ran for, oldest first, since it was last asked (a handler
  /// only notes them).
  std::vector<int> take_signals();
  /// Signals (a set of bits, 1 for signal 1) whose handlers end the process instead of returning.
  void handlers_end(std::uint64_t signals);
  std::int64_t now() const;
  /// Work without a call: so much cpu time passes before the next call is made.
  void compute(std::int64_t ns);
  /// The same, and the kernel has a say: a cpu burst behind which signals arrive and others get
  /// their turn. Whoever may compute without end and without a call does it in bursts.
  Call burst(std::int64_t ns);
  /// Stands still, in no call, until it is roused; signals reach it meanwhile.
  Call rest();
  void rouse(TaskId task);
  /// `watcher` looks on after each thing that happens, until it has seen enough.
  void watch(const std::shared_ptr<Watcher>& watcher);
  std::shared_ptr<Watcher> watcher_of(TaskId task) const;
  /// Nobody else runs or is about to.
  bool alone() const;
  /// It touched what is not its memory: SIGSEGV, which nothing holds back (signal(7)).
  void fault();
  /// Writes to so many fresh pages of its memory, which are charged (page faults are no calls).
  void touch(std::int64_t pages);
  std::uint64_t random();
  /// The object that this address space's threads share; made at first use.
  template <class T>
  T& shared() {
    std::any& any = shared_any();
    if (!any.has_value()) any = T{};
    return *std::any_cast<T>(&any);
  }

 private:
  std::any& shared_any();
  Call want(Request&& request);
  Context* context_;
  Kernel* kernel_;
};

}  // namespace cutaway::sim
