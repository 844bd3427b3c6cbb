// The World under construction; each aspect of the machine has its own file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/litmus.h"
#include "trace/log/blob_store.h"
#include "trace/world/world.h"

namespace cutaway::sim {

struct Sandbox;

class BootBuilder {
 public:
  explicit BootBuilder(const Machine& machine) { world.machine = machine; }

  World world;

  void namespaces();  // boot.cpp
  void files();       // boot_files.cpp
  void mounts();      // boot_mounts.cpp
  void cgroups();     // boot_cgroups.cpp
  void tasks();       // boot_tasks.cpp

  // boot_outside.cpp: the computer around a VM
  void outside_terminals();  ///< before files()
  void outside();            ///< after all else; from here on the builder is about that computer

  // boot_sandbox.cpp: in place of daemon and console, the start of a litmus program
  void sandbox(const Sandbox& sandbox);

  NsId ns(NsKind kind) const { return ns_[static_cast<std::size_t>(kind)]; }

 private:
  // boot_files.cpp: inodes of a file system, by path
  FilesystemId make_filesystem(std::string_view type, std::string_view source, bool with_inodes,
                               std::uint32_t mode = 0755);
  InodeId folder(FilesystemId fs, std::string_view path, std::uint32_t mode = 0755);
  InodeId put(FilesystemId fs, std::string_view path, Inode inode);
  void device(FilesystemId fs, std::string_view path, std::uint32_t mode, std::uint32_t major,
              std::uint32_t minor);
  void link(FilesystemId fs, std::string_view path, std::string_view target);

  // boot_mounts.cpp
  MountId mount(FilesystemId fs, MountId parent, std::string_view at, std::string_view target,
                std::uint64_t flags);
  void mount_dev(MountId root);
  void mount_cgroups(MountId sys);

  // boot_cgroups.cpp
  HierarchyId hierarchy(std::int32_t version, std::vector<std::string> controllers);
  CgroupId cgroup(HierarchyId hierarchy, CgroupId parent, std::string_view path);
  void count(CgroupId id, std::string_view file, std::int64_t by);
  void slices(const Hierarchy& hierarchy);

  // boot_tasks.cpp
  TaskId task(std::int32_t pid, TaskId parent, std::string_view comm, std::vector<std::string> argv,
              std::string_view exe, std::int64_t pages, std::string_view slice);
  void join(Task& task, std::string_view slice);
  FileId open_file(OpenFile file);
  OpenFile null_device() const;
  void descriptor(TaskId task, std::int32_t fd, FileId file, bool cloexec = false);
  void null_descriptors(TaskId task);
  void console_descriptors(TaskId writer, TaskId console);
  void commands_pipe(TaskId writer, TaskId console);

  // boot_outside.cpp
  void outside_namespaces();
  void outside_files();
  void outside_mounts(FilesystemId run);
  void program_file(std::string_view path, std::string_view program, std::int64_t size);
  TaskId outside_task(std::int32_t pid, TaskId parent, std::string_view comm, std::string_view exe);

  // boot_sandbox.cpp
  NsId own_namespace(NsKind kind);
  void sandbox_namespaces();
  void sandbox_cgroup(const Sandbox& sandbox);
  MountId sandbox_mount(FilesystemId fs, MountId parent, std::string_view target,
                        std::uint64_t flags, std::string_view root = "/");
  void sandbox_root(const Sandbox& sandbox);
  void sandbox_devices();
  void sandbox_file(std::string_view path, const spec::FileSpec& file);
  void sandbox_tasks(const Sandbox& sandbox);
  InodeId inode_at(InodeId root, std::string_view path) const;
  void sandbox_credentials(TaskId id);
  void null_channels(TaskId task);

  std::uint32_t first_id_ = 0;  ///< what 0 inside the sandbox is outside of it
  MountId sandbox_root_, sandbox_null_;

  NsId ns_[kNsKinds];
  FilesystemId root_fs_, dev_fs_, run_fs_, outside_pts_;
  MountId root_mount_, dev_mount_;
  std::vector<HierarchyId> hierarchies_;
};

}  // namespace cutaway::sim
