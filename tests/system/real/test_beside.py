"""Scenarios on the real side: commands beside others, terminals, keystrokes, signals, waiting for what happens."""
import json
import time

import real

TRAP = "trap 'echo bye; exit 5' TERM; echo up; while true; do sleep 0.1; done"


def running(name):
    return {"until": {"now": {"path": f"/containers/{name}/state", "is": "running"}}, "max": "60s"}


def exited(name):
    return {"until": {"now": {"path": f"/containers/{name}/state", "is": "exited"}}, "max": "60s"}


def printed(text):
    """Some cli event, or a write of the container, said it."""
    return {"until": {"count": {"kind": "syscall", "name": "write", "args": {"buf": text}}, "gt": 0}, "max": "60s"}


class Beside(real.RealTest):
    def play(self, do, expect=(), trace=None, status=0):
        """Runs the items for real; the summary."""
        file = self.folder / "s.json"
        document = {"cutaway_scenario": 1, "id": "s", "title": "s", "sides": ["real"], "do": do, "expect": list(expect)}
        file.write_text(json.dumps(document))
        more = ["--trace", str(trace)] if trace else []
        _, out, err = self.cutaway("real", str(file), "--json", *more, status=status)
        said = json.loads(out)
        self.assertEqual(said["expect"]["failed"] if status == 0 else [], [], err)
        self.said = {c["as"] or str(i): c for i, c in enumerate(said["commands"])}
        return said

    def test_two_at_once(self):
        trace = self.folder / "t.jsonl"
        self.play([{"docker": "pull -q busybox"},
                   {"docker": "run --name slow busybox sh -c 'sleep 12; echo slow'", "as": "slow", "bg": True},
                   running("slow"),
                   {"docker": "run --name quick busybox echo quick", "as": "quick"},
                   {"expect": [{"now": {"path": "/containers/slow/state", "is": "running"}}]},
                   exited("slow"), {"wait": "500ms"}],
                  [{"of": "slow", "exit": 0, "stdout": "slow\n"}, {"of": "quick", "exit": 0, "stdout": "quick\n"}], trace)
        slow, quick = self.said["slow"], self.said["quick"]
        self.assertLess(slow["t0"], quick["t0"])
        self.assertGreater(slow["t1"], quick["t1"])
        events = [json.loads(line) for line in trace.read_text().splitlines()][1:]
        self.assertEqual([e["n"] for e in events], list(range(len(events))))
        self.assertEqual([e["exit"] for e in events if e["kind"] == "cli" and e["op"] == "done"], [0, 0, 0])
        typed = [e["task"]["tid"] for e in events if e["kind"] == "cli" and e["op"] == "typed"]
        done = [e["task"]["tid"] for e in events if e["kind"] == "cli" and e["op"] == "done"]
        self.assertEqual(typed, [done[0], done[2], done[1]], "each client ends its own command")
        notes = [e["text"] for e in events if e["kind"] == "note"]
        self.assertTrue(notes[-1].endswith(" 0 differences"), notes)

    def test_the_world_knows_which_command_is_done(self):
        trace = self.folder / "t.cut"
        self.play([{"docker": "pull -q busybox"},
                   {"docker": "run --name aa busybox sleep 60", "as": "a", "bg": True}, running("aa"),
                   {"docker": "run --rm busybox sh -c 'exit 3'", "as": "b"}], [{"of": "b", "exit": 3}], trace)
        _, out, _ = self.cutaway("world", str(trace), "--at", "last", "--pointer", "/engine/commands", status=0)
        commands = json.loads(out)
        self.assertEqual([c["done"] for c in commands], [True, False, True], commands)
        self.assertEqual(commands[2]["exit"], 3)

    def test_what_still_runs_is_ended(self):
        begin = time.monotonic()
        said = self.play([{"docker": "pull -q busybox"},
                          {"docker": "run --name aa busybox sleep 300", "as": "a", "bg": True},
                          {"docker": "run -d --name bb busybox sleep 300"},
                          {"host": "sleep 300", "as": "h", "bg": True},
                          {"docker": "logs -f bb", "as": "l", "bg": True}, {"docker": "wait bb", "as": "w", "bg": True},
                          {"docker": "run -it --name cc busybox sleep 300", "as": "c", "tty": "t1"},
                          {"docker": "run --name never busybox true", "as": "queued", "tty": "t1"},
                          {"host": "sleep 300", "as": "th", "tty": "t2"},
                          running("aa"), running("cc")],
                         [{"now": {"path": "/containers/aa/state", "is": "running"}},
                          {"now": {"path": "/containers/never", "exists": False}}])
        self.assertLess(time.monotonic() - begin, 60)
        self.assertEqual(said["exit"], 0)
        self.assertFalse(list(self.state.glob("*")), "a scenario leaves nothing")

    def test_a_signal_is_passed_on(self):
        self.play([{"docker": "pull -q busybox"},
                   {"docker": f'run --name box busybox sh -c "{TRAP}"', "as": "r1", "bg": True}, printed("up\n"),
                   {"signal": "SIGTERM", "of": "r1"}, exited("box"), {"wait": "500ms"}],
                  [{"of": "r1", "exit": 5, "stdout": "up\nbye\n", "stderr": ""},
                   {"now": {"path": "/containers/box/exit_code", "is": 5}}])

    def test_a_signal_to_exec_is_not(self):
        self.play([{"docker": "run -d --name box busybox sleep 300"},
                   {"docker": "exec box sh -c 'echo up; exec sleep 300'", "as": "e1", "bg": True}, printed("up\n"),
                   {"signal": "SIGINT", "of": "e1"}, {"wait": "500ms"}],
                  [{"of": "e1", "exit": 130}, {"now": {"path": "/containers/box/state", "is": "running"}}])

    def test_a_killed_client_leaves_its_container(self):
        self.play([{"docker": "pull -q busybox"},
                   {"docker": "run --name box busybox sh -c 'echo up; sleep 1; exit 6'", "as": "r1", "bg": True},
                   printed("up\n"), {"signal": "SIGKILL", "of": "r1"}, exited("box"), {"docker": "logs box", "as": "l"}],
                  [{"of": "r1", "exit": 137}, {"of": "l", "stdout": "up\n"},
                   {"now": {"path": "/containers/box/exit_code", "is": 6}}])

    def test_a_signal_to_nobody(self):
        said = self.play([{"docker": "pull -q busybox", "as": "p"}, {"signal": "SIGTERM", "of": "p"}], [{"of": "p", "exit": 0}],
                         status=1)
        self.assertIn("does not run", said["expect"]["failed"][0]["text"])

    def test_a_shell_at_a_terminal(self):
        self.play([{"docker": "pull -q busybox"}, {"docker": "run -it --name box busybox", "as": "r1", "tty": "t1"},
                   printed("/ # \u001b[6n"), {"type": "echo $((6*7)); stty size\r", "tty": "t1"}, printed("42\n"),
                   {"wait": "300ms"}, {"type": "\u0004", "tty": "t1"}, exited("box"), {"wait": "500ms"}],
                  [{"of": "r1", "exit": 0, "stdout_has": ["echo $((6*7)); stty size\r\n42\r\n", "24 80\r\n"]}])

    def test_control_c_inside(self):
        """Raw keys: the container's own line discipline makes the signal."""
        self.play([{"docker": "pull -q busybox"},
                   {"docker": "run -it --name box busybox sh -c 'echo up; trap \"exit 9\" INT; while true; do sleep 0.1; done'",
                    "as": "r1", "tty": "t1"},
                   printed("up\n"), {"wait": "500ms"}, {"type": "\u0003", "tty": "t1"}, exited("box"), {"wait": "500ms"}],
                  [{"of": "r1", "exit": 9, "stdout_has": "^C"}])

    def test_control_c_outside(self):
        """No -t: our terminal's line discipline makes the signal, and docker's client passes it on."""
        self.play([{"docker": "pull -q busybox"},
                   {"docker": "run --name box busybox sh -c 'trap \"echo no; exit 9\" INT; echo up; while true; do sleep 0.1; done'",
                    "as": "r1", "tty": "t1"},
                   printed("up\n"), {"wait": "300ms"}, {"type": "\u0003", "tty": "t1"}, exited("box"), {"wait": "500ms"}],
                  [{"of": "r1", "exit": 9, "stdout_has": ["up\r\n", "^C", "no\r\n"]}])

    def test_a_terminal_of_the_host(self):
        self.play([{"host": "tty >/dev/null && stty size; read a; echo got $a", "as": "h1", "tty": "t1"},
                   {"host": "sleep 300", "as": "h2", "tty": "t1"}, {"wait": "1s"},
                   {"type": "hello\n", "tty": "t1"}, {"wait": "1s"}, {"type": "\u0003", "tty": "t1"}, {"wait": "1s"}],
                  [{"of": "h1", "exit": 0, "stdout": "24 80\r\nhello\r\ngot hello\r\n"}, {"of": "h2", "exit": 130}])

    def test_it_never_comes(self):
        said = self.play([{"docker": "run -d --name box busybox true"},
                          {"until": {"now": {"path": "/containers/box/state", "is": "dead"}}}], status=1)
        self.assertIn("never came", said["expect"]["failed"][0]["text"])
        said = self.play([{"docker": "run -d --name box busybox sleep 300"},
                          {"until": {"now": {"path": "/containers/box/state", "is": "exited"}}, "max": "1s"}], status=1)
        self.assertIn("took too long", said["expect"]["failed"][0]["text"])

    def test_stdin_of_one_beside(self):
        self.play([{"docker": "pull -q busybox"},
                   {"docker": "run -i --name cat busybox cat", "as": "c", "bg": True, "stdin": "fed\n"}, exited("cat"),
                   {"wait": "500ms"}], [{"of": "c", "exit": 0, "stdout": "fed\n"}])


if __name__ == "__main__":
    real.main()
