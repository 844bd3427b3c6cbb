"""-t: a real pty of the container's own devpts."""
import os
import pty
import select

import real


class Terminal(real.RealTest):
    def test_output_as_a_terminal_gives_it(self):
        _, out, _ = self.docker("run", "--rm", "-t", "busybox", "sh", "-c", "tty; echo hi", status=0)
        self.assertEqual(out, "/dev/pts/0\r\nhi\r\n")

    def test_a_shell_inside(self):
        self.docker("pull", "-q", "busybox", status=0)
        master, slave = pty.openpty()
        run = self.start("real", "-q", "--", "docker", "run", "--rm", "-it", "busybox", "sh",
                         stdin=slave, stdout=slave, stderr=slave)
        os.close(slave)
        self.read_until(master, b"# ")
        os.write(master, b"echo $((40+2)); stty size; exit 5\n")
        said = self.read_until(master, b"42")
        self.assertIn(b"42", said)
        self.drain(master)
        self.assertEqual(run.wait(20), 5)

    def test_without_a_terminal_of_ours(self):
        _, _, err = self.docker("run", "-it", "busybox", "sh")
        self.assertIn("the input device is not a TTY", err)

    def test_keys_that_leave_it(self):
        self.docker("pull", "-q", "busybox", status=0)
        for keys, flags in ((b"\x10\x11", ()), (b"\x01d", ("--detach-keys", "ctrl-a,d"))):
            master, slave = pty.openpty()
            run = self.start("real", "-q", "--", "docker", "run", *flags, "-it", "--name", "box", "busybox", "sh",
                             stdin=slave, stdout=slave, stderr=slave)
            os.close(slave)
            self.read_until(master, b"# ")
            os.write(master, b"X=\r")
            self.read_until(master, b"# ")
            os.write(master, keys)
            self.drain(master)
            self.assertEqual(run.wait(20), 0)
            os.close(master)
            self.assertEqual(self.state_of("box")["state"], "running")
            self.assertEqual(self.docker("exec", "box", "echo", "still here", status=0)[1], "still here\n")
            self.docker("rm", "-f", "box", status=0)

    def read_until(self, fd, what):
        got = b""
        while what not in got:
            ready, _, _ = select.select([fd], [], [], 20)
            self.assertTrue(ready, got)
            got += os.read(fd, 4096)
        return got

    def drain(self, fd):
        try:
            while select.select([fd], [], [], 5)[0] and os.read(fd, 4096):
                pass
        except OSError:
            pass


if __name__ == "__main__":
    real.main()
