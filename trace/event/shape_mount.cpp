// Shapes of calls: mounts, roots and namespaces.
#include "trace/event/shape_rows.h"

namespace cutaway::shapes {

using abi::Sys;
using enum ArgKind;

Rows mount_rows() {
  return {
      {Sys::mount,
       {{"source", Path},
        {"target", Path},
        {"filesystemtype", Text},
        {"mountflags", Flags, &abi::kMountFlags},
        {"data", Text}}},
      {Sys::umount2, {{"target", Path}, {"flags", Flags, &abi::kUmountFlags}}},
      {Sys::pivot_root, {{"new_root", Path}, {"put_old", Path}}},
      {Sys::chroot, {{"path", Path}}},
      {Sys::open_tree,
       {{"dfd", DirFd}, {"filename", Path}, {"flags", Flags, &abi::kOpenTreeFlags}}},
      {Sys::move_mount,
       {{"from_dfd", DirFd},
        {"from_pathname", Path},
        {"to_dfd", DirFd},
        {"to_pathname", Path},
        {"flags", Flags, &abi::kMoveMountFlags}}},
      {Sys::fsopen, {{"fs_name", Text}, {"flags", Flags, &abi::kFsopenFlags}}},
      {Sys::fsconfig,
       {{"fd", Fd},
        {"cmd", Constant, &abi::kFsconfigCommands},
        {"key", Text},
        {"value", Text},
        {"aux", Int}}},
      {Sys::fsmount,
       {{"fs_fd", Fd},
        {"flags", Flags, &abi::kFsmountFlags},
        {"attr_flags", Flags, &abi::kMountAttributes}}},
      {Sys::fspick, {{"dfd", DirFd}, {"path", Path}, {"flags", Flags, &abi::kFspickFlags}}},
      {Sys::mount_setattr,
       {{"dirfd", DirFd},
        {"pathname", Path},
        {"flags", Flags, &abi::kAtFlags},
        {"attr", Struct},
        {"size", Unsigned}}},
      {Sys::unshare, {{"flags", Flags, &abi::kCloneFlags}}},
      {Sys::setns, {{"fd", Fd}, {"nstype", Flags, &abi::kCloneFlags}}},
      {Sys::sethostname, {{"name", Text}, {"len", Unsigned}}},
      {Sys::setdomainname, {{"name", Text}, {"len", Unsigned}}},
      {Sys::swapon, {{"path", Path}, {"swapflags", Int}}},
      {Sys::swapoff, {{"path", Path}}},
      {Sys::reboot,
       {{"magic", Unsigned}, {"magic2", Unsigned}, {"cmd", Unsigned}, {"arg", Struct}}},
  };
}

}  // namespace cutaway::shapes
