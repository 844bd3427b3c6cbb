// The index of tasks by who belongs to whom.
#include "trace/world/task_index.h"

#include <gtest/gtest.h>

#include "tests/unit/trace_world/world_builder.h"
#include "trace/world/invariants.h"
#include "trace/world/task_tree.h"

namespace cutaway::test {
namespace {

constexpr NsId kOuter{1}, kInner{2};

Task task_of(std::uint32_t id, std::uint32_t leader, std::uint32_t parent, NsId pid_ns) {
  Task task;
  task.id = TaskId{id};
  task.leader = TaskId{leader};
  task.parent = TaskId{parent};
  task.ns[static_cast<std::size_t>(NsKind::Pid)] = pid_ns;
  task.pid_ns_for_children = pid_ns;
  task.session = task.process_group = TaskId{leader};
  task.exe_at.mount = MountId{id};
  return task;
}

World three_processes_and_a_thread() {
  World world;
  put_task(world, task_of(1, 1, 0, kOuter));
  put_task(world, task_of(2, 2, 1, kInner));
  put_task(world, task_of(3, 3, 1, kInner));
  put_task(world, task_of(4, 2, 1, kInner));
  return world;
}

using Ids = std::vector<TaskId>;

TEST(TaskIndex, KnowsChildrenThreadsAndMembers) {
  const World world = three_processes_and_a_thread();
  EXPECT_EQ(children_of(world, TaskId{1}), (Ids{TaskId{2}, TaskId{3}}));  // a thread is no child
  EXPECT_EQ(threads_of(world, TaskId{2}), (Ids{TaskId{2}, TaskId{4}}));
  EXPECT_EQ(threads_of(world, TaskId{3}), Ids{TaskId{3}});
  EXPECT_EQ(members_of(world, kInner), (Ids{TaskId{2}, TaskId{3}, TaskId{4}}));
  EXPECT_TRUE(threads_of(world, TaskId{9}).empty());
}

TEST(TaskIndex, FollowsATaskThatChanges) {
  World world = three_processes_and_a_thread();
  Task moved = world.tasks.at(TaskId{3});
  moved.parent = TaskId{2};
  moved.ns = {};
  moved.pid_ns_for_children = NsId{};
  moved.process_group = TaskId{2};
  put_task(world, moved);
  EXPECT_EQ(children_of(world, TaskId{1}), Ids{TaskId{2}});
  EXPECT_EQ(children_of(world, TaskId{2}), Ids{TaskId{3}});
  EXPECT_EQ(members_of(world, kInner), (Ids{TaskId{2}, TaskId{4}}));
  EXPECT_TRUE(leads_others(world, TaskId{3}));  // by its session
  moved.session = TaskId{2};
  put_task(world, moved);
  EXPECT_FALSE(leads_others(world, TaskId{3}));
}

TEST(TaskIndex, NobodyIsInWhatTheLastOneLeft) {
  World world = three_processes_and_a_thread();
  for (const std::uint32_t id : {4U, 3U}) erase_task(world, TaskId{id});
  EXPECT_TRUE(is_inhabited(world, kInner));
  EXPECT_TRUE(runs_from(world, MountId{2}));
  erase_task(world, TaskId{2});
  EXPECT_FALSE(is_inhabited(world, kInner));
  EXPECT_FALSE(runs_from(world, MountId{2}));
  erase_task(world, TaskId{1});
  EXPECT_TRUE(world.task_index.empty());
}

TEST(TaskIndex, OfAWorldWithoutAnIndexAreSearched) {
  World world = three_processes_and_a_thread();
  world.task_index = TaskIndex();
  EXPECT_EQ(children_of(world, TaskId{1}), (Ids{TaskId{2}, TaskId{3}}));
  EXPECT_EQ(world.task_index.size(), 0U);
  erase_task(world, TaskId{3});  // makes one
  EXPECT_EQ(world.task_index.size(), 3U);
  EXPECT_EQ(children_of(world, TaskId{1}), Ids{TaskId{2}});
}

TEST(TaskIndex, ThatIsWrongIsSeen) {
  World world = make_host();
  put_task(world, world.tasks.at(kInit));
  ASSERT_EQ(world.task_index.size(), world.tasks.size());
  ASSERT_TRUE(broken_invariants(world).empty());
  world.tasks.mutate(kInit).process_group = TaskId{77};  // past the index
  EXPECT_FALSE(broken_invariants(world).empty());
}

}  // namespace
}  // namespace cutaway::test
