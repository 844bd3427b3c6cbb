#!/usr/bin/env python3
"""Litmus programs on another kernel: the test program system_litmus in the guest, as root of a whole machine.

usage: litmus_test.py SYSTEM_LITMUS HELPER_FOLDER SOURCE_FOLDER BUILD_FOLDER

Every bundled program runs, those of tier R here alone (on the computer around they are refused). What GoogleTest prints
there is printed here, so that each counts as a test (tools/test_summary.py). Without qemu or the kernel: status 77.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from guest import Guest

# It takes one to two minutes. An emulated machine may stand still: then it is started anew, once.
SECONDS, BOOTS = 400, 2
DOCUMENTS = "scenarios/content/litmus"
# What the simulator says as newer kernels do, and the guest's 6.1 otherwise (run_guest.py tells it).
NOT_ASKED = ("overlay_one_file_system",)

SCRIPT = """
mkdir -p {parent}; [ -e {source} ] || ln -s /given {source}
export ASAN_OPTIONS=detect_leaks=0 CUTAWAY_HELPERS=/opt/cutaway
echo "@@ kernel $(uname -r), controllers $(cat /sys/fs/cgroup/cgroup.controllers)"
/opt/cutaway/system_litmus --gtest_color=no --gtest_filter='{filter}'
echo "@@ status $?"
left=$(find /sys/fs/cgroup -mindepth 1 -type d; hostname | grep -v '^guest$')
echo "@@ left ${{left:-nothing}}"
"""
ENDED = "\n@@ left "
# Who stands still, and where, is told before the time is over.
WATCH = """
(sleep {seconds}; echo "@@ stands still"; for each in /proc/[0-9]*; do
  echo "$(cut -d' ' -f1-3,14,15 $each/stat) $(cat $each/wchan $each/syscall | tr '\\0\\n' '  ')"; done; dmesg | tail -n 40) &
"""


def missing(guest):
    """Why this cannot be run; None: it can."""
    for name in ("qemu-system-x86_64", "cpio", "strip"):
        if not shutil.which(name):
            return f"there is no {name} (tools/setup --vm installs it)"
    return None if guest.has_kernel() else "there is no kernel for the guest (tools/setup --vm fetches it)"


def fill(guest, program, helpers, source):
    with tempfile.TemporaryDirectory() as made:
        programs, work = pathlib.Path(made, "programs"), pathlib.Path(made, "work")
        programs.mkdir()
        # Without what a debugger wants it is a third of the size.
        subprocess.run(["strip", "-g", "-o", programs / "system_litmus", program], check=True)
        shutil.copy(f"{helpers}/cutaway-litmus", programs)
        shutil.copytree(f"{source}/{DOCUMENTS}", work / DOCUMENTS)
        guest.fill(programs, work)


def verdict(text, programs):
    """What is wrong; None: nothing."""
    ended = re.findall(r"^\[ +(OK|FAILED) +\] Documents/(\S+?),? .*\(\d+ ms\)$", text, re.MULTILINE)
    status = re.search(r"^@@ status (\d+)$", text, re.MULTILINE)
    left = re.search(r"^@@ left (.*)$", text, re.MULTILINE)
    if not status or not left:
        return "the guest did not come to its end"
    if left.group(1) != "nothing":
        return f"the programs left something: {left.group(1)}"
    if len(ended) != programs:
        return f"{len(ended)} of {programs} programs ran"
    return None if status.group(1) == "0" else "a program did not hold"


def main():
    program, helpers, source, build = sys.argv[1:]
    guest = Guest(f"{build}/vm", kernels=f"{source}/build/vm")
    why = missing(guest)
    if why:
        print(why)
        return 77
    fill(guest, program, helpers, source)
    excluded = ":".join(f"*/{name}" for name in NOT_ASKED)
    tests = f"Documents/*-{excluded}:*IsExplained*"  # what is explained is asked on this machine's kernel
    script = WATCH.format(seconds=SECONDS - 60) + SCRIPT.format(source=source, parent=os.path.dirname(source), filter=tests)
    for again in range(BOOTS):
        text = guest.boot(script, SECONDS)
        print(text[max(text.find("@@ kernel"), 0):])
        if ENDED in text:
            break
        print(f"boot {again + 1} of {BOOTS} did not come to its end")
    shutil.rmtree(guest.folder)
    wrong = verdict(text, len(list(pathlib.Path(source, DOCUMENTS).glob("*.json"))) - len(NOT_ASKED))
    print(wrong or "all held")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
