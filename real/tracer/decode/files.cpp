// Files: what stat(2) tells, names in a folder, open_how, ioctl(2)'s third argument.
#include <dirent.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <linux/stat.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "real/tracer/decode/rows.h"

namespace cutaway::real::decode {

namespace {

using abi::Sys;

/// "S_IFREG|0644".
std::string mode_words(std::uint32_t mode) {
  const std::string_view type = abi::constant_name(abi::kFileTypes, mode & abi::mode::kType);
  return std::string(type.empty() ? "0" : type) + "|0" + octal(mode & 07777);
}

Arg file_status(const Asked& asked) {
  return shown<struct stat>(asked, [](const struct stat& seen) {
    return structure(
        {{"st_mode", text(mode_words(seen.st_mode))}, {"st_size", signed_number(seen.st_size)}});
  });
}
Arg extended_status(const Asked& asked) {
  return shown<struct statx>(asked, [](const struct statx& seen) {
    return structure(
        {{"stx_mode", text(mode_words(seen.stx_mode))}, {"stx_size", number(seen.stx_size)}});
  });
}
Arg filesystem_status(const Asked& asked) {
  return shown<struct statfs>(asked, [](const struct statfs& seen) {
    return structure({{"f_type", text("0x" + hex(static_cast<std::uint64_t>(seen.f_type)))},
                      {"f_bsize", signed_number(seen.f_bsize)},
                      {"f_blocks", number(seen.f_blocks)},
                      {"f_bfree", number(seen.f_bfree)}});
  });
}

/// struct linux_dirent64 (getdents(2)): records of different lengths; here their names.
Arg folder_names(const Asked& asked) {
  constexpr std::size_t kMost = 32768;
  constexpr std::size_t kName = 19, kLength = 16;
  bool there = false;
  const auto size = std::min(static_cast<std::size_t>(asked.call.ret), kMost);
  const std::string all = asked.memory().bytes(asked.address(), size, there);
  std::vector<Arg> names;
  for (std::size_t at = 0; at + kName < all.size();) {
    std::uint16_t length = 0;
    std::memcpy(&length, all.data() + at + kLength, sizeof length);
    if (length <= kName || at + length > all.size()) break;
    names.push_back(text(std::string_view(all)
                             .substr(at + kName, length - kName)
                             .substr(0, std::strlen(all.c_str() + at + kName))));
    at += length;
  }
  return list(std::move(names));
}

Arg how_to_open(const Asked& asked) {
  return shown<open_how>(asked, [](const open_how& how) {
    return structure({{"flags", number(how.flags)},
                      {"mode", number(how.mode)},
                      {"resolve", number(how.resolve)}});
  });
}
Arg mount_attributes(const Asked& asked) {
  return shown<struct mount_attr>(asked, [](const struct mount_attr& attr) {
    return structure({{"attr_set", number(attr.attr_set)},
                      {"attr_clr", number(attr.attr_clr)},
                      {"propagation", number(attr.propagation)},
                      {"userns_fd", number(attr.userns_fd)}});
  });
}

/// pipe2(2), socketpair(2): two descriptors.
Arg two_descriptors(const Asked& asked) {
  std::vector<std::int32_t> fds;
  if (!many(asked.memory(), asked.address(), 2, fds)) return pointer(asked);
  return list({signed_number(fds[0]), signed_number(fds[1])});
}

/// Requests whose argument is a structure that the kernel reads, or writes.
struct Request {
  std::uint64_t code;
  Reader entry, done;
};

Arg interface(const Asked& asked) {
  return shown<struct ifreq>(asked, [](const struct ifreq& request) {
    const std::string_view name(request.ifr_name, ::strnlen(request.ifr_name, IFNAMSIZ));
    return structure({{"ifr_name", text(name)}, {"ifr_flags", signed_number(request.ifr_flags)}});
  });
}
Arg interface_name(const Asked& asked) {
  return shown<struct ifreq>(asked, [](const struct ifreq& request) {
    const std::string_view name(request.ifr_name, ::strnlen(request.ifr_name, IFNAMSIZ));
    return structure({{"ifr_name", text(name)}});
  });
}
Arg window(const Asked& asked) {
  return shown<struct winsize>(asked, [](const struct winsize& size) {
    return structure({{"ws_row", number(size.ws_row)}, {"ws_col", number(size.ws_col)}});
  });
}
Arg int_at(const Asked& asked) {
  return shown<std::int32_t>(asked, [](std::int32_t seen) {
    return structure({{"int", number(static_cast<std::uint64_t>(seen))}});
  });
}

constexpr Request kRequests[] = {
    {0x8913, interface_name, interface}, {0x8914, interface, nullptr},
    {0x5413, nullptr, window},           {0x5414, window, nullptr},
    {0x540f, nullptr, int_at},           {0x5410, int_at, nullptr},
    {0x541b, nullptr, int_at},           {0x5421, int_at, nullptr},
    {0x80045430, nullptr, int_at},       {0x40045431, int_at, nullptr}};

const Request* request_of(const Asked& asked) {
  const std::uint64_t code = asked.raw.at(1) & 0xffffffff;
  const auto* found = std::find_if(std::begin(kRequests), std::end(kRequests),
                                   [&](const Request& each) { return each.code == code; });
  return found == std::end(kRequests) ? nullptr : found;
}
Arg control_entry(const Asked& asked) {
  const Request* request = request_of(asked);
  if (request == nullptr || asked.address() == 0) return pointer(asked);
  return request->entry == nullptr ? Arg{} : request->entry(asked);
}
Arg control_return(const Asked& asked) {
  const Request* request = request_of(asked);
  if (request == nullptr || request->done == nullptr || asked.address() == 0)
    return asked.call.args[asked.n];
  return request->done(asked);
}

}  // namespace

Rows file_rows() {
  return {
      {Sys::pipe, 0, When::Return, two_descriptors},
      {Sys::pipe2, 0, When::Return, two_descriptors},
      {Sys::socketpair, 3, When::Return, two_descriptors},
      {Sys::stat, 1, When::Return, file_status},
      {Sys::lstat, 1, When::Return, file_status},
      {Sys::fstat, 1, When::Return, file_status},
      {Sys::newfstatat, 2, When::Return, file_status},
      {Sys::statx, 4, When::Return, extended_status},
      {Sys::statfs, 1, When::Return, filesystem_status},
      {Sys::fstatfs, 1, When::Return, filesystem_status},
      {Sys::getdents64, 1, When::Return, folder_names},
      {Sys::openat2, 2, When::Entry, how_to_open},
      {Sys::mount_setattr, 3, When::Entry, mount_attributes},
      {Sys::ioctl, 2, When::Entry, control_entry, true},
      {Sys::ioctl, 2, When::Return, control_return, true},
  };
}

}  // namespace cutaway::real::decode
