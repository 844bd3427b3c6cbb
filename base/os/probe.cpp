#include "base/os/probe.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "base/os/attempt.h"
#include "base/os/files.h"
#include "base/text.h"

namespace cutaway::os {

namespace {

constexpr int kCapSysAdmin = 21;

// The value of a line "Name:\tvalue" of /proc/self/status.
std::string status_value(const std::string& name) {
  const auto text = read_file("/proc/self/status");
  if (!text) return {};
  for (const std::string& line : split(*text, '\n')) {
    if (starts_with(line, name + ":")) return std::string(trim(line.substr(name.size() + 1)));
  }
  return {};
}

// Mountinfo writes blanks in paths as \040.
std::string unescape(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::uint64_t code = 0;
    const bool escape =
        text[i] == '\\' && i + 3 < text.size() && parse_unsigned(text.substr(i + 1, 3), 8, code);
    plain += escape ? static_cast<char>(code) : text[i];
    if (escape) i += 3;
  }
  return plain;
}

// The folder of the cgroup that we are in, below where that hierarchy is mounted.
std::string own_cgroup(const CgroupMounts& mounts) {
  const bool v2 = mounts.v1.empty();
  const std::string controller = v2                               ? ""
                                 : mounts.v1.count("memory") != 0 ? "memory"
                                                                  : mounts.v1.begin()->first;
  const std::string mounted = v2 ? mounts.v2 : mounts.v1.at(controller);
  for (const std::string& line : split(read_file("/proc/self/cgroup").value_or(""), '\n')) {
    const std::vector<std::string> parts = split(line, ':');
    if (parts.size() < 3) continue;
    bool ours = v2 ? parts[1].empty() : false;
    for (const std::string& each : split(parts[1], ',')) ours = ours || (!v2 && each == controller);
    // Seen from a namespace or a container, the path may lead nowhere: then the mount itself is
    // ours.
    const std::string path = mounted + (parts[2] == "/" ? "" : parts[2]);
    if (ours) return ::access(path.c_str(), F_OK) == 0 ? path : mounted;
  }
  return mounted;
}

std::string controllers_of(const CgroupMounts& mounts) {
  std::vector<std::string> v1;
  for (const auto& [controller, path] : mounts.v1) v1.push_back(controller);
  const std::string own = read_file(mounts.v2 + "/cgroup.controllers").value_or("");
  const std::string v2 = mounts.v2.empty() ? "" : std::string(trim(own));
  std::string text = std::string(mounts.version()) + " (";
  if (mounts.version() == "hybrid") return text + "v1: " + join(v1, " ") + "; v2: " + v2 + ")";
  return text + join(v1, " ") + v2 + ")";
}

// How a connection that was begun ends; half a second is long for one that stays on this machine.
int finished_connect_error(int fd) {
  pollfd waited{fd, POLLOUT, 0};
  if (::poll(&waited, 1, 500) != 1) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

// 0, or errno of connecting to it.
int connect_error(int family, const sockaddr* address, socklen_t length) {
  const int fd = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return errno;
  int error = ::connect(fd, address, length) == 0 ? 0 : errno;
  if (error == EINPROGRESS) error = finished_connect_error(fd);
  ::close(fd);
  return error;
}

int unix_connect_error(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() + 1 > sizeof address.sun_path) return ENAMETOOLONG;
  std::memcpy(address.sun_path, path.data(), path.size());
  return connect_error(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

// Displays that ssh forwards: port 6000 + number of this machine.
int loopback_connect_error(int number) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(6000 + number));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect_error(AF_INET, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

Probe answer_of(const std::string& what, int error) {
  if (error == 0) return {true, what + " answers"};
  return {false, what + " does not answer: " + error_words(error)};
}

Probe probe_x11(const std::string& display) {
  const DisplayName name = display_name(display);
  const std::string what = "DISPLAY=" + display;
  if (name.number < 0) return {false, what + " is not the name of a display"};
  if (name.host == "localhost" || name.host == "127.0.0.1")
    return answer_of(what, loopback_connect_error(name.number));
  if (!name.host.empty()) return {false, what + " is on another machine, which is not asked"};
  return answer_of(what, unix_connect_error("/tmp/.X11-unix/X" + decimal(name.number)));
}

Probe probe_wayland(const std::string& display) {
  const char* folder = std::getenv("XDG_RUNTIME_DIR");
  if (display.front() != '/' && folder == nullptr) {
    return {false, "WAYLAND_DISPLAY=" + display + " without XDG_RUNTIME_DIR leads nowhere"};
  }
  const std::string path = display.front() == '/' ? display : std::string(folder) + "/" + display;
  return answer_of("WAYLAND_DISPLAY=" + display, unix_connect_error(path));
}

}  // namespace

Probe probe_root() {
  const std::string uid = decimal(::geteuid());
  std::uint64_t caps = 0;
  if (!parse_unsigned(status_value("CapEff"), 16, caps))
    return {false, "uid " + uid + "; /proc/self/status has no CapEff"};
  const bool admin = (caps >> kCapSysAdmin & 1) != 0;
  const std::string held = "CapEff " + status_value("CapEff");
  if (::geteuid() != 0) return {false, "uid " + uid + ", not root (" + held + ")"};
  if (!admin)
    return {false,
            "uid 0, but without CAP_SYS_ADMIN (" + held + "): root of a container, probably"};
  const auto map = read_file("/proc/self/uid_map");
  if (map && map->find("4294967295") == std::string::npos) {
    return {false, "uid 0 of a user namespace only (uid_map: " + std::string(trim(*map)) + ")"};
  }
  return {true, "uid 0 with CAP_SYS_ADMIN (" + held + ")"};
}

std::string_view CgroupMounts::version() const {
  if (v1.empty()) return v2.empty() ? "none" : "v2";
  return v2.empty() ? "v1" : "hybrid";
}

CgroupMounts cgroup_mounts(std::string_view mountinfo) {
  CgroupMounts mounts;
  for (const std::string& line : split(mountinfo, '\n')) {
    const std::size_t dash = line.find(" - ");
    if (dash == std::string::npos) continue;
    const std::vector<std::string> before = split(line.substr(0, dash), ' ');
    const std::vector<std::string> after = split(line.substr(dash + 3), ' ');
    if (before.size() < 5 || after.size() < 3) continue;
    const std::string where = unescape(before[4]);
    if (after[0] == "cgroup2" && mounts.v2.empty()) mounts.v2 = where;
    if (after[0] != "cgroup") continue;
    for (const std::string& option : split(after[2], ',')) {
      const bool controller = option != "rw" && option != "ro" && option != "none" &&
                              option != "xattr" && option != "clone_children" &&
                              option != "noprefix" && option.find('=') == std::string::npos;
      if (controller) mounts.v1.emplace(option, where);
    }
  }
  return mounts;
}

Probe probe_cgroup() {
  const auto text = read_file("/proc/self/mountinfo");
  if (!text) return {false, text.error().message};
  const CgroupMounts mounts = cgroup_mounts(*text);
  if (mounts.version() == "none")
    return {false, "no cgroup file system is mounted (/proc/self/mountinfo)"};
  const std::string own = own_cgroup(mounts);
  const std::string found = controllers_of(mounts) + "; " + own;
  if (::faccessat(AT_FDCWD, own.c_str(), W_OK, AT_EACCESS) != 0) {
    return {false, found + " may not be written: " + error_words(errno)};
  }
  return {true, found + " may be written"};
}

DisplayName display_name(std::string_view display) {
  const std::size_t colon = display.rfind(':');
  if (colon == std::string_view::npos) return {};
  DisplayName name;
  name.host = std::string(display.substr(0, colon));
  if (name.host == "unix") name.host.clear();
  std::int64_t number = -1;
  const std::string_view digits = display.substr(colon + 1, display.find('.', colon) - colon - 1);
  if (!parse_decimal(digits, number) || number < 0 || number > 59535) return {};
  name.number = static_cast<int>(number);
  return name;
}

Probe probe_display() {
  const char* wayland = std::getenv("WAYLAND_DISPLAY");
  const char* x11 = std::getenv("DISPLAY");
  const bool has_wayland = wayland != nullptr && *wayland != '\0';
  const bool has_x11 = x11 != nullptr && *x11 != '\0';
  if (!has_wayland && !has_x11) return {false, "neither DISPLAY nor WAYLAND_DISPLAY is set"};
  Probe found;
  if (has_wayland) found = probe_wayland(wayland);
  if (found.ok || !has_x11) return found;
  const Probe other = probe_x11(x11);
  const bool both = has_wayland && !other.ok;
  return {other.ok, both ? found.detail + "; " + other.detail : other.detail};
}

Probe probe_btf() {
  const char* path = "/sys/kernel/btf/vmlinux";
  const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {false, std::string(path) + ": " + error_words(errno)};
  std::uint16_t magic = 0;
  const bool whole = ::read(fd, &magic, sizeof magic) == static_cast<ssize_t>(sizeof magic);
  const off_t bytes = ::lseek(fd, 0, SEEK_END);
  ::close(fd);
  if (!whole || magic != 0xeb9f) return {false, std::string(path) + " does not hold BTF"};
  return {true, std::string(path) + (bytes > 0 ? ", " + decimal(bytes) + " bytes" : "")};
}

}  // namespace cutaway::os
