// The host's file systems that hold files: the disk, /dev, /run, /dev/shm.
#include "base/text.h"
#include "sim/kernel/boot.h"
#include "sim/kernel/boot_builder.h"

namespace cutaway::sim {
namespace {

struct TextFile {
  std::string_view path;
  std::string_view text;
  std::uint32_t mode = 0644;
};
constexpr TextFile kTexts[] = {
    {"/etc/hostname", "lab\n"},
    {"/etc/hosts", "127.0.0.1\tlocalhost\n127.0.1.1\tlab\n"},
    {"/etc/resolv.conf", "nameserver 10.0.0.1\n"},
    {"/etc/passwd",
     "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"
     "ada:x:1000:1000:Ada:/home/ada:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/"
     "nologin\n"},
    {"/etc/group",
     "root:x:0:\ndaemon:x:1:\ntty:x:5:\nwheel:x:10:root\ndocker:x:990:ada\nada:x:1000:\nnogroup:x:"
     "65534:\n"},
    {"/etc/os-release",
     "PRETTY_NAME=\"Lab Linux\"\nNAME=\"Lab Linux\"\nID=lab\nVERSION_ID=\"1\"\n"},
};

struct FolderRow {
  std::string_view path;
  std::uint32_t mode = 0755;
};
constexpr FolderRow kFolders[] = {
    {"/boot"},
    {"/dev"},
    {"/etc"},
    {"/etc/docker"},
    {"/home"},
    {"/home/ada", 0750},
    {"/media"},
    {"/mnt"},
    {"/opt"},
    {"/proc", 0555},
    {"/root", 0700},
    {"/run"},
    {"/srv"},
    {"/sys", 0555},
    {"/tmp", 01777},
    {"/usr"},
    {"/usr/bin"},
    {"/usr/lib"},
    {"/usr/lib/systemd"},
    {"/usr/sbin"},
    {"/usr/share"},
    {"/var"},
    {"/var/lib"},
    {"/var/log"},
    {"/var/tmp", 01777},
    {"/var/lib/docker", 0710},
    {"/var/lib/docker/buildkit", 0711},
    {"/var/lib/docker/containers", 0710},
    {"/var/lib/docker/image"},
    {"/var/lib/docker/network", 0750},
    {"/var/lib/docker/overlay2", 0710},
    {"/var/lib/docker/tmp", 0700},
    {"/var/lib/docker/volumes", 0701},
    {"/var/lib/containerd", 0711},
};

/// Merged /usr, as Debian has it.
struct Link {
  std::string_view path, target;
};
constexpr Link kLinks[] = {
    {"/bin", "usr/bin"}, {"/lib", "usr/lib"}, {"/sbin", "usr/sbin"}, {"/var/run", "/run"}};

struct Binary {
  std::string_view path, program;
  std::int64_t size;
};
constexpr Binary kBinaries[] = {
    {"/usr/bin/busybox", "busybox", 1'982'224},
    {"/usr/bin/docker", "docker", 38'000'000},
    {"/usr/bin/dockerd", "dockerd", 95'000'000},
    {"/usr/bin/containerd-shim-runc-v2", "containerd-shim", 12'000'000},
    {"/usr/bin/cutaway-runtime", "cutaway-runtime", 900'000},
    {"/usr/bin/docker-init", "docker-init", 720'000},
    {"/usr/bin/bash", "busybox", 1'265'648},
    {"/usr/bin/redis-cli", "redis-cli", 5'400'000},
    {"/usr/lib/systemd/systemd", "", 1'900'000},
};

/// Host commands are busybox too.
constexpr std::string_view kApplets[] = {
    "cat",     "chmod",    "chown", "echo",  "env", "false", "grep",  "head", "hostname",
    "httpd",   "id",       "ip",    "kill",  "ln",  "ls",    "mkdir", "mv",   "nc",
    "netstat", "nslookup", "ping",  "ps",    "pwd", "rm",    "rmdir", "sh",   "sleep",
    "tar",     "touch",    "true",  "uname", "wc",  "wget",  "whoami"};

struct Device {
  std::string_view path;
  std::uint32_t mode, major, minor;
};
constexpr Device kDevices[] = {{"/null", 0666, 1, 3},    {"/zero", 0666, 1, 5},
                               {"/full", 0666, 1, 7},    {"/random", 0666, 1, 8},
                               {"/urandom", 0666, 1, 9}, {"/tty", 0666, 5, 0},
                               {"/console", 0600, 5, 1}};

Inode inode_of(std::uint32_t mode) {
  Inode inode;
  inode.mode = mode;
  return inode;
}

bool is_folder(const Inode& inode) {
  return (inode.mode & abi::mode::kType) == abi::mode::kDirectory;
}

}  // namespace

void put_host_contents(BlobStore& blobs) {
  for (const TextFile& file : kTexts) blobs.put(file.text);
}

FilesystemId BootBuilder::make_filesystem(std::string_view type, std::string_view source,
                                          bool with_inodes, std::uint32_t mode) {
  Filesystem fs;
  fs.id = FilesystemId{++world.counters.filesystem};
  fs.type = std::string(type);
  fs.source = std::string(source);
  if (with_inodes) {
    Inode root = inode_of(abi::mode::kDirectory | mode);
    root.id = InodeId{++world.counters.inode};
    root.fs = fs.id;
    root.links = 2;
    fs.root = root.id;
    world.inodes.put(root.id, root);
  }
  world.filesystems.put(fs.id, fs);
  return fs.id;
}

InodeId BootBuilder::put(FilesystemId fs, std::string_view path, Inode inode) {
  const std::size_t slash = path.rfind('/');
  InodeId parent = world.filesystems.at(fs).root;
  for (const std::string& name : split(path.substr(0, slash), '/')) {
    if (!name.empty()) parent = world.inodes.at(parent).entries.at(name);
  }
  inode.id = InodeId{++world.counters.inode};
  inode.fs = fs;
  inode.links = is_folder(inode) ? 2 : 1;
  const InodeId id = inode.id;
  Inode& above = world.inodes.mutate(parent);
  above.entries[std::string(path.substr(slash + 1))] = id;
  if (is_folder(inode)) ++above.links;
  world.inodes.put(id, std::move(inode));
  return id;
}

InodeId BootBuilder::folder(FilesystemId fs, std::string_view path, std::uint32_t mode) {
  return put(fs, path, inode_of(abi::mode::kDirectory | mode));
}

void BootBuilder::device(FilesystemId fs, std::string_view path, std::uint32_t mode,
                         std::uint32_t major, std::uint32_t minor) {
  Inode inode = inode_of(abi::mode::kChar | mode);
  inode.major = major;
  inode.minor = minor;
  put(fs, path, std::move(inode));
}

void BootBuilder::link(FilesystemId fs, std::string_view path, std::string_view target) {
  Inode inode = inode_of(abi::mode::kLink | 0777);
  inode.target = std::string(target);
  inode.size = static_cast<std::int64_t>(target.size());
  put(fs, path, std::move(inode));
}

void BootBuilder::files() {
  root_fs_ = make_filesystem("ext4", "/dev/vda1", true);
  BlobStore contents;  // only for the ids: equal bytes have equal ids in every store
  for (const FolderRow& each : kFolders) folder(root_fs_, each.path, each.mode);
  for (const Link& each : kLinks) link(root_fs_, each.path, each.target);
  for (const TextFile& file : kTexts) {
    Inode inode = inode_of(abi::mode::kRegular | file.mode);
    inode.content = contents.put(file.text);
    inode.size = static_cast<std::int64_t>(file.text.size());
    put(root_fs_, file.path, std::move(inode));
  }
  for (const Binary& binary : kBinaries) {
    Inode inode = inode_of(abi::mode::kRegular | 0755);
    inode.program = std::string(binary.program);
    inode.size = binary.size;
    put(root_fs_, binary.path, std::move(inode));
  }
  for (const std::string_view applet : kApplets)
    link(root_fs_, "/usr/bin/" + std::string(applet), "busybox");
  dev_fs_ = make_filesystem("devtmpfs", "udev", true);
  for (const Device& each : kDevices) device(dev_fs_, each.path, each.mode, each.major, each.minor);
  for (const std::string_view name : {"/mqueue", "/pts", "/shm"}) folder(dev_fs_, name);
  link(dev_fs_, "/fd", "/proc/self/fd");
  link(dev_fs_, "/ptmx", "pts/ptmx");
  link(dev_fs_, "/stderr", "/proc/self/fd/2");
  link(dev_fs_, "/stdin", "/proc/self/fd/0");
  link(dev_fs_, "/stdout", "/proc/self/fd/1");
}

}  // namespace cutaway::sim
