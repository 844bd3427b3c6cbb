#!/usr/bin/env python3
"""Proves that tools/check_layers.py reports: one planted violation for each of its rules, in a tree of its own."""

import sys
import tempfile
import unittest
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(REPOSITORY / "tools"))
import check_layers  # noqa: E402  (found through the path above)

# rule: the violations, each (file, text); texts are joined from halves where this file itself would be reported.
PLANTED = {
    "rooms_include_downwards": [
        ("base/a.h", '#include "trace/side.h"\n'),
        ("trace/a.cpp", '#include "sim/sim.h"\n'),
        ("sim/a.cpp", '#include "viz/viz.h"\n'),
        ("viz/a.cpp", '#include "sim/sim.h"\n'),
        ("viz/scene/a.cpp", '#include "scenarios/runner.h"\n'),
        ("real/a.cpp", '#include <sim/sim.h>\n'),
        ("lessons/a.cpp", '#include "viz/viz.h"\n'),
    ],
    "subfolders_are_private": [
        ("app/cli/a.cpp", '#include "sim/kernel/mount.h"\n'),
        ("viz/panels/a.cpp", '#include "lessons/engine/goal.h"\n'),
    ],
    "os_room_is_native": [("trace/a.cpp", '#include "base/os/fd.h"\n'), ("base/a.cpp", '#include "base/os/fd.h"\n')],
    "includes_start_at_the_top": [
        ("sim/kernel/a.cpp", '#include "../../viz/viz.h"\n'),
        ("sim/kernel/b.cpp", '#include "a.cpp"\n'),
        ("tests/unit/a.cpp", '#include "../helper.h"\n'),
    ],
    "imgui_stays_in_its_folders": [
        ("viz/scene/a.cpp", "#include <imgui.h>\n"),
        ("app/cli/a.cpp", '#include "imgui_internal.h"\n'),
    ],
    "os_headers_stay_in_their_folders": [
        ("sim/a.cpp", "#include <unistd.h>\n"),
        ("base/a.cpp", "#include <sys/stat.h>\n"),
        ("viz/a.cpp", "#  include <linux/sched.h>\n"),
    ],
    "one_includer_of_coroutine": [
        ("sim/a.h", "#include <coroutine>\n"),
        ("base/other.h", "#include <experimental/coroutine>\n"),
    ],
    "pure_rooms_include_no_machine": [
        ("trace/a.cpp", "#include <chrono>\n"),
        ("spec/a.cpp", "#include <fstream>\n"),
        ("sim/a.cpp", "#include <random>\n"),
        ("viz/a.cpp", "#include <thread>\n"),
        ("lessons/a.cpp", "#include <filesystem>\n"),
        ("sim/b.cpp", "#include <cerrno>\n"),
    ],
    "pure_rooms_call_no_machine": [
        ("sim/a.cpp", "auto now = time(nullptr);\n"),
        ("trace/a.cpp", '  return std::getenv("HOME");\n'),
        ("viz/a.cpp", '  FILE* f = fopen("x", "r");\n'),
    ],
    "files_are_short": [("sim/a.cpp", "//\n" * 601), ("sim/a.h", "//\n" * 251)],
    "nothing_is_left_over": [("docs/a.md", "TO" "DO: this\n"), ("sim/a.cpp", "// FIX" "ME\n")],
    "no_registry_hosts": [("tools/a", "curl https://deb." "debian.org/debian\n"), ("docs/a.md", "pypi." "org\n")],
    "exceptions": [
        (check_layers.EXCEPTIONS, "sim/a.cpp 900\n"),
        (check_layers.EXCEPTIONS, "sim/gone.cpp 900 it was a table\n"),
    ],
}

# What is allowed, although it looks like the above.
CLEAN = {
    "base/coroutine.h": "#include <coroutine>\n",
    "base/os/fd.cpp": '#include <unistd.h>\n#include "base/os/fd.h"\n',
    "trace/a.cpp": '#include "trace/world/world.h"\n#include "base/text.h"\n',
    "sim/kernel/a.cpp": '#include "sim/kernel/mount.h"\n#include "trace/event/event.h"\n#include "spec/plan/plan.h"\n'
                        "Time time() const;\nauto t = clock.time();\nauto u = time_of(x);  // time(nullptr)\n"
                        'const char* words = "call time(nullptr)";\n',
    "viz/panels/a.cpp": '#include <imgui.h>\n#include "lessons/lessons.h"\n',
    "app/cli/a.cpp": '#include <chrono>\n#include <unistd.h>\n#include "base/os/fd.h"\n#include "sim/sim.h"\n',
    "tests/unit/a.cpp": '#include "sim/kernel/mount.h"\n#include "imgui.h"\n#include <thread>\n',
    "sim/long.cpp": "//\n" * 601,
    check_layers.EXCEPTIONS: "# a comment\nsim/long.cpp 700 a table of all syscalls\n",
}


def violations_of(files):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        return check_layers.check(root)


class CheckLayers(unittest.TestCase):
    def test_every_rule_has_a_planted_violation(self):
        self.assertEqual({rule.__name__ for rule in check_layers.RULES} | {"exceptions"}, set(PLANTED))

    def test_each_planted_violation_is_reported_by_its_rule(self):
        for rule, plants in PLANTED.items():
            for name, text in plants:
                with self.subTest(rule=rule, file=name, text=text[:40]):
                    reported = violations_of({"sim/kernel/a.cpp": "", name: text})
                    self.assertTrue(any(line.startswith(f"{name}:") and f"[{rule}]" in line for line in reported),
                                    f"not reported; reported was: {reported}")

    def test_what_is_allowed_is_not_reported(self):
        self.assertEqual(violations_of(CLEAN), [])


if __name__ == "__main__":
    unittest.main()
