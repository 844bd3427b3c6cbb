#!/usr/bin/env python3
"""Checks what docs/ARCHITECTURE.md says about rooms: who may include whom, and what must not be in a file at all.

usage: check_layers.py [ROOT]        prints FILE:LINE: [rule] what is wrong; exit status 1 when anything is

Each rule is one function below that yields (line number, message); RULES lists them. tests/tidy plants one violation
of each and proves that it is reported.
"""

import re
import sys
from pathlib import Path

# Which rooms a room may include, besides itself. Tests may include everything.
ALLOWED = {
    "base": set(),
    "trace": {"base"},
    "spec": {"base", "trace"},
    "sim": {"base", "trace", "spec"},
    "real": {"base", "trace", "spec"},
    "scenarios": {"base", "trace", "spec"},
    "lessons": {"base", "trace", "spec", "scenarios"},
    "viz": {"base", "trace", "spec", "lessons"},
    "app": {"base", "trace", "spec", "sim", "real", "viz", "scenarios", "lessons"},
}
# The other rooms' subfolders are private: only headers directly in the room are its front door.
PUBLIC_SUBFOLDERS = {"base", "trace", "spec"}
# Rooms that are the same everywhere: no clock, thread, file, socket or randomness of the machine.
PURE = {"trace", "spec", "sim", "viz", "lessons"}
IMGUI_FOLDERS = ("viz/draw/", "viz/panels/", "viz/theme/", "viz/input/", "viz/export/", "app/gui/", "tests/")
OS_FOLDERS = ("real/", "base/os/", "app/", "tests/")

OS_HEADERS = re.compile(
    r"(sys|linux|asm|net|netinet|arpa|bits)/.*|(unistd|fcntl|sched|signal|pthread|poll|dirent|pwd|grp|termios|dlfcn"
    r"|mntent|spawn|syscall|pty|netdb|ifaddrs|semaphore|mqueue|ucontext|utime|ftw|glob)\.h|csignal")
IMPURE_HEADERS = {
    "thread", "mutex", "shared_mutex", "condition_variable", "future", "stop_token", "semaphore", "latch", "barrier",
    "chrono", "ctime", "time.h", "random", "fstream", "filesystem", "iostream", "clocale", "locale",
    "cerrno", "errno.h",  # their numbers are different ones in wasm
}
IMPURE_CALLS = re.compile(
    r"(?<![\w.>:])(?:std::)?(fopen|freopen|tmpfile|getenv|system|rand|srand|time|clock|printf|puts|sleep|usleep)\s*\(")
LINE_LIMITS = {".cpp": 600, ".h": 250}
MARKERS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
# Packages come through the machine's own apt and npm; where those get them is nobody's business here.
REGISTRY_HOSTS = re.compile(
    r"\b((deb|security|snapshot|ftp\.\w+)\.debian\.org|registry\.npmjs\.org|pypi\.org|files\.pythonhosted\.org"
    r"|crates\.io|proxy\.golang\.org|rubygems\.org|repo1\.maven\.org)\b")

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
QUOTED_INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')
COMMENT_OR_STRING = re.compile(r'"(?:\\.|[^"\\])*"|//.*')


class File:
    """One text file: its path from the root, its lines, the room it lies in, and how long it may be (or None)."""

    def __init__(self, root, path, exceptions):
        self.root = root
        self.path = path.relative_to(root).as_posix()
        self.suffix = path.suffix
        self.room = self.path.split("/")[0]
        self.lines = path.read_text(encoding="utf-8").splitlines()
        self.line_limit = exceptions.get(self.path, LINE_LIMITS.get(self.suffix))

    def includes(self):
        """(line number, header) of every #include."""
        for number, line in enumerate(self.lines, 1):
            match = INCLUDE.match(line)
            if match:
                yield number, match.group(1)


def rooms_include_downwards(file):
    if file.room not in ALLOWED:
        return
    for number, header in file.includes():
        other = header.split("/")[0]
        if other in ALLOWED and "/" in header and other != file.room and other not in ALLOWED[file.room]:
            yield number, f"{file.room}/ must not include {other}/ ({header})"


def subfolders_are_private(file):
    if file.room not in ALLOWED:
        return
    for number, header in file.includes():
        other = header.split("/")[0]
        if other not in ALLOWED or other == file.room or other in PUBLIC_SUBFOLDERS:
            continue
        if header.count("/") > 1:
            yield number, f"{header} is private to {other}/: only headers directly in {other}/ are its front door"


def os_room_is_native(file):
    for number, header in file.includes():
        if header.startswith("base/os/") and not file.path.startswith(OS_FOLDERS):
            yield number, f"{header} is not built for the web: only {', '.join(OS_FOLDERS)} may include it"


def includes_start_at_the_top(file):
    if file.room not in ALLOWED and file.room != "tests":
        return
    for number, line in enumerate(file.lines, 1):
        match = QUOTED_INCLUDE.match(line)
        if not match or file.room == "tests" and ".." not in match.group(1):
            continue
        beside = file.root / Path(file.path).parent / match.group(1)
        if ".." in match.group(1) or beside.exists():
            yield number, f'write "{match.group(1)}" as a path from the top of the repository'


def imgui_stays_in_its_folders(file):
    if file.room not in ALLOWED or file.path.startswith(IMGUI_FOLDERS):
        return
    for number, header in file.includes():
        if re.fullmatch(r"(.*/)?(imgui\w*|imstb_\w+)\.h", header):
            yield number, f"{header} only in {', '.join(IMGUI_FOLDERS)}"


def os_headers_stay_in_their_folders(file):
    if file.room not in ALLOWED or file.path.startswith(OS_FOLDERS):
        return
    for number, header in file.includes():
        if OS_HEADERS.fullmatch(header):
            yield number, f"<{header}> only in {', '.join(OS_FOLDERS)}"


def one_includer_of_coroutine(file):
    if file.path == "base/coroutine.h":
        return
    for number, header in file.includes():
        if header in ("coroutine", "experimental/coroutine"):
            yield number, 'include "base/coroutine.h" instead: it also works for the web'


def pure_rooms_include_no_machine(file):
    if file.room not in PURE:
        return
    for number, header in file.includes():
        if header in IMPURE_HEADERS:
            yield number, f"<{header}> has no place in {file.room}/: no clocks, threads, files, locale, randomness"


def pure_rooms_call_no_machine(file):
    if file.room not in PURE or file.suffix not in LINE_LIMITS:
        return
    for number, line in enumerate(file.lines, 1):
        code = COMMENT_OR_STRING.sub("", line)
        for match in IMPURE_CALLS.finditer(code):
            # A function of our own that has such a name is declared with a type before it.
            before = code[:match.start()].split()
            if not before or before[-1] == "return" or not re.search(r"[\w>&*]$", before[-1]):
                yield number, f"{match.group(1)}() has no place in {file.room}/"


def files_are_short(file):
    if file.line_limit and len(file.lines) > file.line_limit:
        yield file.line_limit + 1, f"{len(file.lines)} lines, the limit is {file.line_limit} (exceptions: {EXCEPTIONS})"


def nothing_is_left_over(file):
    for number, line in enumerate(file.lines, 1):
        match = MARKERS.search(line)
        if match:
            yield number, f"{match.group(1)}: do it, or file an issue"


def no_registry_hosts(file):
    for number, line in enumerate(file.lines, 1):
        match = REGISTRY_HOSTS.search(line)
        if match:
            yield number, f"host of a package registry: {match.group(1)}"


RULES = [
    rooms_include_downwards, subfolders_are_private, os_room_is_native, includes_start_at_the_top,
    imgui_stays_in_its_folders, os_headers_stay_in_their_folders, one_includer_of_coroutine,
    pure_rooms_include_no_machine, pure_rooms_call_no_machine, files_are_short, nothing_is_left_over,
    no_registry_hosts,
]

EXCEPTIONS = "tools/long_files.txt"
TEXT_SUFFIXES = {".cpp", ".h", ".c", ".in", ".cmake", ".txt", ".json", ".py", ".sh", ".md", ".yml", ""}
SKIPPED_FOLDERS = {"build", ".git", "node_modules", "__pycache__"}


def read_exceptions(root):
    """Lines `path limit reason`; a line without a reason is an error, and so is a path that is gone."""
    exceptions, problems = {}, []
    path = root / EXCEPTIONS
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split(maxsplit=2)
        if len(words) < 3 or not words[1].isdigit() or not (root / words[0]).exists():
            problems.append(f"{EXCEPTIONS}:{number}: [exceptions] expected: existing-file limit reason")
        else:
            exceptions[words[0]] = int(words[1])
    return exceptions, problems


def text_files(root, exceptions):
    pending = [root]
    while pending:
        for path in sorted(pending.pop().iterdir()):
            if path.is_symlink():
                continue
            if path.is_dir():
                if path.name not in SKIPPED_FOLDERS:
                    pending.append(path)
            elif path.suffix in TEXT_SUFFIXES:
                try:
                    yield File(root, path, exceptions)
                except UnicodeDecodeError:
                    pass  # not a text after all


def check(root):
    """All violations in the tree, as lines of text."""
    exceptions, violations = read_exceptions(root)
    for file in text_files(root, exceptions):
        for rule in RULES:
            violations += [f"{file.path}:{line}: [{rule.__name__}] {message}" for line, message in rule(file)]
    return violations


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    violations = check(root)
    print("\n".join(violations + [f"{len(violations)} violations of {len(RULES)} rules"]))
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
