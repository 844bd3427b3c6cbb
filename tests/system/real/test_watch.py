"""`cutaway watch`: processes that run already, whoever started them. They go on as they were."""
import json
import pathlib
import signal
import subprocess
import time

import real


def run_state(pid):
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def tracer_of(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith("TracerPid:"))


def differences(events):
    """What was found to be otherwise in /proc."""
    notes = [event["text"] for event in events if event["kind"] == "note" and event["class"] == "check"]
    return [text for text in notes if not text.endswith(", 0 differences")]


class Watch(real.RealTest):
    def shell(self, script):
        """A shell of ours that runs already."""
        shell = subprocess.Popen(["/bin/sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.addCleanup(shell.stdin.close)
        self.addCleanup(shell.wait)
        self.addCleanup(shell.kill)
        return shell

    def started(self, shell, *words):
        """A watch that looks at this shell already."""
        watch = subprocess.Popen([real.PROGRAM, "watch", *words, "--pid", str(shell.pid)], env=self.env,
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(watch.stdout.close)
        self.wait_for(lambda: tracer_of(shell.pid) != "0")
        return watch

    def watch(self, *words, seconds=60):
        trace = self.folder / "watched.jsonl"
        run = subprocess.run([real.PROGRAM, "watch", "-q", "--trace", str(trace), *words], env=self.env, timeout=seconds,
                             capture_output=True, text=True, check=False)
        self.assertEqual(run.stderr.replace("cutaway: watching; Ctrl-C ends it, and they go on\n", ""), "")
        events = [json.loads(line) for line in trace.read_text().splitlines()][1:]
        return run.returncode, events

    def test_a_process_is_seen_to_its_end(self):
        shell = self.shell("read line; cd /tmp; /bin/true; exit 3")
        trace = self.folder / "watched.jsonl"
        watch = self.started(shell, "-q", "--trace", str(trace))
        time.sleep(0.5)
        shell.stdin.write("go on\n")
        shell.stdin.flush()
        self.assertEqual((shell.wait(60), watch.wait(60)), (3, 0))
        events = [json.loads(line) for line in trace.read_text().splitlines()][1:]
        names = [event["name"] for event in events if event["kind"] == "syscall"]
        self.assertIn("chdir", names)
        self.assertIn("execve", names)
        ends = [event for event in events if event["kind"] == "task" and event["op"] == "exited"]
        self.assertIn(3, [event.get("code") for event in ends if event["task"]["pid"] == shell.pid])
        self.assertEqual(differences(events), [])

    def test_it_ends_after_a_while_and_they_go_on(self):
        shell = self.shell("while true; do sleep 0.05; done")
        exit_status, events = self.watch("--pid", str(shell.pid), "--for", "3s")
        self.assertEqual(exit_status, 0)
        forks = [event for event in events if event["kind"] == "task" and event["op"] == "forked"]
        self.assertGreaterEqual(len(forks), 2)
        self.assertEqual(tracer_of(shell.pid), "0")
        self.assertIn(run_state(shell.pid), "SR")

    def test_an_interrupt_ends_it_and_they_go_on(self):
        shell = self.shell("while true; do sleep 0.05; done")
        watch = self.started(shell, "--json")
        time.sleep(1)
        watch.send_signal(signal.SIGINT)
        summary = json.loads(watch.communicate(timeout=30)[0])
        self.assertEqual(watch.returncode, 130)
        self.assertEqual((summary["side"], summary["exit"]), ("real", 130))
        self.assertGreater(summary["events"], 3)
        self.assertEqual(tracer_of(shell.pid), "0")
        self.assertIsNone(shell.poll())

    def test_one_that_is_killed_leaves_them_running(self):
        shell = self.shell("while true; do sleep 0.05; done")
        watch = self.started(shell, "-q")
        watch.kill()
        watch.wait()
        time.sleep(0.2)
        self.assertIsNone(shell.poll())
        self.assertIn(run_state(shell.pid), "SR")

    def test_a_container_by_its_name_and_what_it_sees(self):
        loop = "while true; do sleep 0.1; done"
        _, said, _ = self.docker("run", "-d", "--name", "web", "busybox", "sh", "-c", loop, status=0)
        exit_status, events = self.watch("--container", "web", "--for", "1s", "--state", self.env["CUTAWAY_STATE"])
        self.assertEqual(exit_status, 0)
        world = events[0]["world"]
        container = next(iter(world["containers"].values()))
        self.assertEqual((container["id"], container["state"]), (said.strip(), "running"))
        forks = [event for event in events if event["kind"] == "task" and event["op"] == "forked"]
        self.assertTrue(forks)
#A number in each pid namespace, and the container's own is small.
        self.assertTrue(all(event["task"]["nspids"][-1] == 1 for event in forks if event["task"]["comm"] == "sh"), forks)
        self.assertTrue(all(event["container"] for event in forks))
        self.assertEqual(differences(events), [])

    def test_what_belongs_to_another_user_is_refused(self):
        shell = self.shell("read line")
        run = subprocess.run([real.PROGRAM, "watch", "--pid", str(shell.pid), "--for", "1s"], env=self.env, user=65534,
                             group=65534, extra_groups=[], capture_output=True, text=True, check=False)
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertTrue(run.stderr.startswith(f"cutaway: cannot watch process {shell.pid}: ptrace"), run.stderr)
        self.assertEqual(tracer_of(shell.pid), "0")

    def test_what_cannot_be_watched_is_refused_in_one_line(self):
        for words, status, said in [
                (["--pid", "4194300"], 1, "cutaway: cannot watch process 4194300: there is none"),
                (["--container", "no-such"], 1, "cutaway: cannot watch container no-such"),
                (["--cgroup", "/no/such"], 1, "cutaway: cannot watch cgroup /no/such: nobody is in it"),
                (["--pid", "x"], 2, "--pid"), (["--pid", "1", "--cgroup", "/"], 2, ""), ([], 2, ""),
                (["--pid", "1", "--for", "5"], 2, "--for")]:
            run = subprocess.run([real.PROGRAM, "watch", *words], env=self.env, capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, status, (words, run.stderr))
            self.assertIn(said, run.stderr)
            self.assertEqual(run.stderr.count("\n"), 1, run.stderr)
            self.assertEqual(run.stdout, "")


if __name__ == "__main__":
    real.main()
