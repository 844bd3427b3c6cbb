#!/usr/bin/env python3
"""Proves that clang-tidy and clang-format, as configured here, report: each is given a file that is wrong."""

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

LONG_FUNCTION = "int f(int x) {\n" + "  x += 1;\n" * 80 + "  return x;\n}\n"
TANGLED_FUNCTION = ("int f(int x) {\n" + "".join(f"{'  ' * depth}if (x > {depth}) {{\n" for depth in range(1, 9)) +
                    "x = 0;\n" + "}\n" * 8 + "  return x;\n}\n")
LIKELY_BUG = "double f(int a, int b) {\n  double d = a / b;\n  return d + a / b;\n}\n"
UNFORMATTED = "int  f( int x ){return x;}\n"
FINE = "int f(int x) { return x; }\n"


def output_of(command):
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    return run.returncode, run.stdout + run.stderr


class Linters(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "planted.cpp"

    def tidy(self, text):
        self.file.write_text(text)
        return output_of(["clang-tidy-14", "--quiet", f"--config-file={ROOT}/.clang-tidy", str(self.file), "--"])

    def test_tidy_reports_a_long_function(self):
        status, words = self.tidy(LONG_FUNCTION)
        self.assertNotEqual(status, 0)
        self.assertIn("readability-function-size", words)

    def test_tidy_reports_a_tangled_function(self):
        status, words = self.tidy(TANGLED_FUNCTION)
        self.assertNotEqual(status, 0)
        self.assertIn("readability-function-cognitive-complexity", words)

    def test_tidy_reports_a_likely_bug(self):
        status, words = self.tidy(LIKELY_BUG)
        self.assertNotEqual(status, 0)
        self.assertIn("bugprone-integer-division", words)

    def test_tidy_is_content_with_a_fine_file(self):
        self.assertEqual(self.tidy(FINE)[0], 0)

    def test_format_reports(self):
        self.file.write_text(UNFORMATTED)
        status, words = output_of(["tools/check_format", str(self.file)])
        self.assertNotEqual(status, 0)
        self.assertIn(str(self.file), words)

    def test_format_is_content_with_a_fine_file(self):
        self.file.write_text(FINE)
        self.assertEqual(output_of(["tools/check_format", str(self.file)])[0], 0)


if __name__ == "__main__":
    if not shutil.which("clang-tidy-14") or not shutil.which("clang-format-14"):
        print("clang-tidy-14 or clang-format-14 is not installed (tools/setup --tests installs them)")
        sys.exit(77)
    unittest.main()
