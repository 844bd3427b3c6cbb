// Shapes of calls: memory.
#include "trace/event/shape_rows.h"

namespace cutaway::shapes {

using abi::Sys;
using enum ArgKind;

Rows memory_rows() {
  return {
      {Sys::mmap,
       {{"addr", Address},
        {"length", Unsigned},
        {"prot", Flags, &abi::kMmapProt},
        {"flags", Flags, &abi::kMmapFlags},
        {"fd", Fd},
        {"offset", Unsigned}}},
      {Sys::mprotect, {{"addr", Address}, {"len", Unsigned}, {"prot", Flags, &abi::kMmapProt}}},
      {Sys::munmap, {{"addr", Address}, {"length", Unsigned}}},
      {Sys::brk, {{"addr", Address}}},
      {Sys::mremap,
       {{"old_address", Address},
        {"old_size", Unsigned},
        {"new_size", Unsigned},
        {"flags", Flags, &abi::kMremapFlags},
        {"new_address", Address}}},
      {Sys::msync, {{"addr", Address}, {"length", Unsigned}, {"flags", Flags, &abi::kMsyncFlags}}},
      {Sys::mincore, {{"addr", Address}, {"length", Unsigned}, {"vec", Address}}},
      {Sys::madvise,
       {{"addr", Address}, {"length", Unsigned}, {"advice", Constant, &abi::kMemoryAdvice}}},
      {Sys::mlock, {{"addr", Address}, {"len", Unsigned}}},
      {Sys::munlock, {{"addr", Address}, {"len", Unsigned}}},
      {Sys::futex,
       {{"uaddr", Address},
        {"futex_op", Constant, &abi::kFutexOps},
        {"val", Unsigned},
        {"timeout", Struct},
        {"uaddr2", Address},
        {"val3", Unsigned}}},
      {Sys::process_vm_readv,
       {{"pid", Pid},
        {"local_iov", Struct},
        {"liovcnt", Unsigned},
        {"remote_iov", Struct},
        {"riovcnt", Unsigned},
        {"flags", Unsigned}}},
  };
}

}  // namespace cutaway::shapes
