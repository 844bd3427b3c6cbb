#!/usr/bin/env python3
"""Records what the real busybox makes of the scripts in cases/*.txt: record.py [NAME…], as root, beside busybox.

Each script runs in a folder of its own as the root of a mount and pid namespace (nothing of this machine is touched),
in /tmp, with the variables below. The tests run the same on the simulated machine and compare. A file of scripts holds
scripts apart by lines of "----"; cases/NAME.json is what this program writes.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ENV = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME": "lab", "HOME": "/root", "PWD": "/tmp"}
PASSWD = ("root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"
          "ada:x:1000:1000:Ada:/home/ada:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n")
GROUP = "root:x:0:\ndaemon:x:1:\ntty:x:5:\nwheel:x:10:root\ndocker:x:990:ada\nada:x:1000:\nnogroup:x:65534:\n"
APPLETS = ("cat chmod chown echo env false grep head hostname id kill ln ls mkdir mv ps pwd rm rmdir sh sleep touch true "
           "uname wc whoami").split()
ENTER = """hostname lab && mount -t proc proc "$1/proc" && mount -t tmpfs tmpfs "$1/tmp" &&
exec chroot "$1" /usr/bin/busybox sh -c 'cd /tmp; exec env -i "PATH=$PATH" HOSTNAME=lab HOME=/root PWD=/tmp /bin/sh -c "$1" sh A B "c d"' sh "$2" """


def make_root(root):
    for folder in ("usr/bin", "etc", "tmp", "proc", "dev", "root", "home/ada"):
        os.makedirs(f"{root}/{folder}")
    shutil.copy(shutil.which("busybox"), f"{root}/usr/bin/busybox")
    for name in APPLETS:  # the links that the simulated host has
        os.symlink("busybox", f"{root}/usr/bin/{name}")
    os.chmod(root, 0o755)
    os.symlink("usr/bin", f"{root}/bin")
    for name, text in (("passwd", PASSWD), ("group", GROUP), ("hostname", "lab\n")):
        with open(f"{root}/etc/{name}", "w") as file:
            file.write(text)
    for name, minor in (("null", 3), ("zero", 5), ("urandom", 9)):
        os.mknod(f"{root}/dev/{name}", 0o020666, os.makedev(1, minor))


def short(text):
    """Without what help says behind its first lines, which the simulation leaves out (FIDELITY)."""
    for name in sorted(set(re.findall(r"^Usage: (\S+)", text, re.M))):
        whole = subprocess.run(["busybox", name, "--help"], capture_output=True, text=True).stderr
        text = text.replace(whole, whole[:whole.index("\n\n", whole.index("Usage:"))] + "\n")
    return text


def measure(root, script):
    run = subprocess.run(["unshare", "--mount", "--pid", "--uts", "--fork", "sh", "-c", ENTER, "sh", root, script],
                         stdin=subprocess.DEVNULL, capture_output=True, env=ENV, timeout=20)
    return {"script": script, "out": short(run.stdout.decode()), "err": short(run.stderr.decode()), "status": run.returncode}


SETUP = """printf 'b x\\na y\\n' > f; mkdir d e; echo q > d/q; ln -s f l; printf 'echo one\\ncd /\\n' > s.sh"""
# strace sees the launcher too: what counts begins where the shell becomes the command.
CALLS = """mount -t proc proc "$1/proc" && mount -t tmpfs tmpfs "$1/tmp" && hostname lab &&
exec strace -f -o "$3" chroot "$1" /usr/bin/busybox sh -c 'cd /tmp; eval "$2"
exec env -i "PATH=$PATH" HOSTNAME=lab HOME=/root PWD=/tmp /usr/bin/busybox sh -c "exec busybox $1"' sh "$2" "$4" """
# Where memory lies, and when a signal comes: not what a program asks for.
SILENT = ("brk", "mmap", "munmap", "mprotect", "rt_sigreturn")


def calls(root, script):
    """Names of the calls of the first process from its last execve on, "pid" numbers aside."""
    log = root + ".strace"
    subprocess.run(["unshare", "--mount", "--pid", "--uts", "--fork", "sh", "-c", CALLS, "sh", root, script, log, SETUP],
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENV, timeout=20)
    with open(log) as file:
        lines = [line.split(None, 1) for line in file]
    os.remove(log)
    first = lines[0][0]
    names, whole = [], False
    for pid, rest in lines:
        found = re.match(r"(?:<\.\.\. )?(\w+)(?:\(| resumed)", rest)
        if pid != first or not found or rest.startswith("<..."):
            continue
        if found[1] == "execve" and '["busybox"' in rest:
            names, whole = [], True
        if whole and found[1] not in SILENT:
            names.append(found[1])
    return {"script": script, "calls": names}


def main():
    names = sys.argv[1:] or sorted(name[:-4] for name in os.listdir(HERE + "/cases") if name.endswith(".txt"))
    root = tempfile.mkdtemp()
    try:
        make_root(root)
        for name in names:
            with open(f"{HERE}/cases/{name}.txt") as file:
                scripts = [part.strip("\n") for part in file.read().split("\n----\n")]
            what = calls if name == "calls" else measure
            cases = [what(root, script) for script in scripts if script]
            with open(f"{HERE}/cases/{name}.json", "w") as file:
                json.dump(cases, file, indent=1)
                file.write("\n")
    finally:
        shutil.rmtree(root)


main()
