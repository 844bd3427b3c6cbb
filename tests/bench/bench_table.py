#!/usr/bin/env python3
"""Runs the benchmarks and divides each by its peer of the same run: bench_table.py PROGRAM [--smoke]

Times of a machine say little; a ratio to something known, taken in the same minute, says more. --smoke runs each once
and looks only whether all results are right (never at times).
"""

import json
import subprocess
import sys

# name: what an item is, what ours does, what the peer does. A number as a peer is a limit, in items per second.
PAIRS = {
    "append": ("events", "append to a trace and apply to its World", "memcpy of the same records"),
    "seek": ("seeks", "the World at any position", "replay from the beginning"),
    "write": ("bytes", "trace to .cut", "lz4 of the same bytes"),
    "read": ("bytes", ".cut to trace", "lz4 of the same bytes"),
    "frame": ("frames", "World to scene to draw list", 60),
    "live": ("events", "from the agent's trace to the watcher's", 20),
    "run": ("commands", "docker run --rm busybox true, simulated with trace", 500),
    "undo": ("undos", "1,000 such commands taken back", 10),
    "lesson": ("lessons", "from its choice to its first page, the slowest of all", 1),
    "kernel": ("calls", "of a program: files, a pipe, children; simulated with trace", 2_000_000),
    "containers": ("runs", "1,000 containers of 10 tasks: all started, all run, all ended", 0.5),
    "calls": ("calls", "simulated, with effects and events", "getpid of this kernel"),
}
NAMES = [f"{name}/{side}" for name, (_, _, peer) in PAIRS.items() for side in ("ours", "peer")
         if side == "ours" or isinstance(peer, str)]


def measure(program, options):
    """Items per second of cpu by name; the median of what was repeated."""
    done = subprocess.run([program, "--benchmark_format=json", *options], stdout=subprocess.PIPE, check=True)
    rows = json.loads(done.stdout)["benchmarks"]
    wrong = [row["name"] for row in rows if row.get("error_occurred")]
    if wrong:
        raise SystemExit(f"bench: wrong results: {', '.join(wrong)}")
    rates = {"/".join(row["run_name"].split("/")[:2]): row["items_per_second"]  # without what benchmark adds to the name
             for row in rows if row.get("aggregate_name", "median") == "median"}
    if sorted(rates) != sorted(NAMES):
        raise SystemExit(f"bench: {sorted(NAMES)} were expected, not {sorted(rates)}")
    return rates


def figure(rate):
    for unit, size in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if rate >= size:
            return f"{rate / size:.1f} {unit}"
    return f"{rate:.1f}"


def table(rates):
    yield f"{'':11}{'ours':>11}{'peer':>11}{'ratio':>10}"
    for name, (item, ours, peer) in PAIRS.items():
        mine = rates[f"{name}/ours"]
        other = rates[f"{name}/peer"] if isinstance(peer, str) else peer
        against = peer if isinstance(peer, str) else f"{peer} a second"
        yield f"{name:11}{figure(mine):>11}{figure(other):>11}{mine / other:>10.3g}  {item}/s: {ours}; against {against}"


def main():
    program, smoke = sys.argv[1], "--smoke" in sys.argv[2:]
    if smoke:
        print(f"{len(measure(program, ['--benchmark_min_time=0']))} benchmarks have right results")
        return
    options = ["--benchmark_repetitions=5", "--benchmark_enable_random_interleaving=true", "--benchmark_min_time=0.2"]
    print("\n".join(table(measure(program, options))))


if __name__ == "__main__":
    main()
