"""After kill -9 of anybody at any point, prune finds and removes all of it."""
import os
import signal
import subprocess
import time

import real


class Prune(real.RealTest):
    def test_nothing_is_left_of_what_runs(self):
        self.docker("run", "-d", "busybox", "sleep", "60", status=0)
        self.docker("run", "-d", "busybox", "sleep", "60", status=0)
        self.cutaway("prune", status=0)
        self.assertEqual(self.leftovers(), [])

    def test_the_program_killed_at_any_moment(self):
        self.docker("pull", "-q", "busybox", status=0)
        for ms in (1, 3, 6, 9, 12, 16, 20, 25, 30, 40, 60, 90):
            run = self.start("real", "-q", "--", "docker", "run", "busybox", "sleep", "60")
            time.sleep(ms / 1000)
            run.kill()
            run.wait()
        self.cutaway("prune", status=0)
        self.assertEqual(self.leftovers(), [])

    def test_a_state_folder_that_is_named_from_here(self):
        env = {**self.env, "CUTAWAY_STATE": "state"}
        run = [real.PROGRAM, "real", "-q", "--", "docker", "run", "-d", "busybox", "sleep", "60"]
        subprocess.run(run, env=env, cwd=self.folder, check=True, capture_output=True)
        subprocess.run([real.PROGRAM, "prune"], env=env, cwd=self.folder, check=True, capture_output=True)
        self.assertEqual(self.leftovers(), [])

    def test_the_shim_killed(self):
        self.docker("run", "-d", "--name", "ss", "busybox", "sleep", "60", status=0)
        os.kill(self.state_of("ss")["shim"]["pid"], signal.SIGKILL)
        self.wait_for(lambda: "Exited (137)" in self.docker("ps", "-a")[1])
        self.assertEqual(self.cgroups(), [])

    def test_traced_and_killed(self):
        self.docker("pull", "-q", "busybox", status=0)
        for ms in (5, 15, 30, 60, 120):
            run = self.start("real", "-q", "--trace", str(self.folder / "t.jsonl"), "--", "docker", "run", "busybox",
                             "sleep", "60")
            time.sleep(ms / 1000)
            run.kill()
            run.wait()
        self.cutaway("prune", status=0)
        self.assertEqual(self.leftovers(), [])

    def test_a_scenario_killed(self):
        for ms in (20, 60, 100, 150, 220):
            run = self.start("real", "-q", "run-echo", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(ms / 1000)
            run.kill()
            run.wait()
        self.ids = [p.name for p in self.state.glob("**/containers/*")]
        self.cutaway("prune", status=0)
        self.assertEqual(self.leftovers(), [])


if __name__ == "__main__":
    real.main()
