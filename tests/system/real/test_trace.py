"""The trace of a real run: what its events say."""
import json

import real


class Trace(real.RealTest):
    def trace_of(self, *words, status=0):
        file = self.folder / "t.jsonl"
        self.cutaway("real", "-q", "--trace", str(file), "--", "docker", *words, status=status)
        lines = [json.loads(line) for line in file.read_text().splitlines()]
        return lines[0], lines[1:], file

    def test_run_echo(self):
        head, events, file = self.trace_of("run", "busybox", "echo", "hi", "there")
        self.assertEqual((head["side"], head["clock"]), ("real", "monotonic"))
        self.assertEqual(events[0]["kind"], "snapshot")
        self.assertEqual([e["n"] for e in events], list(range(len(events))))
        self.assertTrue(all(a["t"] <= b["t"] for a, b in zip(events, events[1:])))
        calls = [e for e in events if e["kind"] == "syscall"]
        names = {(e["task"]["role"], e["name"]) for e in calls}
        for role, name in (("shim", "wait4"), ("runtime", "clone"), ("init", "pivot_root"), ("init", "mount"),
                           ("init", "seccomp"), ("init", "capset"), ("workload", "write"), ("workload", "exit_group")):
            self.assertIn((role, name), names)
        self.assertTrue(all("how" in e for e in events[1:] if e["kind"] in ("syscall", "mount", "ns", "task")))
        write = next(e for e in calls if e["task"]["role"] == "workload" and e["name"] == "write")
        self.assertEqual(write["args"]["buf"], "hi there\n")
        self.assertEqual(write["task"]["nspids"][-1], 1)
        steps = {e.get("step") for e in events}
        for step in ("ns.clone", "cg.create", "root.pivot", "seccomp.load", "exec", "io.write", "exit", "reap"):
            self.assertIn(step, steps)
        self.assertFalse([e for e in events if e["kind"] == "loss"])

    def test_a_container_is_called_by_the_name_that_was_typed(self):
        _, events, file = self.trace_of("run", "--name", "deaf", "busybox", "true")
        created = next(e for e in events if e["kind"] == "container" and e["op"] == "created")
        self.assertIn("deaf", json.loads(created["record"]["config"])["Words"])
        _, told, _ = self.cutaway("explain", str(file), status=0)
        self.assertIn("deaf", told)
        self.assertNotIn(created["container"][:4] + " ", told)

    def test_the_world_agrees_with_proc(self):
        _, events, _ = self.trace_of("run", "--rm", "busybox", "sh", "-c", "ls / > /dev/null; echo x > /tmp/f; exit 3",
                                     status=3)
        notes = [e["text"] for e in events if e["kind"] == "note"]
        counted = [text for text in notes if text.startswith("compared with /proc")]
        self.assertEqual(len(counted), 1, notes)
        self.assertTrue(counted[0].endswith(" 0 differences"), notes)
        self.assertGreater(int(counted[0].split()[3]), 20, notes)
        self.assertEqual(len(notes), 1, notes)  # each difference would be one more

    def test_what_it_uses_is_read_while_it_runs(self):
        _, events, _ = self.trace_of("run", "--rm", "-m", "64m", "busybox", "sh", "-c", "sleep 0.3")
        usage = [e for e in events if e["kind"] == "cgroup" and e["op"] == "usage" and e["how"] == "read"]
        self.assertTrue(any(e["file"].startswith("memory.") and e["value"] > 0 for e in usage), usage[:3])
        limits = [e for e in events if e["kind"] == "cgroup" and e["op"] == "limited" and e["controller"] == "memory"]
        self.assertEqual(limits[0]["value"], str(64 << 20))

    def test_an_oom_is_an_event(self):
        _, events, _ = self.trace_of("run", "--rm", "-m", "32m", "busybox", "busybox", "dd", "if=/dev/zero",
                                     "of=/dev/null", "bs=64M", "count=1", status=137)
        ended = [e for e in events if e["kind"] == "container" and e["op"] == "exited"]
        self.assertEqual([(e["code"], e["oom"]) for e in ended], [(137, True)])

    def test_world_of_the_end(self):
        _, _, file = self.trace_of("run", "--name", "ee", "busybox", "sh", "-c", "exit 7", status=7)
        _, out, _ = self.cutaway("world", str(file), "--at", "last", "--pointer", "/containers/ee", status=0)
        world = json.loads(out)
        self.assertEqual((world["state"], world["exit_code"]), ("exited", 7))


if __name__ == "__main__":
    real.main()
