#!/usr/bin/env python3
"""The real side on another Linux: kernel 6.1 with cgroup v2, where this program is root of the whole machine.

usage: run_guest.py PROGRAM_FOLDER SOURCE_FOLDER BUILD_FOLDER

In one boot: every bundled litmus program, which must hold there (untraced, which is twice as fast); every bundled
scenario and lesson that names both sides, laid beside the simulated one: each difference must be explained. What differs is run three times: it counts when
it came each time (the guest is slow, and some scenarios wait). Programs by chance are told and not judged: the
simulator follows a newer kernel.
"""
import json
import pathlib
import re
import shutil
import sys
import tempfile
import time

from guest import Guest

CHANCE = 200  # programs
SECONDS = 2400
OLDER_KERNEL = {
    "litmus/overlay-one-file-system.json": "one lower layer alone, which is not there: EINVAL, on newer kernels ENOENT",
}

SCRIPT = """
program=/opt/cutaway/cutaway
agrees() {{ # name, words of a verb
  name=$1; shift
  for try in 1 2 3; do
    $program "$@" > /tmp/out 2> /tmp/err && {{ echo "@@ agrees $name"; return; }}
  done
  echo "@@ differs $name"; tail -3 /tmp/err; grep -B6 'unexplained:\\|simulator_wrong:' /tmp/out | head -40
  [ "$1" = real ] && $program "$@" --json | grep -o '"failed":.*' | head -c 2000
}}
echo "@@ kernel $(uname -r), controllers $(cat /sys/fs/cgroup/cgroup.controllers)"
for each in litmus/*.json; do agrees "$each" real -q $each; done
for each in {scenarios}; do agrees "scenario $each" compare $each; done
for each in {lessons}; do agrees "lesson $each" compare --lesson $each; done
$program litmus fuzz --seed {seed} --count {chance} > /tmp/out 2>&1
echo "@@ chance: seed {seed}, $(tail -1 /tmp/out)"
left=$(ls /sys/fs/cgroup/cutaway /var/lib/cutaway 2>/dev/null; grep -c cutaway /proc/mounts)
[ "$left" = 0 ] && echo "@@ agrees nothing is left" || echo "@@ differs nothing is left: $left"
echo "@@ end"
"""


def of_both_sides(source, kind):
    """Ids of scenarios, or of lessons, that name both sides."""
    found = []
    pattern = "lessons/content/*/lesson.json" if kind == "lesson" else "scenarios/content/**/*.json"
    for path in sorted(pathlib.Path(source).glob(pattern)):
        document = json.loads(path.read_text(encoding="utf-8"))
        if f"cutaway_{kind}" in document and {"sim", "real"} <= set(document.get("sides", [])):
            found.append(document["id"])
    return found


def main():
    program, source, build = sys.argv[1:]
    guest = Guest(build)
    guest.kernel()
    with tempfile.TemporaryDirectory() as work:
        shutil.copytree(source + "/scenarios/content/litmus", work + "/litmus")
        programs = len(list(pathlib.Path(work).glob("litmus/*.json")))
        guest.fill(program, work)
    scenarios, lessons = of_both_sides(source, "scenario"), of_both_sides(source, "lesson")
    script = SCRIPT.format(scenarios=" ".join(scenarios), lessons=" ".join(lessons), seed=int(time.time()),
                           chance=CHANCE)
    text = guest.boot(script, seconds=SECONDS)
    agree = re.findall(r"^@@ agrees (.*)$", text, re.MULTILINE)
    found = re.findall(r"^@@ differs (.*)$", text, re.MULTILINE)
    differ = [name for name in found if name not in OLDER_KERNEL]
    print(text[text.find("@@ kernel"):].strip() if differ or "@@ end" not in text else "", end="")
    print(*re.findall(r"^@@ (kernel .*|chance: .*)$", text, re.MULTILINE), sep="\n")
    for name in set(found) - set(differ):
        print(f"known: {name}: {OLDER_KERNEL[name]}")
    agreeing = {kind: sum(name.startswith(kind) for name in agree) for kind in ("litmus/", "scenario ", "lesson ")}
    print(f"agree: {agreeing['litmus/']} of {programs} litmus programs, {agreeing['scenario ']} of {len(scenarios)} "
          f"scenarios, {agreeing['lesson ']} of {len(lessons)} lessons; differ: {', '.join(differ) or 'none'}")
    judged = programs + len(scenarios) + len(lessons) + 1  # the last: nothing is left
    whole = "@@ end" in text and len(agree) + len(found) == judged
    if not whole:
        print("the guest did not come to its end")
    return 0 if whole and not differ else 1


if __name__ == "__main__":
    sys.exit(main())
