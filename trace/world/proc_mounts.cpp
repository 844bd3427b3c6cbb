// /proc/PID/mounts and /proc/PID/mountinfo: proc(5), fs/proc_namespace.c. Shown is what lies below
// the task's root.
#include "base/text.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/virtual_content.h"

namespace cutaway {
namespace {

/// Blanks and backslashes would end a field.
std::string octal_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\\') {
      const std::string digits = octal(static_cast<unsigned char>(c));
      out += "\\" + std::string(3 - digits.size(), '0') + digits;
    } else {
      out += c;
    }
  }
  return out;
}

/// Options of the mount itself, in the kernel's order (show_mnt_opts).
std::string mount_options(std::uint64_t flags) {
  std::string text = (flags & abi::ms::kRdonly) != 0 ? "ro" : "rw";
  if ((flags & abi::ms::kNosuid) != 0) text += ",nosuid";
  if ((flags & abi::ms::kNodev) != 0) text += ",nodev";
  if ((flags & abi::ms::kNoexec) != 0) text += ",noexec";
  if ((flags & abi::ms::kNoatime) != 0) text += ",noatime";
  if ((flags & abi::ms::kNodiratime) != 0) text += ",nodiratime";
  if ((flags & abi::ms::kRelatime) != 0) text += ",relatime";
  return text;
}

std::string superblock_options(const World& world, const Filesystem& fs) {
  std::string text = fs.read_only ? "ro" : "rw";
  const Hierarchy* hierarchy = world.hierarchies.find(fs.hierarchy);
  if (fs.is("cgroup") && hierarchy != nullptr)
    return text + "," + join(hierarchy->controllers, ",");
  return fs.options.empty() ? text : text + "," + fs.options;
}

/// Where the mount hangs, as seen from the task's root; empty when it lies outside it.
std::string shown_target(const World& world, const Task& task, const Mount& mount) {
  const std::string path = path_seen_by(world, task, Location{mount.id, mount.root});
  return starts_with(path, "(unreachable)") ? std::string{} : path;
}

std::string propagation(const Mount& mount) {
  std::string text;
  if (mount.peer_group != 0) text += " shared:" + decimal(mount.peer_group);
  if (mount.master_group != 0) text += " master:" + decimal(mount.master_group);
  if (mount.unbindable) text += " unbindable";
  return text;
}

template <class Line>
std::string lines(const World& world, const Task& task, Line line) {
  std::string text;
  for (const MountId id : mounts_of_ns(world, task.in(NsKind::Mnt))) {
    const Mount& mount = world.mounts.at(id);
    const Filesystem* fs = world.filesystems.find(mount.fs);
    const std::string target = fs == nullptr ? std::string{} : shown_target(world, task, mount);
    if (!target.empty()) text += line(mount, *fs, target);
  }
  return text;
}

std::string source_of(const Mount& mount) {
  return mount.source.empty() ? "none" : octal_escaped(mount.source);
}

}  // namespace

std::string proc_mounts(const World& world, const Task&, const Task& task) {
  return lines(world, task,
               [&world](const Mount& mount, const Filesystem& fs, const std::string& target) {
                 const std::string superblock = superblock_options(world, fs);
                 std::string options = mount_options(mount.flags);
                 if (fs.read_only && (mount.flags & abi::ms::kRdonly) == 0)
                   options.replace(0, 2, "ro");
                 if (superblock.size() > 2) options += superblock.substr(2);
                 return source_of(mount) + " " + octal_escaped(target) + " " + fs.type + " " +
                        options + " 0 0\n";
               });
}

std::string proc_mountinfo(const World& world, const Task&, const Task& task) {
  return lines(
      world, task, [&world](const Mount& mount, const Filesystem& fs, const std::string& target) {
        // A root has itself as parent only in the kernel's own list; the number of what is not
        // shown is made up.
        const std::uint32_t parent = mount.parent ? mount.parent.value : 1;
        return decimal(mount.id.value) + " " + decimal(parent) + " 0:" + decimal(fs.id.value) +
               " " + octal_escaped(mount.root) + " " + octal_escaped(target) + " " +
               mount_options(mount.flags) + propagation(mount) + " - " + fs.type + " " +
               source_of(mount) + " " + superblock_options(world, fs) + "\n";
      });
}

}  // namespace cutaway
