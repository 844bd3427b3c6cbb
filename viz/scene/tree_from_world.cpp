#include "viz/scene/tree_from_world.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "spec/words.h"
#include "trace/world/outside.h"
#include "viz/text/call_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

using Children = std::map<TaskId, std::vector<const cutaway::Task*>>;

std::string note_of(const cutaway::Task& task, std::int64_t threads) {
  if (task.zombie()) return task_state_words(task);
  std::string note = threads > 1 ? counted(threads, "thread") : "";
  if (task.subreaper) note += std::string(note.empty() ? "" : ", ") + "adopts orphans";
  return note;
}

class TreeMaker {
 public:
  TreeMaker(const World& world, TaskId acting) : world_(world), acting_(acting) {
    world.tasks.each([&](const cutaway::Task& task) {
      if (is_outside(world, task)) return;
      ++threads_[task.leader];
      if (task.leader != task.id) return;
      const bool known = world.tasks.find(task.parent) != nullptr && task.parent != task.id;
      children_[known ? leader_of(task.parent) : TaskId()].push_back(&task);
      levels_ = std::max(levels_, task.pids.size());
    });
  }

  ProcessTree make() {
    ProcessTree tree;
    tree.levels.emplace_back("on the host");
    for (std::size_t level = 1; level < levels_; ++level) {
      tree.levels.push_back(level == 1 ? "inside" : "level " + std::to_string(level));
    }
    add(tree, TaskId(), 0);
    return tree;
  }

 private:
  TaskId leader_of(TaskId id) const {
    const cutaway::Task* task = world_.tasks.find(id);
    return task == nullptr ? id : task->leader;
  }

  void add(ProcessTree& tree, TaskId parent, int depth) {
    const std::vector<const cutaway::Task*>& list = children_[parent];
    for (const cutaway::Task* task : list) {
      tree.rows.push_back(row_of(*task, depth, task == list.back()));
      add(tree, task->id, depth + 1);
    }
  }

  TreeRow row_of(const cutaway::Task& task, int depth, bool last) {
    const cutaway::Container* home = home_of(world_, task);
    TreeRow row;
    row.id = "task:" + decimal(task.pid());
    row.depth = depth;
    row.last = last;
    row.slot = home == nullptr ? kHostSlot : home->slot;
    row.program = task.comm;
    row.note = note_of(task, threads_[task.id]);
    for (const std::int32_t pid : task.pids) row.pids.push_back(decimal(pid));
    row.acts = acting_ && leader_of(acting_) == task.id;
    return row;
  }

  const World& world_;
  TaskId acting_;
  Children children_;
  std::map<TaskId, std::int64_t> threads_;
  std::size_t levels_ = 1;
};

}  // namespace

ProcessTree tree_of(const World& world, TaskId acting) { return TreeMaker(world, acting).make(); }

Caption tree_caption(const ProcessTree& tree) {
  const spec::Words& words = spec::Words::of();
  std::int64_t inside = 0;
  for (const TreeRow& row : tree.rows) inside += row.pids.size() > 1 ? 1 : 0;
  const auto filled = [&](std::string_view key) -> std::string {
    if (key == "inside") return decimal(inside);
    return decimal(static_cast<std::int64_t>(tree.rows.size())) +
           (tree.rows.size() == 1 ? " process" : " processes");
  };
  const spec::Sentence& said = words[inside == 0   ? "tree.host"
                                     : inside == 1 ? "tree.one"
                                                   : "tree.inside"];
  return {fill(said.what, filled), fill(said.why, filled), {}};
}

}  // namespace cutaway::viz
