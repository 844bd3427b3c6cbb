// open(2), openat(2), openat2(2), creat(2): what kind of thing a new descriptor refers to.
#include "base/text.h"
#include "trace/effects/families.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/new_id.h"
#include "trace/world/virtual_fs.h"
#include "trace/world/virtual_tables.h"

namespace cutaway {
namespace {

struct Opening {
  Walk found;
  std::uint64_t flags = 0;
  std::uint32_t mode = 0;
};

bool writes(std::uint64_t flags) { return (flags & abi::o::kAccmode) != 0; }

std::uint32_t umask_of(const Call& call) {
  const FsContext* fs = call.world().fs_contexts.find(call.task().fs);
  return fs == nullptr ? 0 : fs->umask;
}

/// O_CREAT made the file.
void create(const Call& call, Opening& opening) {
  Inode inode;
  inode.mode = abi::mode::kRegular | (opening.mode & 07777 & ~umask_of(call));
  const Location folder = opening.found.parent;
  const InodeId id = create_name(call, folder, opening.found.name, inode);
  opening.found.where = Location{folder.mount, join_path(folder.path, opening.found.name)};
  opening.found.err = abi::Errno::kOk;
  opening.found.entry.inode = id;
  opening.found.entry.mode = inode.mode;
}

/// A regular file that is to be written or cut must be in the upper layer (ovl_open_need_copy_up in
/// fs/overlayfs/copy_up.c); one that was cut is empty now.
void prepare_to_write(const Call& call, Opening& opening, bool made) {
  if (!opening.found.entry.regular() || !opening.found.entry.inode) return;
  const bool cuts = !made && (opening.flags & abi::o::kTrunc) != 0;
  if (cuts || writes(opening.flags))
    opening.found.entry.inode = writable_inode(call, opening.found.where);
  const Inode* inode = call.world().inodes.find(opening.found.entry.inode);
  // An empty one has nothing to lose but its set-user-ID and set-group-ID bits (do_truncate).
  constexpr std::uint32_t kSetIds = abi::mode::kSetuid | abi::mode::kSetgid;
  if (cuts && inode != nullptr && (inode->size != 0 || (inode->mode & kSetIds) != 0))
    set_content(call, opening.found.entry.inode, BlobId{}, 0);
}

TerminalId terminal_at(const World& world, const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  const std::string name = "/dev/pts/" + where.path.substr(where.path.rfind('/') + 1);
  const Filesystem* first =
      world.filesystems.first([](const Filesystem& fs) { return fs.is("devpts"); });
  const Terminal* found = world.terminals.first([&](const Terminal& terminal) {
    const FilesystemId shown = terminal.devpts    ? terminal.devpts
                               : first == nullptr ? FilesystemId{}
                                                  : first->id;
    return terminal.name == name && mount != nullptr && shown == mount->fs;
  });
  return found == nullptr ? TerminalId{} : found->id;
}

/// Opening ptmx makes a new pair; its number is the lowest free one of that devpts (pts(4)).
TerminalId make_terminal(const Call& call, const Location& where) {
  const Mount* mount = call.world().mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : call.world().filesystems.find(mount->fs);
  Terminal terminal;
  terminal.id = next_terminal(call.world());
  terminal.input = next_pipe(call.world());
  if (fs != nullptr && fs->is("devpts")) terminal.devpts = fs->id;
  std::int64_t number = 0;
  const auto taken = [&](const Terminal& each) {
    return each.devpts == terminal.devpts && each.name == "/dev/pts/" + decimal(number);
  };
  while (call.world().terminals.first(taken) != nullptr) ++number;
  terminal.name = "/dev/pts/" + decimal(number);
  call.emit(TerminalMade{terminal});
  return terminal.id;
}

PipeId fifo_pipe(const Call& call, InodeId inode, const std::string& name) {
  const Pipe* open =
      call.world().pipes.first([inode](const Pipe& pipe) { return pipe.fifo == inode; });
  if (open != nullptr) return open->id;
  const PipeId id = next_pipe(call.world());
  call.emit(PipeMade{id, name, inode});
  return id;
}

// include/uapi/linux/major.h, Documentation/admin-guide/devices.txt
constexpr std::uint32_t kMemMajor = 1, kTtyMajor = 5, kPtsMajor = 136;

void describe_device(const Call& call, const Opening& opening, OpenFile& file) {
  const Entry& entry = opening.found.entry;
  file.kind = FileKind::Other;
  if (entry.major == kMemMajor && entry.minor == 3) file.kind = FileKind::Null;
  if (entry.major == kPtsMajor) file.terminal = terminal_at(call.world(), opening.found.where);
  if (entry.major == kTtyMajor && entry.minor == 0) file.terminal = call.task().terminal;
  if (file.terminal) file.kind = FileKind::Terminal;
  if (entry.major == kTtyMajor && entry.minor == 2) {
    file.kind = FileKind::TerminalMaster;
    file.terminal = make_terminal(call, opening.found.where);
  }
}

/// A pipe, or another thing without a place, opened again through /proc/PID/fd/N.
void describe_again(const Call& call, OpenFile& file, FileId id) {
  const OpenFile* old = call.world().files.find(id);
  if (old == nullptr) return;
  const bool pipe = old->kind == FileKind::PipeRead || old->kind == FileKind::PipeWrite;
  file.kind = !pipe ? old->kind : writes(file.flags) ? FileKind::PipeWrite : FileKind::PipeRead;
  file.inode = old->inode;
  file.pipe = old->pipe;
  file.terminal = old->terminal;
  file.channel = old->channel;
  file.is = old->is;
}

void describe_virtual(const Call& call, const Opening& opening, OpenFile& file) {
  file.kind = FileKind::Virtual;
  file.content = call.done().content;
  const Mount* mount = call.world().mounts.find(opening.found.where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : call.world().filesystems.find(mount->fs);
  if (fs == nullptr || !fs->is("proc")) return;
  const std::optional<ProcPlace> place = proc_place(call.world(), *fs, opening.found.where.path);
  if (place) file.task = place->task->id;
}

void describe(const Call& call, const Opening& opening, OpenFile& file) {
  const Entry& entry = opening.found.entry;
  const std::uint32_t type = entry.mode & abi::mode::kType;
  if (entry.jump_ns) {
    file.kind = FileKind::Namespace;
    file.ns = entry.jump_ns;
    const Namespace* ns = call.world().namespaces.find(entry.jump_ns);
    if (ns != nullptr)
      file.is = std::string(ns_kind_name(ns->type)) + ":[" + decimal(ns->inode) + "]";
    file.where = Location{};
  } else if ((file.flags & abi::o::kPath) != 0) {
    file.kind = entry.inode ? FileKind::Inode : FileKind::Virtual;
  } else if (entry.jump_file && !entry.inode) {
    file.where = Location{};
    describe_again(call, file, entry.jump_file);
  } else if (type == abi::mode::kChar || type == abi::mode::kBlock) {
    describe_device(call, opening, file);
  } else if (type == abi::mode::kFifo && entry.inode) {
    file.pipe = fifo_pipe(call, entry.inode, file.is);
    file.kind = writes(file.flags) ? FileKind::PipeWrite : FileKind::PipeRead;
  } else if (!entry.inode) {
    describe_virtual(call, opening, file);
  }
}

void open_effects(const Call& call, Opening opening) {
  if (call.ret() < 0) return;
  const bool creates = (opening.flags & abi::o::kCreat) != 0;
  const bool made =
      opening.found.err == abi::Errno::kENOENT && creates && !opening.found.name.empty();
  if (made) create(call, opening);
  if (opening.found.err != abi::Errno::kOk) return;
  if ((opening.flags & abi::o::kPath) == 0) prepare_to_write(call, opening, made);
  OpenFile file;
  file.where = opening.found.where;
  file.inode = opening.found.entry.inode;
  file.flags = opening.flags & ~(abi::o::kCreat | abi::o::kExcl | abi::o::kNoctty | abi::o::kTrunc |
                                 abi::o::kCloexec);
  file.is = path_seen_by(call.world(), call.task(), file.where);
  describe(call, opening, file);
  open_file(call, static_cast<std::int32_t>(call.ret()), std::move(file),
            (opening.flags & abi::o::kCloexec) != 0);
}

LastLink last_of_open(std::uint64_t flags) {
  const bool exclusive = (flags & abi::o::kCreat) != 0 && (flags & abi::o::kExcl) != 0;
  return (flags & abi::o::kNofollow) != 0 || exclusive ? LastLink::NoFollow : LastLink::Follow;
}

}  // namespace

FileId open_file(const Call& call, std::int32_t fd, OpenFile file, bool cloexec) {
  file.id = next_file(call.world());
  const FileId id = file.id;
  call.emit(FileOpened{fd, std::move(file), cloexec});
  return id;
}

void effect_open(const Call& call) {
  open_effects(call, Opening{call.find(0, last_of_open(call.bits(1))), call.bits(1),
                             static_cast<std::uint32_t>(call.bits(2))});
}

void effect_openat(const Call& call) {
  open_effects(call, Opening{call.find_at(0, 1, last_of_open(call.bits(2))), call.bits(2),
                             static_cast<std::uint32_t>(call.bits(3))});
}

void effect_openat2(const Call& call) {
  const auto flags = static_cast<std::uint64_t>(field_number(call.arg(2), "flags"));
  const auto mode = static_cast<std::uint32_t>(field_number(call.arg(2), "mode"));
  open_effects(call, Opening{call.find_at(0, 1, last_of_open(flags)), flags, mode});
}

void effect_creat(const Call& call) {
  constexpr std::uint64_t kFlags = abi::o::kWronly | abi::o::kCreat | abi::o::kTrunc;
  open_effects(call, Opening{call.find(0), kFlags, static_cast<std::uint32_t>(call.bits(1))});
}

}  // namespace cutaway
