#!/usr/bin/env python3
"""Reads ctest's results (JUnit XML) and what tools/guard found: why tests were skipped, which failed, and the last
line with the numbers. usage: test_summary.py RESULTS [VERDICT]

Exit status 1 when a test failed, when none ran, or when one was skipped and CUTAWAY_REQUIRE_ALL=1.
"""

import os
import re
import sys
import xml.etree.ElementTree as ElementTree


def reason_of_skip(case):
    """The words of GTEST_SKIP() << …, or the last line that a program ending with status 77 printed."""
    output = (case.findtext("system-out") or "").strip()
    from_gtest = re.search(r": Skipped\n(.*?)\n\n?\[", output, re.DOTALL)
    if from_gtest:
        return " ".join(from_gtest.group(1).split()) or "no reason given"
    return output.splitlines()[-1] if output else "no reason given"


def is_skipped(case):
    """By its own wish. A test that could not be started at all is "notrun" too, but that is a failure."""
    skip = case.find("skipped")
    return case.get("status") == "disabled" or skip is not None and skip.get("message", "").startswith("SKIP_")


def changes_of_machine(file):
    """The guard's lines; a guard that said nothing at all (it was killed) has not seen that all is well."""
    try:
        with open(file, encoding="utf-8") as verdict:
            return verdict.read().splitlines()
    except FileNotFoundError:
        return ["it came to no verdict"]


def main():
    cases = ElementTree.parse(sys.argv[1]).getroot().findall("testcase")
    skipped = [case for case in cases if is_skipped(case)]
    failed = [case for case in cases if case.get("status") != "run" and not is_skipped(case)]
    for case in skipped:
        print(f"skipped: {case.get('name')}: {reason_of_skip(case)}")
    for case in failed:
        print(f"failed: {case.get('name')}")
    passed = len(cases) - len(failed) - len(skipped)
    if len(sys.argv) > 2:
        changes = changes_of_machine(sys.argv[2])
        for change in changes:
            print(f"failed: guard: the tests left the machine another: {change}")
        failed += changes
    skips_fail = skipped and os.environ.get("CUTAWAY_REQUIRE_ALL") == "1"
    if skips_fail:
        print("skipped tests are failures here (CUTAWAY_REQUIRE_ALL=1)")
    print(f"{passed} passed, {len(failed)} failed, {len(skipped)} skipped", flush=True)
    return 1 if failed or skips_fail or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
