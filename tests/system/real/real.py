"""What the tests of the real side share: a state folder of their own, commands, and what must be gone afterwards."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = ""


class RealTest(unittest.TestCase):
    user = {}  # whom the program runs as: arguments of subprocess.Popen

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutaway-test-"))
        self.state = self.folder / "state"
        self.ids = []
        self.env = {**os.environ, "CUTAWAY_STATE": str(self.state), "LC_ALL": "C.UTF-8"}

    def tearDown(self):
        self.ids = [p.name for p in self.state.glob("**/containers/*")]
        subprocess.run([PROGRAM, "prune"], env=self.env, capture_output=True, timeout=60, **self.user)
        left = self.leftovers()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.assertEqual(left, [])

    def leftovers(self):
        """Cgroups, mounts and processes of this state folder."""
        found = [str(self.state)] if self.state.exists() else []
        mountinfo = pathlib.Path("/proc/self/mountinfo").read_text()
        found += [line for line in mountinfo.splitlines() if f" {self.state}" in line]
        found += self.cgroups()
        for exe in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if str(self.state).encode() in exe.read_bytes() and f"/{os.getpid()}/" not in str(exe):
                    found.append(f"{exe}: {exe.read_bytes()!r}")
            except OSError:
                pass
        return found

    def cgroups(self):
        """Folders of this test's containers (others' may be there too)."""
        ids = [p.name for p in self.state.glob("**/containers/*")] + self.ids
        root = pathlib.Path("/sys/fs/cgroup")
        folders = list(root.glob("*/cutaway/*/")) + list(root.glob("cutaway/*/"))
        return [str(p) for p in folders if p.name in ids]

    def compared(self, *words):
        """What `cutaway compare` finds: every difference is explained. One that is not counts when it comes 3 of 3
        times: keys and jobs race where the machine is busy."""
        for _ in range(3):
            code, out, err = self.cutaway("compare", *words, "--json")
            found = json.loads(out)
            bad = [row for row in found["rows"] if row["class"] in ("unexplained", "simulator_wrong")]
            if not bad:
                break
        self.assertEqual((code, bad), (0, []), f"{words} {err}")
        return found

    def docker(self, *words, status=None, stdin=None, timeout=60):
        """`docker WORDS` on the real side, untraced: (exit status, stdout, stderr)."""
        return self.cutaway("real", "-q", "--", "docker", *words, status=status, stdin=stdin, timeout=timeout)

    def cutaway(self, *words, status=None, stdin=None, timeout=120, env=None):
        done = subprocess.run([PROGRAM, *words], env=env or self.env, input=stdin and stdin.encode(), capture_output=True,
                              timeout=timeout, stdin=None if stdin is not None else subprocess.DEVNULL, **self.user)
        out, err = done.stdout.decode(), done.stderr.decode()
        if status is not None:
            self.assertEqual(done.returncode, status, f"{words}\n{out}\n{err}")
        return done.returncode, out, err

    def start(self, *words, **options):
        return subprocess.Popen([PROGRAM, *words], env=self.env, **self.user, **options)

    def wait_for(self, what, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            got = what()
            if got:
                return got
            time.sleep(0.02)
        self.fail("it never came")

    def state_of(self, name):
        for record in self.state.glob("containers/*/record.json"):
            try:
                found = json.loads(record.read_text())
            except (OSError, ValueError):
                continue
            if found["name"] == name or found["id"].startswith(name):
                return found
        return None


def main():
    global PROGRAM
    if os.geteuid() != 0:
        print("skipped: the real side's tests need root")
        sys.exit(77)
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(module="__main__", verbosity=1)
