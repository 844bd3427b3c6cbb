// The part of /proc that has no tasks in it: proc(5), Linux 6.12. Files without a text here are
// computed (virtual_content.cpp). /proc/sched_debug and /proc/timer_stats, which docker masks too,
// are gone from kernels of this age.
#include <iterator>

#include "trace/world/virtual_tables.h"

namespace cutaway {
namespace {

constexpr std::uint32_t kSecret = abi::mode::kRegular | 0400,
                        kProcFolder = abi::mode::kDirectory | 0555,
                        kProcLink = abi::mode::kLink | 0777;

constexpr FixedEntry kProcTree[] = {
    {"/acpi/wakeup", kWritable},
    {"/asound/cards", kReadable, "--- no soundcards ---\n"},
    {"/bus/input/devices", kReadable},
    {"/bus/pci/devices", kReadable},
    {"/cgroups", kReadable},
    {"/cmdline", kReadable, "BOOT_IMAGE=/boot/vmlinuz root=/dev/vda1 ro quiet\n"},
    {"/consoles", kReadable, "tty0                 -WU (EC p  )    4:1\n"},
    {"/cpuinfo", kReadable},
    {"/devices", kReadable,
     "Character devices:\n  1 mem\n  5 /dev/tty\n  5 /dev/console\n  5 /dev/ptmx\n 10 misc\n136 "
     "pts\n\n"
     "Block devices:\n254 virtblk\n"},
    {"/diskstats", kReadable},
    {"/driver", kProcFolder},
    {"/filesystems", kReadable,
     "nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\nnodev\tcgroup\nnodev\tcgroup2\nnodev\tdevtmpfs\nnode"
     "v\tdebugfs\n"
     "nodev\ttracefs\nnodev\tsecurityfs\nnodev\tsockfs\nnodev\tbpf\nnodev\tpipefs\nnodev\tramfs\nno"
     "dev\tdevpts\n"
     "nodev\tmqueue\n\text4\nnodev\toverlay\n"},
    {"/fs/ext4", kProcFolder},
    {"/interrupts", kReadable},
    {"/iomem", kSecret},
    {"/irq/default_smp_affinity", kWritable, "3\n"},
    {"/kallsyms", kReadable},
    {"/kcore", kSecret},
    {"/key-users", kReadable},
    {"/keys", kReadable,
     "3f2a6c1d I--Q---     1 perm 1f3f0000     0 65534 keyring   _uid_ses.0: 1\n"},
    {"/kmsg", kSecret},
    {"/latency_stats", kWritable, "Latency Top version : v0.1\n"},
    {"/loadavg", kReadable},
    {"/locks", kReadable},
    {"/meminfo", kReadable},
    {"/misc", kReadable},
    {"/modules", kReadable},
    {"/mounts", kProcLink, "self/mounts"},
    {"/net", kProcLink, "self/net"},
    {"/partitions", kReadable,
     "major minor  #blocks  name\n\n 254        0   20971520 vda\n 254        1   20970496 vda1\n"},
    {"/pressure/cpu", kWritable},
    {"/pressure/io", kWritable},
    {"/pressure/memory", kWritable},
    {"/scsi/scsi", kReadable, "Attached devices:\n"},
    {"/slabinfo", kSecret},
    {"/softirqs", kReadable},
    {"/stat", kReadable},
    {"/swaps", kReadable, "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"},
    {"/sys/fs/file-max", kWritable, "9223372036854775807\n"},
    {"/sys/fs/pipe-max-size", kWritable, "1048576\n"},
    {"/sys/kernel/cap_last_cap", kReadable, "40\n"},
    {"/sys/kernel/core_pattern", kWritable, "core\n"},
    {"/sys/kernel/domainname", kWritable},
    {"/sys/kernel/hostname", kWritable},
    {"/sys/kernel/ngroups_max", kReadable, "65536\n"},
    {"/sys/kernel/osrelease", kReadable},
    {"/sys/kernel/ostype", kReadable, "Linux\n"},
    {"/sys/kernel/overflowgid", kWritable, "65534\n"},
    {"/sys/kernel/overflowuid", kWritable, "65534\n"},
    {"/sys/kernel/pid_max", kWritable, "4194304\n"},
    {"/sys/kernel/random/boot_id", kReadable, "5e0c0f6a-8b1d-4c57-9d7a-6f6b1f0a2b3c\n"},
    {"/sys/kernel/seccomp/actions_avail", kReadable,
     "kill_process kill_thread trap errno user_notif trace log allow\n"},
    {"/sys/kernel/threads-max", kWritable, "15555\n"},
    {"/sys/kernel/version", kReadable},
    {"/sys/kernel/yama/ptrace_scope", kWritable, "0\n"},
    {"/sys/net/core/somaxconn", kWritable, "4096\n"},
    {"/sys/net/ipv4/ip_forward", kWritable, "0\n"},
    {"/sys/net/ipv4/ip_unprivileged_port_start", kWritable, "1024\n"},
    {"/sys/net/ipv4/ping_group_range", kWritable, "1\t0\n"},
    {"/sys/user/max_user_namespaces", kWritable, "7777\n"},
    {"/sys/vm/overcommit_memory", kWritable, "0\n"},
    {"/sys/vm/swappiness", kWritable, "60\n"},
    {"/sysrq-trigger", abi::mode::kRegular | 0200},
    {"/sysvipc/msg", kReadable},
    {"/sysvipc/sem", kReadable},
    {"/sysvipc/shm", kReadable},
    {"/timer_list", kSecret, "Timer List Version: v0.9\n"},
    {"/tty/drivers", kReadable},
    {"/uptime", kReadable},
    {"/version", kReadable},
    {"/vmstat", kReadable},
    {"/zoneinfo", kReadable},
};

}  // namespace

FixedTree proc_tree() { return FixedTree{std::begin(kProcTree), std::end(kProcTree)}; }

}  // namespace cutaway
