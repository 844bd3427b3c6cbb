"""Images and containers that mean harm: refused, or contained."""
import json

import real


class Hostile(real.RealTest):
    def run_image(self, files, command, **expect):
        """A scenario with an image of these files over busybox's; its summary."""
        busybox = {"/bin/busybox": {"program": "busybox"}, "/bin/sh": {"link": "busybox"}, "/bin/ls": {"link": "busybox"},
                   "/bin/cat": {"link": "busybox"}, "/bin/echo": {"link": "busybox"}}
        scenario = {"cutaway_scenario": 1, "id": "hostile", "title": "hostile", "sides": ["real"],
                    "images": [{"ref": "bad:latest", "layers": [{"files": busybox}, {"files": files}],
                                "config": {"Env": ["PATH=/bin"]}}],
                    "do": [{"docker": "run bad " + command, "as": "r1"}], "expect": [{"of": "r1", **expect}]}
        file = self.folder / "s.json"
        file.write_text(json.dumps(scenario))
        code, out, err = self.cutaway("real", str(file), "--json")
        return code, json.loads(out) if out else {}, err

    def test_mount_points_that_are_links_lead_nowhere(self):
        canary = self.folder / "canary"
        canary.mkdir()
        links = {name: {"link": str(canary)} for name in ("/proc", "/sys", "/dev", "/etc")}
        code, summary, err = self.run_image(links, "sh -c 'ls /proc/1/comm /dev/null /etc/hosts'", exit=0)
        self.assertEqual(code, 0, f"{summary} {err}")
        self.assertEqual(list(canary.iterdir()), [])

    def test_a_container_that_made_its_proc_a_link_is_not_started_again(self):
        self.docker("create", "--name", "ww", "busybox", "true", status=0)
        upper = self.state / "overlay2" / self.state_of("ww")["id"] / "diff"
        (upper / "proc").symlink_to("/etc")
        _, _, err = self.docker("start", "ww", status=1)
        self.assertIn("/proc of the container is no folder", err)

    def test_the_helper_cannot_be_reached(self):
        script = ("for p in /proc/[0-9]*; do [ -w $p/exe ] && busybox readlink $p/exe; done; "
                  "busybox readlink /proc/self/exe")
        _, out, _ = self.docker("run", "--rm", "busybox", "sh", "-c", script)
        self.assertNotIn("cutaway", out)

    def test_the_working_folder_cannot_be_a_descriptor(self):
        for fd in range(3, 12):
            code, out, _ = self.docker("run", "--rm", "-w", f"/proc/self/fd/{fd}", "busybox", "pwd")
            self.assertFalse(code == 0 and "unreachable" in out, out)
            self.assertNotEqual(code, 0)

    def test_no_way_to_the_hosts_kernel_settings(self):
        _, out, _ = self.docker("run", "--rm", "busybox", "sh", "-c",
                                "echo x > /proc/sys/kernel/domainname; echo $?; echo b > /proc/sysrq-trigger; echo $?; "
                                "busybox mknod /tmp/sda b 8 0 && busybox dd if=/tmp/sda of=/dev/null count=1; echo $?")
        self.assertNotIn("0", out.split())


if __name__ == "__main__":
    real.main()
