"""Exit statuses as docker gives them."""
import signal
import subprocess

import real


class Exit(real.RealTest):
    def test_of_the_program(self):
        self.docker("run", "busybox", "sh", "-c", "exit 7", status=7)

    def test_not_found(self):
        _, _, err = self.docker("run", "--name", "none", "busybox", "nosuch", status=127)
        self.assertIn('exec: "nosuch": executable file not found in $PATH', err)
        self.assertEqual(self.state_of("none")["state"], "created")

    def test_not_executable(self):
        self.docker("run", "busybox", "/etc/hostname", status=126)

    def test_unknown_image(self):
        _, _, err = self.docker("run", "nosuchimage", status=125)
        self.assertIn("pull access denied for nosuchimage", err)

    def test_killed(self):
        self.docker("run", "busybox", "sh", "-c", "kill -9 $$; sleep 1", status=0)  # pid 1 cannot kill itself
        self.docker("run", "busybox", "sh", "-c", "sh -c 'kill -9 $$'; exit $?", status=137)

    def test_signals_that_we_send_are_noted(self):
        log = self.folder / "signals"
        self.env["CUTAWAY_SIGNAL_LOG"] = str(log)
        self.docker("run", "-d", "--name", "ss", "busybox", "sleep", "60", status=0)
        init = self.state_of("ss")["init"]
        self.docker("kill", "-s", "TERM", "ss", status=0)  # as pid 1 it has no handler: nothing happens
        self.docker("kill", "ss", status=0)
        self.docker("wait", "ss", status=0)
        who = f"{init['pid']} {init['start_ticks']}"
        self.assertEqual(log.read_text(), f"{who} 15\n{who} 9\n")

    def test_kill(self):
        self.docker("run", "-d", "--name", "kk", "busybox", "sleep", "60", status=0)
        self.docker("kill", "kk", status=0)
        self.wait_for(lambda: self.state_of("kk")["state"] == "exited")
        self.assertEqual(self.state_of("kk")["exit_code"], 137)

    def test_stop_without_handler(self):
        self.docker("run", "-d", "--name", "ss", "busybox", "sleep", "60", status=0)
        self.docker("stop", "-t", "1", "ss", status=0)
        self.assertEqual(self.state_of("ss")["exit_code"], 137)

    def test_stop_with_handler(self):
        self.docker("run", "-d", "--name", "ss", "busybox", "sh", "-c",
                    "trap 'exit 143' TERM; while :; do sleep 0.05; done", status=0)
        self.docker("stop", "ss", status=0)
        self.assertEqual(self.state_of("ss")["exit_code"], 143)

    def test_interrupt_goes_to_the_container(self):
        run = self.start("real", "-q", "--", "docker", "run", "--name", "ii", "busybox", "sh", "-c",
                         "trap 'exit 3' INT; echo ready; while :; do sleep 0.05; done", stdout=subprocess.PIPE)
        self.assertEqual(run.stdout.readline(), b"ready\n")
        run.send_signal(signal.SIGINT)
        self.assertEqual(run.wait(20), 3)


if __name__ == "__main__":
    real.main()
