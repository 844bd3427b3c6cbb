#!/usr/bin/env python3
"""cutaway compare from the outside: two traces in, statuses, words, one JSON object, a picture.

usage: verb_test.py PROGRAM
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv[1]


def cutaway(*args, columns=80):
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "COLUMNS")}
    env["COLUMNS"] = str(columns)
    return subprocess.run([PROGRAM, *args], capture_output=True, text=True, env=env, check=False, timeout=300)


class Compare(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.one = cls.folder.name + "/one.jsonl"
        cls.other = cls.folder.name + "/other.cut"
        cls.wrong = cls.folder.name + "/wrong.jsonl"
        for path, seed in ((cls.one, "1"), (cls.other, "2")):
            assert cutaway("sim", "run-echo", "-q", "--seed", seed, "--trace", path).returncode == 0
        with open(cls.one, encoding="utf-8") as file:
            lines = file.read().splitlines()
        header = json.loads(lines[0])
        header["side"] = "real"
        refused = []
        for line in lines[1:]:
            event = json.loads(line)
            if event.get("name") == "sethostname":
                event["ret"] = -1
                event["err"] = "EPERM"
            refused.append(json.dumps(event))
        with open(cls.wrong, "w", encoding="utf-8") as file:
            file.write("\n".join([json.dumps(header), *refused]) + "\n")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_runs_with_other_ids_agree(self):
        run = cutaway("compare", self.one, self.other)
        self.assertEqual((run.returncode, run.stderr), (0, ""), run.stdout)
        self.assertIn("Every difference is explained.", run.stdout)
        self.assertIn("100.0 %", run.stdout)

    def test_json_is_one_object(self):
        run = cutaway("compare", self.one, self.wrong, "--json")
        self.assertEqual((run.returncode, run.stderr), (1, ""))
        found = json.loads(run.stdout)
        self.assertEqual(found["a"], {"side": "sim", "name": self.one})
        self.assertEqual(found["b"], {"side": "real", "name": self.wrong})
        self.assertEqual(found["steps"]["different"], 1)
        self.assertEqual(found["steps"]["only_sim"], 0)
        wrong = [row for row in found["rows"] if row["class"] == "simulator_wrong"]
        self.assertEqual([(row["level"], row["name"]) for row in wrong],
                         [("step", "uts.hostname"), ("syscall", "sethostname")])
        for row in found["rows"]:
            self.assertNotIn("{", row["why"])
            self.assertEqual(row["why"] == "", row["class"] == "none", row)
        self.assertIn("EPERM", wrong[0]["why"])

    def test_text_tells_the_difference_within_the_width(self):
        for columns in (80, 60, 120):
            run = cutaway("compare", self.one, self.wrong, columns=columns)
            self.assertEqual(run.returncode, 1)
            self.assertIn("≠ init     uts.hostname", run.stdout)
            self.assertIn("simulator_wrong", run.stdout)
            self.assertIn("1 difference is not explained.", run.stdout)
            # A word that is longer than a line (a path, an id) stands alone.
            wide = [line for line in run.stdout.splitlines() if len(line) > columns]
            self.assertEqual([line for line in wide if max(map(len, line.split())) < columns - 15], [])

    def test_a_picture(self):
        out = self.folder.name + "/x.png"
        run = cutaway("compare", self.one, self.wrong, "-o", out, "--size", "640x400", "--json")
        self.assertEqual(run.returncode, 1, run.stderr)
        with open(out, "rb") as file:
            self.assertEqual(file.read(4), b"\x89PNG")
        json.loads(run.stdout)

    def test_the_pictures_alone_and_from_near(self):
        pictures = []
        for options in ([], ["--pictures"], ["--near", "deck"], ["--near", "syscall"]):
            out = f"{self.folder.name}/near{len(pictures)}.png"
            run = cutaway("compare", self.one, self.wrong, "-o", out, "--size", "1280x720", *options)
            self.assertEqual(run.returncode, 1, run.stderr)
            with open(out, "rb") as file:
                pictures.append(file.read())
        self.assertEqual(len(set(pictures)), 4)

    def test_the_pictures_in_words(self):
        run = cutaway("compare", self.one, self.wrong, "--explain")
        self.assertEqual((run.returncode, run.stderr), (1, ""))
        words = " ".join(run.stdout.split())
        for text in ("uts.hostname", "simulator wrong", "EPERM", "Simulated", "Real", "1 unexplained", "pid 1 here"):
            self.assertIn(text, words)
        near = cutaway("compare", self.one, self.wrong, "--explain", "--near", "syscall")
        self.assertEqual(near.returncode, 1, near.stderr)
        self.assertIn("sethostname", near.stdout)
        self.assertNotEqual(near.stdout, run.stdout)

    def test_mistakes_are_one_line(self):
        for status, text, args in (
            (2, "a trace, .jsonl or .cut, was expected", (self.one, "run-echo")),
            (2, "cannot read", (self.one, "/no/such.jsonl")),
            (2, "a file .png was expected", (self.one, self.other, "-o", "x.bmp")),
            (2, "there is no row 9999", (self.one, self.other, "--explain", "--row", "9999")),
            (2, "neither a number nor a step", (self.one, self.other, "--explain", "--row", "no.such")),
            (2, "did you mean 'root.pivot'?", (self.one, self.other, "--explain", "--row", "root.pivo")),
            (2, "WIDTHxHEIGHT", (self.one, self.other, "-o", "x.png", "--size", "9")),
        ):
            run = cutaway("compare", *args)
            self.assertEqual(run.returncode, status, (args, run))
            self.assertIn(text, run.stderr)
            self.assertEqual((run.stdout, len(run.stderr.splitlines())), ("", 1), run)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
