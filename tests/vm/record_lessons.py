#!/usr/bin/env python3
"""Records the runs of lessons in the guest, and puts each into its lesson's folder as real.cut.

usage: record_lessons.py PROGRAM_FOLDER SOURCE_FOLDER BUILD_FOLDER [FOLDER …]

A recording shows the machine on which it was made, its processes and mounts: so it is made on one that is nobody's,
and like those on which docker runs today (cgroup v2). One that does not agree with the simulated run is not kept; a
lesson waits by clocks, so it is tried three times.
"""
import base64
import json
import pathlib
import re
import shutil
import sys
import tempfile

from guest import Guest

SECONDS = 1800
SCRIPT = """
program=/opt/cutaway/cutaway
cd /
for each in {folders}; do
  for try in 1 2 3; do
    $program lesson record /given/$each > /tmp/out 2>&1 &&
      $program compare --lesson /given/$each --recorded > /tmp/out 2>&1 && {{
        echo; echo "@@ recorded $each"; base64 /given/$each/real.cut; echo "@@ end of $each"; break; }}
    echo "@@ differs $each: $(tail -1 /tmp/out)"
    grep -B6 'unexplained:\\|simulator_wrong:' /tmp/out | head -40
  done
done
"""


def folders_for_real(content):
    for path in sorted(content.glob("*/lesson.json")):
        if "real" in json.loads(path.read_text(encoding="utf-8")).get("sides", []):
            yield path.parent.name


def main():
    program, source, build, *asked = sys.argv[1:]
    content = pathlib.Path(source) / "lessons/content"
    folders = asked or list(folders_for_real(content))
    guest = Guest(build)
    guest.kernel()
    with tempfile.TemporaryDirectory() as work:
        for folder in folders:
            shutil.copytree(content / folder, f"{work}/{folder}")
        guest.fill(program, work)
    text = guest.boot(SCRIPT.format(folders=" ".join(folders)), seconds=SECONDS)
    kept = []
    recorded = re.compile(r"^@@ recorded (\S+)\n(.*?)^@@ end of \S+\n", re.MULTILINE | re.DOTALL)
    for folder, data in recorded.findall(text):
        (content / folder / "real.cut").write_bytes(base64.b64decode(data))
        kept.append(folder)
    print("recorded: " + " ".join(kept))
    missing = sorted(set(folders) - set(kept))
    if missing:
        print(recorded.sub("", text)[-6000:] + "\nnot recorded: " + " ".join(missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
