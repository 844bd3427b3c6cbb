#!/usr/bin/env python3
"""The real runtime beside its peers: alternating runs, ratios of medians.

usage: real_bench.py PROGRAM [ROUNDS]     as root; needs crun, bwrap and strace

`docker run --rm busybox true` by cutaway (record, overlay, cgroups, shim, clean-up) beside crun and bwrap on the same
files; the same traced beside strace -f of the shim's tree. Everything happens in a mount namespace of its own, without
the v2 hierarchy of a hybrid machine, which crun refuses.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def enter_own_mounts():
    if os.environ.get("CUTAWAY_BENCH_INSIDE"):
        return
    script = "mount --make-rprivate /; umount /sys/fs/cgroup/unified 2>/dev/null; exec \"$@\""
    os.execvpe("unshare", ["unshare", "-m", "sh", "-c", script, "sh", sys.executable, *sys.argv],
               {**os.environ, "CUTAWAY_BENCH_INSIDE": "1"})


def make_bundle(folder, rootfs):
    subprocess.run(["crun", "spec"], cwd=folder, check=True)
    config = json.loads((folder / "config.json").read_text())
    config["process"]["args"] = ["/bin/true"]
    config["process"]["terminal"] = False
    config["root"] = {"path": str(rootfs), "readonly": False}
    config["linux"]["cgroupsPath"] = "/cutaway-bench"
    (folder / "config.json").write_text(json.dumps(config))


def measured(command, env):
    # Whoever moves the first task to a cgroup after a pause waits for the kernel's grace period (percpu_rw_semaphore):
    # each is to pay that by itself.
    time.sleep(0.1)
    start = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def alternating(commands, env, rounds):
    times = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(measured(command, env))
    return {name: statistics.median(values) for name, values in times.items()}


def table(medians, against):
    for name, value in medians.items():
        print(f"  {name:34} {value * 1000:8.1f} ms   {value / medians[against]:5.2f} x {against}")


def helper_figures(program, env, folder):
    """System calls of the helper's tasks (shim, runtime, init) and their peak memory."""
    trace = folder / "t.jsonl"
    subprocess.run([program, "real", "-q", "--trace", str(trace), "--", "docker", "run", "--rm", "busybox", "true"],
                   env=env, check=True, capture_output=True)
    events = [json.loads(line) for line in trace.read_text().splitlines()[1:]]
    calls = [e for e in events if e["kind"] == "syscall"]
    own = [e for e in calls if e["task"]["role"] in ("shim", "runtime", "init") and e.get("step") != "shim.start"]
    print(f"  system calls of shim, runtime and init: {len(own)} of {len(calls)} in all")
    helper = pathlib.Path(program).resolve().parent / "cutaway-runtime"
    print(f"  helper: {helper.stat().st_size} bytes, one page of stack and a table of "
          f"{len([e for e in own])} calls; peak memory below")
    peak = subprocess.run(["/usr/bin/python3", "-c",
                           "import resource,subprocess,sys\nsubprocess.run(sys.argv[1:])\n"
                           "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)", str(helper)],
                          capture_output=True, text=True)
    print(f"  peak of the helper by itself: {peak.stdout.split()[-1]} KiB (of a fork of the measuring program at least)")


def main():
    if os.geteuid() != 0:
        sys.exit("real_bench: needs root")
    for peer in ("crun", "bwrap", "strace"):
        if shutil.which(peer) is None:
            sys.exit(f"real_bench: {peer} is missing: apt-get install crun bubblewrap strace")
    enter_own_mounts()
    program, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cutaway-bench-"))
    env = {**os.environ, "CUTAWAY_STATE": str(folder / "state")}
    try:
        run = [program, "real", "-q", "--", "docker", "run", "--rm", "busybox", "true"]
        measured(run, env)
        rootfs = next((folder / "state" / "layers").glob("*/diff"))
        for name in ("proc", "sys", "dev"):
            (rootfs / name).mkdir(exist_ok=True)
        make_bundle(folder, rootfs)
        peers = {"cutaway": run,
                 "crun": ["crun", "--root", str(folder / "crun"), "run", "-b", str(folder), "bench"],
                 "bwrap": ["bwrap", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net", "--bind",
                           str(rootfs), "/", "--proc", "/proc", "--dev", "/dev", "/bin/true"]}
        print(f"run /bin/true, untraced, {rounds} alternating rounds, medians")
        table(alternating(peers, env, rounds), "crun")
        busy = ["run", "--rm", "busybox", "sh", "-c", "i=0; while [ $i -lt 300 ]; do i=$((i+1)); (true); done"]
        traced = {"cutaway, untraced": [program, "real", "-q", "--", "docker", *busy],
                  "cutaway, traced": [program, "real", "-q", "--trace", str(folder / "t.cut"), "--", "docker", *busy],
                  "cutaway, strace -f": ["strace", "-f", "-o", str(folder / "s.txt"), program, "real", "-q", "--",
                                         "docker", *busy]}
        print("300 subshells in a container, tracing and World included")
        table(alternating(traced, env, max(3, rounds // 8)), "cutaway, untraced")
        print("the helper")
        helper_figures(program, env, folder)
    finally:
        subprocess.run([program, "prune"], env=env, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


main()
