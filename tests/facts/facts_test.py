#!/usr/bin/env python3
"""Types the sessions of docker.txt into `cutaway shell`, and compares all that is printed.

usage: facts_test.py PROGRAM [--only ID…]
"""
import argparse
import pathlib
import re
import subprocess
import sys

SESSIONS = pathlib.Path(__file__).with_name("docker.txt")
FIRST = "docker pull -q busybox"  # its images are there


class Session:
    def __init__(self, title):
        self.id, self.both = title.split()[0], title.rstrip().endswith(" both")
        self.lines, self.out, self.err = [], [], []

    def add(self, line):
        if line.startswith("$ "):
            self.lines.append(line[2:])
        elif line.startswith("= "):
            self.out.append("-- status " + line[2:])
        elif line.startswith("! "):
            self.err.append(line[2:])
        else:
            self.out.append(line)


def sessions(text):
    found = []
    for line in text.splitlines():
        if line.startswith("## "):
            found.append(Session(line[3:]))
        elif line.startswith("#"):
            continue
        elif found:
            found[-1].add(line)
    for session in found:
        while session.out and not session.out[-1]:
            session.out.pop()  # the empty line before the next one
    return found


def pattern_of(lines):
    return "\n".join(re.escape(line).replace("…", ".*") for line in lines)


def without_first(out):
    """What was printed, without what FIRST prints: the reference that it pulled."""
    return out.split("\n", 1)[1] if "\n" in out else out


def run(words, session, env=None):
    """What was not as it should be: words is the command that is typed into."""
    typed = "\n".join([FIRST, *session.lines]) + "\n"
    done = subprocess.run(words, input=typed, capture_output=True, text=True, timeout=120, check=False, env=env)
    wrong = []
    # The simulator says of each line that it came on stderr.
    err = re.sub(r"^stderr\| ?", "", done.stderr, flags=re.MULTILINE)
    said = {"stdout": (without_first(done.stdout), session.out), "stderr": (err, session.err)}
    for name, (found, wanted) in said.items():
        if not re.fullmatch(pattern_of(wanted), found.rstrip("\n")):
            wrong.append(f"{name} expected:\n" + "\n".join(wanted) + f"\n{name} found:\n" + found)
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    chosen = [each for each in sessions(SESSIONS.read_text(encoding="utf-8"))
              if not options.only or each.id in options.only]
    failed = 0
    for session in chosen:
        wrong = run([options.program, "shell"], session)
        failed += bool(wrong)
        if wrong:
            print(f"FAIL {session.id}\n" + "\n".join(wrong))
    print(f"{len(chosen)} sessions, {failed} failed")
    sys.exit(1 if failed or not chosen else 0)


if __name__ == "__main__":
    main()
