// Bytes: what is written, what was read, vectors of buffers, texts with a length of their own.
#include <sys/uio.h>

#include <algorithm>

#include "real/tracer/decode/messages.h"
#include "real/tracer/decode/rows.h"
#include "real/tracer/decode/vectors.h"

namespace cutaway::real::decode {

namespace {

using abi::Sys;

/// The length stands in the argument behind it.
Arg written(const Asked& asked) {
  return buffer(asked.memory(), asked.address(), asked.raw.at(asked.n + 1));
}
/// sethostname(2): not terminated. (One of more than 64 bytes is refused unread.)
Arg text_of_length(const Asked& asked) {
  const std::uint64_t length = std::min<std::uint64_t>(asked.raw.at(asked.n + 1), kCaptureBytes);
  bool there = false;
  Arg arg = Arg::bytes(asked.memory().bytes(asked.address(), length, there));
  return there ? arg : pointer(asked);
}
/// getcwd(2) counts the NUL.
Arg cwd(const Asked& asked) { return c_string(asked.memory(), asked.address()); }
/// getxattr(2), listxattr(2): with size 0 they tell the length only.
Arg sized(const Asked& asked) {
  const bool asked_length = asked.raw.at(asked.n + 1) == 0;
  return asked_length
             ? Arg{}
             : buffer(asked.memory(), asked.address(), static_cast<std::uint64_t>(asked.call.ret));
}

Arg vector_written(const Asked& asked) {
  return io_vector(asked.memory(), asked.address(), asked.raw.at(2) & 0xffffffff,
                   ~std::uint64_t{0});
}
Arg vector_read(const Asked& asked) {
  return io_vector(asked.memory(), asked.address(), asked.raw.at(2) & 0xffffffff,
                   static_cast<std::uint64_t>(asked.call.ret));
}

}  // namespace

Arg io_vector(const Memory& memory, std::uint64_t address, std::uint64_t count,
              std::uint64_t moved) {
  std::vector<iovec> parts;
  if (!many(memory, address, count, parts)) return number(address);
  std::vector<Arg> items;
  std::uint64_t left = moved, room = kCaptureBytes;
  for (const iovec& part : parts) {
    const std::uint64_t length = std::min<std::uint64_t>(part.iov_len, left);
    Arg bytes = buffer(memory, reinterpret_cast<std::uint64_t>(part.iov_base), length);
    if (bytes.text.size() > room) bytes.text.resize(room);
    room -= bytes.text.size();
    left -= length;
    items.push_back(structure({{"iov_base", std::move(bytes)}, {"iov_len", number(part.iov_len)}}));
  }
  return list(std::move(items));
}

Rows buffer_rows() {
  return {
      {Sys::write, 1, When::Entry, written},
      {Sys::pwrite64, 1, When::Entry, written},
      {Sys::sendto, 1, When::Entry, written},
      {Sys::setxattr, 2, When::Entry, written},
      {Sys::lsetxattr, 2, When::Entry, written},
      {Sys::fsetxattr, 2, When::Entry, written},
      {Sys::add_key, 2, When::Entry, written},
      {Sys::sethostname, 0, When::Entry, text_of_length},
      {Sys::setdomainname, 0, When::Entry, text_of_length},
      {Sys::getcwd, 0, When::Return, cwd},
      {Sys::getxattr, 2, When::Return, sized},
      {Sys::lgetxattr, 2, When::Return, sized},
      {Sys::fgetxattr, 2, When::Return, sized},
      {Sys::listxattr, 1, When::Return, sized},
      {Sys::writev, 1, When::Entry, vector_written},
      {Sys::pwritev, 1, When::Entry, vector_written},
      {Sys::readv, 1, When::Return, vector_read},
      {Sys::preadv, 1, When::Return, vector_read},
  };
}

}  // namespace cutaway::real::decode
