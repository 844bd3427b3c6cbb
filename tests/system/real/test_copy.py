"""Where no overlay is mounted, a container's root is a copy of its image's layers."""
import json
import os
import subprocess

import real


class Copy(real.RealTest):
    def setUp(self):
        super().setUp()
        self.env["CUTAWAY_ROOT"] = "copy"

    def overlays(self):
        with open("/proc/self/mountinfo", encoding="utf-8") as file:
            return [line for line in file if str(self.state) in line]

    def test_what_it_writes_stays_from_start_to_start(self):
        self.docker("run", "--name", "cc", "busybox", "sh", "-c", "cat /note; date +%Y > /note; ls /bin/sh /proc/1/comm", status=0)
        record = self.state_of("cc")
        self.assertEqual((record["root"], record["root_reason"]), ("copy", "CUTAWAY_ROOT=copy asks for it"))
        self.assertEqual(self.overlays(), [])
        del self.env["CUTAWAY_ROOT"]  # what was decided stays decided
        _, out, _ = self.docker("start", "-a", "cc")
        self.assertRegex(out, "^2[0-9]{3}\n")
        self.assertEqual(self.state_of("cc")["root"], "copy")
        self.docker("rm", "cc", status=0)
        self.assertEqual(list(self.state.glob("overlay2/*")), [])

    def test_each_has_its_own(self):
        self.docker("run", "--rm", "busybox", "rm", "/bin/ls", status=0)
        self.docker("run", "--rm", "busybox", "ls", "/bin/ls", status=0)

    def test_the_image_may_lose_its_name_before_the_start(self):
        self.docker("create", "--name", "cc", "busybox", "echo", "here", status=0)
        self.docker("rmi", "-f", "busybox", status=0)
        _, out, _ = self.docker("start", "-a", "cc", status=0)
        self.assertEqual(out, "here\n")

    def test_a_copy_that_was_killed_is_made_anew(self):
        self.docker("create", "--name", "cc", "busybox", "echo", "here", status=0)
        merged = self.state / "overlay2" / self.state_of("cc")["id"] / "merged"
        (merged / "half").mkdir()
        _, out, _ = self.docker("start", "-a", "cc", status=0)
        self.assertEqual(out, "here\n")
        self.assertFalse((merged / "half").exists())

    def test_a_link_for_a_mount_point_leads_nowhere(self):
        canary = self.folder / "canary"
        canary.mkdir()
        links = {name: {"link": str(canary)} for name in ("/proc", "/sys", "/dev", "/etc")}
        busybox = {"/bin/busybox": {"program": "busybox"}, "/bin/ls": {"link": "busybox"}}
        scenario = {"cutaway_scenario": 1, "id": "links", "title": "links", "sides": ["real"],
                    "images": [{"ref": "bad:latest", "layers": [{"files": busybox}, {"files": links}],
                                "config": {"Env": ["PATH=/bin"]}}],
                    "do": [{"docker": "run bad ls /proc/1/comm /dev/null /etc/hosts", "as": "r1"}],
                    "expect": [{"of": "r1", "exit": 0}]}
        file = self.folder / "s.json"
        file.write_text(json.dumps(scenario))
        code, out, err = self.cutaway("real", str(file), "--json")
        self.assertEqual(code, 0, out + err)
        self.assertEqual(list(canary.iterdir()), [])

    def test_the_trace_says_so_and_agrees_with_proc(self):
        file = self.folder / "t.jsonl"
        self.cutaway("real", "-q", "--trace", str(file), "--", "docker", "run", "--rm", "busybox", "echo", "hi", status=0)
        events = [json.loads(line) for line in file.read_text().splitlines()[1:]]
        notes = {e["class"]: e for e in events if e["kind"] == "note"}
        self.assertEqual(notes["copy"]["text"], "the root is a copy of the image's layers: CUTAWAY_ROOT=copy asks for it")
        self.assertEqual(notes["copy"]["step"], "rootfs.overlay")
        self.assertNotIn("check", {e["class"] for e in events if e["kind"] == "note" and "differences" not in e["text"]})
        self.assertNotIn("rootfs.umount", {e.get("step") for e in events})

    def test_compare_explains_it(self):
        code, out, err = self.cutaway("compare", "run-echo", "--json")
        rows = json.loads(out)["rows"]
        self.assertEqual([r for r in rows if r["class"] in ("unexplained", "simulator_wrong")], [])
        self.assertEqual({r["class"] for r in rows if r["level"] == "syscall" and r["step"] == "rootfs.umount"}, {"kernel"})
        self.assertEqual(code, 0, err)


class OnAnOverlay(real.RealTest):
    """A state folder that lies on an overlay cannot hold another one's upper layer (overlayfs.rst)."""

    def setUp(self):
        super().setUp()
        self.base = self.folder / "base"
        for name in ("lower", "upper", "work"):
            (self.base / name).mkdir(parents=True)
        self.state.mkdir()
        options = ",".join(f"{name}dir={self.base / name}" for name in ("lower", "upper", "work"))
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, str(self.state)], check=True)

    def tearDown(self):
        subprocess.run([real.PROGRAM, "prune"], env=self.env, capture_output=True, timeout=60)
        subprocess.run(["umount", str(self.state)], check=True)
        os.rmdir(self.state)
        super().tearDown()

    def test_the_layers_are_copied(self):
        _, out, _ = self.docker("run", "--name", "cc", "busybox", "echo", "hi", "there", status=0)
        self.assertEqual(out, "hi there\n")
        record = self.state_of("cc")
        self.assertEqual(record["root"], "copy")
        self.assertRegex(record["root_reason"], "mount overlay on .*: EINVAL")


if __name__ == "__main__":
    real.main()
