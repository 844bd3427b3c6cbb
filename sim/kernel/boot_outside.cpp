// A Mac or a Windows computer around the VM that the machine is: terminal, shell and docker's
// client run there, on another kernel. They see nothing of the VM but docker's socket, which
// docker's own program hands through its hull.
#include "sim/kernel/boot_builder.h"

namespace cutaway::sim {
namespace {

/// What the two have under other names.
struct Laptop {
  HostOs os;
  std::string_view hostname, disk_type, disk;
  std::string_view terminal, shell, shell_path, vm;
  std::string_view socket_folder, socket;
  std::string_view home;
};
constexpr Laptop kLaptops[] = {
    {HostOs::Mac, "adas-mac", "apfs", "/dev/disk3s1", "Terminal", "zsh", "/usr/bin/zsh",
     "com.docker.virtualization", "/var/run", "/var/run/docker.sock", "/Users/ada"},
    {HostOs::Windows, "ADA-PC", "ntfs", "C:", "WindowsTerminal", "powershell",
     "/usr/bin/powershell", "vmmemWSL", "/pipe", "/pipe/docker_engine", "/Users/ada"}};

constexpr std::string_view kOutsideFolders[] = {"/dev", "/etc",     "/proc",      "/tmp",
                                                "/usr", "/usr/bin", "/usr/local", "/usr/local/bin",
                                                "/var", "/Users",   "/Users/ada"};
/// The simulator's stand-ins for the tools of these systems are those of busybox.
constexpr std::string_view kTools[] = {"cat", "echo",  "env",  "false", "grep", "head",  "hostname",
                                       "id",  "kill",  "ls",   "mkdir", "ps",   "pwd",   "rm",
                                       "sh",  "sleep", "true", "uname", "wc",   "whoami"};

constexpr std::int32_t kTerminalPid = 50'601, kShellPid = 50'643, kBackendPid = 50'711,
                       kVmPid = 50'720, kLastOutsidePid = 51'000;

const Laptop& laptop_of(HostOs os) { return os == HostOs::Mac ? kLaptops[0] : kLaptops[1]; }

}  // namespace

/// The windows that the person opens are this computer's: its devpts is the first.
void BootBuilder::outside_terminals() { outside_pts_ = make_filesystem("devpts", "devpts", false); }

/// Identities of its own for what the model asks of every task. Number 0: none of Linux'.
void BootBuilder::outside_namespaces() {
  for (int i = 0; i < kNsKinds; ++i) {
    Namespace made;
    made.id = NsId{++world.counters.ns};
    made.type = static_cast<NsKind>(i);
    ns_[static_cast<std::size_t>(i)] = made.id;
    world.namespaces.put(made.id, made);
  }
  for (const NsId id : ns_) {
    Namespace& made = world.namespaces.mutate(id);
    if (made.type != NsKind::User) made.owner = ns(NsKind::User);
  }
  Namespace& user = world.namespaces.mutate(ns(NsKind::User));
  user.uid_map = {IdMapping{0, 0, 4294967295U}};
  user.gid_map = user.uid_map;
  world.namespaces.mutate(ns(NsKind::Uts)).hostname =
      std::string(laptop_of(world.machine.os).hostname);
}

void BootBuilder::outside_files() {
  const Laptop& laptop = laptop_of(world.machine.os);
  root_fs_ = make_filesystem(laptop.disk_type, laptop.disk, true);
  for (const std::string_view path : kOutsideFolders) folder(root_fs_, path);
  folder(root_fs_, laptop.socket_folder);
  link(root_fs_, "/bin", "usr/bin");
  program_file("/usr/bin/busybox", "busybox", 1'982'224);
  program_file("/usr/local/bin/docker", "docker", 38'000'000);
  if (laptop.os == HostOs::Windows) {
    program_file("/usr/bin/git-bash", "git-bash", 140'000);
    program_file("/usr/bin/winpty", "winpty", 780'000);
  }
  for (const std::string_view tool : kTools)
    link(root_fs_, "/usr/bin/" + std::string(tool), "busybox");
  link(root_fs_, laptop.shell_path, "busybox");
  Inode socket;  // docker's program puts the VM's socket here
  socket.mode = abi::mode::kRegular | 0666;
  put(root_fs_, laptop.socket, std::move(socket));
  dev_fs_ = make_filesystem("devtmpfs", "dev", true);
  device(dev_fs_, "/null", 0666, 1, 3);
  device(dev_fs_, "/tty", 0666, 5, 0);
  folder(dev_fs_, "/pts");
}

void BootBuilder::program_file(std::string_view path, std::string_view program, std::int64_t size) {
  Inode inode;
  inode.mode = abi::mode::kRegular | 0755;
  inode.program = std::string(program);
  inode.size = size;
  put(root_fs_, path, std::move(inode));
}

void BootBuilder::outside_mounts(FilesystemId run) {
  const Laptop& laptop = laptop_of(world.machine.os);
  root_mount_ = mount(root_fs_, MountId{}, "/", "/", 0);
  world.namespaces.mutate(ns(NsKind::Mnt)).root_mount = root_mount_;
  dev_mount_ = mount(dev_fs_, root_mount_, "/dev", "/dev", 0);
  mount(outside_pts_, dev_mount_, "/pts", "/dev/pts", 0);
  const FilesystemId proc = make_filesystem("proc", "proc", false);  // what ps asks, see FIDELITY
  world.filesystems.mutate(proc).ns = ns(NsKind::Pid);
  mount(proc, root_mount_, "/proc", "/proc", 0);
  const MountId socket = mount(run, root_mount_, laptop.socket, laptop.socket, 0);
  world.mounts.mutate(socket).root = "/docker.sock";
}

TaskId BootBuilder::outside_task(std::int32_t pid, TaskId parent, std::string_view comm,
                                 std::string_view exe) {
  const TaskId id = task(pid, parent, comm, {std::string(comm)}, exe, 0, "");
  world.tasks.mutate(id).env = {"PATH=/usr/local/bin:/usr/bin:/bin",
                                "HOME=" + std::string(laptop_of(world.machine.os).home)};
  return id;
}

/// The shell that commands are typed in.
void BootBuilder::outside() {
  const Laptop& laptop = laptop_of(world.machine.os);
  const FilesystemId run = run_fs_;
  outside_namespaces();
  outside_files();
  outside_mounts(run);
  const TaskId terminal =
      outside_task(kTerminalPid, TaskId{}, laptop.terminal, "/usr/bin/terminal");
  Namespace& pids = world.namespaces.mutate(ns(NsKind::Pid));
  pids.init = terminal;
  pids.last_pid = kLastOutsidePid;
  const TaskId shell = outside_task(kShellPid, terminal, laptop.shell, laptop.shell_path);
  outside_task(kBackendPid, terminal, "com.docker.backend", "/usr/local/bin/com.docker.backend");
  outside_task(kVmPid, terminal, laptop.vm, "/usr/local/bin/vm");
  console_descriptors(terminal, shell);
}

}  // namespace cutaway::sim
