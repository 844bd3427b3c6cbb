"""create, start, ps, logs, stop, rm, images."""
import os
import pathlib
import signal
import subprocess

import real


class Lifecycle(real.RealTest):
    def test_create_makes_no_process_and_no_cgroup(self):
        before = self.cgroups()
        _, out, _ = self.docker("create", "--name", "cc", "busybox", "echo", "later", status=0)
        self.assertEqual(len(out.strip()), 64)
        self.assertEqual(self.cgroups(), before)
        self.assertEqual(self.state_of("cc")["init"]["pid"], 0)
        _, out, _ = self.docker("start", "-a", "cc", status=0)
        self.assertEqual(out, "later\n")

    def test_detached_goes_on_and_keeps_its_log(self):
        waits = "echo one; while [ ! -e /go ]; do sleep 0.05; done; echo two >&2; exit 4"
        _, out, _ = self.docker("run", "-d", "--name", "dd", "busybox", "sh", "-c", waits, status=0)
        short = out.strip()[:12]
        self.assertIn(short, self.docker("ps", status=0)[1])
        self.docker("exec", "dd", "sh", "-c", "echo > /go", status=0)
        _, out, _ = self.docker("wait", "dd", status=0)
        self.assertEqual(out, "4\n")
        self.assertNotIn(short, self.docker("ps", status=0)[1])
        self.assertIn("Exited (4)", self.docker("ps", "-a", status=0)[1])
        _, out, err = self.docker("logs", "dd", status=0)
        self.assertEqual((out, err), ("one\n", "two\n"))

    def test_started_again_it_has_its_writable_layer(self):
        self.docker("run", "--name", "ww", "busybox", "sh", "-c", "cat /note 2>/dev/null; echo kept > /note", status=0)
        _, out, _ = self.docker("start", "-a", "ww", status=0)
        self.assertEqual(out, "kept\n")

    def test_only_a_layer_that_goes_is_volatile(self):
        for name, words in (("kept", ()), ("gone", ("--rm",))):
            self.docker("run", "-d", *words, "--name", name, "busybox", "sleep", "60", status=0)
        mountinfo = pathlib.Path("/proc/self/mountinfo").read_text().splitlines()
        for name, volatile in (("kept", False), ("gone", True)):
            line = next(line for line in mountinfo if f"/{self.state_of(name)['id']}/merged " in line)
            self.assertEqual("volatile" in line, volatile, line)

    def test_bytes_that_are_no_text_break_nothing(self):
        self.docker("run", "-d", "--name", "odd", "-e", "A=\udcff", "busybox", "sleep", "60", status=0)
        self.assertIn("odd", self.docker("ps", status=0)[1])
        self.docker("rm", "-f", "odd", status=0)

    def test_a_start_that_failed_can_be_tried_again(self):
        self.docker("create", "--rm", "--name", "ff", "busybox", "/nothing", status=0)
        first = self.docker("start", "-a", "ff", status=1)
        self.assertIn("no such file or directory", first[2])
        self.assertEqual(self.docker("start", "-a", "ff", status=1), first)

    def test_one_init_layer_for_all(self):
        ids = [self.docker("create", "busybox", status=0)[1].strip() for _ in range(2)]
        self.assertEqual(sorted(p.name for p in (self.state / "overlay2").iterdir()), sorted(ids))
        self.assertTrue((self.state / "init" / "diff" / "proc").is_dir())
        self.docker("rm", *ids, status=0)
        self.assertEqual(list((self.state / "overlay2").iterdir()), [])

    def test_rm(self):
        self.docker("run", "-d", "--name", "rr", "busybox", "sleep", "60", status=0)
        _, _, err = self.docker("rm", "rr", status=1)
        self.assertIn("cannot remove container", err)
        self.docker("rm", "-f", "rr", status=0)
        self.assertIsNone(self.state_of("rr"))
        self.assertEqual(self.cgroups(), [])

    def test_images(self):
        self.docker("pull", "busybox", status=0)
        _, out, _ = self.docker("images", status=0)
        self.assertIn("busybox", out)
        self.docker("rmi", "busybox", status=0)
        self.assertNotIn("busybox", self.docker("images", status=0)[1])

    def test_names_are_taken_once(self):
        self.docker("create", "--name", "nn", "busybox", status=0)
        _, _, err = self.docker("create", "--name", "nn", "busybox", status=1)
        self.assertIn('The container name "/nn" is already in use', err)

    def test_the_same_image_twice_is_apart(self):
        self.docker("run", "--name", "aa", "busybox", "sh", "-c", "echo a > /x", status=0)
        _, out, _ = self.docker("run", "--name", "bb", "busybox", "ls", "/x")
        self.assertEqual(out, "")

    def test_follow(self):
        self.docker("run", "-d", "--name", "ff", "busybox", "sh", "-c", "echo 1; sleep 0.3; echo 2", status=0)
        self.assertEqual(self.docker("logs", "-f", "ff", status=0)[1], "1\n2\n")

    def test_its_end_is_written_by_who_watches_it(self):
        """A log is whole only when its watcher has copied the last line, however slow that is."""
        record, watcher = self.watched("echo last")
        signal.pidfd_send_signal(watcher, signal.SIGSTOP)
        self.docker("exec", "ww", "sh", "-c", "echo > /go", status=0)
        self.wait_for(lambda: self.has_ended(record["shim"]["pid"]))
        self.assertIn("Up ", self.docker("ps", status=0)[1])
        follower = self.start("real", "-q", "--", "docker", "logs", "-f", "ww", stdout=subprocess.PIPE, text=True)
        signal.pidfd_send_signal(watcher, signal.SIGCONT)
        self.assertEqual(follower.communicate(timeout=60)[0], "last\n")
        self.assertIn("Exited (0)", self.docker("ps", "-a", status=0)[1])

    def test_the_end_of_one_that_nobody_watches_is_seen_by_the_next(self):
        _, watcher = self.watched("exit 3")
        signal.pidfd_send_signal(watcher, signal.SIGKILL)
        self.docker("exec", "ww", "sh", "-c", "echo > /go", status=0)
        self.wait_for(lambda: "Exited (3)" in self.docker("ps", "-a", status=0)[1])

    def watched(self, at_last):
        """The record of a container that waits for /go, and who watches it, as a pidfd."""
        waits = f"while [ ! -e /go ]; do sleep 0.05; done; {at_last}"
        self.docker("run", "-d", "--name", "ww", "busybox", "sh", "-c", waits, status=0)
        record = self.state_of("ww")
        path = self.state / "containers" / record["id"] / "watched"
        return record, self.wait_for(lambda: self.who_has_open(path))

    def has_ended(self, pid):
        try:
            return ") Z " in pathlib.Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return True

    def leads_to(self, link, path):
        try:
            return os.readlink(link) == str(path)
        except OSError:
            return False

    def who_has_open(self, path):
        """A pidfd of that process, once it is the only one."""
        pids = {int(link.parts[2]) for link in pathlib.Path("/proc").glob("[0-9]*/fd/*") if self.leads_to(link, path)}
        if len(pids) != 1:
            return None
        watcher = os.pidfd_open(pids.pop())
        self.addCleanup(os.close, watcher)
        return watcher


if __name__ == "__main__":
    real.main()
