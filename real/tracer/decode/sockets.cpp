// Sockets: addresses, options, messages with the descriptors that travel in them.
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "real/tracer/decode/messages.h"
#include "real/tracer/decode/rows.h"
#include "real/tracer/decode/vectors.h"

namespace cutaway::real::decode {

namespace {

using abi::Sys;

Arg unix_address(const sockaddr_storage& storage, std::size_t length) {
  const auto* address = reinterpret_cast<const sockaddr_un*>(&storage);
  const std::size_t size = length - offsetof(sockaddr_un, sun_path);
  if (size == 0) return structure({{"sa_family", text("AF_UNIX")}});  // unnamed (unix(7))
  std::string_view path(address->sun_path, std::min(size, sizeof address->sun_path));
  // An abstract name begins with a NUL and is as long as the address; a path ends at its NUL.
  if (!path.empty() && path[0] != '\0') path = path.substr(0, path.find('\0'));
  return structure({{"sa_family", text("AF_UNIX")}, {"sun_path", text(path)}});
}

Arg inet_address(const sockaddr_storage& storage) {
  const auto* address = reinterpret_cast<const sockaddr_in*>(&storage);
  char words[INET_ADDRSTRLEN] = {};
  ::inet_ntop(AF_INET, &address->sin_addr, words, sizeof words);
  return structure({{"sa_family", text("AF_INET")},
                    {"sin_port", number(ntohs(address->sin_port))},
                    {"sin_addr", text(words)}});
}

Arg inet6_address(const sockaddr_storage& storage) {
  const auto* address = reinterpret_cast<const sockaddr_in6*>(&storage);
  char words[INET6_ADDRSTRLEN] = {};
  ::inet_ntop(AF_INET6, &address->sin6_addr, words, sizeof words);
  return structure({{"sa_family", text("AF_INET6")},
                    {"sin6_port", number(ntohs(address->sin6_port))},
                    {"sin6_addr", text(words)}});
}

Arg netlink_address(const sockaddr_storage& storage) {
  const auto* address = reinterpret_cast<const sockaddr_nl*>(&storage);
  return structure({{"sa_family", text("AF_NETLINK")},
                    {"nl_pid", number(address->nl_pid)},
                    {"nl_groups", number(address->nl_groups)}});
}

Arg socket_address(const Memory& memory, std::uint64_t at, std::uint64_t length) {
  sockaddr_storage storage{};
  const std::size_t size = std::min<std::uint64_t>(length, sizeof storage);
  if (size < sizeof storage.ss_family || memory.read(at, &storage, size) != size) return number(at);
  if (storage.ss_family == AF_UNIX) return unix_address(storage, size);
  if (storage.ss_family == AF_INET) return inet_address(storage);
  if (storage.ss_family == AF_INET6) return inet6_address(storage);
  if (storage.ss_family == AF_NETLINK) return netlink_address(storage);
  const std::string_view name = abi::constant_name(abi::kAddressFamilies, storage.ss_family);
  return structure({{"sa_family", name.empty() ? number(storage.ss_family) : text(name)}});
}

/// The length stands behind it.
Arg address_given(const Asked& asked) {
  return socket_address(asked.memory(), asked.address(), asked.raw.at(asked.n + 1) & 0xffffffff);
}
/// A pointer to the length stands behind it.
Arg address_got(const Asked& asked) {
  std::uint32_t length = 0;
  if (!asked.memory().value(asked.raw.at(asked.n + 1), length)) return pointer(asked);
  return length == 0 ? Arg{} : socket_address(asked.memory(), asked.address(), length);
}

/// Most options are ints.
Arg socket_option(const Asked& asked, std::uint64_t length) {
  if (length != sizeof(std::int32_t)) return buffer(asked.memory(), asked.address(), length);
  return shown<std::int32_t>(asked, [](std::int32_t seen) {
    return structure({{"int", signed_number(seen)}});
  });
}
Arg option_set(const Asked& asked) { return socket_option(asked, asked.raw.at(4) & 0xffffffff); }
Arg option_got(const Asked& asked) {
  std::uint32_t length = 0;
  return asked.memory().value(asked.raw.at(4), length) ? socket_option(asked, length)
                                                       : pointer(asked);
}

struct Control {
  int level = 0, type = 0;
  std::string data;
};

std::vector<Control> controls(const Memory& memory, const msghdr& message) {
  constexpr std::size_t kMost = 4096;
  bool there = false;
  const std::string all = memory.bytes(reinterpret_cast<std::uint64_t>(message.msg_control),
                                       std::min<std::size_t>(message.msg_controllen, kMost), there);
  std::vector<Control> found;
  for (std::size_t at = 0; at + sizeof(cmsghdr) <= all.size();) {
    cmsghdr header;
    std::memcpy(&header, all.data() + at, sizeof header);
    const std::size_t length = header.cmsg_len;
    if (length < sizeof(cmsghdr) || length > all.size() - at) break;
    found.push_back({header.cmsg_level, header.cmsg_type,
                     all.substr(at + sizeof header, length - sizeof header)});
    at += CMSG_ALIGN(length);
  }
  return found;
}

std::vector<std::int64_t> rights(const Control& control) {
  std::vector<std::int64_t> fds;
  if (control.level != SOL_SOCKET || control.type != SCM_RIGHTS) return fds;
  for (std::size_t at = 0; at + sizeof(int) <= control.data.size(); at += sizeof(int)) {
    int fd = -1;
    std::memcpy(&fd, control.data.data() + at, sizeof fd);
    fds.push_back(fd);
  }
  return fds;
}

Arg message(const Asked& asked, std::uint64_t moved) {
  msghdr header{};
  const Memory& memory = asked.memory();
  if (!memory.value(asked.address(), header)) return pointer(asked);
  Arg arg = structure({});
  const auto add = [&arg](const char* key, Arg value) {
    arg.keys.emplace_back(key);
    arg.items.push_back(std::move(value));
  };
  if (header.msg_name != nullptr && header.msg_namelen > 0)
    add("msg_name", socket_address(memory, reinterpret_cast<std::uint64_t>(header.msg_name),
                                   header.msg_namelen));
  add("msg_iov",
      io_vector(memory, reinterpret_cast<std::uint64_t>(header.msg_iov), header.msg_iovlen, moved));
  std::vector<Arg> fds;
  for (const Control& control : controls(memory, header)) {
    for (const std::int64_t fd : rights(control)) fds.push_back(signed_number(fd));
  }
  if (!fds.empty()) add("scm_rights", list(std::move(fds)));
  return arg;
}
Arg message_sent(const Asked& asked) { return message(asked, ~std::uint64_t{0}); }
Arg message_got(const Asked& asked) {
  return message(asked, static_cast<std::uint64_t>(asked.call.ret));
}

}  // namespace

std::vector<std::int64_t> received_descriptors(const Memory& memory, std::uint64_t at) {
  std::vector<std::int64_t> all;
  msghdr header{};
  if (!memory.value(at, header)) return all;
  for (const Control& control : controls(memory, header)) {
    const std::vector<std::int64_t> fds = rights(control);
    all.insert(all.end(), fds.begin(), fds.end());
  }
  return all;
}

Rows socket_rows() {
  return {
      {Sys::connect, 1, When::Entry, address_given},
      {Sys::bind, 1, When::Entry, address_given},
      {Sys::sendto, 4, When::Entry, address_given},
      {Sys::accept, 1, When::Return, address_got},
      {Sys::accept4, 1, When::Return, address_got},
      {Sys::getsockname, 1, When::Return, address_got},
      {Sys::getpeername, 1, When::Return, address_got},
      {Sys::recvfrom, 4, When::Return, address_got},
      {Sys::setsockopt, 3, When::Entry, option_set},
      {Sys::getsockopt, 3, When::Return, option_got},
      {Sys::sendmsg, 1, When::Entry, message_sent},
      {Sys::recvmsg, 1, When::Return, message_got},
  };
}

}  // namespace cutaway::real::decode
