"""exec: a process that joins."""
import real


class Exec(real.RealTest):
    def setUp(self):
        super().setUp()
        self.docker("run", "-d", "--name", "box", "--hostname", "inside", "busybox", "sleep", "60", status=0)

    def test_it_is_inside(self):
        _, out, _ = self.docker("exec", "box", "sh", "-c", "hostname; cat /proc/1/comm; ls /; echo $PPID", status=0)
        lines = out.split()
        self.assertEqual(lines[:2], ["inside", "sleep"])
        self.assertEqual(lines[-1], "0")

    def test_same_rights(self):
        _, out, _ = self.docker("exec", "box", "grep", "-E", "CapEff|CapInh|Seccomp:", "/proc/self/status", status=0)
        self.assertIn("CapEff:\t00000000a80425fb", out)
        self.assertIn("CapInh:\t0000000000000000", out)
        self.assertIn("Seccomp:\t2", out)

    def test_no_descriptor_leaks(self):
        _, out, _ = self.docker("exec", "box", "sh", "-c", "ls -l /proc/self/fd", status=0)
        self.assertLessEqual(len(out.splitlines()), 5, out)

    def test_exits(self):
        self.docker("exec", "box", "sh", "-c", "exit 9", status=9)
        self.docker("exec", "box", "nosuch", status=127)

    def test_stdin(self):
        self.assertEqual(self.docker("exec", "-i", "box", "cat", stdin="hi\n", status=0)[1], "hi\n")

    def test_not_running(self):
        self.docker("kill", "box", status=0)
        self.wait_for(lambda: self.state_of("box")["state"] == "exited")
        _, _, err = self.docker("exec", "box", "true", status=1)
        self.assertIn("is not running", err)

    def test_ends_with_pid_1(self):
        run = self.start("real", "-q", "--", "docker", "exec", "box", "sleep", "50")
        self.wait_for(lambda: "sleep" in self.docker("exec", "box", "ps")[1].replace("sleep 60", ""))
        self.docker("kill", "box", status=0)
        self.assertEqual(run.wait(20), 137)


if __name__ == "__main__":
    real.main()
