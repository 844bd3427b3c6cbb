#include "real/engine/root.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr const char* kInitFolders[] = {"/dev/pts", "/dev/shm", "/etc", "/proc", "/sys"};
constexpr const char* kInitFiles[] = {"/dev/console", "/etc/hostname", "/etc/hosts",
                                      "/etc/resolv.conf"};

// Folders of a container's root can be entered by whoever runs in it.
Status make_layer_folder(const std::string& path) {
  TRY(make_folders(path, 0755));
  if (::chmod(path.c_str(), 0755) != 0) return os_fail("chmod", path, errno);
  return {};
}

// What is mounted there must land in the container's root. The init layer's own folders hide what
// an image says of them; what a container did to its writable layer they do not (CVE-2019-19921).
Status check_mount_points(const std::string& merged) {
  for (const char* name : {"/proc", "/sys", "/dev", "/etc"}) {
    struct stat status {};
    if (::lstat((merged + name).c_str(), &status) != 0) return os_fail("stat", name, errno);
    if (!S_ISDIR(status.st_mode))
      return fail(ErrorCode::Failed, std::string(name) + " of the container is no folder");
  }
  return {};
}

}  // namespace

Status make_writable_layer(const StateFolder& state, const ContainerRecord& record) {
  const std::string base = state.overlay(record.id);
  const std::string init = state.overlay(record.id + "-init") + "/diff";
  TRY(make_layer_folder(init));
  for (const char* folder : kInitFolders) TRY(make_folders(init + folder, 0755));
  for (const char* file : kInitFiles) TRY(replace_file(init + file, "", 0755));
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

Result<MountedRoot> mount_root(const StateFolder& state, const ContainerRecord& record) {
  const std::string base = state.overlay(record.id);
  std::string lower = state.overlay(record.id + "-init") + "/diff";
  const std::vector<std::string>& layers = record.layer_folders;
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) lower += ":" + *layer;
  MountedRoot root;
  root.merged = base + "/merged";
  root.options = "lowerdir=" + lower + ",upperdir=" + base + "/diff,workdir=" + base + "/work";
  if (::mount("overlay", root.merged.c_str(), "overlay", 0, root.options.c_str()) != 0)
    return os_fail("mount overlay on", root.merged, errno);
  const Status folders = check_mount_points(root.merged);
  if (folders) return root;
  ::umount2(root.merged.c_str(), MNT_DETACH);
  return fail(folders.error());
}

Status unmount_root(const StateFolder& state, std::string_view id) {
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
