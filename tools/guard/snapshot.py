"""What a machine looks like: everything that a test of ours could spoil, as {kind: {name: value}}, all strings.

Read without any tool and without changing anything: no folder of another file system is entered (that would wake an
automount), and nothing is asked that makes the kernel load a module.
"""

import fcntl
import os
import socket
import stat
import struct
import time

COUNTERS = os.path.join(os.path.dirname(__file__), "counters.txt")


def read_text(path):
    """os.read instead of open(): a snapshot reads more than a thousand small files, and open() is five times slower."""
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        parts = []
        while part := os.read(file, 65536):
            parts.append(part)
        return b"".join(parts).decode("utf-8", "backslashreplace")
    finally:
        os.close(file)


def lines_of(path):
    """Lines of a table; a table that this kernel does not have is an empty one."""
    try:
        return read_text(path).splitlines()
    except FileNotFoundError:
        return []


def walk(top, visit, skip=()):
    """visit(entry) for all below `top` on the same file system. What vanishes meanwhile is left out."""
    device = os.stat(top).st_dev
    pending = [top]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    visit(entry)
                    if (entry.is_dir(follow_symlinks=False) and entry.path not in skip and
                            entry.stat(follow_symlinks=False).st_dev == device):
                        pending.append(entry.path)
        except (FileNotFoundError, PermissionError, NotADirectoryError):
            pass


def mounts():
    """PID 1's mounts: the machine's, even for a guard in a mount namespace of its own."""
    return dict(line.split(" ", 1) for line in read_text("/proc/1/mountinfo").splitlines())


def sysctls():
    counters = Patterns(lines_of(COUNTERS))
    found = {}

    def visit(entry):
        name = entry.path[len("/proc/sys/"):]
        if entry.is_dir(follow_symlinks=False) or counters.match(name):
            return
        try:
            found[name] = read_text(entry.path).strip()
        except OSError:
            pass  # write-only, or its value is a secret

    walk("/proc/sys", visit)
    return found


class Patterns:
    """Paths with * for one part, a line each; words behind a path say why it is there."""

    def __init__(self, lines):
        self.exact, self.wild = set(), []
        for words in (line.split() for line in lines):
            if words and words[0] != "#":
                self.add(words[0])

    def add(self, pattern):
        if "*" in pattern:
            self.wild.append(pattern.split("/"))
        else:
            self.exact.add(pattern)

    def match(self, path):
        if path in self.exact:
            return True
        parts = path.split("/")
        return any(len(pattern) == len(parts) and all(a in ("*", b) for a, b in zip(pattern, parts))
                   for pattern in self.wild)


def devices():
    """/dev without the terminals of others and without what people keep in its tmpfs folders."""
    found = {}

    def visit(entry):
        status = entry.stat(follow_symlinks=False)
        value = f"{stat.filemode(status.st_mode)} {status.st_uid}:{status.st_gid}"
        if status.st_rdev:
            value += f" {os.major(status.st_rdev)}:{os.minor(status.st_rdev)}"
        if entry.is_symlink():
            value += " -> " + os.readlink(entry.path)
        found[entry.path] = value

    walk("/dev", visit, skip=("/dev/pts", "/dev/shm", "/dev/mqueue", "/dev/hugepages"))
    return found


def cgroups():
    """Every folder of every mounted hierarchy: has it processes, and which controllers does it hand down?"""
    found = {}
    for mount in read_text("/proc/self/mountinfo").splitlines():
        fields, kind = mount.split(" - ")
        root, top = fields.split()[3:5]
        if kind.split()[0] not in ("cgroup", "cgroup2") or root != "/":
            continue
        found[top] = cgroup_value(top)
        walk(top, lambda entry: entry.is_dir(follow_symlinks=False) and
             found.__setitem__(entry.path, cgroup_value(entry.path)))
    return found


def cgroup_value(folder):
    try:
        populated = "populated" if read_text(folder + "/cgroup.procs").strip() else "empty"
    except OSError:
        populated = "populated"  # a threaded one does not say; or it has just gone
    try:
        return f"{populated} {read_text(folder + '/cgroup.subtree_control').strip()}".strip()
    except OSError:
        return populated  # of version 1


def links():
    """Asked by socket: /sys may show another network namespace than ours. Whether a cable is in does not matter."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        return {name: link_value(asked, name, index) for index, name in socket.if_nameindex()}


def link_value(asked, name, index):
    def answer(question):
        return fcntl.ioctl(asked, question, struct.pack("16s24x", name.encode()))[16:]

    try:
        flags = struct.unpack_from("=H", answer(SIOCGIFFLAGS))[0] & ~IFF_RUNNING
        mtu = struct.unpack_from("=i", answer(SIOCGIFMTU))[0]
        return f"index {index} flags {flags:#x} mtu {mtu} address {answer(SIOCGIFHWADDR)[2:8].hex(':')}"
    except OSError:
        return f"index {index}"  # it has just gone


SIOCGIFFLAGS, SIOCGIFMTU, SIOCGIFHWADDR, IFF_RUNNING = 0x8913, 0x8921, 0x8927, 0x40


def addresses():
    found, last = {}, ""
    for line in lines_of("/proc/net/fib_trie"):
        words = line.split()
        if words[0] == "|--":
            last = words[1]
        elif words[1:] == ["host", "LOCAL"]:
            found[last] = "local"
    for line in lines_of("/proc/net/if_inet6"):
        address, _, length, scope, _, link = line.split()
        found[f"{address}/{int(length, 16)} {link}"] = f"scope {scope}"
    return found


def routes():
    """Without how often each was used."""
    found = {}
    for line in lines_of("/proc/net/route")[1:]:
        link, to, via, flags, _, _, metric, mask = line.split()[:8]
        found[f"{to}/{mask} via {via} dev {link} metric {metric}"] = f"flags {flags}"
    for line in lines_of("/proc/net/ipv6_route"):
        to, length, _, _, via, metric, _, _, flags, link = line.split()
        if not int(flags, 16) & RTF_CACHE:
            found[f"{to}/{length} via {via} dev {link} metric {metric}"] = "inet6"
    return found


RTF_CACHE = 0x01000000


def packet_rules():
    """nft's rules by their generation, a number that grows with each change; the old tables by name."""
    found = {table: "in use" for family in ("ip", "ip6", "arp") for table in table_names(family)}
    if nf_tables_is_there():
        found["nft generation"] = str(nft_generation())
    return found


def table_names(family):
    return [f"{family} {name}" for name in lines_of(f"/proc/net/{family}_tables_names")]


def nf_tables_is_there():
    """Asking a kernel that has it as a module would load the module."""
    if os.path.isdir("/sys/module/nf_tables") or not os.path.exists("/proc/modules"):
        return True
    return any(line.endswith("/nf_tables.ko") for line in lines_of(f"/lib/modules/{os.uname().release}/modules.builtin"))


NETLINK_NETFILTER = 12


def nft_generation():
    """NFT_MSG_GETGEN of netlink(7): a header, then attributes of which the first is the number."""
    get_generation, request = 10 << 8 | 16, 1
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER) as asked:
        asked.settimeout(2)
        asked.send(struct.pack("=IHHII4s", 20, get_generation, request, 1, 0, bytes(4)))
        answer = asked.recv(4096)
    if struct.unpack_from("=H", answer, 4)[0] == 2:  # NLMSG_ERROR: this kernel has no nft
        return "none"
    return struct.unpack_from(">I", answer, 24)[0]


def swaps():
    return {line.split()[0]: " ".join(line.split()[1:3]) for line in lines_of("/proc/swaps")[1:]}


def clock():
    """What only setting the clock changes: sleeping machines and slowly corrected clocks keep it."""
    offset = time.clock_gettime(time.CLOCK_REALTIME) - time.clock_gettime(time.CLOCK_BOOTTIME)
    return {"realtime - boottime": f"{offset:.3f}"}


def processes():
    """pid and start time of all that live (but for kernel threads, which come and go), and which are long-lived."""
    found = {}
    long_ago = (time.clock_gettime(time.CLOCK_BOOTTIME) - LONG_LIFE) * os.sysconf("SC_CLK_TCK")
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            head, _, tail = read_text(f"/proc/{pid}/stat").rpartition(")")
        except (FileNotFoundError, ProcessLookupError):
            continue
        fields = tail.split()
        if not int(fields[6]) & PF_KTHREAD and fields[0] not in "ZX":
            life = "long-lived" if int(fields[19]) < long_ago else "young"
            found[f"{pid} {fields[19]}"] = f"{life} {head.partition('(')[2]}"
    return found


PF_KTHREAD = 0x00200000
LONG_LIFE = 60  # seconds

KINDS = {"mount": mounts, "sysctl": sysctls, "device": devices, "cgroup": cgroups, "link": links,
         "address": addresses, "route": routes, "packet rule": packet_rules, "swap": swaps, "clock": clock,
         "process": processes}


def take():
    """A kind that cannot be looked at (no permission, no such table) is a sentence instead of a table."""
    found = {}
    for kind, look in KINDS.items():
        try:
            found[kind] = look()
        except OSError as error:
            found[kind] = f"not looked at: {error}"
    return found
