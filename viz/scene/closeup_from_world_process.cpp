// One process: numbers and parents, who it is and what it may, its descriptors, signals, memory.
#include <algorithm>

#include "base/text.h"
#include "trace/world/charges.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "viz/scene/closeup_from_world.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kMostPlugs = 32;
constexpr int kSignals = 64;

std::string id_words(std::uint32_t id) { return decimal(std::int64_t{id}); }

std::vector<Fact> identity_of(const World& world, const cutaway::Task& task) {
  std::vector<Fact> facts;
  for (std::size_t i = 0; i < task.pids.size(); ++i) {
    const bool innermost = i + 1 == task.pids.size();
    const std::string where = i == 0 ? "pid on the host" : innermost ? "pid inside" : "pid between";
    facts.push_back({where, decimal(task.pids[i]), "", innermost});
  }
  facts.push_back({"parent", parent_words(world, task), "", false});
  facts.push_back({"state", task_state_words(task), "", false});
  facts.push_back({"program", task.exe, "", false});
  facts.push_back({"arguments", printable(join(task.argv, " ")), "", false});
  return facts;
}

std::vector<Fact> who_of(const Credentials& who) {
  std::string groups;
  for (const std::uint32_t group : who.groups)
    groups += (groups.empty() ? "" : " ") + id_words(group);
  const bool one_user = who.uid == who.euid && who.euid == who.suid;
  std::vector<Fact> facts = {
      {"user",
       one_user ? user_words(who.euid) : id_words(who.uid) + ", acts as " + user_words(who.euid),
       "", false},
      {"group", id_words(who.egid), "", false},
      {"other groups", groups.empty() ? "none" : groups, "", false},
      {"syscall filter", seccomp_words(who), "", false},
      {"new privileges", who.no_new_privs ? "never" : "by setuid programs", "", false}};
  return facts;
}

std::vector<CapabilityCell> capabilities_of(const Credentials& who) {
  std::vector<CapabilityCell> cells;
  for (int i = 0; i < abi::kCapabilityCount; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    std::string name(abi::capability_name(i));
    if (starts_with(name, "CAP_")) name = name.substr(4);
    cells.push_back(
        {name, (who.effective & bit) != 0, (who.permitted & bit) != 0, (who.bounding & bit) != 0});
  }
  return cells;
}

const char* kind_words(FileKind kind) {
  switch (kind) {
    case FileKind::PipeRead:
    case FileKind::PipeWrite:
      return "pipe";
    case FileKind::Socket:
      return "socket";
    case FileKind::Terminal:
    case FileKind::TerminalMaster:
      return "pty";
    case FileKind::Null:
      return "null";
    default:
      return "file";
  }
}

/// Is `other` what the far end of `mine` is reached by?
bool is_other_end(const World& world, const OpenFile& mine, const OpenFile& other) {
  const bool reads = mine.kind == FileKind::PipeRead && other.kind == FileKind::PipeWrite;
  const bool writes = mine.kind == FileKind::PipeWrite && other.kind == FileKind::PipeRead;
  if (reads || writes) return mine.pipe == other.pipe;
  if (mine.kind == FileKind::Socket && other.kind == FileKind::Socket) {
    const Socket* socket = world.sockets.find(mine.socket);
    return socket != nullptr && socket->peer && socket->peer == other.socket;
  }
  const bool ends = mine.kind == FileKind::Terminal && other.kind == FileKind::TerminalMaster;
  return ends && mine.terminal == other.terminal;
}

/// "0 of cat 4712": the first descriptor of another process that leads to the other end.
std::string other_end(const World& world, const cutaway::Task& task, const OpenFile& mine) {
  std::string found;
  world.tasks.each([&](const cutaway::Task& other) {
    if (!found.empty() || other.leader == task.leader || other.leader != other.id) return;
    const FdTable* table = world.fd_tables.find(other.fds);
    if (table == nullptr) return;
    for (const auto& [fd, entry] : table->fds) {
      const OpenFile* file = world.files.find(entry.file);
      if (file == nullptr || !is_other_end(world, mine, *file)) continue;
      found = decimal(fd) + " of " + other.comm + " " + decimal(other.pid());
      return;
    }
  });
  return found;
}

std::vector<PlugPart> plug_parts(const World& world, const cutaway::Task& task) {
  std::vector<PlugPart> plugs;
  const FdTable* table = world.fd_tables.find(task.fds);
  if (table == nullptr) return plugs;
  for (const auto& [fd, entry] : table->fds) {
    const OpenFile* file = world.files.find(entry.file);
    if (file == nullptr || plugs.size() == kMostPlugs) continue;
    plugs.push_back({fd, short_ids(file->is), other_end(world, task, *file), kind_words(file->kind),
                     entry.cloexec});
  }
  return plugs;
}

std::string signal_list(std::uint64_t set) {
  std::string names;
  for (int i = 1; i <= kSignals; ++i) {
    if ((set >> (i - 1) & 1) != 0) names += (names.empty() ? "" : " ") + abi::signal_name(i);
  }
  return names.empty() ? "none" : names;
}

std::vector<Fact> signals_of(const World& world, const cutaway::Task& task) {
  std::uint64_t ignored = 0, handled = 0;
  if (const SignalHandlers* handlers = world.sighands.find(task.sighand)) {
    for (const auto& [signal, action] : handlers->actions) {
      (action == "ignore" ? ignored : handled) |= std::uint64_t{1} << (signal - 1);
    }
  }
  return {{"handled", signal_list(handled), "", false},
          {"ignored", signal_list(ignored), "", false},
          {"held back", signal_list(task.blocked), "", false},
          {"waiting", signal_list(task.pending), "", task.pending != 0}};
}

std::vector<Fact> memory_of(const World& world, const cutaway::Task& task) {
  std::vector<Fact> facts;
  if (const AddressSpace* space = world.address_spaces.find(task.memory)) {
    const Cgroup* payer = world.cgroups.find(space->charged_to);
    facts.push_back({"memory", memory_words(space->pages * kPageBytes), "", false});
    if (payer != nullptr) facts.push_back({"charged to", short_ids(payer->path), "", false});
  }
  if (const FsContext* fs = world.fs_contexts.find(task.fs)) {
    facts.push_back({"root", short_ids(path_in_ns(world, fs->root)), "", false});
    facts.push_back({"works in", short_ids(path_in_ns(world, fs->cwd)), "", false});
  }
  for (const CgroupId id : task.cgroups) {
    const Cgroup* cgroup = world.cgroups.find(id);
    if (cgroup == nullptr) continue;
    facts.push_back({"cgroup", short_ids(cgroup->path), "", false});
    break;
  }
  return facts;
}

}  // namespace

ProcessCloseup process_closeup(const World& world, const cutaway::Task& task) {
  const cutaway::Container* home = home_of(world, task);
  ProcessCloseup closeup;
  closeup.slot = home == nullptr ? kHostSlot : home->slot;
  closeup.id = "task:" + decimal(task.pid());
  closeup.program = task.comm;
  closeup.identity = identity_of(world, task);
  closeup.who = who_of(task.credentials);
  closeup.capabilities = capabilities_of(task.credentials);
  closeup.plugs = plug_parts(world, task);
  closeup.signals = signals_of(world, task);
  closeup.memory = memory_of(world, task);
  return closeup;
}

}  // namespace cutaway::viz
