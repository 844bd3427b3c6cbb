#include "real/observe/descriptors.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <map>
#include <vector>

#include "base/text.h"
#include "real/observe/host_mounts.h"
#include "real/observe/proc_files.h"
#include "real/observe/proc_text.h"
#include "trace/effects/emit.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/new_id.h"
#include "trace/world/virtual_fs.h"

namespace cutaway::real {
namespace {

constexpr std::uint32_t kMemMajor = 1, kTtyMajor = 5, kPtsMajor = 136;

bool writes(std::uint64_t flags) { return (flags & abi::o::kAccmode) != 0; }

PipeId pipe_named(const std::string& name, TaskId task, EffectSink& sink) {
  const cutaway::Pipe* known =
      sink.world().pipes.first([&name](const cutaway::Pipe& pipe) { return pipe.name == name; });
  if (known != nullptr) return known->id;
  const PipeId id = next_pipe(sink.world());
  emit_body(sink, task, PipeMade{id, name, InodeId{}});
  return id;
}

TerminalId terminal_named(const std::string& name, FilesystemId devpts, TaskId task,
                          EffectSink& sink) {
  const cutaway::Terminal* known = sink.world().terminals.first([&](const cutaway::Terminal& each) {
    return each.name == name && each.tty && (!each.devpts || each.devpts == devpts);
  });
  if (known != nullptr) return known->id;
  cutaway::Terminal terminal;
  terminal.id = next_terminal(sink.world());
  terminal.name = name;
  terminal.devpts = devpts;
  terminal.input = next_pipe(sink.world());
  const TerminalId id = terminal.id;
  emit_body(sink, task, TerminalMade{std::move(terminal)});
  return id;
}

void describe_device(const struct stat& found, FilesystemId fs, TaskId task, EffectSink& sink,
                     OpenFile& file) {
  const auto kind = static_cast<std::uint32_t>(major(found.st_rdev));
  const auto number = static_cast<std::uint32_t>(minor(found.st_rdev));
  file.kind = FileKind::Other;
  if (kind == kMemMajor && number == 3) file.kind = FileKind::Null;
  if (kind >= kPtsMajor && kind < kPtsMajor + 8 && starts_with(file.is, "/dev/pts/")) {
    file.kind = FileKind::Terminal;
    file.terminal = terminal_named(file.is, fs, task, sink);
  }
  if (kind == kTtyMajor && number == 2) file.kind = FileKind::Other;  // whose master is not told
}

/// A thing with a place: found in the World's mounts, and known from now on.
void describe_place(int tid, TaskId task, const struct stat& found, Discoverer& discoverer,
                    EffectSink& sink, OpenFile& file) {
  const Task* who = sink.world().tasks.find(task);
  if (who == nullptr) return;
  const Location where = locate(sink.world(), who->in(NsKind::Mnt), file.is);
  const Mount* mount = sink.world().mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : sink.world().filesystems.find(mount->fs);
  if (fs == nullptr) return;
  const bool computed = is_virtual(*fs);
  const FilesystemId id = fs->id;
  discoverer.place(tid, task, where, sink);
  const std::optional<cutaway::Entry> entry =
      entry_at(sink.world(), sink.world().tasks.at(task), where);
  file.where = where;
  file.kind = computed ? FileKind::Virtual : FileKind::Inode;
  if (entry) file.inode = entry->inode;
  if (S_ISCHR(found.st_mode) || S_ISBLK(found.st_mode))
    describe_device(found, id, task, sink, file);
  if (S_ISFIFO(found.st_mode)) {
    file.kind = writes(file.flags) ? FileKind::PipeWrite : FileKind::PipeRead;
    file.pipe = pipe_named(file.is, task, sink);
  }
}

NsId namespace_numbered(const World& world, std::uint32_t inode) {
  const Namespace* ns =
      world.namespaces.first([inode](const Namespace& each) { return each.inode == inode; });
  return inode == 0 || ns == nullptr ? NsId{} : ns->id;
}

}  // namespace

OpenFile describe_descriptor(int tid, TaskId task, std::int32_t fd, const std::string& link,
                             Discoverer& discoverer, EffectSink& sink, bool& cloexec) {
  const FdInfo info = parse_fdinfo(proc_text(tid, "fdinfo/" + decimal(fd)));
  constexpr std::uint64_t kLargeFile = 0100000;  // the kernel sets it by itself
  OpenFile file;
  file.flags = info.flags & ~(abi::o::kCloexec | kLargeFile);
  file.offset = info.offset;
  file.is = link;
  file.kind = FileKind::Other;
  cloexec = (info.flags & abi::o::kCloexec) != 0;
  if (starts_with(link, "pipe:[")) {
    file.kind = writes(file.flags) ? FileKind::PipeWrite : FileKind::PipeRead;
    file.pipe = pipe_named(link, task, sink);
  } else if (starts_with(link, "socket:[")) {
    file.kind = FileKind::Socket;
  } else if (link[0] != '/') {
    file.ns = namespace_numbered(sink.world(), number_in_link(link));
    if (file.ns) file.kind = FileKind::Namespace;
  } else if (!ends_with(link, " (deleted)")) {
    struct stat found {};
    if (::stat(proc_path(tid, "fd/" + decimal(fd)).c_str(), &found) == 0)
      describe_place(tid, task, found, discoverer, sink, file);
  }
  return file;
}

std::string link_of(const World& world, const OpenFile& file) {
  const Mount* mount = world.mounts.find(file.where.mount);
  if (mount == nullptr || !mount->ns) return file.is;
  return path_in_ns(world, file.where);
}

int read_descriptors(int tid, TaskId task, Discoverer& discoverer, EffectSink& sink) {
  const Task* who = sink.world().tasks.find(task);
  const FdTable* table = who == nullptr ? nullptr : sink.world().fd_tables.find(who->fds);
  if (table == nullptr) return 0;
  const std::map<std::int32_t, std::string> real = proc_fds(tid);
  const std::map<std::int32_t, FdEntry> known = table->fds;
  int differences = 0;
  for (const auto& each : known) {
    if (real.count(each.first) != 0) continue;
    emit_body(sink, task, FileClosed{each.first});
    ++differences;
  }
  for (const auto& each : real) {
    const auto entry = known.find(each.first);
    const OpenFile* before =
        entry == known.end() ? nullptr : sink.world().files.find(entry->second.file);
    if (before != nullptr && link_of(sink.world(), *before) == each.second) continue;
    ++differences;
    bool cloexec = false;
    OpenFile file =
        describe_descriptor(tid, task, each.first, each.second, discoverer, sink, cloexec);
    file.id = next_file(sink.world());
    emit_body(sink, task, FileOpened{each.first, std::move(file), cloexec});
  }
  return differences;
}

}  // namespace cutaway::real
