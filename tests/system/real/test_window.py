"""cutaway view --live: the picture of a real run, drawn by a process that has no rights."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import real

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "e2e"))
from window_test import PATIENCE, Screen, colors_in  # noqa: E402


class Window(real.RealTest):
    def setUp(self):
        super().setUp()
        self.screen_folder = tempfile.mkdtemp(prefix="cutaway-test-")
        self.screen = Screen(self.screen_folder)
        self.env = {**self.env, "DISPLAY": self.screen.display, "LIBGL_ALWAYS_SOFTWARE": "1",
                    "ASAN_OPTIONS": "detect_leaks=0"}  # looking for leaks needs ptrace, which the picture gave up

    def tearDown(self):
        self.doCleanups()  # the window before its screen
        self.screen.close()
        shutil.rmtree(self.screen_folder, ignore_errors=True)
        super().tearDown()

    def open(self, *words):
        return self.window("view", "--live", "--print-position", *words)

    def window(self, *words):
        app = self.start(*words, stdout=subprocess.PIPE, text=True)
        self.addCleanup(app.stdout.close)
        self.addCleanup(app.wait)
        self.addCleanup(app.kill)
        return app

    def press_until(self, key, happened):
        """A key that comes before the window has the focus is lost: it is pressed again."""
        for _ in range(6):
            subprocess.run(["xdotool", "search", "--name", "^Cutaway ", "windowfocus", "key", key], env=self.env,
                           check=False, capture_output=True, timeout=PATIENCE)
            end = time.monotonic() + 15
            while time.monotonic() < end:
                if happened():
                    return
                time.sleep(0.1)
        self.fail(f"the key {key} did nothing")

    def pids_of(self, name):
        found = subprocess.run(["xdotool", "search", "--name", name, "getwindowpid", "%@"], env=self.env,
                               capture_output=True, text=True, timeout=PATIENCE, check=False)
        return [int(pid) for pid in found.stdout.split()]

    def title(self):
        """The one of our window; empty: it is not there yet."""
        found = subprocess.run(["xdotool", "search", "--name", "^Cutaway ", "getwindowname"], env=self.env,
                               capture_output=True, text=True, timeout=PATIENCE, check=False)
        return found.stdout.strip()

    def status(self, pid):
        lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
        return dict(line.split(":\t", 1) for line in lines)

    def count(self):
        """How many events the window knows of."""
        title = self.title()
        return int(title.rsplit(" ", 1)[1]) if " of " in title else 0

    def test_it_has_no_rights_and_follows_the_run(self):
        self.docker("pull", "-q", "busybox", status=0)
        app = self.open("--break", "root.pivot", "--", "docker", "run", "--rm", "busybox", "echo", "hi")
        self.wait_for(lambda: self.count() > 100, PATIENCE)
        status = self.status(app.pid)
        for field in ("CapEff", "CapPrm", "CapBnd", "CapAmb"):
            self.assertEqual(int(status[field], 16), 0, field)
        self.assertEqual(status["NoNewPrivs"], "1")
        self.assertEqual(status["Seccomp"], "2")
        held = self.settled()
        self.press_until("n", lambda: self.count() > held)  # one step: it stands before the next one
        stepped = self.settled()
        self.assertLess(stepped, held + 80)
        self.press_until("g", lambda: self.count() > stepped + 100)
        self.assertGreater(colors_in(self.screen.pixels()), 40)

    def memory_limit(self, name):
        """What the file of its real cgroup says."""
        container = (self.state_of(name) or {}).get("id", "none")
        for place in (f"/sys/fs/cgroup/memory/cutaway/{container}/memory.limit_in_bytes",
                      f"/sys/fs/cgroup/cutaway/{container}/memory.max"):
            if os.path.exists(place):
                return int(pathlib.Path(place).read_text())
        return None

    def test_a_slider_moves_a_real_limit(self):
        self.docker("pull", "-q", "busybox", status=0)
        self.open("--", "docker", "run", "--rm", "--name", "slid", "-m", "32m", "busybox", "sleep", "300")
        self.wait_for(lambda: self.memory_limit("slid") == 32 << 20, PATIENCE)
        self.settled()
        # The first slider, one step more, do it. Keys that come too early are lost: again, but never as far as KILL.
        for _ in range(3):
            for key in ("k", "braceright", "Return"):
                subprocess.run(["xdotool", "search", "--name", "^Cutaway ", "windowfocus", "key", key], env=self.env,
                               check=False, capture_output=True, timeout=PATIENCE)
                time.sleep(1)
            end = time.monotonic() + 15
            while time.monotonic() < end and self.memory_limit("slid") == 32 << 20:
                time.sleep(0.2)
            if self.memory_limit("slid") != 32 << 20:
                break
        self.assertEqual(self.memory_limit("slid"), 64 << 20)

    def settled(self):
        """The count once it does not change any more: the run stands still."""
        last = -1
        while self.count() != last:
            last = self.count()
            time.sleep(0.5)
        return last

    def test_a_lesson_runs_for_real_beside(self):
        """R in a lesson: both sides of its commands, in a window of their own."""
        self.window("view", "--lesson", "9")
        self.press_until("R", lambda: self.pids_of("two runs$"))
        # The key may have been pressed more than once: no further window must come after these.
        time.sleep(5)
        for pid in self.pids_of("two runs$"):
            os.kill(pid, signal.SIGKILL)

    def test_the_user_who_called_sudo(self):
        self.docker("pull", "-q", "busybox", status=0)
        self.env = {**self.env, "SUDO_UID": "65534", "SUDO_GID": "65534"}
        app = self.open("--", "docker", "run", "--rm", "busybox", "true")
        self.wait_for(lambda: self.count() > 100, PATIENCE)
        self.assertEqual(self.status(app.pid)["Uid"].split(), ["65534"] * 4)
        self.assertEqual(int(self.status(app.pid)["CapEff"], 16), 0)

    def test_an_agent_that_cannot(self):
        code, _, err = self.cutaway("view", "--live", "--state", "/proc/none", "--", "docker", "run", "busybox", "true")
        self.assertEqual(code, 1)
        self.assertEqual(err.count("\n"), 1, err)
        self.assertIn("/proc/none", err)


if __name__ == "__main__":
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        print("skipped: Xvfb or xdotool is not installed (tools/setup --tests)")
        sys.exit(77)
    real.main()
