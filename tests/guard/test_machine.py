#!/usr/bin/env python3
"""Runs tools/guard around commands that do change something: within namespaces of their own, where the kind of thing
has namespaces, else something small with a name of ours. Others work on this machine too: only lines with our names
are looked for. Exit status 77: not root, or no namespaces."""

import contextlib
import os
import subprocess
import sys
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
GUARD = [sys.executable, "-ESsB", str(ROOT / "tools" / "guard")]
# A small machine of its own: the shell is PID 1, whose mounts the guard looks at. Its /dev is a copy.
MACHINE = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc", "--net",
           "--uts", "sh", "-c", 'mount -t tmpfs cutaway-test-dev /dev && mknod -m 666 /dev/null c 1 3 && "$@"; exit $?',
           "machine"]
NAME = f"cutaway-test-guard-{os.getpid()}"
PATIENCE = 60


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False, **options)


def guarded(script, machine=(), options=()):
    return run([*machine, *GUARD, "run", "--settle", "1", *options, "--", "sh", "-c", script])


def cgroup_folders():
    """A hierarchy that we may make a folder in: each driver's own."""
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if fields[fields.index("-") + 1] in ("cgroup", "cgroup2") and fields[3] == "/":
            with contextlib.suppress(OSError):
                folder = Path(fields[4]) / NAME
                folder.mkdir()
                folder.rmdir()
                yield folder


class Machine(unittest.TestCase):
    def reports(self, script, words):
        done = guarded(script, MACHINE)
        self.assertEqual(done.returncode, 99, done.stderr)
        self.assertRegex(done.stderr, words)

    def test_a_mount(self):
        self.reports("mount -t tmpfs cutaway-test-guard /mnt", r"guard: mount: new: .* /mnt .*cutaway-test-guard")

    def test_a_remount(self):
        self.reports("mount -o remount,bind,ro /proc", r"guard: mount: changed: .*/proc ro.*")

    def test_a_sysctl(self):
        self.reports("echo 1 >/proc/sys/net/ipv4/ip_forward",
                     r"guard: sysctl: changed: net/ipv4/ip_forward: was '0', is '1'")

    def test_a_hostname(self):
        self.reports("echo spoilt >/proc/sys/kernel/hostname", r"guard: sysctl: changed: kernel/hostname: .*is 'spoilt'")

    def test_a_new_device(self):
        self.reports("mknod -m 600 /dev/cutaway-test c 1 3", r"guard: device: new: /dev/cutaway-test crw------- 0:0 1:3")

    def test_a_device_that_became_a_file(self):
        self.reports("rm /dev/null && : >/dev/null", r"guard: device: changed: /dev/null: was 'crw-.*, is '-rw-")

    def test_a_device_that_others_may_read(self):
        self.reports("chmod 600 /dev/null", r"guard: device: changed: /dev/null: .*is 'crw-------")

    def test_a_link_with_its_addresses_and_routes(self):
        done = guarded("ip link set lo up && ip address add 192.0.2.1/24 dev lo && ip route add 198.51.100.0/24 dev lo",
                       MACHINE)
        if "ip: not found" in done.stderr:
            self.skipTest("ip is not installed")
        self.assertEqual(done.returncode, 99, done.stderr)
        self.assertRegex(done.stderr, r"guard: link: changed: lo: was .* flags 0x8 .*, is .* flags 0x9 ")
        self.assertRegex(done.stderr, r"guard: address: new: 192\.0\.2\.1 ")
        self.assertRegex(done.stderr, r"guard: route: new: 006433C6/00FFFFFF .* dev lo")

    def test_a_process_that_stays(self):
        done = guarded("setsid sleep 300 >/dev/null 2>&1 & exit 0", MACHINE)
        self.assertEqual(done.returncode, 99, done.stderr)
        self.assertRegex(done.stderr, r"guard: process: left running: \d+ sleep")

    def test_a_process_that_another_is_slow_to_end_is_no_difference(self):
        self.assertEqual(guarded("sleep 0.5 & exit 0", MACHINE).returncode, 0)

    def test_a_process_of_others_that_we_ended(self):
        """The process is older than the guard; the guarded command ends it and says so in the log of signals."""
        done = run([*MACHINE, "sh", "-c", """
          sleep 300 & victim=$!
          start=$(sed 's/.*) //' /proc/$victim/stat | cut -d' ' -f20)
          "$@" run -- sh -c 'kill -9 $1 && echo "$1 $2 9" >>"$CUTAWAY_SIGNAL_LOG"; sleep 0.2' kill $victim $start &
          guard=$!
          wait $victim
          wait $guard""", "sh", *GUARD])
        self.assertEqual(done.returncode, 99, done.stderr)
        self.assertRegex(done.stderr, r"guard: process: gone: \d+ \d+ .*sleep")

    def test_a_cgroup(self):
        folder = next(cgroup_folders(), None)
        if folder is None:
            self.skipTest("no cgroup hierarchy in which a folder can be made")
        try:
            done = guarded(f"mkdir {folder}")
        finally:
            folder.rmdir()
        self.assertEqual(done.returncode, 99, done.stderr)
        self.assertIn(f"guard: cgroup: new: {folder} empty", done.stderr)

    def test_what_is_undone_is_no_difference(self):
        done = guarded("mount -t tmpfs x /mnt; umount /mnt; echo 1 >/proc/sys/net/ipv4/ip_forward;"
                       "echo 0 >/proc/sys/net/ipv4/ip_forward; mknod /dev/x c 1 3; rm /dev/x", MACHINE)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_what_is_undone_soon_afterwards_is_no_difference(self):
        """As when others make and remove things on the machine just then."""
        done = run([*MACHINE, "sh", "-c", '(sleep 0.6; umount /mnt) & "$@"', "sh", *GUARD, "run", "--settle", "9", "--",
                    "sh", "-c", "mount -t tmpfs x /mnt"])
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_mounts_of_its_own_are_not_the_machines(self):
        done = guarded("mount -t tmpfs cutaway-test-guard /mnt && grep cutaway-test-guard /proc/self/mountinfo",
                       MACHINE, ["--own-mounts"])
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r" /mnt .*shared:\d+.* cutaway-test-guard ")

    def test_the_status_is_the_commands(self):
        self.assertEqual(guarded("exit 7", MACHINE).returncode, 7)
        self.assertEqual(guarded("kill -9 $$", MACHINE).returncode, 137)

    def test_no_signal_is_ignored_for_the_command(self):
        done = run([*GUARD, "run", "--", "grep", "SigIgn", "/proc/self/status"])
        self.assertRegex(done.stdout, r"SigIgn:\s+0+\n")

    def test_a_verdict_is_a_file(self):
        file = f"/tmp/{NAME}-verdict"
        try:
            done = guarded("mount -t tmpfs cutaway-test-guard /mnt; exit 3", MACHINE, ["--verdict", file])
            self.assertEqual(done.returncode, 3)
            self.assertRegex(Path(file).read_text(encoding="utf-8"), r"\Amount: new: .*cutaway-test-guard.*\n\Z")
        finally:
            os.unlink(file)

    def test_two_looks(self):
        file = f"/tmp/{NAME}-snapshot"
        try:
            done = run([*MACHINE, "sh", "-c", f'"$@" snapshot {file} && "$@" compare {file} && mount -t tmpfs '
                        f'cutaway-test-guard /mnt && "$@" compare {file}', "sh", *GUARD])
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertRegex(done.stderr, r"\Aguard: mount: new: .*cutaway-test-guard.*\n\Z")
        finally:
            os.unlink(file)

    def test_without_root_a_system_test_is_skipped_with_a_reason(self):
        # In a user namespace without a map we are nobody, by number.
        nobody = ["unshare", "--user", *GUARD, "run", "--own-mounts", "--"]
        done = run([*nobody, "false", "--gtest_filter=A.B"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("guard: Skipped\nsystem tests need root\n\n[  SKIPPED ]", done.stdout)
        done = run([*nobody, "false"])
        self.assertEqual((done.returncode, done.stdout), (77, "system tests need root\n"))

    def test_it_costs_little(self):
        before = os.times()
        for _ in range(5):
            guarded("true", MACHINE)
        after = os.times()
        spent = (after.children_user + after.children_system - before.children_user - before.children_system) / 5
        self.assertLess(spent, 1.0, "seconds of CPU; it is about 0.2 on an idle machine")


if __name__ == "__main__":
    if os.geteuid() != 0:
        print("only root can make a small machine to change")
        sys.exit(77)
    if run([*MACHINE, "true"]).returncode != 0:
        print("namespaces of our own are not allowed here")
        sys.exit(77)
    unittest.main()
