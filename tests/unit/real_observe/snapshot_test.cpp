// The World of this very machine: nothing of it is known to the test but what /proc says.
#include "real/observe/snapshot.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/text.h"
#include "real/observe/compare.h"
#include "real/observe/host_mounts.h"
#include "real/observe/proc_files.h"
#include "real/observe/proc_text.h"
#include "real/observe/world_sink.h"
#include "real/sys/fd.h"
#include "trace/world/invariants.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"

namespace cutaway::real {
namespace {

World world_now() {
  Result<World> world = read_world({});
  EXPECT_TRUE(world) << (world ? "" : world.error().message);
  return world ? std::move(*world) : World{};
}

std::string lines_of(const std::vector<Difference>& differences) {
  std::string text;
  for (const Difference& each : differences)
    text += each.what + ": World " + each.world + ", /proc " + each.real + "\n";
  return text;
}

TEST(Snapshot, HoldsTheInvariants) { EXPECT_EQ(join(broken_invariants(world_now()), "\n"), ""); }

TEST(Snapshot, KnowsTheMachine) {
  const World world = world_now();
  utsname names{};
  ::uname(&names);
  EXPECT_EQ(world.machine.kernel, names.release);
  EXPECT_EQ(world.machine.arch, names.machine);
  EXPECT_GE(world.machine.cpus, 1);
  EXPECT_GT(world.machine.memory, 1 << 20);
}

TEST(Snapshot, KnowsThisProcessAndItsParents) {
  const World world = world_now();
  const Task* self = task_by_pid(world, ::getpid());
  ASSERT_NE(self, nullptr);
  EXPECT_EQ(self->role, Role::Daemon);
  EXPECT_EQ(self->credentials.euid, ::geteuid());
  const Task* parent = world.tasks.find(self->parent);
  ASSERT_NE(parent, nullptr);
  EXPECT_EQ(parent->pid(), ::getppid());
  EXPECT_EQ(parent->role, Role::Host);
  EXPECT_TRUE(parent->argv.empty()) << "what others were started with is their own business";
}

TEST(Snapshot, NamespacesHaveTheirRealNumbers) {
  const World world = world_now();
  const Task* self = task_by_pid(world, ::getpid());
  ASSERT_NE(self, nullptr);
  for (int i = 0; i < kNsKinds; ++i) {
    const auto kind = static_cast<NsKind>(i);
    const std::string link = "ns/" + std::string(ns_kind_name(kind));
    EXPECT_EQ(world.namespaces.at(self->in(kind)).inode,
              number_in_link(proc_link(::getpid(), link)))
        << link;
  }
}

TEST(Snapshot, AgreesWithProc) {
  World world = world_now();
  const TaskId self = task_by_pid(world, ::getpid())->id;
  Discoverer discoverer(self);
  const std::vector<Difference> differences =
      compare_with_proc(world, self, ::getpid(), self, discoverer, Unsettled{});
  EXPECT_EQ(lines_of(differences), "");
}

TEST(Snapshot, ACompareSeesWhatChangedAndMendsIt) {
  World world = world_now();
  const TaskId self = task_by_pid(world, ::getpid())->id;
  Discoverer discoverer(self);
  const mode_t before = ::umask(0);
  ::umask(before == 077 ? 027 : 077);
  const Fd opened(::open("/proc/self/status", O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(opened);
  std::vector<Difference> differences =
      compare_with_proc(world, self, ::getpid(), self, discoverer, Unsettled{});
  ASSERT_EQ(differences.size(), 2U) << lines_of(differences);
  EXPECT_EQ(differences[0].what, "Umask");
  EXPECT_EQ(differences[1].what, "fd " + decimal(opened.get()));
  EXPECT_EQ(differences[1].world, "none");
  differences = compare_with_proc(world, self, ::getpid(), self, discoverer, Unsettled{});
  EXPECT_EQ(lines_of(differences), "");
  EXPECT_EQ(join(broken_invariants(world), "\n"), "");
  ::umask(before);
}

TEST(Snapshot, AnOverlayWhoseLayersAreNotSeenStandsOnOneThatIsTheWhole) {
  // As within a container: the options name folders of the host.
  World world;
  Namespace ns;
  ns.id = NsId{++world.counters.ns};
  ns.type = NsKind::Mnt;
  world.namespaces.put(ns.id, ns);
  std::map<std::string, FilesystemId> by_device;
  read_mounts(
      world, ns.id,
      parse_mountinfo("1 0 0:9 / / rw - overlay overlay "
                      "rw,lowerdir=/no/such/l1:/no/such/l2,upperdir=/no/such/u,workdir=/w\n"),
      by_device);
  const Location root = locate(world, ns.id, "/");
  const Filesystem& fs = world.filesystems.at(world.mounts.at(root.mount).fs);
  EXPECT_TRUE(fs.lower.empty());
  ASSERT_TRUE(fs.upper.fs);
  EXPECT_EQ(overlay_over(world, fs.upper.fs), fs.id);
  const Inode* folder = inode_at(world, fs.id, "/");
  ASSERT_NE(folder, nullptr);
  EXPECT_EQ(folder->fs, fs.upper.fs);
}

TEST(Snapshot, MountPointsCanBeWalkedTo) {
  World world = world_now();
  const TaskId id = task_by_pid(world, ::getpid())->id;
  WorldSink sink(world);
  Discoverer(id).path(::getpid(), id, "/proc/self/status", sink);
  const Task& self = world.tasks.at(id);
  const Walk proc = walk(world, self, "/proc/self/status");
  EXPECT_EQ(proc.err, abi::Errno::kOk);
  const Walk root = walk(world, self, "/");
  EXPECT_TRUE(root.entry.directory());
}

}  // namespace
}  // namespace cutaway::real
