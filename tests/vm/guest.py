"""A throw-away machine: Debian's cloud kernel with cgroup v2 under qemu, its whole disk a file in memory.

Nothing of this computer is in it but files that are copied: programs, their libraries, a busybox. It needs no rights
and no network, and is gone when it powers off. It runs without KVM (accel=tcg), so its times mean nothing.

What is thrown away may be changed: litmus programs of tier R run here alone. They ask for the word on the kernel's
command line, for the name of pid 1, and that there is no disk (real/litmus/executor/disposable.cpp).

usage: guest.py BUILD_FOLDER    fetches the kernel
"""
import glob
import os
import pathlib
import re
import shutil
import subprocess
import sys

# What the program opens by name when it needs it (cmake/lazy).
OPENED_LATER = ("libarchive.so.13", "libseccomp.so.2", "libedit.so.2")
CLOUD_KERNEL = "linux-image-cloud-amd64"
MODULES = ("fs/overlayfs/overlay",)

# The first file system of a kernel cannot be turned round by pivot_root(2): a tmpfs takes its place.
FIRST = """#!/bin/busybox sh
/bin/busybox mount -t tmpfs -o size=80% root /new
/bin/busybox cp -a /bin /lib /lib64 /opt /given /etc /root /tmp /var /run /init.d /new/
/bin/busybox mkdir -p /new/proc /new/sys /new/dev
exec /bin/busybox switch_root /new /init.d/cutaway-guest
"""
# As systemd does it: every controller is handed down from the root.
SECOND = """#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin HOME=/root
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev; mount -t cgroup2 -o nsdelegate cgroup2 /sys/fs/cgroup
mkdir -p /dev/pts /dev/shm; mount -t devpts devpts /dev/pts; mount -t tmpfs shm /dev/shm
for each in $(cat /sys/fs/cgroup/cgroup.controllers); do echo +$each > /sys/fs/cgroup/cgroup.subtree_control; done
for each in /init.d/*.ko; do insmod $each; done
ip link set lo up; hostname guest; cd /given
sh /init.d/commands
poweroff -f
"""


def output_of(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def needed_libraries(program):
    """Paths of the libraries that a program or library is linked with, itself left out; none: it needs none."""
    told = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    return re.findall(r"(/\S+\.so\S*)", told)


class Guest:
    def __init__(self, folder, kernels=None):
        """`kernels`: where the kernel is unpacked, or will be; without it in `folder`."""
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.kernels = pathlib.Path(kernels or folder) / "kernel"
        self.root = self.folder / "root"

    def has_kernel(self):
        return bool(glob.glob(f"{self.kernels}/boot/vmlinuz-*"))

    def kernel(self):
        """Debian's newest cloud kernel, unpacked; downloaded once."""
        if not self.has_kernel():
            depends = output_of("apt-cache", "depends", CLOUD_KERNEL)
            package = re.search(r"Depends: (linux-image-\d\S*)", depends).group(1)
            subprocess.run(["apt-get", "download", package], cwd=self.folder, check=True, capture_output=True)
            archive = glob.glob(f"{self.folder}/{package}_*.deb")[0]
            subprocess.run(["dpkg-deb", "-x", archive, self.kernels], check=True)
            os.remove(archive)
        return glob.glob(f"{self.kernels}/boot/vmlinuz-*")[0]

    def fill(self, program_folder, work):
        """The guest's files: the programs of a folder in /opt/cutaway, and `work` as /given."""
        shutil.rmtree(self.root, ignore_errors=True)
        for each in ("bin", "proc", "sys", "dev", "tmp", "new", "root", "opt", "etc", "var/lib", "run", "init.d", "lib",
                     "lib64"):
            (self.root / each).mkdir(parents=True)
        shutil.copy("/bin/busybox", self.root / "bin/busybox")
        (self.root / "bin/sh").symlink_to("busybox")
        shutil.copytree(program_folder, self.root / "opt/cutaway")
        shutil.copytree(work, self.root / "given")
        self.copy_libraries(program_folder)
        (self.root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\n")
        (self.root / "etc/group").write_text("root:x:0:\n")
        (self.root / "etc/hostname").write_text("guest\n")
        for module in MODULES:
            for found in glob.glob(f"{self.kernels}/lib/modules/*/kernel/{module}.ko"):
                shutil.copy(found, self.root / "init.d")

    def copy_libraries(self, program_folder):
        later = [path for name in OPENED_LATER for path in glob.glob(f"/lib/*/{name}")]
        wanted = set(later)
        programs = [str(each) for each in pathlib.Path(program_folder).iterdir() if each.is_file()]
        for each in [*programs, *later]:
            wanted.update(needed_libraries(each))
        for path in sorted(wanted):
            target = self.root / path.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)

    def boot(self, commands, seconds):
        """Runs a shell script as root of the guest, from its start to its power-off; what it printed."""
        for name, text in (("init", FIRST), ("init.d/cutaway-guest", SECOND)):
            (self.root / name).write_text(text)
            (self.root / name).chmod(0o755)
        (self.root / "init.d/commands").write_text(commands)
        image = self.folder / "root.gz"
        pack = "find . | cpio -o -H newc --quiet | gzip -1 > " + str(image.resolve())
        subprocess.run(["sh", "-c", pack], cwd=self.root, check=True)
        words = ["qemu-system-x86_64", "-machine", "q35,accel=tcg", "-cpu", "max", "-m", "1024", "-smp", "2",
                 "-nographic", "-no-reboot", "-nodefaults", "-serial", "stdio",
                 "-kernel", self.kernel(), "-initrd", str(image),
                 "-append", "console=ttyS0 quiet loglevel=1 panic=-1 psi=1 mitigations=off tsc=unstable "
                 "cutaway.disposable=1"]
        told = self.folder / "told"
        with told.open("wb") as out:
            try:
                subprocess.run(words, stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=seconds, check=False)
            except subprocess.TimeoutExpired:
                out.write(f"\nthe guest has not come to its end in {seconds} s\n".encode())
        return told.read_text(errors="replace").replace("\r", "")


if __name__ == "__main__":
    Guest(sys.argv[1]).kernel()
