"""-v, --mount, --tmpfs and docker volume: what lies outside of the container's layers; and images that try to get out."""
import json
import pathlib

import real


class Volumes(real.RealTest):
    def files(self, name):
        return self.state / "volumes" / name / "_data"

    def test_a_folder_of_the_host(self):
        shared = self.folder / "shared"
        shared.mkdir()
        (shared / "a").write_text("from outside\n")
        _, out, _ = self.docker("run", "--rm", "-v", f"{shared}:/shared/here", "busybox", "sh", "-c",
                                "cat /shared/here/a; echo inside > /shared/here/b", status=0)
        self.assertEqual(out, "from outside\n")
        self.assertEqual((shared / "b").read_text(), "inside\n")
        code, _, err = self.docker("run", "--rm", "-v", f"{shared}:/shared:ro", "busybox", "touch", "/shared/c")
        self.assertEqual(code, 1)
        self.assertIn("Read-only file system", err)

    def test_one_file(self):
        file = self.folder / "conf"
        file.write_text("x=1\n")
        _, out, _ = self.docker("run", "--rm", "--mount", f"type=bind,src={file},dst=/etc/app/conf,readonly", "busybox",
                                "cat", "/etc/app/conf", status=0)
        self.assertEqual(out, "x=1\n")

    def test_a_folder_that_is_not_there(self):
        self.docker("run", "--rm", "-v", f"{self.folder}/new:/n", "busybox", "touch", "/n/f", status=0)
        self.assertTrue((self.folder / "new/f").exists())
        _, _, err = self.docker("run", "--rm", "--mount", f"type=bind,src={self.folder}/no,dst=/n", "busybox", "true", status=125)
        self.assertIn("bind source path does not exist", err)

    def test_a_volume_outlives_its_container(self):
        self.docker("run", "--rm", "-v", "data:/data", "busybox", "sh", "-c", "echo kept > /data/f", status=0)
        self.assertEqual(self.docker("volume", "ls", "-q", status=0)[1], "data\n")
        self.docker("run", "--name", "user", "-v", "data:/data:ro", "busybox", "cat", "/data/f", status=0)
        code, _, err = self.docker("volume", "rm", "data")
        self.assertEqual(code, 1)
        self.assertIn(f"volume is in use - [{self.state_of('user')['id']}]", err)
        self.docker("rm", "user", status=0)
        (found,) = json.loads(self.docker("volume", "inspect", "data", status=0)[1])
        self.assertEqual(found["Mountpoint"], str(self.files("data")))
        self.assertEqual(self.docker("volume", "rm", "data", status=0)[1], "data\n")
        self.assertFalse(self.files("data").exists())
        self.assertEqual(self.docker("volume", "inspect", "data")[0], 1)

    def test_an_empty_volume_is_filled(self):
        _, out, _ = self.docker("run", "--rm", "-v", "bin:/bin", "busybox", "ls", "-l", "/bin/busybox", status=0)
        self.assertIn("busybox", out)
        self.assertTrue((self.files("bin") / "busybox").is_file())
        self.assertTrue((self.files("bin") / "ls").is_symlink() or (self.files("bin") / "ls").is_file())
        # Now it is not empty: it stays as it is.
        (self.files("bin") / "more").write_text("x")
        self.docker("run", "--rm", "-v", "bin:/bin", "busybox", "true", status=0)
        self.assertTrue((self.files("bin") / "more").exists())

    def test_volumes_that_nobody_named(self):
        self.docker("run", "--name", "aa", "-v", "/data", "busybox", "touch", "/data/f", status=0)
        (name,) = self.docker("volume", "ls", "-q", status=0)[1].split()
        self.assertEqual(len(name), 64)
        self.assertTrue((self.files(name) / "f").exists())
        self.docker("run", "--rm", "-v", "/data", "busybox", "touch", "/data/f", status=0)
        self.assertEqual(self.docker("volume", "ls", "-q", status=0)[1].split(), [name])
        self.docker("rm", "-v", "aa", status=0)
        self.assertEqual(self.docker("volume", "ls", "-q", status=0)[1], "")

    def test_empty_memory(self):
        _, out, _ = self.docker("run", "--rm", "--read-only", "--tmpfs", "/shared:size=1m", "busybox", "sh", "-c",
                                "touch /shared/f && grep ' /shared ' /proc/mounts", status=0)
        self.assertIn("tmpfs /shared tmpfs", out)
        self.assertIn("size=1024k", out)

    def image_with(self, files, *do):
        """A scenario with an image of these files; where its first command ends."""
        file = self.folder / "s.json"
        file.write_text(json.dumps({
            "cutaway_scenario": 1, "id": "s", "title": "s", "sides": ["real"],
            "images": [{"ref": "evil:1", "layers": [{"files": {"/bin/sh": {"program": "busybox"}, **files}}],
                        "config": {"Cmd": ["/bin/sh", "-c", "echo ran"]}}],
            "do": [{"docker": line, "as": str(i)} for i, line in enumerate(do)]}))
        _, out, err = self.cutaway("real", str(file), "--json")
        return json.loads(out)["commands"], err

    def test_links_of_the_image_lead_nowhere(self):
        victim = self.folder / "victim"
        victim.mkdir()
        shared = self.folder / "shared"
        shared.mkdir()
        links = {"/data": {"link": str(victim)}, "/up": {"link": "../../../../../.." + str(victim)},
                 "/gone": {"link": f"{victim}/gone"}}
        runs, err = self.image_with(links, f"run --rm -v {shared}:/data/x evil:1", f"run --rm -v {shared}:/up/x evil:1",
                                    f"run --rm -v {shared}:/gone evil:1", f"run --rm --tmpfs /data/x evil:1")
        self.assertEqual(list(victim.iterdir()), [], err)
        self.assertEqual([run["exit"] for run in runs], [125] * 4, runs)

    def test_a_link_within_the_image_is_followed(self):
        shared = self.folder / "shared"
        shared.mkdir()
        (shared / "f").write_text("here\n")
        files = {"/srv/data/old": {"text": "x"}, "/data": {"link": "/srv/data"}}
        runs, err = self.image_with(files, f"run --rm -v {shared}:/data evil:1 /bin/sh -c 'read a < /srv/data/f; echo $a'")
        self.assertEqual((runs[0]["exit"], runs[0]["stdout"]), (0, "here\n"), (runs, err))

    def test_places_of_the_kernel(self):
        for target in ("/proc", "/proc/self/attr", "/sys", "/dev/shm/x"):
            code, _, err = self.docker("run", "--rm", "-v", f"vol:{target}", "busybox", "true")
            self.assertEqual(code, 125, target)
            self.assertIn("the kernel's own file systems", err)
        self.assertFalse(pathlib.Path("/proc/self/attr/vol").exists())


if __name__ == "__main__":
    real.main()
