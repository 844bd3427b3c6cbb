#!/usr/bin/env python3
"""Runs clang-tidy over what we compile, as .clang-tidy says: check_tidy.py BUILD_FOLDER [--all | FILE…]

It stands for a build with clang: what clang refuses or warns about is found as well, in the tests only that. A file
that was clean is not looked at again until it or .clang-tidy changes; a header that changes is looked at through one
file that includes it. What was clean is known from this build folder's stamps, and in a fresh clone from
tests/tidy/clean_at: the commit at which all files were looked at and clean (clang-tidy takes two CPU hours for all of
them). --all looks at every file, as does a clone without that commit.
Exit status 77 (skipped) when clang-tidy is not installed.
"""

import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLANG_TIDY = "clang-tidy-14"
ROOMS = {"base", "trace", "spec", "sim", "real", "viz", "scenarios", "lessons", "app"}
# The build's compiler is g++, whose warning options clang does not all know.
OPTIONS = ["--quiet", "--extra-arg=-Wno-unknown-warning-option"]
# One real check beside them (a cheap one): without any clang-tidy refuses to start.
ONLY_WARNINGS = ["--checks=-*,clang-diagnostic-*,modernize-use-override"]


# Options of g++ that clang takes for mistakes.
ONLY_GCC = ("-Winvalid-pch", "--param=ggc-")


def commands_of(build):
    """What compile_commands.json says of each file; a unity source (in app/) stands for those that it includes."""
    for command in json.loads((build / "compile_commands.json").read_text()):
        source = Path(command["file"])
        if source.parent.name != "Unity":
            yield command
            continue
        for included in re.findall(r'^#include "(.*)"$', source.read_text(), re.MULTILINE):
            yield {**command, "file": included, "command": command["command"].replace(str(source), included)}


def without_precompiled(build):
    """The folder of a compile_commands.json in which every file parses its own includes, and so must have them."""
    commands = list(commands_of(build))
    for command in commands:
        words = command["command"].split()
        while "-include" in words:
            at = words.index("-include")
            del words[at:at + 2]
        command["command"] = " ".join(word for word in words if not word.startswith(ONLY_GCC))
    folder = build / "tidy"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(commands))
    return folder


def our_sources(build, only):
    """(source, object) of every file of our rooms and tests that the build compiles."""
    for command in commands_of(build):
        source = Path(command["file"])
        if not source.is_relative_to(ROOT):
            continue
        name = source.relative_to(ROOT)
        if name.parts[0] in ROOMS | {"tests"} and name.suffix == ".cpp" and (not only or str(name) in only):
            words = command["command"].split()
            yield name, build / words[words.index("-o") + 1]


def git(*words):
    run = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    return run.stdout if run.returncode == 0 else None


def changed_since_clean():
    """Our files that differ from the commit at which all were clean; None: that is not known, or another .clang-tidy."""
    marker = ROOT / "tests/tidy/clean_at"
    commit = marker.read_text().split()[0] if marker.exists() else ""
    changed = git("diff", "--name-only", commit, "--") if commit else None
    added = git("ls-files", "--others", "--exclude-standard")
    if changed is None or added is None or ".clang-tidy" in changed.split():
        return None
    return {str(ROOT / name) for name in changed.split() + added.split()}


def includes_by_object(build):
    """What each object of the build was made from: ninja's own record."""
    run = subprocess.run(["ninja", "-C", str(build), "-t", "deps"], capture_output=True, text=True, check=False)
    made_from, now = {}, None
    for line in run.stdout.splitlines():
        if line.startswith("    "):
            made_from[now].add(os.path.normpath(build / line.strip()))
        elif ":" in line:
            now = Path(os.path.normpath(build / line.split(":")[0]))
            made_from[now] = set()
    # With a precompiled header an object is made from that alone; what it holds is noted there.
    for objects in made_from.values():
        for name in [name for name in objects if Path(name) in made_from]:
            objects |= made_from[Path(name)]
    return made_from


def names_it(header, name):
    return f'#include "{os.path.relpath(header, ROOT)}"' in (ROOT / name).read_text()


def touched(build, sources):
    """Of the sources those that have changed since all were clean, and for each changed header one that includes it."""
    changed = changed_since_clean()
    if changed is None:
        return sources
    made_from = includes_by_object(build)
    # An object that ninja knows nothing of has not been built: better looked at than not.
    chosen = [(name, made) for name, made in sources if not made_from.get(made) or str(ROOT / name) in changed]
    joined = {}  # into one object
    for name, made in sources:
        joined.setdefault(made, []).append((name, made))
    for header in sorted(name for name in changed if not name.endswith(".cpp")):
        having = [made for made in joined if header in made_from.get(made, set())]
        shown_by = [(name, made) for made in having for name, _ in joined[made]
                    if len(joined[made]) == 1 or names_it(header, name)]
        if not any(source in chosen for source in shown_by):
            # Where none of a joined object names it, it comes with another header: to which of them is not known.
            chosen += shown_by[:1] or [source for made in having[:1] for source in joined[made] if source not in chosen]
    return chosen


def is_clean_still(stamp, made):
    if not stamp.exists() or not made.exists():
        return False
    newest = max(made.stat().st_mtime, (ROOT / ".clang-tidy").stat().st_mtime)
    return stamp.stat().st_mtime > newest


def check(folder, name, made):
    """None when the file is clean, else what clang-tidy says."""
    stamp = folder / f"{name}.clean"
    if is_clean_still(stamp, made):
        return None
    options = OPTIONS + (ONLY_WARNINGS if name.parts[0] == "tests" else [])
    run = subprocess.run([CLANG_TIDY, "-p", str(folder), *options, str(ROOT / name)], capture_output=True, text=True,
                         check=False)
    if run.returncode != 0:
        # A line for each finding; the code around it and clang-tidy's reckonings would be pages.
        findings = [line for line in run.stdout.splitlines() if " error: " in line or " warning: " in line]
        return "\n".join(findings).replace(f"{ROOT}/", "") or run.stderr
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.touch()
    return None


def main():
    if not shutil.which(CLANG_TIDY):
        print(f"{CLANG_TIDY} is not installed (tools/setup --tests installs it)")
        return 77
    build = Path(sys.argv[1]).resolve()
    only = [name for name in sys.argv[2:] if name != "--all"]
    sources = list(our_sources(build, only))
    if not sources:
        print(f"{build}/compile_commands.json names no file of ours")
        return 1
    known = len(sources)
    if len(sys.argv) == 2:
        sources = touched(build, sources)
    folder = without_precompiled(build)
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("CUTAWAY_JOBS") or os.cpu_count())) as pool:
        answers = list(pool.map(lambda source: check(folder, *source), sources))
    dirty = [answer for answer in answers if answer is not None]
    print("\n".join(dirty + [f"{len(sources)} of {known} files looked at, {len(dirty)} with findings"]))
    return 1 if dirty else 0


if __name__ == "__main__":
    sys.exit(main())
