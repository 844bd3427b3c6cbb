#!/usr/bin/env python3
"""Which differences between two snapshots fail, which are worth a note, and which do not matter."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools" / "guard"))
import compare  # noqa: E402  (found through the path above)
import snapshot  # noqa: E402

SOME = {
    "mount": {"27": "1 254:0 / / rw - ext4 /dev/x rw"},
    "sysctl": {"kernel/domainname": "(none)"},
    "device": {"/dev/null": "crw-rw-rw- 0:0 1:3"},
    "cgroup": {"/c": "populated cpu", "/c/empty": "empty", "/c/busy": "populated", "/c/cutaway-test-1": "empty",
               "/c/cutaway": "empty", "/c/cutaway/litmus-1-2-0": "empty"},
    "link": {"lo": "index 1 mtu 65536 flags 0x9 address 0"},
    "address": {"127.0.0.1": "local"},
    "route": {"0/0 via 1 dev e metric 0": "flags 3"},
    "packet rule": {"nft generation": "1"},
    "swap": {"/dev/y": "partition 100"},
    "clock": {"realtime - boottime": "1000.000"},
    "process": {"1 25": "long-lived init", "70 900": "young sh"},
}
GONE = None

# (kind, name, new value or GONE, signals): the first list fails, the second is noted, the third is silent.
FAIL = [
    ("mount", "28", "27 0:5 / /mnt rw - tmpfs x rw", ()),
    ("mount", "27", "1 254:0 / / ro - ext4 /dev/x rw", ()),
    ("mount", "27", GONE, ()),
    ("sysctl", "kernel/domainname", "spoilt", ()),
    ("device", "/dev/null", "crw-rw---- 0:0 1:3", ()),
    ("device", "/dev/null", "-rw-r--r-- 0:0", ()),
    ("device", "/dev/new", "brw------- 0:0 8:0", ()),
    ("cgroup", "/c/new", "empty", ()),
    ("cgroup", "/c/cutaway-test-2", "empty", ()),
    ("cgroup", "/c/empty", GONE, ()),
    ("cgroup", "/c/cutaway/new", "empty", ()),
    ("cgroup", "/c", "populated cpu memory", ()),
    ("link", "veth0", "index 9 mtu 1500 flags 0x1 address 1", ()),
    ("link", "lo", "index 1 mtu 65536 flags 0x8 address 0", ()),
    ("address", "10.0.0.1", "local", ()),
    ("route", "0/0 via 1 dev e metric 0", GONE, ()),
    ("packet rule", "nft generation", "2", ()),
    ("swap", "/swapfile", "file 100", ()),
    ("swap", "/dev/y", GONE, ()),
    ("clock", "realtime - boottime", "1001.000", ()),
    ("process", "1 25", GONE, ("1 25",)),
    ("process", "70 900", GONE, ("1 25", "70 900")),
]
NOTED = [
    ("cgroup", "/c/new", "populated", ()),
    ("cgroup", "/c/busy", GONE, ()),
    ("cgroup", "/c/cutaway-test-1", GONE, ()),
    ("cgroup", "/c/cutaway/litmus-1-2-0", GONE, ()),
    ("cgroup", "/c/cutaway", GONE, ()),
    ("process", "1 25", GONE, ("1 26",)),
]
SILENT = [
    ("cgroup", "/c/empty", "populated", ()),
    ("clock", "realtime - boottime", "1000.100", ()),
    ("process", "70 900", GONE, ()),
    ("process", "71 950", "young sh", ()),
]


def with_change(kind, name, value):
    table = {key: old for key, old in SOME[kind].items() if key != name}
    return {**SOME, kind: table if value is GONE else {**table, name: value}}


class Compare(unittest.TestCase):
    def each(self, changes, failures, notes):
        for kind, name, value, signals in changes:
            with self.subTest(kind=kind, name=name, value=value):
                failed, noted = compare.differences(SOME, with_change(kind, name, value), signals)
                self.assertEqual((len(failed), len(noted)), (failures, notes), failed + noted)
                for line in failed + noted:
                    self.assertTrue(line.startswith(f"{kind}: ") and name in line, line)

    def test_what_we_may_have_done_fails_with_a_line(self):
        self.each(FAIL, 1, 0)

    def test_what_others_did_is_noted(self):
        self.each(NOTED, 0, 1)

    def test_what_does_not_matter_is_silent(self):
        self.each(SILENT, 0, 0)

    def test_nothing_changed(self):
        self.assertEqual(compare.differences(SOME, SOME), ([], []))

    def test_a_failing_change_of_every_kind_is_tried(self):
        self.assertEqual({change[0] for change in FAIL}, set(snapshot.KINDS))
        self.assertEqual(set(SOME), set(snapshot.KINDS))

    def test_what_cannot_be_looked_at_is_said(self):
        failed, noted = compare.differences(SOME, {**SOME, "mount": "not looked at: no"})
        self.assertEqual((failed, noted), ([], ["mount: not looked at: no"]))

    def test_counters_by_path_and_by_part(self):
        patterns = snapshot.Patterns(["# a comment", "", "fs/file-nr  open files", "fs/quota/*  counters"])
        self.assertTrue(patterns.match("fs/file-nr"))
        self.assertTrue(patterns.match("fs/quota/reads"))
        self.assertFalse(patterns.match("fs/quota/a/b"))
        self.assertFalse(patterns.match("fs/file-max"))
        self.assertFalse(patterns.match("#"))


class Summary(unittest.TestCase):
    """tools/test_summary.py makes the guard's verdict a part of ./test's."""

    def summary(self, verdict):
        with tempfile.TemporaryDirectory() as folder:
            results, file = Path(folder, "results.xml"), Path(folder, "verdict")
            results.write_text('<testsuite><testcase name="one" status="run"/></testsuite>')
            if verdict is not None:
                file.write_text(verdict)
            done = subprocess.run([sys.executable, str(ROOT / "tools" / "test_summary.py"), str(results), str(file)],
                                  capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    def test_a_machine_left_as_it_was(self):
        self.assertEqual(self.summary(""), (0, "1 passed, 0 failed, 0 skipped\n"))

    def test_each_difference_is_a_failure(self):
        status, words = self.summary("mount: new: 5 x\nswap: gone: y\n")
        self.assertEqual(status, 1)
        self.assertIn("failed: guard: the tests left the machine another: mount: new: 5 x\n", words)
        self.assertTrue(words.endswith("1 passed, 2 failed, 0 skipped\n"), words)

    def of_suite(self, status, output):
        with tempfile.TemporaryDirectory() as folder:
            results = Path(folder, "results.xml")
            results.write_text(f'<testsuite><testcase name="unit.Suite" status="{status}"><system-out>{output}'
                               "</system-out></testcase></testsuite>")
            env = {name: value for name, value in os.environ.items() if name != "CUTAWAY_REQUIRE_ALL"}
            done = subprocess.run([sys.executable, str(ROOT / "tools" / "test_summary.py"), str(results)],
                                  capture_output=True, text=True, check=False, env=env)
        return done.returncode, done.stdout

    def test_of_a_suite_each_test_counts(self):
        output = ("[ RUN      ] Suite.One\n[       OK ] Suite.One (0 ms)\n"
                  "[ RUN      ] Suite.Two\n/x.cpp:2: Skipped\nno root here\n\n[  SKIPPED ] Suite.Two (0 ms)\n"
                  "[ RUN      ] Suite.Three/1\n[  FAILED  ] Suite.Three/1, where GetParam() = 2 (3 ms)\n")
        status, words = self.of_suite("fail", output)
        self.assertEqual(status, 1)
        self.assertEqual(words, "skipped: unit.Suite.Two: no root here\nfailed: unit.Suite.Three/1\n"
                                "1 passed, 1 failed, 1 skipped\n")

    def test_a_suite_that_ends_in_the_middle_is_a_failure(self):
        status, words = self.of_suite("fail", "[ RUN      ] Suite.One\n[       OK ] Suite.One (0 ms)\n[ RUN      ] Suite.Two\n")
        self.assertEqual((status, words), (1, "failed: unit.Suite\n1 passed, 1 failed, 0 skipped\n"))

    def test_no_verdict_is_a_failure(self):
        self.assertEqual(self.summary(None)[0], 1)


if __name__ == "__main__":
    unittest.main()
