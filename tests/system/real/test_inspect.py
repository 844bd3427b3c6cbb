"""docker inspect: what the state folder knows, in docker's words."""
import json

import real


class Inspect(real.RealTest):
    def value(self, name, template):
        return self.docker("inspect", "-f", template, name, status=0)[1]

    def test_a_container(self):
        self.docker("run", "--name", "box", "-m", "64m", "-e", "A=b", "busybox", "sh", "-c", "exit 7", status=7)
        _, out, _ = self.docker("inspect", "box", status=0)
        (found,) = json.loads(out)
        record = self.state_of("box")
        self.assertEqual(found["Id"], record["id"])
        self.assertEqual(found["Name"], "/box")
        self.assertEqual((found["Path"], found["Args"]), ("sh", ["-c", "exit 7"]))
        self.assertEqual((found["State"]["Status"], found["State"]["ExitCode"], found["State"]["Pid"]), ("exited", 7, 0))
        self.assertEqual(found["HostConfig"]["Memory"], 64 << 20)
        self.assertIn("A=b", found["Config"]["Env"])
        data = found["GraphDriver"]["Data"]
        self.assertEqual(data["UpperDir"], f"{self.state}/overlay2/{record['id']}/diff")
        self.assertTrue(data["LowerDir"].startswith(f"{self.state}/init/diff:{record['layer_folders'][-1]}"))
        self.assertEqual(self.value("box", "{{.State.ExitCode}} {{.Config.Image}}"), "7 busybox\n")

    def test_one_that_runs(self):
        self.docker("run", "-d", "--name", "box", "busybox", "sleep", "300", status=0)
        pid = int(self.value("box", "{{.State.Pid}}"))
        self.assertEqual(pid, self.state_of("box")["init"]["pid"])
        with open(f"/proc/{pid}/comm", encoding="ascii") as file:
            self.assertEqual(file.read(), "sleep\n")
        self.assertEqual(self.value("box", "{{.State.Running}}"), "true\n")
        self.docker("kill", "box", status=0)
        self.wait_for(lambda: self.value("box", "{{.State.Status}}") == "exited\n")
        self.assertEqual(self.value("box", "{{.State.ExitCode}}"), "137\n")

    def test_what_a_container_wrote(self):
        self.docker("run", "--name", "box", "busybox", "sh", "-c", "head -c 1000 /dev/zero > /x; rm /etc/group", status=0)
        _, out, _ = self.docker("ps", "--all", "--size", "--format", "{{.Names}} {{.Size}}", status=0)
        self.assertRegex(out, r"^box 1kB \(virtual [0-9.]+MB\)\n$")
        self.assertIn("SIZE\n", self.docker("ps", "--all", "-s", status=0)[1].splitlines(keepends=True)[0])

    def test_how_an_image_was_made(self):
        self.docker("pull", "-q", "busybox", status=0)
        lines = self.docker("history", "busybox", status=0)[1].splitlines()
        self.assertRegex(lines[0], r"^IMAGE +CREATED +CREATED BY +SIZE +COMMENT$")
        (layer,) = self.docker("history", "-q", "busybox", status=0)[1].splitlines()
        self.assertTrue(lines[1].startswith(layer))
        self.assertIn("No such image: nosuch", self.docker("history", "nosuch", status=1)[2])

    def test_an_image(self):
        self.docker("pull", "-q", "busybox", status=0)
        (found,) = json.loads(self.docker("image", "inspect", "busybox", status=0)[1])
        self.assertEqual(found["RepoTags"], ["busybox:latest"])
        self.assertEqual(self.value(found["Id"], "{{.Id}}"), found["Id"] + "\n")
        self.assertEqual(self.value("busybox", "{{index .RepoTags 0}}"), "busybox:latest\n")
        self.assertEqual(self.value("busybox", "{{.Config.Cmd}}"), "[sh]\n")

    def test_what_is_not_there(self):
        code, out, err = self.docker("inspect", "none")
        self.assertEqual((code, out), (1, "[]\n"))
        self.assertEqual(err, "Error: No such object: none\n")
        _, _, err = self.docker("inspect", "--type", "container", "none", status=1)
        self.assertIn("No such container: none", err)
        _, _, err = self.docker("image", "inspect", "none", status=1)
        self.assertIn("No such image: none:latest", err)
        self.assertEqual(self.docker("inspect", "-f", "{{.X", "none")[0], 64)


if __name__ == "__main__":
    real.main()
