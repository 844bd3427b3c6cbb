#include "real/engine/root.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "base/os/attempt.h"
#include "base/text.h"
#include "real/image/layer_writer.h"
#include "real/sys/files.h"
#include "real/sys/rootless.h"

namespace cutaway::real {

namespace {

constexpr const char* kInitFolders[] = {"dev/pts", "dev/shm", "etc", "proc", "sys"};
constexpr const char* kInitFiles[] = {"dev/console", "etc/hostname", "etc/hosts",
                                      "etc/resolv.conf"};

// What mount(2) says where there is no overlay for us: the kernel has none (ENODEV), we may not
// (EPERM, EACCES), this file system cannot lie under one (EINVAL, EOPNOTSUPP).
constexpr int kNoOverlay[] = {ENODEV, EPERM, EACCES, EINVAL, EOPNOTSUPP};

// Folders of a container's root can be entered by whoever runs in it.
Status make_layer_folder(const std::string& path) {
  TRY(make_folders(path, 0755));
  if (::chmod(path.c_str(), 0755) != 0) return os_fail("chmod", path, errno);
  return {};
}

// What is mounted there must land in the container's root. Our own folders hide what an image says
// of them; what a container did in `written`, where its changes lie, they do not (CVE-2019-19921).
Status check_mount_points(const std::string& written) {
  for (const char* name : {"/proc", "/sys", "/dev", "/etc"}) {
    struct stat status {};
    if (::lstat((written + name).c_str(), &status) != 0) {
      if (errno == ENOENT) continue;
      return os_fail("stat", name, errno);
    }
    if (!S_ISDIR(status.st_mode))
      return fail(ErrorCode::Failed, std::string(name) + " of the container is no folder");
  }
  return {};
}

// Over whatever an image has of these names, and never through its links.
Status make_mount_points(const std::string& folder) {
  TRY_ASSIGN(const Fd root, open_file(folder, O_PATH | O_DIRECTORY | O_NOFOLLOW));
  UnpackOptions options;
  options.deletions = Deletions::Apply;
  options.as_root = false;  // they are ours as they are made
  LayerWriter writer(root.get(), options);
  for (const char* name : kInitFolders) TRY(writer.folder(name, {}));
  for (const char* name : kInitFiles) {
    TRY_ASSIGN(const Fd file, writer.file(name));
    TRY(writer.finish_file(file.get(), name, {}));
  }
  return writer.finish();
}

// One for all containers: it is the same for each, and nobody writes to a lower layer. Whole or not
// at all, as it stays.
Status make_init_layer(const StateFolder& state) {
  const std::string whole = state.init_layer();
  if (exists(whole)) return {};
  const std::string begun = whole + ".new";
  TRY(remove_tree(begun));
  TRY(make_layer_folder(begun + "/diff"));
  TRY(make_mount_points(begun + "/diff"));
  if (::rename(begun.c_str(), whole.c_str()) != 0) return os_fail("rename", begun, errno);
  return {};
}

MountedRoot overlay_of(const StateFolder& state, const ContainerRecord& record) {
  const std::string base = state.overlay(record.id);
  std::string lower = state.init_layer() + "/diff";
  const std::vector<std::string>& layers = record.layer_folders;
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) lower += ":" + *layer;
  MountedRoot root{base + "/merged",
                   "lowerdir=" + lower + ",upperdir=" + base + "/diff,workdir=" + base + "/work"};
  root.by_init = is_rootless();
  // Its notes on files go into user.*: trusted.* are the host's root's (overlayfs.rst).
  if (root.by_init) root.options += ",userxattr";
  return root;
}

os::Outcome mount_overlay(const MountedRoot& root) {
  if (::mount("overlay", root.merged.c_str(), "overlay", 0, root.options.c_str()) != 0)
    return {errno, "mount overlay"};
  return {};
}

os::Outcome try_overlay_as_user(const MountedRoot& root) {
  const os::Outcome entered = os::enter_user_namespace();
  if (entered.error != 0) return entered;
  if (::unshare(CLONE_NEWNS) != 0) return {errno, "unshare(CLONE_NEWNS)"};
  return mount_overlay(root);
}

// Why not an overlay; empty where one was mounted.
Result<std::string> why_copy(const MountedRoot& root, RootKind decided) {
  const char* asked = std::getenv("CUTAWAY_ROOT");
  if (decided == RootKind::Undecided && asked != nullptr && std::string_view(asked) == "copy")
    return std::string("CUTAWAY_ROOT=copy asks for it");
  const int error = root.by_init
                        ? os::attempt_in_child([&root] { return try_overlay_as_user(root); }).error
                        : mount_overlay(root).error;
  if (error == 0) return std::string();
  const Error said = os_error("mount overlay on", root.merged, error);
  const bool none =
      std::find(std::begin(kNoOverlay), std::end(kNoOverlay), error) != std::end(kNoOverlay);
  if (decided == RootKind::Overlay || !none) return fail(said);
  return said.message;
}

// Whatever lies there was left by a start that was killed before its end.
Status copy_layers(const Machine& machine, const ContainerRecord& record,
                   const std::string& merged) {
  TRY_ASSIGN(const StoredImage image, machine.images.held(record.id));
  TRY(remove_tree(merged));
  TRY(machine.images.flatten(image, merged));
  return make_mount_points(merged);
}

// Unmounting an overlay writes its whole upper file system to disk, what others have written there
// too. A layer that goes with its container is not worth that: "volatile" leaves it out, and marks
// the layer, so that nobody mounts it again (Documentation/filesystems/overlayfs.rst, "Volatile
// mount"). A start that failed may be tried again, though: nothing has run in it. Without root the
// mount is tried before it is made, so it is not marked.
Status make_volatile(const std::string& base, MountedRoot& root) {
  if (root.by_init) return {};
  root.options += ",volatile";
  return remove_tree(base + "/work/work/incompat");
}

}  // namespace

Status make_writable_layer(const StateFolder& state, const ContainerRecord& record) {
  const std::string base = state.overlay(record.id);
  TRY(make_init_layer(state));
  for (const char* part : {"/diff", "/work", "/merged"}) TRY(make_layer_folder(base + part));
  return make_folders(state.container(record.id));
}

// What docker writes anew at each start.
Status write_etc(const StateFolder& state, const ContainerRecord& record,
                 const spec::ContainerConfig& config) {
  const std::string folder = state.container(record.id);
  const std::string hosts = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";
  TRY(replace_file(folder + "/hostname", config.hostname + "\n", 0644));
  TRY(replace_file(folder + "/hosts", hosts, 0644));
  return replace_file(folder + "/resolv.conf", "nameserver 10.0.0.2\n", 0644);
}

Result<MountedRoot> mount_root(const Machine& machine, ContainerRecord& record, bool goes_at_end) {
  MountedRoot root = overlay_of(machine.state, record);
  if (goes_at_end) TRY(make_volatile(machine.state.overlay(record.id), root));
  const bool is_copy = record.root == RootKind::Copy;
  TRY(check_mount_points(is_copy ? root.merged : machine.state.overlay(record.id) + "/diff"));
  if (!is_copy) {
    TRY_ASSIGN(record.root_reason, why_copy(root, record.root));
    if (record.root_reason.empty()) {
      record.root = RootKind::Overlay;
      return root;
    }
    TRY(copy_layers(machine, record, root.merged));
    record.root = RootKind::Copy;
  }
  root.options.clear();
  root.by_init = false;
  return root;
}

Status unmount_root(const StateFolder& state, std::string_view id) {
  if (is_rootless()) return {};  // then it was mounted in the container's namespace only
  const std::string merged = state.overlay(id) + "/merged";
  // More than one can lie there after a crash in the middle of a start.
  for (int tries = 0; tries < 16; ++tries) {
    if (::umount2(merged.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW) == 0) continue;
    if (errno == EINVAL || errno == ENOENT) return {};
    return os_fail("umount", merged, errno);
  }
  return {};
}

}  // namespace cutaway::real
