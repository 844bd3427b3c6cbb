// Other processes of this machine in the World: as a child of this test stands there.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/text.h"
#include "real/observe/compare.h"
#include "real/observe/snapshot.h"
#include "trace/world/invariants.h"
#include "trace/world/lookup.h"

namespace cutaway::real {
namespace {

/// A child that waits, in new namespaces if asked for; gone with this object.
class Neighbour {
 public:
  explicit Neighbour(int flags) {
    int ready[2];
    if (::pipe(ready) != 0) return;
    pid = ::fork();
    if (pid == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      const char made = flags == 0 || ::unshare(flags) == 0 ? '1' : '0';
      (void)!::write(ready[1], &made, 1);
      while (true) ::pause();
    }
    char made = '0';
    there = ::read(ready[0], &made, 1) == 1 && made == '1';
    ::close(ready[0]);
    ::close(ready[1]);
  }
  ~Neighbour() {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
  Neighbour(const Neighbour&) = delete;
  Neighbour& operator=(const Neighbour&) = delete;

  int pid = -1;
  bool there = false;
};

World world_with(int pid) {
  SnapshotOptions options;
  options.watched = {pid};
  Result<World> world = read_world(options);
  EXPECT_TRUE(world) << (world ? "" : world.error().message);
  return world ? std::move(*world) : World{};
}

std::string differences_of(World& world, int pid) {
  const TaskId id = task_by_pid(world, pid)->id;
  const TaskId self = task_by_pid(world, ::getpid())->id;
  Discoverer discoverer(self);
  std::string text;
  for (const Difference& each : compare_with_proc(world, id, pid, self, discoverer, Unsettled{}))
    text += each.what + ": World " + each.world + ", /proc " + each.real + "\n";
  return text;
}

TEST(Neighbours, StandInTheWorldAsProcSaysTheyDo) {
  const Neighbour other(0);
  ASSERT_TRUE(other.there);
  World world = world_with(other.pid);
  const Task* task = task_by_pid(world, other.pid);
  ASSERT_NE(task, nullptr);
  EXPECT_EQ(task->role, Role::Workload);
  EXPECT_EQ(world.tasks.at(task->parent).pid(), ::getpid());
  EXPECT_EQ(task->ns, task_by_pid(world, ::getpid())->ns);
  EXPECT_FALSE(task->argv.empty());
  EXPECT_EQ(join(broken_invariants(world), "\n"), "");
  EXPECT_EQ(differences_of(world, other.pid), "");
}

TEST(Neighbours, AreInNamespacesOfTheirOwn) {
  const Neighbour other(CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWNS);
  if (!other.there) GTEST_SKIP() << "no user namespaces here";
  World world = world_with(other.pid);
  const Task* task = task_by_pid(world, other.pid);
  ASSERT_NE(task, nullptr);
  const Task* self = task_by_pid(world, ::getpid());
  const Namespace& user = world.namespaces.at(task->in(NsKind::User));
  EXPECT_EQ(user.parent, self->in(NsKind::User));
  EXPECT_EQ(user.level, 1);
  EXPECT_EQ(world.namespaces.at(task->in(NsKind::Uts)).owner, user.id);
  EXPECT_NE(task->in(NsKind::Mnt), self->in(NsKind::Mnt));
  EXPECT_EQ(task->in(NsKind::Pid), self->in(NsKind::Pid));
  EXPECT_EQ(join(broken_invariants(world), "\n"), "");
  const std::string wrong = differences_of(world, other.pid);
  EXPECT_EQ(wrong.find("mount"), std::string::npos) << wrong;
  EXPECT_EQ(wrong.find("ns "), std::string::npos) << wrong;
}

TEST(Neighbours, OfANumberThatNobodyHasThereAreNone) {
  SnapshotOptions options;
  options.watched = {4194303};
  const Result<World> world = read_world(options);
  ASSERT_FALSE(world);
  EXPECT_EQ(world.error().code, ErrorCode::Cannot);
}

}  // namespace
}  // namespace cutaway::real
