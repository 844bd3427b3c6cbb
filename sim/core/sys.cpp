// Requests: what each method of Sys asks the kernel for. Arguments stand in the order of man-pages'
// prototypes (trace/event/shape.h); buffers that the kernel fills are Missing until it has filled
// them. What Sys tells the kernel besides calls (step, emit, …) is in sim/kernel/kernel.cpp.
#include "sim/core/sys.h"

#include "base/text.h"

namespace cutaway::sim {
namespace {

using Args = std::vector<Arg>;

Arg number(std::int64_t value) { return Arg::integer(value); }
Arg flags(std::uint64_t value) { return Arg::integer(static_cast<std::int64_t>(value)); }
Arg text(std::string_view value) { return Arg::bytes(std::string(value)); }
/// A string that may be NULL, as mount's source and type may.
Arg text_or_null(std::string_view value) { return value.empty() ? Arg{} : text(value); }
/// An event keeps the first bytes of a buffer and its true length.
Arg buffer(std::string_view bytes) {
  Arg arg = text(bytes.substr(0, kCaptureBytes));
  arg.length = bytes.size();
  return arg;
}
/// struct timespec of so many ns.
Arg timespec(std::int64_t ns) {
  Arg time;
  time.tag = ArgTag::Struct;
  time.keys = {"tv_sec", "tv_nsec"};
  time.items = {number(ns / 1'000'000'000), number(ns % 1'000'000'000)};
  return time;
}
Arg filled_later() { return Arg{}; }

template <class... Given>
Request request_of(abi::Sys sys, Given&&... args) {
  Request request;
  request.sys = sys;
  request.args.reserve(sizeof...(args));  // a braced list would be copied
  (request.args.push_back(std::forward<Given>(args)), ...);
  return request;
}

constexpr std::uint64_t kSockCloexec = 02000000;

Arg socket_address(std::string_view address) {
  Arg arg;
  arg.tag = ArgTag::Struct;
  const std::size_t colon = address.rfind(':');
  if (starts_with(address, "/") || colon == std::string_view::npos) {
    arg.keys = {"sa_family", "sun_path"};
    arg.items = {text("AF_UNIX"), text(address)};
    return arg;
  }
  std::int64_t port = 0;
  parse_decimal(address.substr(colon + 1), port);
  arg.keys = {"sa_family", "sin_port", "sin_addr"};
  arg.items = {text("AF_INET"), number(port), text(address.substr(0, colon))};
  return arg;
}

std::vector<std::string> texts(const Arg& list) {
  std::vector<std::string> words;
  for (const Arg& item : list.items) words.push_back(item.text);
  return words;
}

}  // namespace

const Reply& Sys::reply() const { return context_->reply(); }

Call Sys::want(Request&& request) {
  context_->want(std::move(request));
  return Call{context_};
}
// Some requests hold more than their arguments: bytes, a count, the new program's state.
Call Sys::call(abi::Sys sys, const Args& copied) {
  Args args = copied;
  return call(sys, std::move(args));
}
Call Sys::call(abi::Sys sys, Args&& given) {
  Request request;
  request.sys = sys;
  request.args = std::move(given);
  const Args& args = request.args;
  switch (sys) {
    case abi::Sys::execve:
      return execve(args.at(0).text, texts(args.at(1)), texts(args.at(2)));
    case abi::Sys::write:
    case abi::Sys::pwrite64:
    case abi::Sys::sendto:
      if (args.at(1).tag == ArgTag::Struct) break;  // netlink: fields, not bytes
      request.data = args.at(1).text;
      request.args[1] = buffer(args.at(1).text);
      break;
    case abi::Sys::read:
    case abi::Sys::pread64:
    case abi::Sys::recvfrom:
    case abi::Sys::getdents64:
      request.count = static_cast<std::uint64_t>(args.at(2).value);
      break;
    default:
      break;
  }
  return want(std::move(request));
}

Call Sys::make(Request&& request) { return want(std::move(request)); }
Call Sys::rest() {
  Request request;
  request.rests = true;
  return want(std::move(request));
}

Call Sys::open(std::string_view path, std::uint64_t open_flags, std::uint32_t mode) {
  return want(request_of(abi::Sys::openat, number(abi::at::kFdcwd), text(path), flags(open_flags),
                         flags(mode)));
}
Call Sys::close(std::int64_t fd) { return want(request_of(abi::Sys::close, number(fd))); }
Call Sys::read(std::int64_t fd, std::uint64_t count) {
  Request request = request_of(abi::Sys::read, number(fd), filled_later(), flags(count));
  request.count = count;
  return want(std::move(request));
}
Call Sys::write(std::int64_t fd, std::string_view bytes) {
  Request request = request_of(abi::Sys::write, number(fd), buffer(bytes), flags(bytes.size()));
  request.data = std::string(bytes);
  return want(std::move(request));
}
Call Sys::lseek(std::int64_t fd, std::int64_t offset, int whence) {
  return want(request_of(abi::Sys::lseek, number(fd), number(offset), number(whence)));
}
Call Sys::dup2(std::int64_t from, std::int64_t to) {
  return want(request_of(abi::Sys::dup2, number(from), number(to)));
}
Call Sys::dup3(std::int64_t from, std::int64_t to, std::uint64_t dup_flags) {
  return want(request_of(abi::Sys::dup3, number(from), number(to), flags(dup_flags)));
}
Call Sys::pipe2(std::uint64_t pipe_flags) {
  return want(request_of(abi::Sys::pipe2, filled_later(), flags(pipe_flags)));
}
Call Sys::getdents(std::int64_t fd) {
  Request request = request_of(abi::Sys::getdents64, number(fd), filled_later(), number(32768));
  request.count = 32768;
  return want(std::move(request));
}

Call Sys::stat(std::string_view path) {
  return want(request_of(abi::Sys::newfstatat, number(abi::at::kFdcwd), text(path), filled_later(),
                         number(0)));
}
Call Sys::lstat(std::string_view path) {
  return want(request_of(abi::Sys::newfstatat, number(abi::at::kFdcwd), text(path), filled_later(),
                         flags(abi::at::kSymlinkNofollow)));
}
Call Sys::fstat(std::int64_t fd) {  // as glibc does it
  return want(request_of(abi::Sys::newfstatat, number(fd), text(""), filled_later(),
                         flags(abi::at::kEmptyPath)));
}
Call Sys::readlink(std::string_view path) {
  Request request = request_of(abi::Sys::readlink, text(path), filled_later(), number(4096));
  request.count = 4096;
  return want(std::move(request));
}
Call Sys::access(std::string_view path, int mode) {
  return want(request_of(abi::Sys::access, text(path), number(mode)));
}

Call Sys::mkdir(std::string_view path, std::uint32_t mode) {
  return want(request_of(abi::Sys::mkdir, text(path), flags(mode)));
}
Call Sys::mknod(std::string_view path, std::uint32_t mode, std::uint32_t major,
                std::uint32_t minor) {
  return want(
      request_of(abi::Sys::mknod, text(path), flags(mode), number(device_number(major, minor))));
}
Call Sys::symlink(std::string_view target, std::string_view linkpath) {
  return want(request_of(abi::Sys::symlink, text(target), text(linkpath)));
}
Call Sys::link(std::string_view old_path, std::string_view new_path) {
  return want(request_of(abi::Sys::link, text(old_path), text(new_path)));
}
Call Sys::rename(std::string_view old_path, std::string_view new_path) {
  return want(request_of(abi::Sys::rename, text(old_path), text(new_path)));
}
Call Sys::unlink(std::string_view path) { return want(request_of(abi::Sys::unlink, text(path))); }
Call Sys::rmdir(std::string_view path) { return want(request_of(abi::Sys::rmdir, text(path))); }
Call Sys::chmod(std::string_view path, std::uint32_t mode) {
  return want(request_of(abi::Sys::chmod, text(path), flags(mode)));
}
Call Sys::chown(std::string_view path, std::int64_t uid, std::int64_t gid) {
  return want(request_of(abi::Sys::chown, text(path), number(uid), number(gid)));
}
Call Sys::chdir(std::string_view path) { return want(request_of(abi::Sys::chdir, text(path))); }
Call Sys::fchdir(std::int64_t fd) { return want(request_of(abi::Sys::fchdir, number(fd))); }
Call Sys::chroot(std::string_view path) { return want(request_of(abi::Sys::chroot, text(path))); }
Call Sys::getcwd() { return want(request_of(abi::Sys::getcwd, filled_later(), number(4096))); }
Call Sys::ioctl(std::int64_t fd, std::uint64_t code, std::int64_t arg) {
  return want(request_of(abi::Sys::ioctl, number(fd), flags(code), number(arg)));
}
Call Sys::fcntl(std::int64_t fd, int command, std::int64_t arg) {
  return want(request_of(abi::Sys::fcntl, number(fd), number(command), number(arg)));
}

Call Sys::clone(std::uint64_t clone_flags, Entry entry, const State& state) {
  Request request = request_of(abi::Sys::clone, flags(clone_flags), Arg{}, Arg{}, Arg{}, Arg{});
  request.entry = entry;
  request.state = state;
  return want(std::move(request));
}
Call Sys::execve(std::string_view path, const std::vector<std::string>& argv,
                 const std::vector<std::string>& env) {
  Request request = request_of(abi::Sys::execve, text(path), Arg::list(argv), Arg::list(env));
  request.state.argv = argv;
  request.state.env = env;
  return want(std::move(request));
}
Call Sys::exit_group(int code) { return want(request_of(abi::Sys::exit_group, number(code))); }
Call Sys::wait4(std::int64_t pid, std::uint64_t options) {
  return want(request_of(abi::Sys::wait4, number(pid), filled_later(), flags(options), Arg{}));
}
Call Sys::burst(std::int64_t ns) {
  compute(ns);
  return want(Request{});
}
Call Sys::kill(std::int64_t pid, int signal) {
  return want(request_of(abi::Sys::kill, number(pid), number(signal)));
}
Call Sys::getpid() { return want(request_of(abi::Sys::getpid)); }
Call Sys::getppid() { return want(request_of(abi::Sys::getppid)); }
Call Sys::setsid() { return want(request_of(abi::Sys::setsid)); }
Call Sys::unshare(std::uint64_t unshare_flags) {
  return want(request_of(abi::Sys::unshare, flags(unshare_flags)));
}
Call Sys::setns(std::int64_t fd, std::uint64_t kind) {
  return want(request_of(abi::Sys::setns, number(fd), flags(kind)));
}
Call Sys::prctl(int option, std::int64_t arg2) {
  return want(
      request_of(abi::Sys::prctl, number(option), number(arg2), number(0), number(0), number(0)));
}
Call Sys::sigaction(int signal, std::string_view handler) {
  Arg act;
  act.tag = ArgTag::Struct;
  act.keys = {"sa_handler", "sa_flags"};
  act.items = {text(handler), number(0)};
  return want(request_of(abi::Sys::rt_sigaction, number(signal), act, Arg{}, number(8)));
}
Call Sys::nanosleep(std::int64_t ns) {
  return want(request_of(abi::Sys::clock_nanosleep, number(0), number(0), timespec(ns), Arg{}));
}
Call Sys::futex_wait(std::string_view word, std::int64_t timeout) {
  const Arg until = timeout < 0 ? Arg{} : timespec(timeout);
  Request request =
      request_of(abi::Sys::futex, text(word), number(128), number(0), until, Arg{}, number(0));
  request.key = std::string(word);
  return want(std::move(request));
}
Call Sys::futex_wake(std::string_view word) {
  Request request = request_of(abi::Sys::futex, text(word), number(129), number(0x7fffffff), Arg{},
                               Arg{}, number(0));
  request.key = std::string(word);
  return want(std::move(request));
}
Call Sys::sethostname(std::string_view name) {
  const auto length = static_cast<std::int64_t>(name.size());
  return want(request_of(abi::Sys::sethostname, text(name), number(length)));
}
Call Sys::uname() { return want(request_of(abi::Sys::uname, filled_later())); }

Call Sys::mount(std::string_view source, std::string_view target, std::string_view type,
                std::uint64_t mount_flags, std::string_view data) {
  return want(request_of(abi::Sys::mount, text_or_null(source), text(target), text_or_null(type),
                         flags(mount_flags), text_or_null(data)));
}
Call Sys::umount2(std::string_view target, std::uint64_t umount_flags) {
  return want(request_of(abi::Sys::umount2, text(target), flags(umount_flags)));
}
Call Sys::pivot_root(std::string_view new_root, std::string_view put_old) {
  return want(request_of(abi::Sys::pivot_root, text(new_root), text(put_old)));
}

Call Sys::socket(std::string_view family, std::string_view type) {
  std::uint64_t domain = 0, kind = 0;
  abi::flag_value(abi::kAddressFamilies, family, domain);
  if (!abi::flag_value(abi::kSocketFlags, type, kind)) kind = 1;
  return want(request_of(abi::Sys::socket, flags(domain), flags(kind | kSockCloexec), number(0)));
}
Call Sys::bind(std::int64_t fd, std::string_view address) {
  return want(request_of(abi::Sys::bind, number(fd), socket_address(address), number(110)));
}
Call Sys::listen(std::int64_t fd) {
  return want(request_of(abi::Sys::listen, number(fd), number(128)));
}
Call Sys::accept(std::int64_t fd) {
  return want(request_of(abi::Sys::accept4, number(fd), Arg{}, Arg{}, flags(kSockCloexec)));
}
Call Sys::connect(std::int64_t fd, std::string_view address) {
  return want(request_of(abi::Sys::connect, number(fd), socket_address(address), number(110)));
}

Call Sys::sendto(std::int64_t fd, std::string_view bytes, std::string_view address) {
  const auto length = static_cast<std::int64_t>(bytes.size());
  const Arg to = address.empty() ? Arg{} : socket_address(address);
  Request request = request_of(abi::Sys::sendto, number(fd), buffer(bytes), number(length),
                               number(0), to, number(address.empty() ? 0 : 16));
  request.data = std::string(bytes);
  return want(std::move(request));
}
Call Sys::recvfrom(std::int64_t fd, std::uint64_t count, std::uint64_t message_flags) {
  Request request = request_of(abi::Sys::recvfrom, number(fd), filled_later(), flags(count),
                               flags(message_flags), filled_later(), filled_later());
  request.count = count;
  return want(std::move(request));
}
Call Sys::shutdown(std::int64_t fd, int how) {
  return want(request_of(abi::Sys::shutdown, number(fd), number(how)));
}
Call Sys::setsockopt(std::int64_t fd, int option, std::int64_t value) {
  constexpr int socket_level = 1;
  return want(request_of(abi::Sys::setsockopt, number(fd), number(socket_level), number(option),
                         number(value), number(4)));
}
Call Sys::netlink(std::int64_t fd, const std::vector<std::pair<std::string, Arg>>& message) {
  Arg fields;
  fields.tag = ArgTag::Struct;
  for (const auto& [key, value] : message) {
    fields.keys.push_back(key);
    fields.items.push_back(value);
  }
  return want(request_of(abi::Sys::sendto, number(fd), fields, Arg{}, number(0), Arg{}, Arg{}));
}

}  // namespace cutaway::sim
