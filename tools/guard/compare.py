"""What is different between two snapshots, and whose doing it can be."""

import re

CLOCK_TOLERANCE = 0.5  # seconds
OURS = re.compile(r"/cutaway-test-|/cutaway(/|$)")  # in names of cgroups


def differences(before, after, signals=()):
    """(failures, notes), a line each. `signals`: "pid starttime" of every process that we sent a signal."""
    failures, notes = [], []
    for kind, old in before.items():
        new = after[kind]
        if isinstance(old, str) or isinstance(new, str):
            notes.append(f"{kind}: {old if isinstance(old, str) else new}")
            continue
        judge = JUDGES.get(kind, by_default)
        for name in sorted(set(old) | set(new)):
            if old.get(name) != new.get(name):
                verdict = judge(name, old.get(name), new.get(name), signals)
                if verdict is not None:
                    (failures if verdict else notes).append(line_of(kind, name, old.get(name), new.get(name)))
    return failures, notes


def line_of(kind, name, old, new):
    if old is None:
        return f"{kind}: new: {name} {new}"
    if new is None:
        return f"{kind}: gone: {name} {old}"
    return f"{kind}: changed: {name}: was {old!r}, is {new!r}"


# A judge says True: we may have done it, so it is a failure; False: others did it, worth a note; None: of no matter.


def by_default(_name, _old, _new, _signals):
    return True


def by_cgroup(name, old, new, _signals):
    """All that a guarded command started has ended when this is asked, so processes in a new folder are not ours;
    and a folder that had processes cannot be removed before they have ended, which is their owner's doing. An old
    folder of a test belongs to another run of the tests, which has removed it; an old empty one of cutaway is what a
    killed run left, and any later run sweeps that away (real/prune.cpp)."""
    if old is None:
        return "populated" not in new.split()
    if new is None:
        return "populated" not in old.split() and not OURS.search(name)
    return True if old.split()[1:] != new.split()[1:] else None


def by_clock(_name, old, new, _signals):
    return True if abs(float(old) - float(new)) > CLOCK_TOLERANCE else None


def by_process(name, old, new, signals):
    """New ones are others' business. One that has gone is ours only when we sent it a signal; one that had lived for
    long is worth a note."""
    if old is None or new is not None:
        return None
    return True if name in signals else False if old.startswith("long-lived") else None


JUDGES = {"cgroup": by_cgroup, "clock": by_clock, "process": by_process}
