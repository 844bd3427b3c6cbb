// A process; who it is to the kernel; its numbers.
#include "base/text.h"
#include "trace/world/lookup.h"
#include "viz/player/inspect_parts.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

std::string leader_words(const World& world, const cutaway::Task& task) {
  const cutaway::Task* leader = world.tasks.find(task.leader);
  return leader == nullptr ? "one that ended" : decimal(leader->pid()) + " " + leader->comm;
}

std::string end_words(const cutaway::Task& task) {
  return task.term_signal != 0 ? abi::signal_name(task.term_signal) : decimal(task.exit_code);
}

Origin credentials_of(TaskId task) {
  return either(set_by<TaskCredentialsSet>().by(task), birth_of(task));
}

void add_task(const Inspected& at, const cutaway::Task& task, Facts& facts) {
  const TaskId who = task.id;
  facts.title("Task");
  if (task.pids.size() > 1) facts.value("pid here", decimal(own_pid(task)), birth_of(who), true);
  facts.value("pid on host", decimal(task.pid()), birth_of(who));
  facts.value("program", task.comm, either(set_by<TaskExeced, TaskNamed>().by(who), birth_of(who)));
  if (task.leader != task.id) facts.value("thread of", leader_words(at.world, task), birth_of(who));
  facts.value("parent", parent_words(at.world, task),
              either(set_by<TaskReparented>().by(who), birth_of(who)));
  facts.value("state", task_state_words(task),
              set_by<TaskBlocked, TaskOn, TaskOff, TaskExited>().by(who));
  if (task.zombie()) facts.value("exit code", end_words(task), set_by<TaskExited>().by(who));
  facts.value("user", user_words(task.credentials.euid), credentials_of(who));
  facts.value("capabilities", capability_words(task.credentials.effective), credentials_of(who));
  facts.value("seccomp", seccomp_words(task.credentials), credentials_of(who));
}

struct IdRow {
  const char* key;
  std::uint32_t Credentials::*uid;
  std::uint32_t Credentials::*gid;
};
constexpr IdRow kIds[] = {{"real", &Credentials::uid, &Credentials::gid},
                          {"effective", &Credentials::euid, &Credentials::egid},
                          {"saved", &Credentials::suid, &Credentials::sgid},
                          {"for files", &Credentials::fsuid, &Credentials::fsgid}};

struct SetRow {
  const char* key;
  std::uint64_t Credentials::*set;
};
constexpr SetRow kSets[] = {{"effective", &Credentials::effective},
                            {"permitted", &Credentials::permitted},
                            {"inheritable", &Credentials::inheritable},
                            {"bounding", &Credentials::bounding},
                            {"ambient", &Credentials::ambient}};

/// "chown, kill, net_raw": as in capabilities(7), without the CAP_.
std::string capability_names(std::uint64_t set) {
  std::vector<std::string> names;
  for (int number = 0; number < abi::kCapabilityCount; ++number) {
    if ((set >> number & 1U) == 0) continue;
    std::string name(abi::capability_name(number).substr(4));
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    names.push_back(std::move(name));
  }
  return join(names, ", ");
}

std::string group_words(const Credentials& who) {
  std::vector<std::string> groups;
  for (const std::uint32_t group : who.groups) {
    groups.push_back(decimal(static_cast<std::int64_t>(group)));
  }
  return groups.empty() ? "none" : join(groups, " ");
}

void add_credentials(const cutaway::Task& task, Facts& facts) {
  const Credentials& who = task.credentials;
  const Origin origin = credentials_of(task.id);
  facts.title("User and group");
  for (const IdRow& row : kIds) {
    facts.value(row.key,
                user_words(who.*row.uid) + ", " + decimal(static_cast<std::int64_t>(who.*row.gid)),
                origin);
  }
  facts.value("more groups", group_words(who), origin);
  facts.title("Capabilities");
  for (const SetRow& row : kSets) facts.value(row.key, capability_words(who.*row.set), origin);
  const bool all = who.effective == abi::kAllCapabilities;
  facts.words(all                  ? "It may do all that root may."
              : who.effective == 0 ? "It may do nothing that needs a right."
                                   : "It may: " + capability_names(who.effective) + ".");
  if (!all && who.effective != 0) {
    facts.words("It may not: " + capability_names(abi::kAllCapabilities & ~who.effective) + ".");
  }
  facts.title("Filter");
  facts.value("seccomp", seccomp_words(who), origin);
  facts.value("no_new_privs", who.no_new_privs ? "yes" : "no", origin);
}

void add_numbers(const Inspected& at, const cutaway::Task& task, Facts& facts) {
  facts.title("A process and its numbers");
  const std::size_t levels = task.pids.size();
  for (std::size_t i = 0; i < levels; ++i) {
    const std::string key = i == 0            ? "on the host"
                            : i + 1 == levels ? "in its own"
                                              : "level " + decimal(static_cast<std::int64_t>(i));
    facts.value(key, decimal(task.pids[i]), birth_of(task.id), i + 1 == levels);
  }
  facts.value("program", task.comm,
              either(set_by<TaskExeced, TaskNamed>().by(task.id), birth_of(task.id)));
  if (levels > 1) {
    facts.words("One process. Each pid namespace around it has a number of its own for it.");
  }
  const Namespace* space = at.world.namespaces.find(task.in(cutaway::NsKind::Pid));
  if (space != nullptr) facts.value("last given", decimal(space->last_pid));
}

void add_pid_table(const Inspected& at, Facts& facts) {
  facts.title("Pids of " + owner_words(at.world, at.subject.container));
  at.world.tasks.each([&](const cutaway::Task& task) {
    if (task.leader != task.id) return;
    const std::string inside = task.pids.size() > 1 ? " = " + decimal(own_pid(task)) : "";
    facts.value(decimal(task.pid()) + inside, task.comm, birth_of(task.id));
  });
}

}  // namespace

void inspect_task(const Inspected& at, Facts& facts) {
  const cutaway::Task* task = at.world.tasks.find(at.subject.task);
  if (task == nullptr) return say_gone(at, facts);
  add_task(at, *task, facts);
  if (task->zombie()) return;
  add_namespaces(at, *task, facts);
  if (!at.acts) add_descriptors(at, *task, facts);
}

void inspect_credentials(const Inspected& at, Facts& facts) {
  const cutaway::Task* task = face_of(at.world, at.subject.container);
  if (task == nullptr) return say_gone(at, facts);
  facts.title("Who asks here");
  facts.value("task", task_words(at.world, task->id));
  add_credentials(*task, facts);
}

void inspect_pid(const Inspected& at, Facts& facts) {
  if (!at.subject.task) return add_pid_table(at, facts);
  const cutaway::Task* task = at.world.tasks.find(at.subject.task);
  if (task == nullptr) return say_gone(at, facts);
  add_numbers(at, *task, facts);
}

}  // namespace cutaway::viz
