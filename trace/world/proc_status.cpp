// /proc/PID/status and /proc/PID/stat: proc(5), fs/proc/array.c.
#include "base/text.h"
#include "trace/world/charges.h"
#include "trace/world/cpus.h"
#include "trace/world/id_map.h"
#include "trace/world/lookup.h"
#include "trace/world/task_tree.h"
#include "trace/world/virtual_content.h"

namespace cutaway {
namespace {

struct StateWords {
  char letter;
  std::string_view words;
};
StateWords state_of(const Task& task) {
  switch (task.state) {
    case TaskState::Running:
    case TaskState::Runnable:
      return {'R', "R (running)"};
    case TaskState::Blocked:
      return {'S', "S (sleeping)"};
    case TaskState::Stopped:
      return {'T', "T (stopped)"};
    case TaskState::Zombie:
      return {'Z', "Z (zombie)"};
  }
  return {'R', "R (running)"};
}

std::string sixteen(std::uint64_t bits) {
  const std::string digits = hex(bits);
  return std::string(digits.size() < 16 ? 16 - digits.size() : 0, '0') + digits;
}

/// One number for each pid namespace from the mount's down to the task's own.
std::string numbers_from(const World& world, const Filesystem& proc,
                         const std::vector<std::int32_t>& pids) {
  const Namespace* ns = world.namespaces.find(proc.ns);
  std::string line;
  for (auto level = static_cast<std::size_t>(ns == nullptr ? 0 : ns->level); level < pids.size();
       ++level)
    line += "\t" + decimal(pids[level]);
  return line;
}

/// A group's or a session's, which may be called by one who is gone.
std::string leader_numbers(const World& world, const Filesystem& proc, TaskId leader) {
  if (const Task* task = world.tasks.find(leader)) return numbers_from(world, proc, task->pids);
  const GoneLeader* gone = world.gone_leaders.find(leader);
  return gone == nullptr ? "\t0" : numbers_from(world, proc, gone->pids);
}

std::int32_t number_of(const World& world, const Filesystem& proc, TaskId id) {
  const Task* task = world.tasks.find(id);
  return task == nullptr ? 0 : pid_in(world, *task, proc.ns);
}

std::string ids(const World& world, NsId user, IdKind kind, const std::uint32_t (&four)[4]) {
  std::string line;
  for (const std::uint32_t id : four) line += "\t" + decimal(shown_id(world, user, kind, id));
  return line + "\n";
}

std::string identity(const World& world, const Task& viewer, const Task& task) {
  const Credentials& c = task.credentials;
  const NsId user = viewer.in(NsKind::User);
  std::string text = "Uid:" + ids(world, user, IdKind::User, {c.uid, c.euid, c.suid, c.fsuid});
  text += "Gid:" + ids(world, user, IdKind::Group, {c.gid, c.egid, c.sgid, c.fsgid});
  const FdTable* table = world.fd_tables.find(task.fds);
  std::int64_t room = table == nullptr ? 0 : 64;
  while (table != nullptr && !table->fds.empty() && table->fds.rbegin()->first >= room) room *= 2;
  text += "FDSize:\t" + decimal(room) + "\nGroups:\t";
  for (const std::uint32_t group : c.groups)
    text += decimal(shown_id(world, user, IdKind::Group, group)) + " ";
  return text + (c.groups.empty() ? " \n" : "\n");
}

std::string memory(const World& world, const Task& task) {
  const AddressSpace* space = world.address_spaces.find(task.memory);
  if (space == nullptr) return {};
  const std::string kib = decimal(space->pages * (kPageBytes / 1024));
  const std::string padded = std::string(kib.size() < 8 ? 8 - kib.size() : 0, ' ') + kib + " kB\n";
  std::string text;
  for (const char* name : {"VmPeak", "VmSize", "VmHWM", "VmRSS"})
    text += std::string(name) + ":\t" + padded;
  return text + "VmSwap:\t       0 kB\n";
}

/// Signals that are ignored, or those that a handler catches.
std::uint64_t actions(const World& world, const Task& task, bool ignored) {
  std::uint64_t set = 0;
  if (const SignalHandlers* handlers = world.sighands.find(task.sighand)) {
    for (const auto& action : handlers->actions) {
      if (action.first >= 1 && action.first <= 64 && (action.second == "ignore") == ignored)
        set |= std::uint64_t{1} << (action.first - 1);
    }
  }
  return set;
}

std::int64_t threads(const World& world, const Task& task) {
  return static_cast<std::int64_t>(threads_of(world, task.leader).size());
}

std::string signals_and_rights(const World& world, const Task& task) {
  const Credentials& c = task.credentials;
  std::string text = "Threads:\t" + decimal(threads(world, task)) + "\nSigQ:\t0/7777\n";
  text += "SigPnd:\t" + sixteen(0) + "\nShdPnd:\t" + sixteen(task.pending) + "\nSigBlk:\t" +
          sixteen(task.blocked) + "\n";
  text += "SigIgn:\t" + sixteen(actions(world, task, true)) + "\nSigCgt:\t" +
          sixteen(actions(world, task, false)) + "\n";
  text += "CapInh:\t" + sixteen(c.inheritable) + "\nCapPrm:\t" + sixteen(c.permitted) +
          "\nCapEff:\t" + sixteen(c.effective) + "\nCapBnd:\t" + sixteen(c.bounding) +
          "\nCapAmb:\t" + sixteen(c.ambient) + "\n";
  text += "NoNewPrivs:\t" + std::string(c.no_new_privs ? "1" : "0") + "\nSeccomp:\t" +
          decimal(static_cast<std::int64_t>(c.seccomp)) + "\nSeccomp_filters:\t" +
          decimal(c.seccomp_filters) + "\n";
  return text;
}

std::string processors(const World& world, const Task& task) {
  const CpuSet cpus = cpus_allowed(world, task);
  std::uint64_t mask = 0;  // of the first 64
  for (const std::int32_t cpu : cpus) mask |= cpu < 64 ? std::uint64_t{1} << cpu : 0;
  return "Cpus_allowed:\t" + hex(mask) + "\nCpus_allowed_list:\t" + cpu_list(cpus) +
         "\nMems_allowed_list:\t0\n";
}

}  // namespace

std::string proc_status(const World& world, const Task& viewer, const Filesystem& proc,
                        const Task& task) {
  const FsContext* fs = world.fs_contexts.find(task.fs);
  const std::string mask = octal(fs == nullptr ? 0 : fs->umask);
  std::string text = "Name:\t" + task.comm + "\n";
  if (fs != nullptr)
    text += "Umask:\t" + std::string(mask.size() < 4 ? 4 - mask.size() : 0, '0') + mask + "\n";
  text += "State:\t" + std::string(state_of(task).words) + "\nTgid:\t" +
          decimal(number_of(world, proc, task.leader)) + "\nNgid:\t0\nPid:\t" +
          decimal(number_of(world, proc, task.id)) + "\nPPid:\t" +
          decimal(number_of(world, proc, task.parent)) + "\nTracerPid:\t0\n";
  text += identity(world, viewer, task);
  const Task* leader = world.tasks.find(task.leader);
  text += "NStgid:" + numbers_from(world, proc, (leader == nullptr ? task : *leader).pids) +
          "\nNSpid:" + numbers_from(world, proc, task.pids) + "\n";
  text += "NSpgid:" + leader_numbers(world, proc, task.process_group) +
          "\nNSsid:" + leader_numbers(world, proc, task.session) + "\nKthread:\t0\n";
  return text + memory(world, task) + signals_and_rights(world, task) + processors(world, task);
}

std::string proc_stat(const World& world, const Filesystem& proc, const Task& task) {
  const AddressSpace* space = world.address_spaces.find(task.memory);
  const std::int64_t pages = space == nullptr ? 0 : space->pages;
  const std::int64_t ticks = task.cpu_time / 10'000'000;  // USER_HZ is 100
  const Terminal* terminal = world.terminals.find(task.terminal);
  std::int64_t number = 0;
  if (terminal != nullptr &&
      parse_decimal(terminal->name.substr(terminal->name.rfind('/') + 1), number))
    number += 136 << 8;
  std::vector<std::string> fields = {decimal(number_of(world, proc, task.id)),
                                     "(" + task.comm + ")",
                                     std::string(1, state_of(task).letter),
                                     decimal(number_of(world, proc, task.parent)),
                                     decimal(leader_pid_in(world, task.process_group, proc.ns)),
                                     decimal(leader_pid_in(world, task.session, proc.ns)),
                                     decimal(number),
                                     "-1",
                                     "4194304"};
  for (int i = 0; i < 4; ++i) fields.emplace_back("0");  // faults
  fields.push_back(decimal(ticks));
  fields.insert(fields.end(), {"0", "0", "0", "20", "0"});
  fields.push_back(decimal(threads(world, task)));
  fields.insert(fields.end(), {"0", "0"});
  fields.push_back(decimal(pages * kPageBytes));
  fields.push_back(decimal(pages));
  fields.emplace_back("18446744073709551615");
  for (int i = 0; i < 13; ++i) fields.emplace_back("0");
  fields.emplace_back(task.exit_signal < 0 ? "-1" : decimal(task.exit_signal));
  fields.push_back(decimal(task.cpu < 0 ? 0 : task.cpu));
  for (int i = 0; i < 12; ++i) fields.emplace_back("0");
  fields.push_back(decimal(task.zombie() ? task.exit_code << 8 | task.term_signal : 0));
  return join(fields, " ") + "\n";
}

}  // namespace cutaway
