#!/usr/bin/env python3
"""Proves that clang-tidy and clang-format, as configured here, report: each is given a file that is wrong."""

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools"))
import check_tidy  # noqa: E402  (found through the path above)

LONG_FUNCTION = "int f(int x) {\n" + "  x += 1;\n" * 80 + "  return x;\n}\n"
TANGLED_FUNCTION = ("int f(int x) {\n" + "".join(f"{'  ' * depth}if (x > {depth}) {{\n" for depth in range(1, 9)) +
                    "x = 0;\n" + "}\n" * 8 + "  return x;\n}\n")
LIKELY_BUG = "double f(int a, int b) {\n  double d = a / b;\n  return d + a / b;\n}\n"
USE_AFTER_MOVE = ("#include <string>\n#include <utility>\nvoid g(std::string s);\n"
                  "int f(std::string s) {\n  g(std::move(s));\n  return s.empty() ? 1 : 0;\n}\n")
SHADOWED = "int f(int x) {\n  for (int i = 0; i < 3; ++i) {\n    int x = i;\n    (void)x;\n  }\n  return x;\n}\n"
NOT_FOR_CLANG = ("struct P { int a, b; };\nint f(P p) {\n  const auto [a, b] = p;\n"
                 "  return [&b] { return b; }() + a;\n}\n")
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

    def tidy(self, text, options=()):
        self.file.write_text(text)
        return output_of([check_tidy.CLANG_TIDY, *check_tidy.OPTIONS, *options, f"--config-file={ROOT}/.clang-tidy",
                          str(self.file), "--", "-std=c++20", "-Wshadow"])

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

    def test_tidy_reports_a_use_after_a_move(self):
        status, words = self.tidy(USE_AFTER_MOVE)
        self.assertNotEqual(status, 0)
        self.assertIn("bugprone-use-after-move", words)

    def test_tidy_reports_what_clang_warns_of(self):
        status, words = self.tidy(SHADOWED)
        self.assertNotEqual(status, 0)
        self.assertIn("clang-diagnostic-shadow", words)

    def test_tidy_reports_what_only_gcc_compiles(self):
        status, words = self.tidy(NOT_FOR_CLANG)
        self.assertNotEqual(status, 0)
        self.assertIn("clang-diagnostic-error", words)

    def test_in_tests_only_what_clang_warns_of_or_refuses(self):
        for text, finding in ((SHADOWED, "clang-diagnostic-shadow"), (NOT_FOR_CLANG, "clang-diagnostic-error")):
            status, words = self.tidy(text, check_tidy.ONLY_WARNINGS)
            self.assertNotEqual(status, 0)
            self.assertIn(finding, words)
        self.assertEqual(self.tidy(LONG_FUNCTION, check_tidy.ONLY_WARNINGS)[0], 0)

    def test_a_changed_header_is_looked_at_through_one_file_also_a_precompiled_one(self):
        build = Path("/build")
        sources = [("a.cpp", build / "a.o"), ("b.cpp", build / "b.o"), ("c.cpp", build / "c.o"), ("d.cpp", build / "d.o")]
        deps = ("all.gch: #deps 1, deps mtime 1 (VALID)\n    ../src/world.h\n\n"
                "a.o: #deps 2, deps mtime 1 (VALID)\n    ../src/a.cpp\n    all.gch\n\n"
                "b.o: #deps 1, deps mtime 1 (VALID)\n    ../src/b.cpp\n\n"
                "c.o: #deps 2, deps mtime 1 (VALID)\n    ../src/c.cpp\n    /src/world.h\n\n")
        answer = subprocess.CompletedProcess([], 0, deps, "")
        with mock.patch.object(check_tidy.subprocess, "run", return_value=answer), \
                mock.patch.object(check_tidy, "changed_since_clean", return_value={"/src/world.h"}):
            names = [name for name, _ in check_tidy.touched(build, sources)]
        self.assertEqual(names, ["d.cpp", "a.cpp"])  # nothing is known of d
        with mock.patch.object(check_tidy.subprocess, "run", return_value=answer), \
                mock.patch.object(check_tidy, "changed_since_clean",
                                  return_value={"/src/world.h", str(check_tidy.ROOT / "c.cpp")}):
            names = [name for name, _ in check_tidy.touched(build, sources)]
        self.assertEqual(names, ["c.cpp", "d.cpp"])  # c shows the header as well

    def test_of_joined_sources_one_that_names_the_header_is_looked_at_or_all(self):
        joined = Path("/build/unity_0.o")
        sources = [("a.cpp", joined), ("b.cpp", joined)]
        deps = "unity_0.o: #deps 1, deps mtime 1 (VALID)\n    ../src/a.cpp\n    ../src/b.cpp\n    /src/world.h\n\n"
        answer = subprocess.CompletedProcess([], 0, deps, "")
        for naming, expected in (({"b.cpp"}, ["b.cpp"]), (set(), ["a.cpp", "b.cpp"])):
            with mock.patch.object(check_tidy.subprocess, "run", return_value=answer), \
                    mock.patch.object(check_tidy, "names_it", side_effect=lambda _, name: name in naming), \
                    mock.patch.object(check_tidy, "changed_since_clean", return_value={"/src/world.h"}):
                names = [name for name, _ in check_tidy.touched(Path("/build"), sources)]
            self.assertEqual(names, expected)

    def test_without_the_commit_that_was_clean_everything_is_looked_at(self):
        sources = [("a.cpp", Path("/build/a.o"))]
        with mock.patch.object(check_tidy, "changed_since_clean", return_value=None):
            self.assertEqual(check_tidy.touched(Path("/build"), sources), sources)

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
