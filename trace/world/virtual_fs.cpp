#include "trace/world/virtual_fs.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace cutaway {
namespace {

/// Which instance of devpts shows a terminal: its own, or for one without the host's, which is the
/// first.
bool shows(const World& world, const Filesystem& devpts, const Terminal& terminal) {
  if (!terminal.tty || !starts_with(terminal.name, "/dev/pts/")) return false;
  if (terminal.devpts) return terminal.devpts == devpts.id;
  const Filesystem* first =
      world.filesystems.first([](const Filesystem& fs) { return fs.is("devpts"); });
  return first != nullptr && first->id == devpts.id;
}

std::string terminal_number(const Terminal& terminal) {
  return terminal.name.substr(std::string_view("/dev/pts/").size());
}

Entry character_device(std::uint32_t permissions, std::uint32_t major, std::uint32_t minor) {
  Entry entry;
  entry.mode = abi::mode::kChar | permissions;
  entry.major = major;
  entry.minor = minor;
  return entry;
}

std::optional<Entry> devpts_entry(const World& world, const Filesystem& fs, std::string_view path) {
  if (path == "/") return virtual_folder(0755);
  // Options of the mount decide; docker's say ptmxmode=0666, the kernel's default is 0000
  // (devpts.rst).
  if (path == "/ptmx")
    return character_device(fs.options.find("ptmxmode=0666") != std::string::npos ||
                                    fs.options.find("ptmxmode=666") != std::string::npos
                                ? 0666
                                : 0,
                            5, 2);
  std::int64_t number = 0;
  if (!parse_decimal(path.substr(1), number) || number < 0) return std::nullopt;
  const std::string name(path.substr(1));
  const Terminal* terminal = world.terminals.first([&](const Terminal& each) {
    return shows(world, fs, each) && terminal_number(each) == name;
  });
  if (terminal == nullptr) return std::nullopt;
  Entry entry = character_device(0620, 136, static_cast<std::uint32_t>(number));
  entry.gid = 5;
  return entry;
}

std::vector<std::string> devpts_list(const World& world, const Filesystem& fs) {
  std::vector<std::string> names;
  world.terminals.each([&](const Terminal& terminal) {
    if (shows(world, fs, terminal)) names.push_back(terminal_number(terminal));
  });
  names.emplace_back("ptmx");
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

bool is_virtual(const Filesystem& fs) { return !fs.root && !fs.is("overlay") && !fs.is("nsfs"); }

Entry virtual_folder(std::uint32_t permissions) {
  Entry entry;
  entry.mode = abi::mode::kDirectory | permissions;
  entry.links = 2;
  return entry;
}
Entry virtual_file(std::uint32_t permissions) {
  Entry entry;
  entry.mode = abi::mode::kRegular | permissions;
  return entry;
}
Entry virtual_link(std::string target) {
  Entry entry;
  entry.mode = abi::mode::kLink | 0777;
  entry.target = std::move(target);
  return entry;
}

std::optional<Entry> virtual_entry(const World& world, const Task& viewer, const Filesystem& fs,
                                   std::string_view path) {
  std::optional<Entry> entry;
  if (fs.is("proc"))
    entry = proc_entry(world, viewer, fs, path);
  else if (fs.is("sysfs"))
    entry = sysfs_entry(world, fs, path);
  else if (fs.is("cgroup") || fs.is("cgroup2"))
    entry = cgroupfs_entry(world, fs, path);
  else if (fs.is("devpts"))
    entry = devpts_entry(world, fs, path);
  else if (path == "/")
    entry = virtual_folder(fs.is("mqueue") ? 01777 : 0755);
  if (entry) entry->fs = fs.id;
  return entry;
}

std::vector<std::string> virtual_list(const World& world, const Task& viewer, const Filesystem& fs,
                                      std::string_view path) {
  std::vector<std::string> names;
  if (fs.is("proc"))
    names = proc_list(world, viewer, fs, path);
  else if (fs.is("sysfs"))
    names = sysfs_list(world, fs, path);
  else if (fs.is("cgroup") || fs.is("cgroup2"))
    names = cgroupfs_list(world, fs, path);
  else if (fs.is("devpts") && path == "/")
    names = devpts_list(world, fs);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace cutaway
