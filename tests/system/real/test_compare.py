"""The simulated and the real run of the same, next to each other."""
import json

import real


class Compare(real.RealTest):
    def test_run_echo(self):
        code, out, err = self.cutaway("compare", "run-echo", "--json")
        found = json.loads(out)
        bad = [row for row in found["rows"] if row["class"] in ("unexplained", "simulator_wrong")]
        self.assertEqual(bad, [])
        for key in ("only_sim", "only_real", "different"):
            self.assertEqual(found["steps"][key], 0, [r for r in found["rows"] if r["level"] == "step" and r["status"] != "matched"])
        self.assertGreaterEqual(found["fidelity"]["workload_ppm"], 950000)
        self.assertEqual(code, 0, err)

    def test_shells_and_races(self):
        """A shell at a terminal with its jobs; a fork that is refused; lines of /proc: all explained."""
        for name in ("shell-inside", "shell-jobs", "pids-limit", "root-is-overlay"):
            found = self.compared(name)
            self.assertGreater(found["workload"]["matched"], 15, name)

    def test_litmus_programs(self):
        for name in ("mount-pivot-root-errors", "signal-mask", "cap-without-chown", "uts-own-name", "vfs-devices",
                     "pid-one-ignores-signals", "pipe-broken"):
            code, out, err = self.cutaway("compare", name, "--json")
            found = json.loads(out)
            bad = [row for row in found["rows"] if row["class"] in ("unexplained", "simulator_wrong")]
            self.assertEqual((code, bad), (0, []), f"{name} {err}")
            self.assertGreater(found["syscalls"]["matched"], 2, name)


if __name__ == "__main__":
    real.main()
