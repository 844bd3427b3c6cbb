// Shapes of calls: what is done with descriptors.
#include "trace/event/shape_rows.h"

namespace cutaway::shapes {

using abi::Sys;
using enum ArgKind;

Rows descriptor_rows() {
  return {
      {Sys::read, {{"fd", Fd}, {"buf", Buffer}, {"count", Unsigned}}},
      {Sys::write, {{"fd", Fd}, {"buf", Buffer}, {"count", Unsigned}}},
      {Sys::close, {{"fd", Fd}}},
      {Sys::fstat, {{"fd", Fd}, {"statbuf", Struct}}},
      {Sys::lseek, {{"fd", Fd}, {"offset", Int}, {"whence", Constant, &abi::kSeekWhence}}},
      {Sys::ioctl, {{"fd", Fd}, {"request", Constant, &abi::kIoctlRequests}, {"argp", Struct}}},
      {Sys::pread64, {{"fd", Fd}, {"buf", Buffer}, {"count", Unsigned}, {"offset", Int}}},
      {Sys::pwrite64, {{"fd", Fd}, {"buf", Buffer}, {"count", Unsigned}, {"offset", Int}}},
      {Sys::readv, {{"fd", Fd}, {"iov", Struct}, {"iovcnt", Int}}},
      {Sys::writev, {{"fd", Fd}, {"iov", Struct}, {"iovcnt", Int}}},
      {Sys::preadv, {{"fd", Fd}, {"iov", Struct}, {"iovcnt", Int}, {"offset", Int}}},
      {Sys::pwritev, {{"fd", Fd}, {"iov", Struct}, {"iovcnt", Int}, {"offset", Int}}},
      {Sys::pipe, {{"pipefd", Struct}}},
      {Sys::pipe2, {{"pipefd", Struct}, {"flags", Flags, &abi::kPipeFlags}}},
      {Sys::dup, {{"oldfd", Fd}}},
      {Sys::dup2, {{"oldfd", Fd}, {"newfd", Fd}}},
      {Sys::dup3, {{"oldfd", Fd}, {"newfd", Fd}, {"flags", Flags, &abi::kPipeFlags}}},
      {Sys::sendfile, {{"out_fd", Fd}, {"in_fd", Fd}, {"offset", Struct}, {"count", Unsigned}}},
      {Sys::fcntl, {{"fd", Fd}, {"cmd", Constant, &abi::kFcntlCommands}, {"arg", Unsigned}}},
      {Sys::flock, {{"fd", Fd}, {"operation", Flags, &abi::kFlockOps}}},
      {Sys::fsync, {{"fd", Fd}}},
      {Sys::fdatasync, {{"fd", Fd}}},
      {Sys::syncfs, {{"fd", Fd}}},
      {Sys::ftruncate, {{"fd", Fd}, {"length", Int}}},
      {Sys::getdents64, {{"fd", Fd}, {"dirp", Struct}, {"count", Unsigned}}},
      {Sys::fchdir, {{"fd", Fd}}},
      {Sys::fchmod, {{"fd", Fd}, {"mode", Mode}}},
      {Sys::fchown, {{"fd", Fd}, {"owner", Int}, {"group", Int}}},
      {Sys::fstatfs, {{"fd", Fd}, {"buf", Struct}}},
      {Sys::readahead, {{"fd", Fd}, {"offset", Int}, {"count", Unsigned}}},
      {Sys::fadvise64, {{"fd", Fd}, {"offset", Int}, {"len", Int}, {"advice", Int}}},
      {Sys::fallocate,
       {{"fd", Fd}, {"mode", Flags, &abi::kFallocateModes}, {"offset", Int}, {"len", Int}}},
      {Sys::splice,
       {{"fd_in", Fd},
        {"off_in", Struct},
        {"fd_out", Fd},
        {"off_out", Struct},
        {"len", Unsigned},
        {"flags", Flags, &abi::kSpliceFlags}}},
      {Sys::tee,
       {{"fd_in", Fd}, {"fd_out", Fd}, {"len", Unsigned}, {"flags", Flags, &abi::kSpliceFlags}}},
      {Sys::copy_file_range,
       {{"fd_in", Fd},
        {"off_in", Struct},
        {"fd_out", Fd},
        {"off_out", Struct},
        {"len", Unsigned},
        {"flags", Unsigned}}},
      {Sys::close_range,
       {{"first", Unsigned}, {"last", Unsigned}, {"flags", Flags, &abi::kCloseRangeFlags}}},
      {Sys::memfd_create, {{"name", Text}, {"flags", Flags, &abi::kMemfdFlags}}},
      {Sys::fsetxattr,
       {{"fd", Fd},
        {"name", Text},
        {"value", Buffer},
        {"size", Unsigned},
        {"flags", Flags, &abi::kXattrFlags}}},
      {Sys::fgetxattr, {{"fd", Fd}, {"name", Text}, {"value", Buffer}, {"size", Unsigned}}},
  };
}

}  // namespace cutaway::shapes
