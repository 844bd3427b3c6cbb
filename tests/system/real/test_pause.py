"""docker pause and unpause: the freezer of a container's cgroup."""
import time

import real


class Pause(real.RealTest):
    def counting(self, name):
        """A container that writes a line ten times a second."""
        self.docker("run", "-d", "--name", name, "busybox", "sh", "-c", "trap 'exit 7' TERM; while true; do echo x; sleep 0.1; done",
                    status=0)
        self.wait_for(lambda: self.lines(name) > 1)

    def lines(self, name):
        return self.docker("logs", name, status=0)[1].count("x")

    def test_it_stands_still_and_goes_on(self):
        self.counting("box")
        _, out, _ = self.docker("pause", "box", status=0)
        self.assertEqual(out, "box\n")
        self.assertEqual(self.state_of("box")["state"], "paused")
        time.sleep(0.2)  # what was on its way to the log
        before = self.lines("box")
        time.sleep(0.5)
        self.assertEqual(self.lines("box"), before)
        _, out, _ = self.docker("ps", status=0)
        self.assertIn("(Paused)", out)
        _, out, _ = self.docker("inspect", "--format", "{{.State.Status}} {{.State.Running}} {{.State.Paused}}", "box", status=0)
        self.assertEqual(out, "paused true true\n")
        self.assertEqual(self.docker("unpause", "box", status=0)[1], "box\n")
        self.wait_for(lambda: self.lines("box") > before + 1)
        self.docker("rm", "-f", "box", status=0)

    def test_what_a_paused_container_refuses(self):
        self.counting("no")
        self.docker("pause", "no", status=0)
        number = self.state_of("no")["id"]
        for words, says in (
                (("pause", "no"), f"Error response from daemon: Container {number} is already paused\n"),
                (("exec", "no", "true"),
                 f"Error response from daemon: Container {number} is paused, unpause the container before exec\n"),
                (("rm", "no"), 'Error response from daemon: cannot remove container "/no": container is paused and must be '
                               "unpaused first\n")):
            code, _, err = self.docker(*words)
            self.assertEqual((code, err), (1, says))
        self.docker("unpause", "no", status=0)
        code, _, err = self.docker("unpause", "no")
        self.assertEqual((code, err), (1, f"Error response from daemon: Container {number} is not paused\n"))
        self.docker("rm", "-f", "no", status=0)

    def test_a_signal_lets_it_go_on(self):
        for verb, code in (("stop", 7), ("kill", 137)):
            self.counting(verb)
            self.docker("pause", verb, status=0)
            self.docker(verb, verb, status=0)
            self.assertEqual(self.docker("wait", verb, status=0)[1], f"{code}\n")
        self.counting("gone")
        self.docker("pause", "gone", status=0)
        self.docker("rm", "-f", "gone", status=0)

    def test_the_trace_tells_of_it(self):
        document = self.folder / "pause.json"
        document.write_text("""{"cutaway_scenario": 1, "id": "pause", "title": "pause", "sides": ["sim", "real"],
  "do": [{"docker": "run -d --name box busybox sleep 100"}, {"wait": "300ms"}, {"docker": "pause box", "as": "p"},
         {"docker": "exec box true", "as": "e"}, {"docker": "unpause box", "as": "u"}, {"docker": "rm -f box"}],
  "expect": [{"of": "p", "exit": 0, "stdout": "box\\n"}, {"of": "u", "exit": 0}, {"of": "e", "exit": 1},
             {"count": {"kind": "container", "op": "paused"}, "is": 1},
             {"count": {"kind": "container", "op": "unpaused"}, "is": 1}]}""")
        for side in ("sim", "real"):
            self.cutaway(side, "-q", str(document), status=0)

    def test_a_paused_one_is_pruned(self):
        self.counting("left")
        self.docker("pause", "left", status=0)
        self.cutaway("prune", status=0)


if __name__ == "__main__":
    real.main()
