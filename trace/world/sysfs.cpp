// sysfs(5): a small fixed tree, and the network devices of the mount's network namespace.
#include <iterator>

#include "base/text.h"
#include "trace/world/fixed_tree.h"
#include "trace/world/virtual_fs.h"
#include "trace/world/virtual_tables.h"

namespace cutaway {
namespace {

constexpr std::uint32_t kSysFolder = abi::mode::kDirectory | 0755;

constexpr FixedEntry kSysTree[] = {
    {"/block", kSysFolder},
    {"/bus/cpu", kSysFolder},
    {"/bus/pci", kSysFolder},
    {"/class/block", kSysFolder},
    {"/class/mem", kSysFolder},
    {"/class/misc", kSysFolder},
    {"/class/net", kSysFolder},
    {"/class/tty", kSysFolder},
    {"/dev/block", kSysFolder},
    {"/dev/char", kSysFolder},
    {"/devices/system/cpu", kSysFolder},
    {"/devices/system/memory", kSysFolder},
    {"/devices/virtual/mem", kSysFolder},
    {"/devices/virtual/net", kSysFolder},
    {"/devices/virtual/powercap", kSysFolder},
    {"/devices/virtual/tty", kSysFolder},
    {"/firmware/acpi/tables", kSysFolder},
    {"/firmware/memmap", kSysFolder},
    {"/fs/bpf", abi::mode::kDirectory | 01700},
    {"/fs/cgroup", kSysFolder},
    {"/fs/ext4", kSysFolder},
    {"/fs/fuse", kSysFolder},
    {"/hypervisor", kSysFolder},
    {"/kernel/cgroup/delegate", kReadable,
     "cgroup.procs\ncgroup.threads\ncgroup.subtree_control\nmemory.oom.group\n"},
    {"/kernel/cgroup/features", kReadable,
     "nsdelegate\nmemory_localevents\nmemory_recursiveprot\n"},
    {"/kernel/debug", abi::mode::kDirectory | 0700},
    {"/kernel/mm/transparent_hugepage/enabled", kWritable, "always [madvise] never\n"},
    {"/kernel/security", kSysFolder},
    {"/kernel/tracing", abi::mode::kDirectory | 0700},
    {"/kernel/uevent_seqnum", kReadable, "1\n"},
    {"/module", kSysFolder},
    {"/power/state", kWritable, "freeze mem disk\n"},
};

struct LinkFile {
  std::string_view name;
  std::uint32_t mode;
};
constexpr LinkFile kLinkFiles[] = {{"address", 0444}, {"carrier", 0644}, {"flags", 0644},
                                   {"ifindex", 0444}, {"mtu", 0644},     {"operstate", 0444},
                                   {"type", 0444},    {"uevent", 0644}};

const std::vector<Interface>* links_of(const World& world, const Filesystem& fs) {
  const Namespace* ns = world.namespaces.find(fs.ns);
  return ns == nullptr ? nullptr : &ns->links;
}

std::string device_folder(const Interface& link) {
  // What no hardware stands behind is a virtual device.
  return (link.type == "ether" ? "/devices/pci0000:00/" : "/devices/virtual/net/") + link.name;
}

std::string hardware_type(const Interface& link) { return link.name == "lo" ? "772" : "1"; }
std::string flags_of(const Interface& link) {
  const std::uint64_t base =
      link.name == "lo" ? 0x8 : 0x1002;  // IFF_LOOPBACK; IFF_BROADCAST | IFF_MULTICAST
  return "0x" + hex(base | (link.up ? 1 : 0));
}

}  // namespace

FixedTree sysfs_tree() { return FixedTree{std::begin(kSysTree), std::end(kSysTree)}; }

std::string sysfs_link_text(const Interface& link, std::string_view file) {
  if (file == "ifindex") return decimal(link.index) + "\n";
  if (file == "mtu") return link.name == "lo" ? "65536\n" : "1500\n";
  if (file == "operstate") return link.name == "lo" ? "unknown\n" : link.up ? "up\n" : "down\n";
  if (file == "carrier") return link.up ? "1\n" : "0\n";
  if (file == "type") return hardware_type(link) + "\n";
  if (file == "flags") return flags_of(link) + "\n";
  if (file == "uevent") return "INTERFACE=" + link.name + "\nIFINDEX=" + decimal(link.index) + "\n";
  return "00:00:00:00:00:00\n";
}

const Interface* sysfs_link(const World& world, const Filesystem& fs, std::string_view path,
                            std::string& file) {
  const std::vector<Interface>* links = links_of(world, fs);
  if (links == nullptr) return nullptr;
  for (const Interface& link : *links) {
    const std::string folder = device_folder(link);
    if (path == folder) return &link;
    if (!starts_with(path, folder + "/")) continue;
    file = std::string(path.substr(folder.size() + 1));
    for (const LinkFile& each : kLinkFiles) {
      if (each.name == file) return &link;
    }
  }
  return nullptr;
}

std::optional<Entry> sysfs_entry(const World& world, const Filesystem& fs, std::string_view path) {
  std::string file;
  if (sysfs_link(world, fs, path, file) != nullptr) {
    if (file.empty()) return virtual_folder(0755);
    for (const LinkFile& each : kLinkFiles) {
      if (each.name == file) return virtual_file(each.mode);
    }
  }
  if (starts_with(path, "/class/net/")) {
    const std::vector<Interface>* links = links_of(world, fs);
    for (std::size_t i = 0; links != nullptr && i < links->size(); ++i) {
      if ((*links)[i].name == path.substr(11))
        return virtual_link("../.." + device_folder((*links)[i]));
    }
    return std::nullopt;
  }
  if (path == "/devices/pci0000:00") return virtual_folder(0755);
  std::optional<Entry> entry = path == "/" ? virtual_folder() : fixed_entry(sysfs_tree(), path);
  if (entry && entry->regular()) entry->size = 4096;
  return entry;
}

std::vector<std::string> sysfs_list(const World& world, const Filesystem& fs,
                                    std::string_view path) {
  std::vector<std::string> names = fixed_list(sysfs_tree(), path);
  std::string file;
  if (sysfs_link(world, fs, path, file) != nullptr && file.empty()) {
    for (const LinkFile& each : kLinkFiles) names.emplace_back(each.name);
  }
  const std::vector<Interface>* links = links_of(world, fs);
  if (links == nullptr) return names;
  for (const Interface& link : *links) {
    const std::string folder = device_folder(link);
    if (path == "/class/net" || path == folder.substr(0, folder.rfind('/')))
      names.push_back(link.name);
  }
  return names;
}

}  // namespace cutaway
