#!/usr/bin/env python3
"""tools/gallery and its data: what it names is there, and it makes what it says.

usage: gallery_test.py PROGRAM ROOT
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM, ROOT = os.path.abspath(sys.argv[1]), sys.argv[2]
KEYS = {"id", "title", "says", "scenario", "commands", "compare", "lesson", "page", "side", "at", "step", "theme", "size", "flags"}

with open(ROOT + "/tools/gallery.json", encoding="utf-8") as data:
    GALLERY = json.load(data)


def gallery(*args):
    return subprocess.run([sys.executable, "-B", ROOT + "/tools/gallery", "--program", PROGRAM, *args], capture_output=True,
                          text=True, check=False, timeout=500)


class Data(unittest.TestCase):
    def test_each_picture_is_described(self):
        scenarios = json.loads(subprocess.run([PROGRAM, "scenario", "list", "--json"], capture_output=True, text=True,
                                              check=True).stdout)["scenarios"]
        known = {row["id"] for row in scenarios}
        for picture in GALLERY["pictures"]:
            self.assertEqual(set(picture) - KEYS, set(), picture["id"])
            self.assertTrue(picture["title"] and picture["says"].endswith((".", ":")), picture["id"])
            inputs = [key for key in ("scenario", "commands", "compare", "lesson") if key in picture]
            self.assertEqual(len(inputs), 1, picture["id"])
            self.assertIn(picture.get("scenario", "run-echo"), known)
        ids = [picture["id"] for picture in GALLERY["pictures"]]
        self.assertEqual(ids, sorted(set(ids)))
        self.assertGreaterEqual(len(ids), 20)

    def test_what_is_missing_has_a_reason(self):
        for each in GALLERY["missing"]:
            self.assertTrue(each["what"] and each["why"])


class Made(unittest.TestCase):
    def test_a_picture_and_its_page(self):
        with tempfile.TemporaryDirectory() as folder:
            run = gallery("--output", folder, "25-no-such-image")
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(sorted(os.listdir(folder)), ["25-no-such-image.png", "25-no-such-image.svg", "index.html"])
            with open(folder + "/index.html", encoding="utf-8") as page:
                text = page.read()
            self.assertIn('<img src="25-no-such-image.png"', text)
            self.assertEqual(text.count("<figure"), 1)  # what was not made is not shown

    def test_each_moment_is_there(self):
        run = gallery("--check")
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_an_unknown_picture(self):
        run = gallery("99-nothing")
        self.assertEqual((run.returncode, run.stderr), (1, "gallery: there is no picture 99-nothing\n"))


unittest.main(argv=sys.argv[:1])
