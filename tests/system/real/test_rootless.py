"""As an ordinary user: containers in a user namespace, and one clear line for what only root can do."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

import real

NOBODY = 65534


class AsUser(real.RealTest):
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}

    def setUp(self):
        super().setUp()
        os.chown(self.folder, NOBODY, NOBODY)
        self.env["HOME"] = str(self.folder)

    def tearDown(self):
        ids = [p.name for p in self.state.glob("containers/*")]
        super().tearDown()
        self.assertEqual([pid for each in ids for pid in self.members(each)], [])

    def members(self, container):
        """Processes whose mount table names the container's folder: it has no cgroup."""
        found = []
        for mounts in pathlib.Path("/proc").glob("[0-9]*/mountinfo"):
            try:
                if f"/overlay2/{container}/" in mounts.read_text():
                    found.append(int(mounts.parent.name))
            except OSError:
                pass
        return found

    def trace_of(self, *words, status=0):
        file = self.folder / "t.jsonl"
        self.cutaway("real", "-q", "--trace", str(file), *words, status=status)
        return [json.loads(line) for line in file.read_text().splitlines()[1:]]

    def in_shell(self, script):
        """The same command, behind what root's shell does to a mount table of its own."""
        return subprocess.run(["unshare", "-m", "--propagation", "private", "sh", "-c", script], env=self.env,
                              capture_output=True, text=True, timeout=60)


class Run(AsUser):
    def test_says_what_it_is_told(self):
        _, out, _ = self.docker("run", "busybox", "echo", "hi", "there", status=0)
        self.assertEqual(out, "hi there\n")
        self.assertEqual(self.state_of(self.docker("ps", "-aq", "--no-trunc")[1].strip())["root"], "overlay")

    def test_is_root_in_there_and_itself_out_here(self):
        _, out, _ = self.docker("run", "--rm", "busybox", "sh", "-c",
                                "id -u; cat /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups; echo $$", status=0)
        self.assertEqual(out.split(), ["0", "0", str(NOBODY), "1", "0", str(NOBODY), "1", "deny", "1"])
        self.docker("run", "-d", "--name", "dd", "busybox", "sleep", "60", status=0)
        status = pathlib.Path(f"/proc/{self.state_of('dd')['init']['pid']}/status").read_text()
        self.assertRegex(status, rf"Uid:\t{NOBODY}\t{NOBODY}\t{NOBODY}\t{NOBODY}\n")
        self.assertIn("CapEff:\t00000000a80425fb", status)
        self.assertIn("Seccomp:\t2", status)

    def test_what_it_sees(self):
        _, out, _ = self.docker("run", "--rm", "--hostname", "box", "busybox", "sh", "-c",
                                "hostname; cat /etc/hostname; echo x > /dev/null; ls /proc/1/comm; ls /sys/class/net; "
                                "echo x > /proc/sys/kernel/domainname; wc -c < /proc/keys", status=0)
        self.assertEqual(out.split(), ["box", "box", "/proc/1/comm", "lo", "0"])

    def test_the_hosts_network(self):
        _, out, err = self.docker("run", "--rm", "--network", "host", "busybox", "sh", "-c",
                                  "readlink /proc/self/ns/net; touch /sys/x")
        self.assertEqual(out, os.readlink("/proc/self/ns/net") + "\n")
        self.assertIn("Read-only file system", err)

    def test_a_terminal(self):
        _, out, _ = self.docker("run", "--rm", "-t", "busybox", "sh", "-c", "test -t 0 && ls -l /dev/console", status=0)
        self.assertIn("/dev/console", out)

    def test_what_only_root_can_do_is_said(self):
        for flag, what in (("-m=64m", "limit memory"), ("--cpus=1", "limit cpus"), ("--pids-limit=9", "limit processes"),
                           ("--user=1000", "run as user '1000'"), ("--user=0:5", "run as user '0:5'")):
            code, out, err = self.docker("run", flag, "busybox", "true")
            self.assertEqual((code, out), (1, ""), flag)
            self.assertRegex(err, f"^cutaway: cannot {what} without root: .*\n$")
        self.docker("run", "--rm", "--user", "root", "busybox", "true", status=0)

    def test_the_plan_is_the_one_that_is_run(self):
        _, out, _ = self.cutaway("real", "--plan", "--", "docker", "run", "busybox", "true", status=0)
        steps = set(re.findall(r"^[0-9]+\. ([a-z.]+) ", out, re.M))
        self.assertLessEqual({"userns.clone", "map.setgroups", "map.gid", "map.uid", "mnt.overlay"}, steps)
        self.assertFalse(steps & {"ns.clone", "cg.create", "rootfs.umount"}, steps)
        self.assertIn(f"0 {NOBODY} 1", out)
        _, _, err = self.cutaway("real", "--plan", "--", "docker", "run", "-m", "64m", "busybox", "true", status=1)
        self.assertIn("cutaway: cannot limit memory without root", err)
        self.assertIn("ns.clone", self.cutaway("sim", "--plan", "--", "docker", "run", "busybox", "true", status=0)[1])

    def test_an_image_for_another_user(self):
        scenario = {"cutaway_scenario": 1, "id": "user", "title": "user", "sides": ["real"],
                    "images": [{"ref": "u:latest", "layers": [{"files": {"/bin/busybox": {"program": "busybox"}}}],
                                "config": {"User": "33"}}],
                    "do": [{"docker": "run u /bin/busybox true", "as": "r1"}],
                    "expect": [{"of": "r1", "exit": 125, "stderr_has": "cannot run as user '33' without root"}]}
        file = self.folder / "s.json"
        file.write_text(json.dumps(scenario))
        code, out, err = self.cutaway("real", str(file), "--json")
        self.assertEqual(code, 0, out + err)

    def test_files_of_others_belong_to_root_and_all_can_be_removed(self):
        _, out, _ = self.docker("run", "--name", "ff", "busybox", "sh", "-c",
                                "mkdir -p /a/b && touch /a/b/c && chmod 0 /a/b && chmod 500 /a; chown 33 /a; echo $?", status=0)
        self.assertEqual(out, "1\n")  # no such user here: EINVAL
        self.docker("rm", "ff", status=0)
        self.assertEqual(list(self.state.glob("overlay2/*")), [])

    def test_layers_delete_what_is_below(self):
        busybox = {"/bin/busybox": {"program": "busybox"}, "/d/one": {"text": "1"}, "/d/two": {"text": "2"}, "/e/one": {"text": "1"}}
        scenario = {"cutaway_scenario": 1, "id": "wh", "title": "wh", "sides": ["real"],
                    "images": [{"ref": "w:latest", "layers": [
                        {"files": busybox},
                        {"files": {"/d/.wh.one": {"text": ""}, "/e/.wh..wh..opq": {"text": ""}, "/e/two": {"text": "2"}}}]}],
                    "do": [{"docker": "run w /bin/busybox ls /d /e", "as": "r1"}],
                    "expect": [{"of": "r1", "exit": 0, "stdout": "/d:\ntwo\n\n/e:\ntwo\n"}]}
        file = self.folder / "s.json"
        file.write_text(json.dumps(scenario))
        code, out, err = self.cutaway("real", str(file), "--json")
        self.assertEqual(code, 0, out + err)

    def test_a_copy_of_the_layers(self):
        self.env["CUTAWAY_ROOT"] = "copy"
        self.docker("run", "--name", "cc", "busybox", "touch", "/kept", status=0)
        self.docker("start", "-a", "cc", status=0)
        self.assertEqual(self.state_of("cc")["root"], "copy")


class Life(AsUser):
    def test_detached_exec_stop_logs(self):
        self.docker("run", "-d", "--name", "dd", "busybox", "sh", "-c", "echo one; exec sleep 60", status=0)
        self.assertIn("Up", self.docker("ps", status=0)[1])
        _, out, _ = self.docker("exec", "dd", "sh", "-c", "id -u; hostname; ls /proc/1/comm; exit 4", status=4)
        self.assertEqual(out.split(), ["0", self.state_of("dd")["id"][:12], "/proc/1/comm"])
        self.docker("stop", "-t", "0", "dd", status=0)
        self.assertIn("Exited (137)", self.docker("ps", "-a", status=0)[1])
        self.assertEqual(self.docker("logs", "dd", status=0)[1], "one\n")

    def test_the_shim_killed(self):
        self.docker("run", "-d", "--name", "ss", "busybox", "sleep", "60", status=0)
        record = self.state_of("ss")
        os.kill(record["shim"]["pid"], signal.SIGKILL)
        self.wait_for(lambda: "Exited (137)" in self.docker("ps", "-a")[1])
        self.assertEqual(self.members(record["id"]), [])

    def test_the_program_killed_at_any_moment(self):
        self.docker("pull", "-q", "busybox", status=0)
        for ms in (5, 15, 30, 60, 120):
            run = self.start("real", "-q", "--", "docker", "run", "busybox", "sleep", "60")
            time.sleep(ms / 1000)
            run.kill()
            run.wait()
        ids = {p.name for p in self.state.glob("containers/*")} | {p.name for p in self.state.glob("run/*")}
        self.cutaway("prune", status=0)
        self.assertEqual(self.leftovers(), [])
        self.assertEqual([pid for each in ids for pid in self.members(each)], [])


class Traced(AsUser):
    def test_the_world_has_the_user_namespace_and_agrees_with_proc(self):
        events = self.trace_of("--", "docker", "run", "--rm", "busybox", "sh", "-c", "ls / > /dev/null; exit 3", status=3)
        notes = [e["text"] for e in events if e["kind"] == "note" and e["class"] == "check"]
        self.assertEqual(len(notes), 1, notes)
        self.assertRegex(notes[0], "^compared with /proc [0-9]{2,} times, 0 differences$")
        self.assertEqual([e["step"] for e in events if e["kind"] == "note" and e["class"] == "rootless"], ["userns.clone"])
        made = [e for e in events if e["kind"] == "ns" and e["op"] == "created"]
        self.assertEqual(made[0]["type"], "user")  # and the others belong to it
        self.assertEqual({e["owner"] for e in made[1:]}, {made[0]["id"]})
        steps = [e.get("step") for e in events]
        for step in ("map.setgroups", "map.gid", "map.uid", "mnt.overlay"):
            self.assertIn(step, steps)
        for step in ("ns.clone", "cg.create", "rootfs.overlay", "rootfs.umount"):
            self.assertNotIn(step, steps)
        at = next(e["n"] for e in events if e["kind"] == "syscall" and e["name"] == "pivot_root")
        _, out, _ = self.cutaway("world", str(self.folder / "t.jsonl"), "--at", str(at), "--pointer", "/namespaces", status=0)
        users = [ns for ns in json.loads(out).values() if ns["type"] == "user"]
        self.assertEqual([ns["uid_map"] for ns in users][1:], [[{"inside": 0, "outside": NOBODY, "count": 1}]])

    def test_so_does_an_exec(self):
        events = self.trace_of("-e", "docker run -d --name dd busybox sleep 60", "-e", "docker exec dd true", "-e",
                               "docker rm -f dd")
        notes = [e["text"] for e in events if e["kind"] == "note" and e["class"] == "check"]
        self.assertEqual(len(notes), 1, notes)
        joined = [e["type"] for e in events if e["kind"] == "ns" and e["op"] == "joined" and e["step"] == "ns.join"]
        self.assertEqual(joined[0], "user")

    def test_compare_explains_every_difference(self):
        code, out, err = self.cutaway("compare", "run-echo", "--json")
        found = json.loads(out)
        self.assertEqual([r for r in found["rows"] if r["class"] in ("unexplained", "simulator_wrong")], [])
        self.assertIn("rootless", {r["class"] for r in found["rows"]})
        self.assertEqual(found["fidelity"]["workload_ppm"], 1000000)
        self.assertEqual(code, 0, err)


class Refused(AsUser):
    def run_as(self, before):
        return self.in_shell(f"{before} setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups "
                             f"{real.PROGRAM} real -q -- docker run busybox true")

    def test_a_proc_that_is_covered_in_part(self):
        done = self.run_as("mount --bind /dev/null /proc/timer_list &&")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr, "^cutaway: cannot run containers on this Linux without root: mount a /proc of its own "
                                      r".*covered in part.*EPERM \(Operation not permitted\)")

    def nested(self, before):
        """As root of a user namespace, whose limits are its own."""
        words = [real.PROGRAM, "real", "-q", "--", "docker", "run", "--rm", "busybox", "echo", "hi"]
        script = before + ' exec "$@"'
        return subprocess.run(["unshare", "-Ur", "sh", "-c", script, "sh", *words], env=self.env, capture_output=True,
                              text=True, timeout=60, **self.user)

    def test_no_user_namespace_to_be_had(self):
        done = self.nested("echo 0 > /proc/sys/user/max_user_namespaces;")
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        self.assertRegex(done.stderr, "^cutaway: cannot run containers on this Linux without root: "
                                      r"unshare\(CLONE_NEWUSER\): ENOSPC .*max_user_namespaces = 0")

    def test_root_of_a_user_namespace_is_an_ordinary_user(self):
        done = self.nested("")
        self.assertEqual((done.returncode, done.stdout), (0, "hi\n"), done.stderr)

    def test_the_doctor_says_the_same(self):
        _, out, _ = self.cutaway("doctor", "--json", status=0)
        checks = {each["id"]: each for each in json.loads(out)["checks"]}
        self.assertFalse(checks["root"]["ok"])
        self.assertEqual(checks["root"]["fallback"], "containers in a user namespace: one user, no limits, no meters")
        self.assertTrue(checks["userns"]["ok"])
        self.assertTrue(checks["overlay"]["ok"])


def why_not():
    """Why none of this can be tried here, or nothing."""
    if os.geteuid() != 0:
        return "root is needed, to become somebody else from"
    program = os.path.abspath(sys.argv[1])
    as_user = {"user": NOBODY, "group": NOBODY, "extra_groups": [], "capture_output": True, "text": True}
    for path in (program, os.path.join(os.path.dirname(program), "cutaway-runtime")):
        if subprocess.run(["test", "-x", path], check=False, **as_user).returncode != 0:
            return f"{path} cannot be run by other users"
    if not shutil.which("unshare") or not shutil.which("setpriv"):
        return "unshare(1) and setpriv(1) are needed"
    checks = json.loads(subprocess.run([program, "doctor", "--json"], check=True, **as_user).stdout)["checks"]
    missing = [each["detail"] for each in checks if each["id"] in ("userns", "overlay") and not each["ok"]]
    return re.sub(r"\s+", " ", "; ".join(missing))


if __name__ == "__main__":
    reason = why_not()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(77)
    real.main()
