#!/usr/bin/env python3
"""cutaway shell: typed at through a pipe, and at a terminal.

usage: shell_test.py PROGRAM
"""
import json
import os
import pty
import select
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.path.abspath(sys.argv[1])


class Shell(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = self.temporary.name

    def tearDown(self):
        self.temporary.cleanup()

    def typed(self, *lines, status=0, options=()):
        run = subprocess.run([PROGRAM, "shell", *options], input="".join(line + "\n" for line in lines), text=True,
                             capture_output=True, cwd=self.folder, check=False, timeout=300)
        self.assertEqual(run.returncode, status, (lines, run.stdout, run.stderr))
        return run


class Piped(Shell):
    def test_output_is_what_docker_prints(self):
        run = self.typed("docker pull -q busybox", "docker run busybox echo hi")
        self.assertTrue(run.stdout.endswith("hi\n"), run.stdout)
        self.assertEqual(run.stderr, "")

    def test_stderr_is_marked_in_words(self):
        run = self.typed("docker run --pull never busybox true", status=125)
        self.assertTrue(run.stderr.startswith("stderr| "), run.stderr)
        self.assertIn("-- status 125", run.stdout)

    def test_the_hosts_shell(self):
        self.assertEqual(self.typed("uname; echo $((1 + 2))").stdout, "Linux\n3\n")

    def test_the_hosts_shell_remembers(self):
        run = self.typed("who=you", "cd /tmp", "echo $who; pwd", "false", "echo $?", "docker run --rm --pull never busybox",
                         "echo $?", status=0)
        self.assertEqual(run.stdout, "you\n/tmp\n-- status 1\n1\n-- status 125\n125\n")

    def test_what_it_remembers_is_taken_back_with_the_line(self):
        run = self.typed("who=one", "who=two", "undo", "echo $who", "sleep 1 & jobs", "undo", "jobs", "echo $who")
        said = [line for line in run.stdout.splitlines() if not line.startswith(("--", "["))]
        self.assertEqual(said, ["one", "one"])

    def test_whatever_would_end_a_script_ends_the_line(self):
        run = self.typed("set -e; false", "echo ${nothing?is missing}", "echo still", status=0)
        self.assertTrue(run.stdout.endswith("still\n"), run.stdout)

    def test_docker_in_a_line_of_the_hosts_shell(self):
        run = self.typed("docker pull -q busybox > /tmp/said", "c=$(docker run -d busybox sleep 100)",
                         "docker ps -q --no-trunc | grep -c $c", "docker exec $c echo 'a | b'", "cat /tmp/said")
        self.assertEqual(run.stdout, "1\na | b\ndocker.io/library/busybox:latest\n")

    def test_what_is_not_built_is_said_there_too(self):
        run = self.typed("docker network prune -f --filter until=1h | cat")
        self.assertIn("not yet", run.stderr)

    def test_undo_and_redo(self):
        run = self.typed("docker create --name aa busybox", "docker create --name bb busybox", "undo", "docker ps -aq",
                         "undo", "redo", "docker ps -aq")
        ids = [line for line in run.stdout.split() if len(line) == 12]
        self.assertEqual(len(ids), 3, run.stdout)  # asked, asked again, and once more
        self.assertEqual(len(set(ids)), 1)
        run = self.typed("docker create --name aa busybox", "docker create --name bb busybox", "undo", "redo",
                         "docker ps -aq")
        self.assertEqual(len([line for line in run.stdout.split() if len(line) == 12]), 2, run.stdout)

    def test_undo_of_too_much_says_so(self):
        run = self.typed("docker ps", "undo 2")
        self.assertIn("only 1 commands were typed", run.stderr)

    def test_both_futures_stay(self):
        run = self.typed("docker create --name aa busybox", "fork other", "docker rm aa", "docker ps -aq", "switch main",
                         "docker ps -aq")
        self.assertEqual(len([line for line in run.stdout.split() if len(line) == 12]), 1, run.stdout)

    def test_a_program_in_front_gets_the_lines(self):
        run = self.typed("docker run -it --rm busybox sh", "echo $((20 + 22))", "exit 3", "docker ps -aq", status=0)
        self.assertIn("42", run.stdout)
        self.assertIn("-- status 3", run.stdout)

    def test_control_keys_pass_through(self):
        run = self.typed("docker run -it --rm busybox cat", "a line", "\x04", "echo after")
        self.assertIn("a line", run.stdout)
        self.assertIn("after\n", run.stdout)

    def test_another_terminal(self):
        run = self.typed("docker run -it --name box busybox sh", "\x1dswitch 2", "docker exec box ps", "switch 1",
                         "exit")
        self.assertIn("PID", run.stdout)

    def test_whoever_waits_for_keys_is_not_waited_for(self):
        run = self.typed("docker run -d --name stays busybox sleep 1000", "docker exec -it stays sh", "\x04",
                         "docker inspect --format '{{.State.Running}}' stays")
        self.assertIn("true\n", run.stdout)

    def test_what_never_ends_leaves_the_prompt(self):
        run = self.typed("docker run -d --name web busybox sleep 100000", "docker events", "docker kill web", "interrupt",
                         "echo after", status=0)
        self.assertIn("it goes on", run.stdout)
        self.assertIn("-- status 130", run.stdout)
        self.assertTrue(run.stdout.endswith("after\n"), run.stdout)

    def test_a_saved_session_goes_on(self):
        self.typed("docker run -it --name box busybox sh", "touch /made", "exit", "save work.json", "save work.cut")
        with open(os.path.join(self.folder, "work.json"), encoding="utf-8") as file:
            items = json.load(file)["do"]
        self.assertEqual([word for item in items for word in ("docker", "type") if word in item],
                         ["docker", "type", "type"])
        run = self.typed("load work.json", "docker diff box")
        self.assertIn("A /made", run.stdout)
        again = subprocess.run([PROGRAM, "sim", "-q", "work.json"], cwd=self.folder, check=False, timeout=300,
                               capture_output=True)
        self.assertEqual(again.returncode, 0, again.stderr)
        info = subprocess.run([PROGRAM, "trace", "info", "work.cut"], cwd=self.folder, check=False, timeout=300,
                              capture_output=True, text=True)
        self.assertEqual(info.returncode, 0, info.stderr)

    def test_a_moment_in_words(self):
        run = self.typed("docker run busybox true", "at 100", "explain", "why row:host", "at 99999999")
        self.assertIn("-- moment 100 of", run.stdout)
        self.assertIn("at 99999999: a number from 0", run.stderr)

    def test_help_names_all_words(self):
        words = self.typed("help").stdout
        for word in ("undo", "redo", "fork", "switch", "save", "load", "why", "explain", "at", "help", "exit"):
            self.assertIn("\n" + word, words)

    def test_a_program_that_computes_without_end_keeps_nobody_from_typing(self):
        run = self.typed("docker run -d --name busy busybox sh -c 'while :; do :; done'", "docker run -it --name shell busybox sh",
                         "echo on", "exit", "docker kill busy")
        self.assertIn("\non\n", run.stdout)
        self.assertTrue(run.stdout.endswith("busy\n"), run.stdout)

    def test_an_open_quote_is_no_end(self):
        run = self.typed("docker run 'busybox", "echo on")
        self.assertIn("a quote is left open", run.stderr)
        self.assertEqual(run.stdout, "on\n")


class AtATerminal(Shell):
    def begin(self):
        pid, fd = pty.fork()
        if pid == 0:
            env = {**os.environ, "TERM": "xterm", "XDG_STATE_HOME": self.folder,
                   "ASAN_OPTIONS": "detect_leaks=0"}  # libedit never frees two of its own words
            os.execve(PROGRAM, [PROGRAM, "shell"], env)
        self.fd, self.pid = fd, pid
        self.seen = ""
        self.wait_for("sim 1> ")

    def wait_for(self, text, seconds=120):
        until = time.monotonic() + seconds
        while text not in self.seen:
            self.assertLess(time.monotonic(), until, (text, self.seen))
            if not select.select([self.fd], [], [], 1)[0]:
                continue
            try:
                self.seen += os.read(self.fd, 4096).decode(errors="replace")
            except OSError:
                self.fail((text, self.seen))
        self.seen = self.seen[self.seen.index(text) + len(text):]

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def end(self):
        self.type("exit\n")
        self.assertEqual(os.waitpid(self.pid, 0)[1], 0)
        os.close(self.fd)

    def test_completion_and_history(self):
        self.begin()
        self.type("docker cre\t")
        self.wait_for("ate ")
        self.type("busy\t-")
        self.wait_for("box ")
        self.type("\x15echo one\n")
        self.wait_for("one\r\n")
        self.wait_for("sim 1> ")
        self.type("\x1b[A\n")
        self.wait_for("\none\r\n")
        self.wait_for("sim 1> ")
        self.end()
        with open(os.path.join(self.folder, "cutaway", "shell_history"), encoding="utf-8") as file:
            self.assertIn("echo", file.read())

    def test_a_program_has_the_keyboard_and_can_be_left(self):
        self.begin()
        self.type("docker run -it --name box busybox sh\n")
        self.wait_for("/ # ")
        self.type("echo $((6*7))\n")
        self.wait_for("42")
        self.type("sleep 1000\n")
        self.type("\x03")
        self.wait_for("^C")
        self.type("\x1d")
        self.wait_for("sim 1> ")
        self.type("switch 2\n")
        self.wait_for("sim 2> ")
        self.type("docker kill box\n")
        self.wait_for("sim 2> ")
        self.end()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
