// Identity in a trace is our own, counted from 1 and never reused: pids, inode and namespace
// numbers are.
#pragma once

#include "base/ids.h"

namespace cutaway {

using TaskId = Id<struct TaskTag>;
using NsId = Id<struct NsTag>;
using MountId = Id<struct MountTag>;
using FilesystemId = Id<struct FilesystemTag>;
using InodeId = Id<struct InodeTag>;
using FileId = Id<struct FileTag>;  ///< an open file description
using FdTableId = Id<struct FdTableTag>;
using FsContextId = Id<struct FsContextTag>;  ///< root, cwd, umask (shared with CLONE_FS)
using AddressSpaceId = Id<struct AddressSpaceTag>;
using SighandId = Id<struct SighandTag>;
using PipeId = Id<struct PipeTag>;
using SocketId = Id<struct SocketTag>;
using TerminalId = Id<struct TerminalTag>;
using HierarchyId = Id<struct HierarchyTag>;
using CgroupId = Id<struct CgroupTag>;
using ContainerId = Id<struct ContainerTag>;
using CallId = Id<struct CallTag>;
using RequestId = Id<struct RequestTag>;
using StepId = Id<struct StepTag>;  ///< a name in the trace's table of step names

/// Content of a file or buffer: the key of a BlobStore. Equal ids mean equal bytes.
struct BlobId {
  std::uint64_t value = 0;
  explicit operator bool() const { return value != 0; }
  friend bool operator==(BlobId a, BlobId b) { return a.value == b.value; }
  friend bool operator!=(BlobId a, BlobId b) { return a.value != b.value; }
};

}  // namespace cutaway
