// Bytes of files and pipes: where they stand in the blob store, and how much room there is.
#pragma once

#include <string>

#include "sim/kernel/decision.h"

namespace cutaway::sim {

/// Bytes of a file are kept as they are, holes within as zeros: who writes farther away is told
/// that the file system has no larger files (EFBIG; s_maxbytes in generic_write_check_limits,
/// mm/filemap.c).
inline constexpr std::int64_t kLargestHole = std::int64_t{64} << 20;
/// What one call moves at most. (Linux: 2 GiB, MAX_RW_COUNT.)
inline constexpr std::int64_t kLargestMove = std::int64_t{64} << 20;

/// What is kept of a file: what is missing at its end is a hole.
std::string_view stored_bytes(const BlobStore& blobs, const Inode& inode);
/// `count` bytes of a blob from `from`; what the store does not hold (a program's binary, bytes
/// that came from the Internet without content) are zeros.
std::string bytes_of(const BlobStore& blobs, BlobId id, std::int64_t from, std::int64_t count);
/// The first `count` bytes that wait in a pipe.
std::string front_of(const BlobStore& blobs, const Pipe& pipe, std::int64_t count);
/// `old` with `bytes` written at `offset`.
std::string spliced(std::string old, std::int64_t offset, std::string_view bytes);

/// A descriptor that a call wants to read or write: EBADF where it must not.
struct Descriptor {
  abi::Errno err = abi::Errno::kOk;
  const OpenFile* file = nullptr;
};
Descriptor readable(const Ask& ask, std::int64_t fd);
Descriptor writable(const Ask& ask, std::int64_t fd);

/// What a descriptor is opened for more than its path (O_PATH); null: EBADF.
const OpenFile* io_file(const Ask& ask, std::int64_t fd);
/// May it be read and written at any offset? Not pipes, sockets and terminals.
bool is_seekable(const OpenFile& file);
/// O_NONBLOCK: EAGAIN instead of waiting.
inline bool nonblocking(const OpenFile& file) { return (file.flags & abi::o::kNonblock) != 0; }

/// A buffer that the kernel filled, as the trace keeps it.
Arg captured(std::string_view bytes);

}  // namespace cutaway::sim
