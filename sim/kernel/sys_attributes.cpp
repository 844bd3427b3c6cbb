// statfs(2), utimensat(2): what is asked about file systems, and when a file was touched.
#include <algorithm>

#include "base/text.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/limits.h"
#include "sim/kernel/paths.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

constexpr std::int64_t kDiskBlocks = std::int64_t{40} << 18;  // 40 GiB: every disk is so large

/// Bytes that the inodes of a file system hold, in whole blocks.
std::int64_t blocks_used(const World& world, FilesystemId id) {
  std::int64_t blocks = 0;
  world.inodes.each([&](const Inode& inode) {
    const bool regular = (inode.mode & abi::mode::kType) == abi::mode::kRegular;
    if (inode.fs == id && regular) blocks += (inode.size + kPageBytes - 1) / kPageBytes;
  });
  return blocks;
}

struct Space {
  std::int64_t blocks = 0, used = 0;
};

/// A tmpfs may take half of the memory (tmpfs(5)); what is computed (proc, sysfs …) has no space;
/// an overlay tells of the disk below it.
Space space_of(const World& world, const Filesystem& fs) {
  Space space;
  if (fs.is("tmpfs") || fs.is("devtmpfs")) {
    space.blocks = world.machine.memory / kPageBytes / 2;
    space.used = blocks_used(world, fs.id);
  }
  if (fs.is("ext4") || fs.is("overlay")) {
    space.blocks = kDiskBlocks;
    world.filesystems.each([&](const Filesystem& each) {
      if (each.type == "ext4") space.used += blocks_used(world, each.id);
    });
  }
  return space;
}

Arg statfs_arg(const Filesystem& fs, const Space& space) {
  Arg out;
  out.tag = ArgTag::Struct;
  out.keys = {"f_type", "f_bsize", "f_blocks", "f_bfree"};
  out.items = {Arg::bytes(fs.type), Arg::integer(kPageBytes), Arg::integer(space.blocks),
               Arg::integer(space.blocks - space.used)};
  return out;
}

}  // namespace

Decision decide_statfs(const Ask& ask) {
  const Walk walk = resolve(ask, ask.text(0));
  if (walk.err != abi::Errno::kOk) return refuse(walk.err);
  const Mount* mount = ask.world.mounts.find(walk.where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : ask.world.filesystems.find(mount->fs);
  if (fs == nullptr) return refuse(abi::Errno::kENOSYS);
  const Space space = space_of(ask.world, *fs);
  Decision decision = answer(0);
  decision.reply.out = {kPageBytes, space.blocks, space.blocks - space.used};
  decision.filled.emplace_back(1, statfs_arg(*fs, space));
  return decision;
}

/// Who may write a file, or owns it, may say that it was touched now (utimensat(2)).
Decision decide_utimensat(const Ask& ask) {
  const bool follow = (ask.bits(3) & abi::at::kSymlinkNofollow) == 0;
  const Walk walk =
      resolve(ask, ask.integer(0), ask.text(1), follow ? LastLink::Follow : LastLink::NoFollow);
  if (walk.err != abi::Errno::kOk) return refuse(walk.err);
  const abi::Errno writable_here = writable_mount(ask.world, walk.where.mount);
  if (writable_here != abi::Errno::kOk) return refuse(writable_here);
  const bool own = ask.task.credentials.fsuid == walk.entry.uid;
  const bool may = own || permitted(ask.world, ask.task, walk.entry, kMayWrite);
  return may ? answer(0) : refuse(abi::Errno::kEACCES);
}

}  // namespace cutaway::sim
