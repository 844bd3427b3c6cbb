"""Sees that a command leaves the machine as it was.

  guard run [--own-mounts] [--verdict FILE] [--settle SECONDS] COMMAND…
                                                       between two looks; the command's status, or 99 for a difference
  guard snapshot FILE                                  the first look
  guard compare FILE                                   the second; status 1 for a difference

With --verdict the lines go to FILE and the status stays the command's. --own-mounts is for tests: the command gets a
mount namespace, private to the machine but shared in itself, as a usual host's mounts are, so that a forgotten
MS_PRIVATE shows; it needs root, and without root the command is skipped, as GoogleTest skips, others by status 77.

Everything that the command started is ended with it. Who sends signals to tasks that it did not fork appends a line
"pid starttime signal" to the file that CUTAWAY_SIGNAL_LOG names: one to a process of others that then ended fails.
"""

import argparse
import ctypes
import json
import os
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import compare  # noqa: E402  (beside this file)
import snapshot  # noqa: E402

STATUS_DIFFERENT, STATUS_SKIPPED = 99, 77
SETTLE = 3.0  # seconds that a difference must last: others make and remove things all the time (--settle)
CLONE_NEWNS, MS_REC, MS_PRIVATE, MS_SHARED = 0x20000, 0x4000, 1 << 18, 1 << 20
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36

libc = ctypes.CDLL(None, use_errno=True)


def call(name, *arguments):
    if getattr(libc, name)(*arguments) != 0:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")


def own_mounts():
    call("unshare", CLONE_NEWNS)
    call("mount", None, b"/", None, MS_REC | MS_PRIVATE, None)
    call("mount", None, b"/", None, MS_REC | MS_SHARED, None)


def start(command, prepare):
    """The child dies with us: a test runner that has waited too long kills us only."""
    child = os.fork()
    if child:
        return child
    try:
        call("prctl", PR_SET_PDEATHSIG, signal.SIGKILL)
        for ignored in (signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ):  # by us, and python ignores the other two
            signal.signal(ignored, signal.SIG_DFL)
        prepare()
        os.execvp(command[0], command)
    except OSError as error:
        print(f"guard: {command[0]}: {error}", file=sys.stderr, flush=True)
    os._exit(127)


def status_of(child):
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code if code >= 0 else 128 - code


def end_leftovers():
    """Ends what the command left running (as its subreaper we are the parent of all of it), and tells of it."""
    told = []
    patience = time.monotonic() + 2
    while has_children():
        if time.monotonic() > patience:
            for pid in children():
                told.append(f"process: left running: {pid} {name_of(pid)}")
                signal.pidfd_send_signal(os.pidfd_open(pid), signal.SIGKILL)
                os.waitpid(pid, 0)
        time.sleep(0.01)
    return told


def has_children():
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
        return True
    except ChildProcessError:
        return False


def children():
    me = str(os.getpid())
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if snapshot.read_text(f"/proc/{pid}/stat").rpartition(")")[2].split()[1] == me:
                yield int(pid)
        except (FileNotFoundError, ProcessLookupError):
            pass


def name_of(pid):
    try:
        return snapshot.read_text(f"/proc/{pid}/comm").strip()
    except (FileNotFoundError, ProcessLookupError):
        return "?"


def lasting_differences(before, settle, signals=()):
    """Those that are there at every look for a while. Without any the first look is enough."""
    end = time.monotonic() + settle
    failures, notes = compare.differences(before, snapshot.take(), signals)
    while failures and time.monotonic() < end:
        time.sleep(0.25)
        again, notes = compare.differences(before, snapshot.take(), signals)
        failures = [line for line in again if line in failures]
    return failures, notes


def skip(reason, command):
    """As the command would say it: in GoogleTest's words, or by its status and last line."""
    if any(word.startswith("--gtest_") for word in command):
        print(f"guard: Skipped\n{reason}\n\n[  SKIPPED ]")
        return 0
    print(reason)
    return STATUS_SKIPPED


def why_not(options):
    """Why a command with mounts of its own cannot run here."""
    if not options.own_mounts:
        return None
    if os.geteuid() != 0:
        return "system tests need root"
    probe = start(["true"], own_mounts)
    return None if status_of(probe) == 0 else "a mount namespace of our own is not allowed here"


def run(options):
    options.command = options.command[options.command[0] == "--":]
    if "--gtest_list_tests" in options.command:
        os.execvp(options.command[0], options.command)
    before = snapshot.take()
    call("prctl", PR_SET_CHILD_SUBREAPER, 1)
    reason = why_not(options)
    if reason:
        return skip(reason, options.command)
    # Ctrl-C is for the command; we look at what it leaves.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with tempfile.NamedTemporaryFile("r", prefix="cutaway-guard-") as log:
        os.environ["CUTAWAY_SIGNAL_LOG"] = log.name
        status = status_of(start(options.command, own_mounts if options.own_mounts else lambda: None))
        left = end_leftovers()
        signals = {" ".join(line.split()[:2]) for line in log}
    failures, notes = lasting_differences(before, options.settle, signals)
    return report(options, status, left + failures, notes)


def report(options, status, failures, notes):
    for line in notes:
        print(f"guard: others: {line}", file=sys.stderr)
    for line in failures:
        print(f"guard: {line}", file=sys.stderr)
    if not options.verdict:
        return STATUS_DIFFERENT if failures else status
    with open(options.verdict, "w", encoding="utf-8") as verdict:
        verdict.writelines(f"{line}\n" for line in failures)
    return status


def save(options):
    with open(options.file, "w", encoding="utf-8") as file:
        json.dump(snapshot.take(), file)
    return 0


def compare_with(options):
    with open(options.file, encoding="utf-8") as file:
        before = json.load(file)
    failures, notes = lasting_differences(before, SETTLE)
    options.verdict = None
    return 1 if report(options, 0, failures, notes) else 0


def parse(arguments):
    parser = argparse.ArgumentParser(prog="guard")
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("run")
    verb.add_argument("--own-mounts", action="store_true")
    verb.add_argument("--verdict")
    verb.add_argument("--settle", type=float, default=SETTLE)
    verb.add_argument("command", nargs=argparse.REMAINDER)
    verb.set_defaults(do=run)
    for name, do in (("snapshot", save), ("compare", compare_with)):
        verb = verbs.add_parser(name)
        verb.add_argument("file")
        verb.set_defaults(do=do)
    options = parser.parse_args(arguments)
    if getattr(options, "command", None) in ([], ["--"]):
        parser.error("run what?")
    return options


def main():
    options = parse(sys.argv[1:])
    return options.do(options)


if __name__ == "__main__":
    sys.exit(main())
