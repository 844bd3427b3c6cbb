#include "sim/docker/archive.h"

#include <algorithm>

#include "base/text.h"
#include "sim/docker/copy_tree.h"
#include "sim/docker/daemon.h"
#include "sim/programs/folders.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"

namespace cutaway::sim {

namespace {

constexpr std::string_view kWhiteout = ".wh.", kOpaque = ".wh..wh..opq";

std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }
std::string last_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::string member_place(const std::string& folder, const TarMember& member) {
  std::string place = folder + "/" + member.name;
  while (place.size() > folder.size() && place.back() == '/') place.pop_back();
  return place;
}

/// docker calls both for each member; here only where it makes a difference: an owner that is not
/// root, bits that the umask (or that change of owner) has taken away.
Co<int> keep_rights(Sys sys, std::string place, TarMember member) {
  constexpr std::uint32_t kMasked = 06022;
  std::int64_t kept = 0;
  if (member.uid != 0 || member.gid != 0) kept = co_await sys.chown(place, member.uid, member.gid);
  if (kept >= 0 && (member.mode & kMasked) != 0) kept = co_await sys.chmod(place, member.mode);
  co_return static_cast<int>(kept);
}

Co<int> unpack_file(Sys sys, std::string place, TarMember member, bool replaces) {
  const std::uint64_t fresh = replaces ? abi::o::kTrunc : abi::o::kExcl;
  const std::uint64_t flags = abi::o::kWronly | abi::o::kCreat | fresh | abi::o::kCloexec;
  const std::int64_t fd = co_await sys.open(place, flags, member.mode);
  if (fd < 0) co_return static_cast<int>(fd);
  auto writing = write_all(sys, fd, member.content);
  const std::int64_t written = co_await writing;
  // A simulated binary is a short text; the file is as long as the real one (a hole behind it).
  if (written >= 0 && member.size > static_cast<std::int64_t>(member.content.size())) {
    const std::vector<Arg> args = {Arg::integer(fd), Arg::integer(member.size)};
    co_await sys.call(abi::Sys::ftruncate, args);
  }
  co_await sys.close(fd);
  co_return written < 0 ? static_cast<int>(written) : 0;
}

Co<int> unpack_special(Sys sys, std::string folder, std::string place, TarMember member) {
  if (member.type == TarType::SymbolicLink)
    co_return static_cast<int>(co_await sys.symlink(member.link, place));
  if (member.type == TarType::HardLink) {
    const std::string target = folder + "/" + member.link;
    co_return static_cast<int>(co_await sys.link(target, place));
  }
  const std::uint32_t kind = member.type == TarType::Character ? abi::mode::kChar
                             : member.type == TarType::Block   ? abi::mode::kBlock
                                                               : abi::mode::kFifo;
  co_return static_cast<int>(
      co_await sys.mknod(place, kind | member.mode, member.major, member.minor));
}

// ".wh.x": a device 0:0 called x; ".wh..wh..opq": one for each name that lies below.
Co<int> unpack_whiteout(Sys sys, std::string folder, std::string place,
                        std::vector<std::string> lower) {
  const std::string parent = parent_of(place), name = last_of(place);
  std::vector<std::string> hidden;
  if (name != kOpaque) {
    hidden.push_back(name.substr(kWhiteout.size()));
  } else {
    for (const std::string& layer : lower) {
      auto listing = list_folder(sys, layer + parent.substr(folder.size()));
      const std::vector<std::string> names = co_await listing;
      hidden.insert(hidden.end(), names.begin(), names.end());
    }
  }
  for (const std::string& gone : hidden) {
    const std::string node = parent + "/" + gone;
    co_await sys.mknod(node, abi::mode::kChar, 0, 0);  // it may be in this layer again: then EEXIST
  }
  co_return 0;
}

Co<int> unpack_one(Sys sys, std::string folder, TarMember member, UnpackHow how) {
  const std::string place = member_place(folder, member);
  if (member.type == TarType::Folder) {
    auto making = make_folders(sys, place, member.mode);
    const int made = co_await making;
    if (made < 0) co_return made;
    auto keeping = keep_rights(sys, place, member);
    co_return co_await keeping;
  }
  if (parent_of(place).size() > folder.size()) {
    auto making = make_folders(sys, parent_of(place), 0755);
    const int made = co_await making;
    if (made < 0) co_return made;
  }
  if (how.layer && starts_with(last_of(place), kWhiteout)) {
    auto hiding = unpack_whiteout(sys, folder, place, how.lower);
    co_return co_await hiding;
  }
  const bool plain = member.type == TarType::File;
  if (!how.layer && !plain) co_await sys.unlink(place);
  auto unpacking = plain ? unpack_file(sys, place, member, !how.layer)
                         : unpack_special(sys, folder, place, member);
  const int unpacked = co_await unpacking;
  if (unpacked < 0 || member.type == TarType::SymbolicLink) co_return unpacked;
  auto keeping = keep_rights(sys, place, member);
  co_return co_await keeping;
}

// ---- The other way

bool is_opaque(Sys sys, const std::string& path) {
  const World& world = sys.world();
  const Walk found = walk(world, world.tasks.at(sys.self()), path, LastLink::NoFollow);
  const Inode* inode =
      found.err == abi::Errno::kOk ? world.inodes.find(found.entry.inode) : nullptr;
  return inode != nullptr && inode->opaque;
}

TarMember described(const Stat& stat, const std::string& name) {
  TarMember member;
  member.name = name;
  member.mode = stat.mode & 07777U;
  member.uid = stat.uid;
  member.gid = stat.gid;
  member.major = stat.major;
  member.minor = stat.minor;
  switch (stat.mode & abi::mode::kType) {
    case abi::mode::kDirectory:
      member.type = TarType::Folder;
      member.name += "/";
      break;
    case abi::mode::kLink:
      member.type = TarType::SymbolicLink;
      break;
    case abi::mode::kChar:
      member.type = TarType::Character;
      break;
    case abi::mode::kBlock:
      member.type = TarType::Block;
      break;
    case abi::mode::kFifo:
      member.type = TarType::Fifo;
      break;
    default:
      member.size = stat.size;
  }
  return member;
}

Co<std::string> content_of(Sys sys, std::string path) {
  std::string content;
  const std::int64_t fd = co_await sys.open(path, abi::o::kCloexec);
  if (fd < 0) co_return content;
  while (co_await sys.read(fd, 1 << 20) > 0) content += sys.reply().data;
  co_await sys.close(fd);
  // The hole behind a simulated program's name is told by the size alone.
  const std::size_t last = content.find_last_not_of('\0');
  content.resize(last == std::string::npos ? 0 : last + 1);
  co_return content;
}

bool stands_for_whiteout(const TarMember& member) {
  return member.type == TarType::Character && member.major == 0 && member.minor == 0;
}

std::string whiteout_of(const std::string& name) {
  const std::size_t slash = name.rfind('/');
  const std::size_t from = slash == std::string::npos ? 0 : slash + 1;
  TarMember gone;
  gone.name = name.substr(0, from) + std::string(kWhiteout) + name.substr(from);
  gone.mode = 0;
  return tar_member(gone);
}

Co<std::string> pack_content(Sys sys, std::string folder, std::string name, bool layer) {
  std::string archive;
  if (layer && is_opaque(sys, folder)) {
    TarMember opaque;
    opaque.name = name + (name.empty() ? "" : "/") + std::string(kOpaque);
    opaque.mode = 0;
    archive += tar_member(opaque);
  }
  auto listing = list_folder(sys, folder);
  const std::vector<std::string> names = co_await listing;
  for (const std::string& each : names) {
    const std::string inner = name + (name.empty() ? "" : "/") + each;
    auto packing = pack_tree(sys, folder + "/" + each, inner, layer);
    archive += co_await packing;
  }
  co_return archive;
}

}  // namespace

Co<int> unpack_members(Sys sys, std::string folder, std::vector<TarMember> members, UnpackHow how) {
  auto making = make_folders(sys, folder, 0755);
  co_await making;
  for (const TarMember& member : members) {
    auto one = unpack_one(sys, folder, member, how);
    const int done = co_await one;
    if (done < 0) co_return done;
  }
  co_return 0;
}

Co<std::string> pack_tree(Sys sys, std::string path, std::string name, bool layer) {
  std::string archive;
  if (co_await sys.lstat(path) < 0) co_return archive;
  const Stat stat = sys.reply().stat;
  TarMember member = described(stat, name);
  if (layer && stands_for_whiteout(member)) co_return whiteout_of(name);
  if (member.type == TarType::SymbolicLink) {
    co_await sys.readlink(path);
    member.link = sys.reply().data;
  }
  if (member.type == TarType::File) {
    auto reading = content_of(sys, path);
    member.content = co_await reading;
  }
  if (!name.empty()) archive = tar_member(member);
  if (member.type != TarType::Folder) co_return archive;
  auto packing = pack_content(sys, path, name, layer);
  archive += co_await packing;
  co_return archive;
}

}  // namespace cutaway::sim
