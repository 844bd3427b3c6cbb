"""kill -9 of the program, or of the runtime, before each step of a run: prune leaves nothing."""
import concurrent.futures
import glob
import json
import os
import pathlib
import signal

import real
from test_live import Prompt

RUN = ("docker", "run", "--rm", "-m", "64m", "busybox", "true")


class Kill(real.RealTest):
    def steps(self):
        """Of a whole run, in their order: those of the runtime, and the engine's own that can be stopped before."""
        trace = self.folder / "t.jsonl"
        self.cutaway("real", "-q", "--trace", str(trace), "--", *RUN, status=0)
        names = {}
        for line in trace.read_text().splitlines():
            event = json.loads(line)
            if event.get("kind") == "syscall" and event.get("step") and event.get("task", {}).get("role") != "workload":
                names[event["step"]] = True
        for step in ("image.look", "container.create", "rootfs.overlay", "container.remove"):
            names[step] = True
        return list(names)

    def kill_before(self, step, victim):
        """What is left after it, beside the name of the step."""
        state = self.folder / f"{step}-{victim}"
        env = {**self.env, "CUTAWAY_STATE": str(state)}
        run = Prompt(env, "real", "-q", "--break", step, "--", *RUN)
        run.until(b"held before")
        run.until(b"to its end: ")
        if victim == "program":
            os.kill(run.pid, signal.SIGKILL)
        else:
            for pid in self.runtimes(state):
                os.kill(pid, signal.SIGKILL)
            run.answer("q")
        run.end()
        ids = [pathlib.Path(p).name for p in glob.glob(f"{state}/containers/*")]
        self.cutaway("prune", status=0, env=env)
        return [f"{victim} before {step}: {left}" for left in self.left(state, ids)]

    def runtimes(self, state):
        """Processes of the helper that belong to this state folder."""
        for cmdline in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = cmdline.read_bytes().split(b"\0")
            except OSError:
                continue
            if any(word.startswith(bytes(state) + b"/containers/") for word in words):
                yield int(cmdline.parent.name)

    def left(self, state, ids):
        found = [str(state)] if state.exists() else []
        found += [line for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines() if f" {state}" in line]
        found += [f"process {pid}" for pid in self.runtimes(state)]
        root = pathlib.Path("/sys/fs/cgroup")
        found += [str(p) for p in [*root.glob("*/cutaway/*"), *root.glob("cutaway/*")] if p.name in ids]
        return found

    def every_step(self, victim):
        steps = self.steps()
        self.assertGreater(len(steps), 30)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            left = list(pool.map(lambda step: self.kill_before(step, victim), steps))
        self.assertEqual([each for some in left for each in some], [])
        print(f"{victim}: killed before each of {len(steps)} steps")

    def test_the_program(self):
        self.every_step("program")

    def test_the_runtime(self):
        self.every_step("runtime")


if __name__ == "__main__":
    real.main()
