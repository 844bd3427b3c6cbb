#include "real/image/layer_writer.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <vector>

#include "base/text.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr int kFolderFlags = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
constexpr mode_t kAllModeBits = 07777;

tl::unexpected<Error> refuse_path(const std::string& path, const std::string& what) {
  return fail(ErrorCode::Failed, "/" + path + ": " + what);
}

std::string below(const std::string& path, const std::string& name) {
  return path.empty() ? name : path + "/" + name;
}

std::array<timespec, 2> times_of(const Attributes& attributes) {
  const timespec unchanged{0, UTIME_OMIT};
  const timespec modified = attributes.modified.value_or(unchanged);
  return {modified, modified};
}

// After the owner: chown clears set-user-id.
Status set_attributes(int fd, const std::string& path, const Attributes& attributes, bool owner) {
  if (owner && ::fchown(fd, attributes.uid, attributes.gid) != 0)
    return os_fail("chown", "/" + path, errno);
  if (::fchmod(fd, attributes.mode & kAllModeBits) != 0) return os_fail("chmod", "/" + path, errno);
  if (::futimens(fd, times_of(attributes).data()) != 0)
    return os_fail("set times of", "/" + path, errno);
  return {};
}

Result<std::vector<std::string>> entries_in(int folder, const std::string& path) {
  const int again = ::openat(folder, ".", O_RDONLY | kFolderFlags);
  DIR* listing = again < 0 ? nullptr : ::fdopendir(again);
  if (listing == nullptr) return os_fail("read folder", "/" + path, errno);
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(listing)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  ::closedir(listing);
  return names;
}

const std::string& name_of(const std::string& name) { return name; }
template <class Value>
const std::string& name_of(const std::pair<const std::string, Value>& row) {
  return row.first;
}

// Takes `path` and all below it out of a set, or a map, of paths.
template <class Paths>
void forget_in(Paths& paths, const std::string& path) {
  paths.erase(path);
  const std::string prefix = path + "/";
  auto next = paths.lower_bound(prefix);
  while (next != paths.end() && starts_with(name_of(*next), prefix)) next = paths.erase(next);
}

}  // namespace

Result<std::string> member_path(std::string_view name, std::size_t depth_max) {
  if (name.empty()) return fail(ErrorCode::Failed, "a member has no name");
  if (name[0] == '/')
    return fail(ErrorCode::Failed, "a member has an absolute name: " + std::string(name));
  std::string path;
  std::size_t depth = 0;
  for (const std::string& part : split(name, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == "..")
      return fail(ErrorCode::Failed, "a member's name leads upwards: " + std::string(name));
    if (++depth > depth_max)
      return fail(ErrorCode::Failed, "a member's name has more than " + std::to_string(depth_max) +
                                         " parts: " + std::string(name.substr(0, 80)) + "…");
    path = below(path, part);
  }
  return path;
}

// --- where a member goes ---

bool LayerWriter::is_ours(const std::string& path) const {
  return options_.deletions == Deletions::Overlay || made_.count(path) != 0;
}

Result<Fd> LayerWriter::walk(const std::string& path) {
  Fd folder(::openat(root_, ".", O_PATH | kFolderFlags));
  if (!folder) return os_fail("open", "the layer's root", errno);
  std::string sofar;
  if (path.empty()) return folder;
  for (const std::string& part : split(path, '/')) {
    sofar = below(sofar, part);
    TRY_ASSIGN(folder, enter(folder.get(), part, sofar));
  }
  return folder;
}

// One step down, never through a link: with O_PATH | O_DIRECTORY | O_NOFOLLOW a link is ENOTDIR.
Result<Fd> LayerWriter::enter(int parent, const std::string& name, const std::string& path) {
  Fd folder(::openat(parent, name.c_str(), O_PATH | kFolderFlags));
  if (folder) {
    made_.insert(path);
    return folder;
  }
  if (errno == ENOENT) return make_parent(parent, name, path);
  if (errno != ENOTDIR && errno != ELOOP) return os_fail("open", "/" + path, errno);
  if (is_ours(path) && hidden_.count(path) == 0)
    return refuse_path(path, "a member is to be below it, but it is a link or a file");
  // A lower layer's, or its whiteout: as in an overlay, the new folder hides it.
  const bool was_hidden = hidden_.count(path) != 0;
  forget(path);
  TRY(remove_tree_at(parent, name));
  TRY_ASSIGN(folder, make_parent(parent, name, path));
  if (was_hidden) TRY(make_opaque(folder.get(), path));
  return folder;
}

Result<Fd> LayerWriter::make_parent(int parent, const std::string& name, const std::string& path) {
  if (::mkdirat(parent, name.c_str(), 0755) != 0) return os_fail("mkdir", "/" + path, errno);
  Fd folder(::openat(parent, name.c_str(), O_PATH | kFolderFlags));
  if (!folder) return os_fail("open", "/" + path, errno);
  made_.insert(path);
  folders_.try_emplace(path);
  return folder;
}

Result<LayerWriter::Place> LayerWriter::place_of(const std::string& path) {
  if (path.empty()) return refuse_path(path, "the root can only be a folder");
  const std::size_t slash = path.rfind('/');
  Place place;
  place.name = slash == std::string::npos ? path : path.substr(slash + 1);
  TRY_ASSIGN(place.parent, walk(slash == std::string::npos ? "" : path.substr(0, slash)));
  return place;
}

Status LayerWriter::clear(const Place& place, const std::string& path) {
  forget(path);
  return remove_tree_at(place.parent.get(), place.name);
}

// `path` and all below it are no longer there.
void LayerWriter::forget(const std::string& path) {
  forget_in(made_, path);
  forget_in(hidden_, path);
  forget_in(folders_, path);
}

// --- members ---

Status LayerWriter::folder(const std::string& path, const Attributes& attributes) {
  if (!path.empty()) {
    TRY_ASSIGN(const Place place, place_of(path));
    struct stat status {};
    const bool there =
        ::fstatat(place.parent.get(), place.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (!there || !S_ISDIR(status.st_mode)) {
      if (there) TRY(clear(place, path));
      TRY_ASSIGN(const Fd made, make_parent(place.parent.get(), place.name, path));
      // This layer had something else of that name before (a whiteout, a file): that hid what lower
      // layers have, and a plain folder would show it again.
      if (there) TRY(make_opaque(made.get(), path));
    }
    made_.insert(path);
  }
  folders_[path] = attributes;
  return {};
}

Result<Fd> LayerWriter::file(const std::string& path) {
  TRY_ASSIGN(const Place place, place_of(path));
  TRY(clear(place, path));
  Fd fd(::openat(place.parent.get(), place.name.c_str(),
                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd) return os_fail("create", "/" + path, errno);
  made_.insert(path);
  return fd;
}

Status LayerWriter::finish_file(int fd, const std::string& path, const Attributes& attributes) {
  return set_attributes(fd, path, attributes, options_.as_root);
}

Status LayerWriter::set_link_attributes(const Place& place, const std::string& path,
                                        const Attributes& attributes) {
  const int parent = place.parent.get();
  const char* name = place.name.c_str();
  if (options_.as_root &&
      ::fchownat(parent, name, attributes.uid, attributes.gid, AT_SYMLINK_NOFOLLOW) != 0)
    return os_fail("chown", "/" + path, errno);
  if (::utimensat(parent, name, times_of(attributes).data(), AT_SYMLINK_NOFOLLOW) != 0)
    return os_fail("set times of", "/" + path, errno);
  made_.insert(path);
  return {};
}

// What the link says is not looked at: it is followed in the container only, from its root.
Status LayerWriter::symbolic_link(const std::string& path, const std::string& target,
                                  const Attributes& attributes) {
  TRY_ASSIGN(const Place place, place_of(path));
  TRY(clear(place, path));
  if (::symlinkat(target.c_str(), place.parent.get(), place.name.c_str()) != 0)
    return os_fail("symlink", "/" + path, errno);
  return set_link_attributes(place, path, attributes);
}

Status LayerWriter::hard_link(const std::string& path, const std::string& target) {
  if (path == target) return refuse_path(path, "a hard link to itself");
  if (made_.count(target) == 0 || hidden_.count(target) != 0)
    return refuse_path(path, "a hard link to /" + target + ", which this layer does not hold");
  TRY_ASSIGN(const Place from, place_of(target));
  TRY_ASSIGN(const Place place, place_of(path));
  TRY(clear(place, path));
  // Without AT_SYMLINK_FOLLOW: a link to a symbolic link is to that link.
  if (::linkat(from.parent.get(), from.name.c_str(), place.parent.get(), place.name.c_str(), 0) !=
      0)
    return os_fail("link", "/" + path, errno);
  made_.insert(path);
  return {};
}

Status LayerWriter::fifo(const std::string& path, const Attributes& attributes) {
  TRY_ASSIGN(const Place place, place_of(path));
  TRY(clear(place, path));
  if (::mkfifoat(place.parent.get(), place.name.c_str(), 0600) != 0)
    return os_fail("mkfifo", "/" + path, errno);
  // Ours and just made, so no link: fchmodat has no way not to follow one.
  if (::fchmodat(place.parent.get(), place.name.c_str(), attributes.mode & kAllModeBits, 0) != 0)
    return os_fail("chmod", "/" + path, errno);
  return set_link_attributes(place, path, attributes);
}

// --- deletions ---

Status LayerWriter::make_opaque(int folder, const std::string& path) {
  if (options_.deletions == Deletions::Apply) return {};
  // fsetxattr takes no descriptor of O_PATH.
  const Fd fd(::openat(folder, ".", O_RDONLY | kFolderFlags));
  if (!fd) return os_fail("open", "/" + path, errno);
  if (::fsetxattr(fd.get(), options_.opaque_attribute.c_str(), "y", 1, 0) != 0)
    return os_fail("set " + options_.opaque_attribute + " of", "/" + path, errno);
  return {};
}

// Removes what this layer did not make.
Status LayerWriter::prune(int folder, const std::string& path) {
  TRY_ASSIGN(const std::vector<std::string> names, entries_in(folder, path));
  for (const std::string& name : names) {
    const std::string child = below(path, name);
    if (made_.count(child) == 0) {
      TRY(remove_tree_at(folder, name));
      continue;
    }
    const Fd inner(::openat(folder, name.c_str(), O_PATH | kFolderFlags));
    if (inner) TRY(prune(inner.get(), child));
  }
  return {};
}

Status LayerWriter::hide_all_below(const std::string& path) {
  TRY_ASSIGN(const Fd folder, walk(path));
  return options_.deletions == Deletions::Overlay ? make_opaque(folder.get(), path)
                                                  : prune(folder.get(), path);
}

// A whiteout speaks of lower layers only, wherever in the archive it stands: what this layer itself
// has of that name stays, and if it is a folder, nothing of lower ones shows in it.
Status LayerWriter::hide(const std::string& path) {
  TRY_ASSIGN(const Place place, place_of(path));
  if (hidden_.count(path) != 0) return {};
  if (made_.count(path) != 0) {
    struct stat status {};
    if (::fstatat(place.parent.get(), place.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
      return os_fail("stat", "/" + path, errno);
    return S_ISDIR(status.st_mode) ? hide_all_below(path) : Status{};
  }
  TRY(remove_tree_at(place.parent.get(), place.name));
  if (options_.deletions == Deletions::Apply) return {};
  // A character device 0:0 opens nothing, and since Linux 5.8 anybody may make one.
  if (::mknodat(place.parent.get(), place.name.c_str(), S_IFCHR, 0) != 0)
    return os_fail("mknod", "/" + path, errno);
  made_.insert(path);
  hidden_.insert(path);
  return {};
}

// Deepest first, so that a folder's own mode cannot shut us out of what is in it.
Status LayerWriter::finish() {
  for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) {
    const std::string& path = folder->first;
    TRY_ASSIGN(const Fd place, walk(path));
    const Fd fd(::openat(place.get(), ".", O_RDONLY | kFolderFlags));
    if (!fd) return os_fail("open", "/" + path, errno);
    TRY(set_attributes(fd.get(), path, folder->second, options_.as_root));
  }
  return {};
}

}  // namespace cutaway::real
