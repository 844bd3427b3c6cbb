#include "sim/fidelity.h"

#include <algorithm>

#include "base/text.h"
#include "sim/kernel/syscall_table.h"
#include "sim/litmus_known.h"

namespace cutaway::sim {

namespace {

// NOLINTNEXTLINE(readability-function-size): it is a table
std::vector<FidelityRow> engine_rows() {
  return {
      {"client",
       "It sends the words it was given; docker's client sends what it made of them. There is no "
       "API negotiation beyond a ping. Bytes of a typed line that are no UTF-8 are U+FFFD, on the "
       "host too. With -a stdin but without -i it waits for no end of its own stdin."},
      {"containerd",
       "The daemon starts the shim by itself; really containerd stands between them."},
      {"signals",
       "docker stop, kill, rm --force: the daemon signals the container's first process itself; "
       "really containerd asks the shim, which has the runtime do it."},
      {"runtime",
       "One clone makes all namespaces (as crun does); runc starts in three stages, and each of "
       "them is a "
       "process of its own. The seal of the runtime's binary and the session keyring are left "
       "out."},
      {"network",
       "IPv4 only. Packets have no headers, time or loss: a connection, a message and what a "
       "stream "
       "carries arrive at once, by the routes, rules, bridges and veth pairs that are told of. "
       "A neighbour is found without ARP; there is no TIME_WAIT, no backlog that fills, no reset. "
       "Beyond this machine nobody but the hub answers: no name server, no ping."},
      {"bridge",
       "The daemon speaks netlink itself, rules too (really it starts iptables), and knows three "
       "kinds of them: DNAT, MASQUERADE, and DROP between networks. MAC addresses are made from "
       "addresses (docker 28 draws them). Ports are taken before the shim is started (docker 28: "
       "when the task is there)."},
      {"published ports",
       "A DNAT rule of the host for all who ask, 127.0.0.1 too; no docker-proxy is started, but "
       "the daemon holds the port. No [::] beside 0.0.0.0."},
      {"names",
       "The daemon's resolver thread answers at 127.0.0.11 for networks of one's own (A records "
       "over UDP); other names it does not pass on: there is no such name. No iptables rule leads "
       "to it. It lives in the container's network namespace as docker's does."},
      {"network commands",
       "network create makes bridges with one subnet. nc and wget wait for a connection as long as "
       "the kernel does, whatever -w or -T say; wget shows no progress; ping's ttl is always 64."},
      {"hub",
       "No TLS, no token, no compression, no list of platforms. It knows one account (student, "
       "secret), which owns what is below its name; what is sent to it arrives at once. A search "
       "knows names only."},
      {"images",
       "An executable holds the name of a simulated program; its size is that of the real binary, "
       "as a hole in the file; in an archive that size stands in an extended header. Docker keeps "
       "of a layer's archive only what the files do not tell (tar-split); here the daemon keeps "
       "all of it. Images have no dates."},
      {"faults",
       "A layer's connection that is cut breaks at half of its bytes, once; a full disk refuses "
       "writes to files and nothing else."},
      {"volumes",
       "Driver local only, no options. Links on the way to a mount point are not followed within "
       "the container; propagation of a bind mount is private. Which volumes there are stands in "
       "the daemon's memory; their files are on the disk."},
      {"restart",
       "Between two runs the World's record says exited; docker says restarting, and so do ps and "
       "inspect."},
      {"init",
       "docker-init waits in wait4 and has handlers; tini blocks all signals and waits for them."},
      {"namespaces",
       "With --ipc container: /dev/shm is the container's own; docker binds the other one's."},
      {"cp",
       "The stat of a path travels as a body where docker puts it into a header; links in a "
       "container's path are followed as the host sees them; times are not kept."},
      {"commit", "The container is not paused meanwhile."},
      {"stats",
       "One container after the other is asked, a second each; bytes over the network and to disks "
       "are not counted, so it says -- "
       "there."},
      {"tar", "It reads and writes whole archives; names and owners go by number, no times."},
      {"programs",
       "busybox's help is its first lines; files have no times (ls -l, stat, find -mtime and test "
       "-nt leave them out or say no); date begins with 1970. awk starts no programs and reads no "
       "other files (|, system, getline), and ends what goes round too long. sh has no aliases, no "
       "history, and does not draw its prompt again when its window changes."},
      {"stand-ins",
       "alpine and ubuntu are busybox under other names, postgres is a script that keeps a version "
       "file where the database has its data. python2, python3, node, redis-server, redis-cli, "
       "nginx, "
       "needs-libfoo, memhog, burn and "
       "forkbomb are not the real programs: "
       "python and node understand a line or two of their language (print, import, sys.exit, "
       "time.sleep; console.log, process.exit) and refuse the rest; redis keeps texts in memory "
       "and "
       "knows ten commands; nginx has one folder, one process and no configuration; a library is a "
       "text that its "
       "program repeats; start-up calls of a C library are left out, but for the loader's search."},
      {"users", "--user takes numbers; names of the image's /etc/passwd are not looked up."},
      {"storage",
       "Docker's short link names (overlay2/l) are left out; layers are found by their digest."},
      {"log",
       "The json-file log carries nanoseconds from the start: a simulation has no time of day."},
      {"devices",
       "On cgroup v1 the devices controller decides; on v2 docker attaches a BPF program, which is "
       "not modelled: a device node that mknod made can be opened if its driver is known."},
      {"events",
       "Of containers: create, attach, start, die, kill, stop, restart, pause, rename, exec, "
       "destroy; "
       "of images: pull, tag, untag; of networks: create, connect, disconnect, destroy; of "
       "volumes: "
       "create, destroy. Times count from the start of the "
       "simulation, which stands for 1970."},
      {"exec",
       "The daemon starts the runtime, which stays the parent of the new process (as runc exec "
       "does); really containerd asks the container's shim, and runc goes when the process runs."},
      {"terminals",
       "A window's shell runs one command for each line that is given to it, in a session of its "
       "own; its prompt and the typed command line are not shown. No SIGHUP when its master "
       "is closed, no flow control (Ctrl-S). What Ctrl-C throws away is "
       "the unfinished line alone."},
      {"laptops",
       "Beside a VM (a Mac, Windows) only terminal, shell and docker's client are there, as "
       "programs "
       "of another kernel: none of its calls is shown. The tools of these systems are stand-ins, "
       "busybox's, run by one user; ps is given what it asks for as Linux gives it; windows are "
       "called /dev/pts/N; PowerShell reads its lines as sh does. Docker's own programs outside, "
       "which hand the API through the hull, do no work of their own: one socket leads into the "
       "VM."},
      {"git-bash",
       "In Git Bash (mintty) Windows' programs read a pipe; what is typed gets to those behind "
       "winpty only, which reads the window itself; really winpty has a hidden console of its "
       "own."},
      {"update",
       "The daemon writes the cgroup files itself, only those that change, and keeps the "
       "record's change to itself (really runc writes all that are set). Who got a memory "
       "limit only by update and is then ended for want of memory is not marked OOMKilled."},
      {"kill", "The daemon sends the signal itself; really shim and runc do."},
      {"limits",
       "Only the stand-in memhog touches memory after its start, a mebibyte at a time; what is "
       "then too much for a memory limit ends a member at once: nothing can be reclaimed, nothing "
       "swapped. A limit written below what is used ends members on v2 and is refused on v1 "
       "(EBUSY). Who is above memory.high is counted in memory.events, and not slowed down."},
      {"scheduler",
       "One run queue for all cpus, and whoever waits gets the first that is free; a slice (4 ms) "
       "ends with a call. A cgroup's quota is counted exactly (Linux hands it to the cpus in "
       "slices of 5 ms, so that up to one of them is used beyond it). No nice values, no real-time "
       "classes, no bursts, and who wakes takes the cpu from nobody."},
  };
}

}  // namespace

std::vector<FidelityRow> fidelity_rows() {
  std::vector<FidelityRow> calls;
  for (const SyscallRow& row : syscall_rows()) {
    if (!row.not_modelled.empty())
      calls.push_back({std::string(abi::sys_name(row.sys)), std::string(row.not_modelled)});
  }
  std::sort(calls.begin(), calls.end(),
            [](const FidelityRow& a, const FidelityRow& b) { return a.subject < b.subject; });
  std::vector<FidelityRow> rows = engine_rows();
  rows.insert(rows.end(), calls.begin(), calls.end());
  return rows;
}

namespace {

/// What `cutaway litmus fuzz` knows.
std::string known_table() {
  std::string text =
      "\n## Known differences of random litmus programs\n\n"
      "`cutaway litmus fuzz` finds these and no others; a row that more than 1 % of its programs "
      "match fails it.\n\n"
      "| family | call | here | on Linux | why |\n|---|---|---|---|---|\n";
  for (const spec::FuzzKnown& row : litmus_known()) {
    for (const std::string_view cell : {row.family, row.call, row.simulated, row.real, row.reason})
      text += "| " + std::string(cell) + " ";
    text += "|\n";
  }
  return text;
}

}  // namespace

std::string fidelity_markdown() {
  std::string text =
      "# Fidelity\n\nWhat the simulation leaves out. Generated by `cutaway fidelity`; a test "
      "compares.\n\n"
      "The kernel knows " +
      decimal(static_cast<std::int64_t>(syscall_rows().size())) +
      " system calls; every other is answered ENOSYS. Costs of calls are plausible, not "
      "measured.\n\n"
      "| what | not as on Linux |\n|---|---|\n";
  for (const FidelityRow& row : fidelity_rows())
    text += "| " + row.subject + " | " + row.note + " |\n";
  return text + known_table();
}

}  // namespace cutaway::sim
