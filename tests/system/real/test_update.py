"""docker update on real cgroups, and what a picture of a live run may ask for."""
import glob
import pathlib
import select
import socket

import real


class Update(real.RealTest):
    def limit(self, name, *files):
        """What the first of these files of the container's cgroup says."""
        container = self.state_of(name)["id"]
        for file in files:
            for place in (f"/sys/fs/cgroup/*/cutaway/{container}/{file}", f"/sys/fs/cgroup/cutaway/{container}/{file}"):
                for path in glob.glob(place):
                    return pathlib.Path(path).read_text().strip()
        return None

    def memory(self, name):
        return self.limit(name, "memory.max", "memory.limit_in_bytes")

    def cpu(self, name):
        return self.limit(name, "cpu.max", "cpu.cfs_quota_us").split()[0]

    def run_box(self, name, *more):
        self.docker("run", "-d", "--name", name, *more, "busybox", "sleep", "100", status=0)

    def test_a_running_container_feels_it(self):
        self.run_box("up", "-m", "32m")
        _, out, _ = self.docker("update", "--memory", "64m", "--memory-swap", "128m", "--cpus", "0.5", "--pids-limit",
                                "7", "up", status=0)
        self.assertEqual(out, "up\n")
        self.assertEqual(self.memory("up"), str(64 << 20))
        self.assertEqual(self.cpu("up"), "50000")
        self.assertEqual(self.limit("up", "pids.max"), "7")
        swap = self.limit("up", "memory.memsw.limit_in_bytes")
        self.assertIn(swap, (None, str(128 << 20)))
        # Up and down again: on v1 the one with swap may never be below the other.
        self.docker("update", "--memory", "16m", "--memory-swap", "16m", "up", status=0)
        self.assertEqual(self.memory("up"), str(16 << 20))
        self.docker("update", "--pids-limit", "-1", "up", status=0)
        self.assertEqual(self.limit("up", "pids.max"), "max")
        _, out, err = self.docker("exec", "up", "sh", "-c", "dd if=/dev/zero of=/dev/null bs=32M count=1; echo $?")
        self.assertIn("137", out + err)

    def test_a_record_alone(self):
        self.docker("create", "--name", "rec", "busybox", "sleep", "100", status=0)
        self.docker("update", "--pids-limit", "9", "rec", status=0)
        self.assertIsNone(self.limit("rec", "pids.max"))
        self.docker("start", "rec", status=0)
        self.assertEqual(self.limit("rec", "pids.max"), "9")

    def test_what_is_refused_changes_nothing(self):
        self.run_box("no")
        code, _, err = self.docker("update", "--memory", "4m", "no")
        self.assertEqual((code, err), (1, "Error response from daemon: Minimum memory limit allowed is 6MB\n"))
        code, _, err = self.docker("update", "--memory", "64m", "no")
        self.assertEqual(code, 1)
        self.assertIn("Cannot update container " + self.state_of("no")["id"] + ": Memory limit should be smaller", err)
        code, out, err = self.docker("update", "--pids-limit", "5", "nosuch", "no")
        self.assertEqual((code, out), (1, "no\n"))
        self.assertIn("No such container: nosuch", err)
        code, _, err = self.docker("update", "no")
        self.assertEqual((code, err), (1, "you must provide one or more flags when using this command\n"))

    def watch(self, *command):
        """A live run, somebody who watches it, and all that came."""
        path = self.folder / "run.sock"
        run = self.start("real", "-q", "--live", str(path), "--trace", str(self.folder / "t.jsonl"), "--", "docker",
                         *command)
        self.wait_for(path.exists)
        watcher = socket.socket(socket.AF_UNIX)
        self.addCleanup(watcher.close)
        watcher.connect(str(path))
        return run, watcher

    def ask(self, watcher, line):
        watcher.sendall(line.encode() + b"\n")

    def drain(self, watcher):
        while select.select([watcher], [], [], 20)[0] and watcher.recv(1 << 16):
            pass

    def test_a_picture_moves_a_limit_and_ends_the_run(self):
        self.docker("pull", "-q", "busybox", status=0)
        run, watcher = self.watch("run", "--name", "live", "-m", "32m", "busybox", "sleep", "100")
        self.wait_for(lambda: (self.state_of("live") or {}).get("state") == "running")
        container = self.state_of("live")["id"]
        self.ask(watcher, f"update memory 64m {container}")
        self.wait_for(lambda: self.memory("live") == str(64 << 20))
        self.ask(watcher, f"update pids 9 {container}")
        self.wait_for(lambda: self.limit("live", "pids.max") == "9")
        # What is none of ours is not touched, and said so; what is no such line is not even that.
        foreign = "f" * 64
        self.ask(watcher, f"kill KILL {foreign}")
        self.ask(watcher, "kill KILL zz")
        self.ask(watcher, f"kill HUP {container}")
        self.ask(watcher, f"update memory 1g --all {container}")
        self.assertIsNone(run.poll())
        self.ask(watcher, f"kill KILL {container}")
        self.drain(watcher)
        self.assertEqual(run.wait(20), 137)
        trace = (self.folder / "t.jsonl").read_text()
        self.assertIn(f"docker update --memory 64m --memory-swap 128m {container}", trace)
        self.assertIn(str(64 << 20), trace)
        self.assertIn("it is no container of ours", trace)
        self.assertEqual([line for line in trace.splitlines() if '"op":"sent"' in line and "SIGHUP" in line], [])


if __name__ == "__main__":
    real.main()
