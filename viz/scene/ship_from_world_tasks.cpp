// The Processes deck: the host's tasks that work for containers, and containers with their own.
#include <algorithm>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "trace/world/outside.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/oom_parts.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

// The shell in which the command was typed.
TaskId console_of(const Picture& p) {
  const auto& commands = p.world.engine->commands;
  return commands.empty() ? TaskId{} : commands.back().client;
}

TaskId acting(const Picture& p) {
  if (!p.now) return {};
  const cutaway::Task* process = process_of(p.world, p.now->caller);
  return process == nullptr ? TaskId{} : process->id;
}

// And whoever asks the kernel something just now.
bool works_for_containers(const Picture& p, const cutaway::Task& task) {
  if (task.leader != task.id || is_inside(p.world, task) || is_outside(p.world, task)) return false;
  // Beside a virtual machine client and terminal are programs of the laptop.
  const bool asks = task.role == Role::Client || task.id == console_of(p);
  if (asks && p.trace.header.machine.os != HostOs::Linux) return false;
  return task.role != Role::Host || asks || task.id == acting(p);
}

TaskMode mode_of(const Picture& p, const cutaway::Task& task) {
  if (p.now) {
    const auto oom = oom_news(p.trace, p.world, p.now->event);
    if (oom && oom->victim == task.id) return TaskMode::Victim;
  }
  if (task.zombie()) return TaskMode::Ended;
  return acting(p) == task.id ? TaskMode::Now : TaskMode::Quiet;
}

Task task_model(const Picture& p, const cutaway::Task& task) {
  return {task_id(task), decimal(own_pid(task)), decimal(task.pid()), task.comm, mode_of(p, task)};
}

// Who acts is always among those for whom there is room.
void bring_into_sight(const Picture& p, std::vector<const cutaway::Task*>& tasks) {
  const std::size_t room = p.options.host_tasks_seen;
  const TaskId now = acting(p);
  for (std::size_t i = room; room > 0 && i < tasks.size(); ++i) {
    if (tasks[i]->id != now) continue;
    const auto from = tasks.begin() + static_cast<std::ptrdiff_t>(room) - 1;
    const auto at = tasks.begin() + static_cast<std::ptrdiff_t>(i);
    std::rotate(from, at, at + 1);
    return;
  }
}

std::string plugged_into(const OpenFile& file) {
  switch (file.kind) {
    case FileKind::PipeRead:
    case FileKind::PipeWrite:
      return "pipe";
    case FileKind::Terminal:
    case FileKind::TerminalMaster:
      return "pty";
    case FileKind::Socket:
      return "socket";
    case FileKind::Null:
      return "/dev/null";
    default:
      return file.is == "/dev/null" ? "/dev/null" : "file";
  }
}

std::vector<Plug> plugs_of(const World& world, const cutaway::Task& task) {
  static constexpr const char* kNames[] = {"stdin", "stdout", "stderr"};
  std::vector<Plug> plugs;
  for (int fd = 0; fd < 3; ++fd) {
    const OpenFile* file = file_of(world, task, fd);
    if (file != nullptr) plugs.push_back({fd, kNames[fd], plugged_into(*file)});
  }
  return plugs;
}

// A program may have run and ended before the server has noted that it started.
std::string state_now(const Picture& p, const cutaway::Container& from) {
  const std::string state = state_words(from, p.census.tasks_of(from));
  const bool of_this_command =
      p.story.typed_at != kNowhere && from.created >= p.trace.record(p.story.typed_at).t;
  const bool over = of_this_command && p.story.has_reached(spec::Beat::End) && from.error.empty();
  return state == "created" && over ? "ended" : state;
}

std::vector<std::string> notes_of(const Picture& p, const cutaway::Container& from) {
  if (!from.error.empty()) return {p.words["text.note.failed"].what, from.error};
  if (is_preparing(from, p.census.first_alive(from))) {
    const spec::Sentence& next = p.words["text.note.next"];
    return {next.what, short_text(join(from.argv, " "), 40), next.why};
  }
  if (state_now(p, from) == "created") {
    const spec::Sentence& record = p.words["text.note.created"];
    return {record.what, record.why};
  }
  if (from.state == ContainerState::Exited) {
    const spec::Sentence& ended = p.words["text.note.exited"];
    return {ended.what, ended.why};
  }
  return {};
}

}  // namespace

std::string task_id(const cutaway::Task& task) { return "task:" + decimal(task.pid()); }

std::vector<Task> host_task_models(const Picture& p) {
  std::vector<const cutaway::Task*> tasks;
  p.world.tasks.each([&](const cutaway::Task& task) {
    if (works_for_containers(p, task)) tasks.push_back(&task);
  });
  // By pid; but who only asks stands behind those who act.
  const auto asks = [](const cutaway::Task* task) {
    return task->role == Role::Host ? 2 : task->role == Role::Client ? 1 : 0;
  };
  std::stable_sort(tasks.begin(), tasks.end(),
                   [&asks](const cutaway::Task* a, const cutaway::Task* b) {
                     return asks(a) != asks(b) ? asks(a) < asks(b) : a->pid() < b->pid();
                   });
  bring_into_sight(p, tasks);
  std::vector<Task> models;
  models.reserve(tasks.size());
  for (const cutaway::Task* task : tasks) models.push_back(task_model(p, *task));
  return models;
}

bool is_told(const Picture& p, const cutaway::Container& container) {
  if (!p.options.only_seen || container.slot < kPlacesAtMost) return true;
  if (container.slot == p.options.near_slot) return true;
  const cutaway::Task* caller = p.now ? p.world.tasks.find(p.now->caller) : nullptr;
  const cutaway::Container* home = caller == nullptr ? nullptr : home_of(p.world, *caller);
  return home != nullptr && home->number == container.number;
}

Container container_model(const Picture& p, const cutaway::Container& from) {
  Container model;
  model.image = image_name(from.image);
  if (!is_told(p, from)) {
    model.actor = named_actor(p, from);
    return model;
  }
  model.actor = container_actor(p, from);
  model.state = state_now(p, from);
  model.state_is_bad = !from.error.empty() || from.oom_killed ||
                       (from.state == ContainerState::Exited && from.exit_code != 0);
  for (const cutaway::Task* task : p.census.tasks_of(from))
    model.tasks.push_back(task_model(p, *task));
  const cutaway::Task* first = p.census.first_alive(from);
  model.solid = first != nullptr;
  model.notes = notes_of(p, from);
  if (first != nullptr) model.plugs = plugs_of(p.world, *first);
  return model;
}

}  // namespace cutaway::viz
