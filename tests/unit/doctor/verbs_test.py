#!/usr/bin/env python3
"""cutaway doctor, scenario and lesson from the outside: statuses, one JSON object, one clear line for each mistake.

usage: verbs_test.py PROGRAM ROOT
"""
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import unittest

PROGRAM, ROOT = sys.argv[1], sys.argv[2]


def cutaway(*args, columns=None):
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "COLUMNS")}
    if columns:
        env["COLUMNS"] = str(columns)
    return subprocess.run([PROGRAM, *args], capture_output=True, text=True, env=env, check=False, timeout=300)


class Doctor(unittest.TestCase):
    IDS = ["root", "userns", "cgroup", "overlay", "ebpf", "ptrace", "seccomp", "display", "btf"]

    def test_json(self):
        run = cutaway("doctor", "--json")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        checks = json.loads(run.stdout)["checks"]
        self.assertEqual([check["id"] for check in checks], self.IDS)
        for check in checks:
            self.assertEqual(set(check), {"id", "ok", "detail", "fallback"})
            self.assertIsInstance(check["ok"], bool)
            self.assertTrue(check["detail"])
            self.assertEqual(check["fallback"] == "", check["ok"], check["id"])

    def test_it_asks_this_machine(self):
        checks = {check["id"]: check for check in json.loads(cutaway("doctor", "--json").stdout)["checks"]}
        self.assertFalse(checks["display"]["ok"])
        self.assertEqual(checks["btf"]["ok"], os.access("/sys/kernel/btf/vmlinux", os.R_OK))
        if os.geteuid() != 0:
            self.assertFalse(checks["root"]["ok"])

    def test_text_on_a_narrow_terminal(self):
        run = cutaway("doctor", columns=40)
        self.assertEqual(run.returncode, 0)
        for line in run.stdout.splitlines():
            words = line.split()
            self.assertTrue(len(line) <= 40 or len(words) == 1 or len(words[-1]) > 10, line)


def on_a_terminal(columns, *args):
    """Status and lines, without colours, of the program on a terminal of this width."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", 24, columns, 0, 0))
    env = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    process = subprocess.Popen([PROGRAM, *args], stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    text = b""
    try:
        while part := os.read(ours, 65536):
            text += part
    except OSError:
        pass  # EIO: the program, the last one with the other end, has gone
    finally:
        os.close(ours)
    return process.wait(timeout=300), re.sub(r"\x1b\[[0-9;]*m", "", text.decode("utf-8")).splitlines()


class Terminal(unittest.TestCase):
    def no_line_is_longer(self, columns, *args, whole=None):
        """But for those that are kept whole (a pattern)."""
        status, lines = on_a_terminal(columns, *args)
        self.assertEqual(status, 0, lines)
        self.assertGreater(len(lines), 10)
        self.assertEqual([line for line in lines if len(line) > columns and not (whole and re.match(whole, line))],
                         [])
        return lines

    def test_a_run_on_a_narrow_one(self):
        narrow = self.no_line_is_longer(40, "sim", "run-echo")
        self.assertGreater(len(narrow), len(self.no_line_is_longer(100, "sim", "run-echo")))
        self.assertTrue(any("hi there" in line for line in narrow), narrow)

    def test_the_plan_on_a_narrow_one(self):
        """Its sentences; a call of the plan is one line, for searching and copying."""
        self.no_line_is_longer(40, "sim", "--plan", "--", "docker", "run", "busybox", "echo", "hi", whole=r" {6}\w+\(")


class Verbs(unittest.TestCase):
    def refused(self, status, text, *args):
        run = cutaway(*args)
        self.assertEqual(run.returncode, status, (args, run))
        self.assertIn(text, run.stderr)
        self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)

    def test_mistakes_are_one_line(self):
        self.refused(2, "there is no 'lst' (did you mean 'list'?)", "scenario", "lst")
        self.refused(2, "there is no 'chek' (did you mean 'check'?)", "lesson", "chek")
        self.refused(2, "subcommand", "scenario")
        self.refused(2, "did you mean 'run-echo'?", "scenario", "show", "run-ecko")
        self.refused(2, "there is no lesson '99'", "lesson", "show", "99")
        self.refused(2, "is no lesson's folder", "lesson", "check", ROOT)
        self.refused(2, "--jason", "doctor", "--jason")
        self.refused(2, "cannot read", "scenario", "check", "/no/such.json")

    def test_not_yet(self):
        for args in (("scenario", "play", "run-echo"), ("scenario", "new", "x")):
            self.refused(2, "cutaway: not yet: cutaway " + " ".join(args[:2]), *args)

    def test_lists(self):
        ids = [row["id"] for row in json.loads(cutaway("scenario", "list", "--json").stdout)["scenarios"]]
        self.assertIn("run-echo", ids)
        self.assertIn("hello-first", ids)
        names = [row["name"] for row in json.loads(cutaway("scenario", "programs", "--json").stdout)["programs"]]
        self.assertIn("busybox", names)
        lessons = json.loads(cutaway("lesson", "list", "--json").stdout)["lessons"]
        self.assertEqual(lessons[1]["id"], "who-does-what")
        self.assertEqual(len(lessons), len(os.listdir(ROOT + "/lessons/content")))
        self.assertEqual(json.loads(cutaway("scenario", "show", "run-echo").stdout)["id"], "run-echo")
        self.assertIn("Who does what", cutaway("lesson", "show", "2").stdout)

    def test_check(self):
        run = cutaway("lesson", "check", "--json", "--quick", "1", "who-does-what")
        self.assertEqual(run.returncode, 0, run.stderr)
        found = json.loads(run.stdout)
        self.assertEqual((found["checked"], found["folders"]), (2, 2))
        self.assertEqual(cutaway("lesson", "check", ROOT + "/lessons/content/02-who-does-what").returncode, 0)
        self.assertEqual(cutaway("scenario", "check").returncode, 0)

    def test_check_of_a_file(self):
        with open(ROOT + "/scenarios/content/first-course/exit-7.json") as file:
            good = file.read()
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/mine.json"
            for text, status, says in (
                    (good, 0, ""),
                    (good.replace('"exit": 7', '"exit": 0'), 1, path + ":10: /expect/0: exit status is 7, expected 0"),
                    (good.replace('"docker": "run', '"docker": "docker run'), 2, path + ":7: /do/0/docker: "),
                    (good.replace('"as": "r1"}', '"as": "r1"}, {"undo": 1}'), 1, path + ":10: /expect/0: never reached"),
                    (good[:50], 2, "cutaway: " + path + ":4: not JSON")):
                with open(path, "w") as file:
                    file.write(text)
                run = cutaway("scenario", "check", path)
                self.assertEqual(run.returncode, status, run)
                self.assertTrue(run.stderr.startswith(says), run.stderr)


unittest.main(argv=sys.argv[:1])
