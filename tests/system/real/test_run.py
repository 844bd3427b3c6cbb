"""docker run busybox echo hi there, for real."""
import real


class Run(real.RealTest):
    def test_says_what_it_is_told(self):
        _, out, err = self.docker("run", "busybox", "echo", "hi", "there", status=0)
        self.assertEqual(out, "hi there\n")
        self.assertIn("Unable to find image 'busybox:latest' locally", err)
        self.assertIn("Status: Downloaded newer image for busybox:latest", err)

    def test_the_second_time_the_image_is_there(self):
        self.docker("run", "--rm", "busybox", "true", status=0)
        _, out, err = self.docker("run", "--rm", "busybox", "echo", "again", status=0)
        self.assertEqual((out, err), ("again\n", ""))

    def test_hello_world(self):
        _, out, _ = self.docker("run", "--rm", "hello-world", status=0)
        self.assertEqual(out.count("\n\n") >= 0 and "Hello" in out, True, out)

    def test_stdin(self):
        _, out, _ = self.docker("run", "--rm", "-i", "busybox", "cat", status=0, stdin="one\ntwo\n")
        self.assertEqual(out, "one\ntwo\n")

    def test_stderr_is_apart(self):
        _, out, err = self.docker("run", "--rm", "busybox", "sh", "-c", "echo out; echo err >&2", status=0)
        self.assertEqual(out, "out\n")
        self.assertTrue(err.endswith("err\n"), err)

    def test_what_it_sees(self):
        _, out, _ = self.docker("run", "--rm", "--hostname", "box", "busybox", "sh", "-c",
                                "hostname; echo $$; ls /proc/self/fd | wc -l; id -u; pwd; cat /etc/hostname", status=0)
        lines = out.split()
        self.assertEqual(lines[0], "box")
        self.assertEqual(lines[1], "1")
        self.assertLessEqual(int(lines[2]), 4)  # 0, 1, 2 and the listing itself
        self.assertEqual(lines[3:], ["0", "/", "box"])

    def test_capabilities_and_filter(self):
        _, out, _ = self.docker("run", "--rm", "busybox", "grep", "-E", "Cap|Seccomp:|NoNewPrivs", "/proc/self/status",
                                status=0)
        self.assertIn("CapEff:\t00000000a80425fb", out)
        self.assertIn("CapInh:\t0000000000000000", out)
        self.assertIn("CapBnd:\t00000000a80425fb", out)
        self.assertIn("Seccomp:\t2", out)
        self.assertIn("NoNewPrivs:\t0", out)

    def test_no_new_privileges(self):
        _, out, _ = self.docker("run", "--rm", "--security-opt", "no-new-privileges", "busybox", "grep", "-E",
                                "Seccomp:|NoNewPrivs", "/proc/self/status", status=0)
        self.assertIn("Seccomp:\t2", out)
        self.assertIn("NoNewPrivs:\t1", out)

    def test_read_only_and_masked_paths(self):
        _, out, _ = self.docker("run", "--rm", "busybox", "sh", "-c",
                                "echo x > /proc/sys/kernel/hostname; wc -c < /proc/keys; ls /sys/firmware | wc -l; "
                                "mount -t tmpfs x /mnt; echo $?")
        self.assertEqual(out.split()[:2], ["0", "0"])
        self.assertNotEqual(out.split()[2], "0")

    def test_own_network(self):
        _, out, _ = self.docker("run", "--rm", "--network", "none", "busybox", "cat", "/proc/net/dev", status=0)
        self.assertEqual([line.split(":")[0].strip() for line in out.splitlines()[2:]], ["lo"])

    def test_environment_and_folder(self):
        _, out, _ = self.docker("run", "--rm", "-e", "A=1", "-w", "/tmp", "busybox", "sh", "-c", "echo $A; pwd",
                                status=0)
        self.assertEqual(out, "1\n/tmp\n")

    def test_the_first_ones_side_by_side(self):
        self.docker("pull", "-q", "busybox", status=0)
        runs = [self.start("real", "-q", "--", "docker", "run", "--rm", "busybox", "true") for _ in range(6)]
        self.assertEqual([run.wait(60) for run in runs], [0] * 6)
        self.assertEqual(self.docker("ps", "-aq", status=0)[1], "")


if __name__ == "__main__":
    real.main()
