// Descriptors: close(2), close_range(2), dup(2), fcntl(2), pipe(2), pidfd_open(2).
#include "base/text.h"
#include "trace/effects/families.h"
#include "trace/world/charges.h"
#include "trace/world/lookup.h"
#include "trace/world/new_id.h"

namespace cutaway {
namespace {

/// The last descriptor of a deleted file of a tmpfs gives its memory back.
void close_one(const Call& call, std::int32_t fd) {
  const OpenFile* file = call.file(fd);
  if (file == nullptr) return;
  const NsId ns = file->ns;
  const InodeId id = file->inode;
  const Inode* inode = call.world().inodes.find(id);
  const MemoryCharge charge = inode == nullptr
                                  ? MemoryCharge{}
                                  : MemoryCharge{inode->charged_to, pages_of_size(inode->size)};
  call.emit(FileClosed{fd});
  if (ns) end_unused_namespaces(call.self(), {ns}, call.sink());
  if (charge.cgroup && !call.world().inodes.contains(id))
    count_usage(call.self(), charge.cgroup, "memory", -charge.pages * kPageBytes, call.sink());
}

void duplicate(const Call& call, std::int64_t fd, std::int64_t from, bool cloexec) {
  if (fd < 0 || fd == from) return;
  call.emit(
      FileDuplicated{static_cast<std::int32_t>(fd), static_cast<std::int32_t>(from), cloexec});
}

void make_pipe(const Call& call, std::uint64_t flags) {
  if (call.ret() < 0) return;
  const std::vector<Arg>& ends = call.arg(0).items;
  const std::int32_t first = lowest_free_fd(call.world(), call.task());
  const auto read_fd = ends.size() == 2 ? static_cast<std::int32_t>(ends[0].value) : first;
  const auto write_fd = ends.size() == 2 ? static_cast<std::int32_t>(ends[1].value)
                                         : lowest_free_fd(call.world(), call.task(), first + 1);
  const PipeId pipe = next_pipe(call.world());
  const std::string name = "pipe:[" + decimal(pipe.value) + "]";
  const bool cloexec = (flags & abi::o::kCloexec) != 0;
  call.emit(PipeMade{pipe, name, InodeId{}});
  OpenFile end;
  end.kind = FileKind::PipeRead;
  end.pipe = pipe;
  end.is = name;
  end.flags = flags & abi::o::kNonblock;
  open_file(call, read_fd, end, cloexec);
  end.kind = FileKind::PipeWrite;
  end.flags |= abi::o::kWronly;
  open_file(call, write_fd, end, cloexec);
}

/// A descriptor of something without a place: "anon_inode:[eventpoll]".
void open_anonymous(const Call& call, const std::string& is, TaskId task, bool cloexec,
                    std::uint64_t flags = 0) {
  if (call.ret() < 0) return;
  OpenFile file;
  file.kind = FileKind::Other;
  file.is = is;
  file.task = task;
  file.flags = abi::o::kRdwr | (flags & abi::o::kNonblock);
  open_file(call, static_cast<std::int32_t>(call.ret()), std::move(file), cloexec);
}

void set_flags(const Call& call, bool cloexec_given) {
  const OpenFile* file = call.file(call.number(0));
  const FdTable* table = call.world().fd_tables.find(call.task().fds);
  if (file == nullptr || table == nullptr) return;
  const auto fd = static_cast<std::int32_t>(call.number(0));
  constexpr std::uint64_t kSettable = abi::o::kAppend | abi::o::kNonblock;
  FileFlagsSet set;
  set.fd = fd;
  set.cloexec = cloexec_given ? (call.number(2) & 1) != 0 : table->fds.at(fd).cloexec;
  set.flags = cloexec_given ? file->flags : (file->flags & ~kSettable) | (call.bits(2) & kSettable);
  call.emit(set);
}

}  // namespace

void effect_close(const Call& call) {
  // close(2), NOTES: the descriptor is gone also when an error is reported, unless it was none.
  if (call.done().err != abi::Errno::kEBADF)
    close_one(call, static_cast<std::int32_t>(call.number(0)));
}

void effect_close_range(const Call& call) {
  constexpr std::uint64_t kUnshare = 2, kCloexec = 4;
  if (call.ret() < 0) return;
  if ((call.bits(2) & kUnshare) != 0) call.emit(TaskUnshared{abi::clone::kFiles});
  const FdTable* table = call.world().fd_tables.find(call.task().fds);
  if (table == nullptr) return;
  std::vector<std::int32_t> meant;
  for (const auto& entry : table->fds) {
    const auto fd = static_cast<std::uint64_t>(entry.first);
    if (fd >= (call.bits(0) & 0xffffffff) && fd <= (call.bits(1) & 0xffffffff))
      meant.push_back(entry.first);
  }
  for (const std::int32_t fd : meant) {
    if ((call.bits(2) & kCloexec) == 0)
      close_one(call, fd);
    else if (const OpenFile* file = call.file(fd))
      call.emit(FileFlagsSet{fd, true, file->flags});
  }
}

void effect_dup(const Call& call) { duplicate(call, call.ret(), call.number(0), false); }
void effect_dup2(const Call& call) { duplicate(call, call.ret(), call.number(0), false); }
void effect_dup3(const Call& call) {
  duplicate(call, call.ret(), call.number(0), (call.bits(2) & abi::o::kCloexec) != 0);
}

void effect_fcntl(const Call& call) {
  constexpr std::int64_t kDupFd = 0, kSetFd = 2, kSetFl = 4, kDupFdCloexec = 1030;
  if (call.ret() < 0) return;
  const std::int64_t command = call.number(1);
  if (command == kDupFd || command == kDupFdCloexec)
    duplicate(call, call.ret(), call.number(0), command == kDupFdCloexec);
  if (command == kSetFd || command == kSetFl) set_flags(call, command == kSetFd);
}

void effect_pipe(const Call& call) { make_pipe(call, 0); }
void effect_pipe2(const Call& call) { make_pipe(call, call.bits(1)); }

void effect_pidfd_open(const Call& call) {
  const Task* task = task_by_pid_in(call.world(), call.task().in(NsKind::Pid),
                                    static_cast<std::int32_t>(call.number(0)));
  open_anonymous(call, "anon_inode:[pidfd]", task == nullptr ? TaskId{} : task->id, true);
}

void effect_memfd_create(const Call& call) {
  open_anonymous(call, "/memfd:" + call.text(0) + " (deleted)", TaskId{}, (call.bits(1) & 1) != 0);
}

void effect_epoll_create(const Call& call) {
  open_anonymous(call, "anon_inode:[eventpoll]", TaskId{}, false);
}
void effect_epoll_create1(const Call& call) {
  open_anonymous(call, "anon_inode:[eventpoll]", TaskId{}, (call.bits(0) & abi::o::kCloexec) != 0);
}
void effect_eventfd2(const Call& call) {
  open_anonymous(call, "anon_inode:[eventfd]", TaskId{}, (call.bits(1) & abi::o::kCloexec) != 0,
                 call.bits(1));
}
void effect_inotify_init1(const Call& call) {
  open_anonymous(call, "anon_inode:inotify", TaskId{}, (call.bits(0) & abi::o::kCloexec) != 0);
}
void effect_signalfd4(const Call& call) {
  // With a descriptor given its set is changed only.
  if (call.number(0) == -1)
    open_anonymous(call, "anon_inode:[signalfd]", TaskId{}, (call.bits(3) & abi::o::kCloexec) != 0);
}
void effect_timerfd_create(const Call& call) {
  open_anonymous(call, "anon_inode:[timerfd]", TaskId{}, (call.bits(1) & abi::o::kCloexec) != 0,
                 call.bits(1));
}

}  // namespace cutaway
