#!/usr/bin/env python3
"""Reads ctest's results (JUnit XML) and what tools/guard found: why tests were skipped, which failed, and the last
line with the numbers. usage: test_summary.py RESULTS [VERDICT]
A test of ctest may be a whole suite of GoogleTest: what counts is each TEST in it.

Exit status 1 when a test failed, when none ran, or when one was skipped and CUTAWAY_REQUIRE_ALL=1.
"""

import os
import re
import sys
import xml.etree.ElementTree as ElementTree


def reason_of_skip(case):
    """The last line that a program ending with status 77 printed."""
    output = (case.findtext("system-out") or "").strip()
    return output.splitlines()[-1] if output else "no reason given"


def tests_of_suite(case):
    """([passed], [failed], [(skipped, why)]) as GoogleTest printed them; None when it told of no test."""
    output = case.findtext("system-out") or ""
    program = case.get("name").split(".")[0] + "."
    ended = re.findall(r"^\[ +(OK|FAILED|SKIPPED) +\] (\S+?),? .*\(\d+ ms\)$", output, re.MULTILINE)
    skipped = [program + test for how, test in ended if how == "SKIPPED"]
    reasons = re.findall(r": Skipped\n(.*?)\n\n?\[", output, re.DOTALL)
    reasons += [""] * (len(skipped) - len(reasons))
    named = {how: [program + test for found, test in ended if found == how] for how in ("OK", "FAILED")}
    why = [" ".join(reason.split()) or "no reason given" for reason in reasons]
    return (named["OK"], named["FAILED"], list(zip(skipped, why))) if ended else None


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


def outcomes(cases):
    """([passed], [failed], [(skipped, why)]) of all."""
    passed, failed, skipped = [], [], []
    for case in cases:
        name, suite = case.get("name"), tests_of_suite(case)
        if suite:
            passed += suite[0]
            skipped += suite[2]
            # A program may also fail after its last test, or in the middle of one.
            failed += suite[1] or ([name] if case.get("status") == "fail" else [])
        elif is_skipped(case):
            skipped.append((name, reason_of_skip(case)))
        else:
            (passed if case.get("status") == "run" else failed).append(name)
    return passed, failed, skipped


def main():
    passed, failed, skipped = outcomes(ElementTree.parse(sys.argv[1]).getroot().findall("testcase"))
    for name, why in skipped:
        print(f"skipped: {name}: {why}")
    for name in failed:
        print(f"failed: {name}")
    if len(sys.argv) > 2:
        changes = changes_of_machine(sys.argv[2])
        for change in changes:
            print(f"failed: guard: the tests left the machine another: {change}")
        failed += changes
    skips_fail = skipped and os.environ.get("CUTAWAY_REQUIRE_ALL") == "1"
    if skips_fail:
        print("skipped tests are failures here (CUTAWAY_REQUIRE_ALL=1)")
    print(f"{len(passed)} passed, {len(failed)} failed, {len(skipped)} skipped", flush=True)
    return 1 if failed or skips_fail or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
