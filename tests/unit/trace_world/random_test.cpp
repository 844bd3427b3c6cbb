// Random calls on a World: the invariants hold after each, and replaying the log gives the same
// World. The results are plausible ones (the simulator decides them for real); effects must survive
// all.
#include <gtest/gtest.h>

#include "base/prng.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"
#include "world_builder.h"

namespace cutaway::test {
namespace {

using abi::Sys;

constexpr const char* kPlaces[] = {"/a",   "/a/x", "/b",   "/b/x", "/tmp",
                                   "/mnt", "/m",   "/m/d", "/c/y"};
constexpr std::uint64_t kNewKinds[] = {
    abi::clone::kNewNs,  abi::clone::kNewPid,  abi::clone::kNewNet,   abi::clone::kNewUts,
    abi::clone::kNewIpc, abi::clone::kNewUser, abi::clone::kNewCgroup};
constexpr std::uint64_t kThread = abi::clone::kVm | abi::clone::kFs | abi::clone::kFiles |
                                  abi::clone::kSighand | abi::clone::kThread;

World host() {
  World world = make_host();
  for (const char* place : {"/a/x", "/b/x", "/c/y", "/m", "/l1/d", "/up", "/work"})
    put_folder(world, root_fs(world), place);
  put_file(world, root_fs(world), "/l1/d/f", 10);
  return world;
}

class Monkey {
 public:
  explicit Monkey(std::uint64_t seed) : bench(host()), random_(seed) {
    bench.mount(kInit, "o", "/m", "overlay", 0, "lowerdir=/l1,upperdir=/up,workdir=/work");
  }
  void step() {
    task_ = pick_task();
    using Act = void (Monkey::*)();
    constexpr Act kActs[] = {&Monkey::fork,  &Monkey::fork,   &Monkey::exit, &Monkey::wait,
                             &Monkey::mount, &Monkey::umount, &Monkey::open, &Monkey::files,
                             &Monkey::fds,   &Monkey::move,   &Monkey::join, &Monkey::rights,
                             &Monkey::bytes, &Monkey::cgroup};
    (this->*kActs[below(std::size(kActs))])();
  }
  Bench bench;

 private:
  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  std::string place() { return kPlaces[below(std::size(kPlaces))]; }
  Arg path() { return Arg::bytes(place()); }
  bool exists(const std::string& where) const {
    return walk(bench.world(), bench.task(task_), where).err == abi::Errno::kOk;
  }

  TaskId pick_task() {
    std::vector<TaskId> living;
    bench.world().tasks.each([&living](const Task& task) {
      if (!task.zombie()) living.push_back(task.id);
    });
    return living[below(living.size())];
  }
  void fork() {
    if (bench.world().tasks.size() > 12) return exit();
    const Namespace& pids = bench.world().namespaces.at(bench.task(task_).pid_ns_for_children);
    if (pids.dead) return;
    std::uint64_t flags = 17;
    if (below(4) == 0)
      flags = kThread;
    else if (below(2) == 0)
      flags |= kNewKinds[below(std::size(kNewKinds))];
    // A thread is in its process's pid namespace (clone(2), EINVAL otherwise).
    const Task& task = bench.task(task_);
    if (flags == kThread && task.in(NsKind::Pid) != task.pid_ns_for_children) return;
    bench.clone(task_, flags);
  }
  void exit() {
    if (bench.task(task_).leader == kInit) return;
    bench.call(task_, below(3) == 0 ? Sys::exit : Sys::exit_group, {Arg::integer(1)});
  }
  bool has_living_thread(TaskId leader) const {
    return bench.world().tasks.first([leader](const Task& task) {
      return task.leader == leader && !task.zombie();
    }) != nullptr;
  }
  void wait() {
    const TaskId parent = task_;
    const Task* zombie = bench.world().tasks.first([&](const Task& task) {
      return task.zombie() && task.leader == task.id && task.parent == parent &&
             !has_living_thread(task.id);
    });
    if (zombie == nullptr) return;
    const NsId seen_from = bench.task(parent).in(NsKind::Pid);
    bench.call(parent, Sys::wait4, {Arg::integer(-1)}, pid_in(bench.world(), *zombie, seen_from));
  }
  void mount() {
    constexpr std::uint64_t kKinds[] = {0,
                                        abi::ms::kBind,
                                        abi::ms::kBind | abi::ms::kRec,
                                        abi::ms::kShared,
                                        abi::ms::kSlave,
                                        abi::ms::kPrivate | abi::ms::kRec,
                                        abi::ms::kUnbindable};
    const std::string source = place(), target = place();
    if (!exists(source) || !exists(target) || bench.world().mounts.size() > 60) return;
    bench.mount(task_, source, target, "tmpfs", kKinds[below(std::size(kKinds))]);
  }
  void umount() {
    const std::string target = place();
    if (!exists(target)) return;
    const Location top =
        cross_mounts(bench.world(), walk(bench.world(), bench.task(task_), target).where);
    const Mount& mounted = bench.world().mounts.at(top.mount);
    if (!mounted.parent || mounted.locked || top.path != mounted.root) return;
    bench.call(task_, Sys::umount2, {Arg::bytes(target), Arg::integer(2)});
  }
  void open() {
    const std::string file = place() + "/f";
    if (!exists(file.substr(0, file.size() - 2))) return;
    constexpr std::int64_t kCreateRead = 0102, kTruncateWrite = 01101;
    const std::int32_t fd = lowest_free_fd(bench.world(), bench.task(task_));
    bench.call(task_, Sys::openat,
               {Arg::integer(abi::at::kFdcwd), Arg::bytes(file),
                Arg::integer(below(2) == 0 ? kCreateRead : kTruncateWrite), Arg::integer(0644)},
               fd);
  }
  void files() {
    constexpr Sys kCalls[] = {Sys::mkdir, Sys::unlink, Sys::rename, Sys::link, Sys::chmod};
    const Sys sys = kCalls[below(std::size(kCalls))];
    const std::string old = place() + "/f", now = place() + "/g" + std::to_string(below(3));
    if (sys == Sys::mkdir)
      bench.call(task_, sys, {Arg::bytes(now), Arg::integer(0755)});
    else if (sys == Sys::unlink || sys == Sys::chmod)
      bench.call(task_, sys, {Arg::bytes(old), Arg::integer(0600)});
    else if (!exists(now))
      same_mount(sys, old, now);
  }
  /// Names are within one mount, or the call fails with EXDEV.
  void same_mount(Sys sys, const std::string& old, const std::string& now) {
    const Walk from = walk(bench.world(), bench.task(task_), old),
               to = walk(bench.world(), bench.task(task_), now);
    if (from.parent.mount == to.parent.mount && from.err == abi::Errno::kOk)
      bench.call(task_, sys, {Arg::bytes(old), Arg::bytes(now)});
  }
  void fds() {
    const auto fd = static_cast<std::int64_t>(below(6));
    if (file_of(bench.world(), bench.task(task_), fd) == nullptr) {
      bench.call(task_, Sys::pipe2, {Arg{}, Arg::integer(0)});
      return;
    }
    if (below(2) == 0)
      bench.close(task_, fd);
    else
      bench.call(task_, Sys::dup2, {Arg::integer(fd), Arg::integer(7)}, 7);
  }
  void move() {
    const std::string where = place();
    if (!exists(where) || !walk(bench.world(), bench.task(task_), where).entry.directory()) return;
    bench.call(task_, below(5) == 0 ? Sys::chroot : Sys::chdir, {Arg::bytes(where)});
  }
  void join() {
    if (below(3) != 0) {
      const Task& task = bench.task(task_);
      // unshare(CLONE_NEWPID) twice, or with threads, fails with EINVAL.
      const std::uint64_t kind = kNewKinds[below(std::size(kNewKinds))];
      const bool again =
          kind == abi::clone::kNewPid && task.pid_ns_for_children != task.in(NsKind::Pid);
      if (!again) bench.call(task_, Sys::unshare, {Arg::integer(static_cast<std::int64_t>(kind))});
      return;
    }
    bench.call(task_, Sys::setsid, {}, 1);
  }
  void rights() {
    bench.call(task_, Sys::prctl,
               {Arg::integer(36), Arg::integer(static_cast<std::int64_t>(below(2)))});
    bench.call(task_, Sys::setresuid,
               {Arg::integer(-1), Arg::integer(static_cast<std::int64_t>(below(2)) * 1000),
                Arg::integer(-1)});
  }
  void bytes() {
    const auto fd = static_cast<std::int64_t>(below(8));
    const OpenFile* file = file_of(bench.world(), bench.task(task_), fd);
    if (file == nullptr) return;
    const Pipe* pipe = bench.world().pipes.find(file->pipe);
    if (file->kind == FileKind::PipeRead && pipe != nullptr && pipe->bytes > 0)
      bench.call(task_, Sys::read, {Arg::integer(fd), Arg{}, Arg::integer(1)}, 1);
    if (file->kind == FileKind::PipeWrite || file->kind == FileKind::Inode)
      bench.write(task_, fd, "abc");
  }
  void cgroup() {
    const TaskId task = task_;
    const auto pages = static_cast<std::int64_t>(below(9)) - 3;
    if (cgroup_by_path(bench.world(), HierarchyId{1}, "/g") == nullptr)
      bench.call(kInit, Sys::mkdir, {Arg::bytes("/sys/fs/cgroup/g"), Arg::integer(0755)});
    const Cgroup* group = cgroup_by_path(bench.world(), HierarchyId{1}, "/g");
    bench.run([&](EffectSink& sink) {
      if (group != nullptr && below(2) == 0) move_to_cgroup(task, task, group->id, sink);
      memory_effects(task, pages, sink);
    });
  }

  Prng random_;
  TaskId task_;
};

TEST(Random, InvariantsHoldAndReplayGivesTheSame) {
  constexpr std::uint64_t kSeeds = 100;
  constexpr int kSteps = 150;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Monkey monkey(seed);
    for (int step = 0; step < kSteps; ++step) {
      monkey.step();
      ASSERT_FALSE(::testing::Test::HasFailure()) << "seed " << seed << ", step " << step;
    }
    EXPECT_TRUE(monkey.bench.replayed() == monkey.bench.world()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace cutaway::test
