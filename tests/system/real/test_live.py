"""A real run that is stopped before a step, watched, and let go on."""
import os
import pathlib
import pty
import select
import signal
import socket
import stat

import real


class Prompt:
    """`cutaway real --break …` in a terminal of its own."""

    def __init__(self, env, *words):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.execve(real.PROGRAM, [real.PROGRAM, *words], env)
            finally:
                os._exit(97)
        self.said = b""
        self.seen = 0

    def until(self, what, seconds=30):
        """Everything that came up to `what`."""
        while what not in self.said[self.seen:]:
            if not select.select([self.fd], [], [], seconds)[0]:
                raise AssertionError(f"{what!r} never came: {self.said!r}")
            try:
                self.said += os.read(self.fd, 65536)
            except OSError as gone:  # the other end of the terminal is closed
                raise AssertionError(f"{what!r} never came: {self.said!r}") from gone
        end = self.said.index(what, self.seen) + len(what)
        text, self.seen = self.said[self.seen:end], end
        return text.decode()

    def answer(self, line):
        os.write(self.fd, line.encode() + b"\n")

    def end(self):
        try:
            while select.select([self.fd], [], [], 30)[0]:
                self.said += os.read(self.fd, 65536)
        except OSError:
            pass
        os.close(self.fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class Live(real.RealTest):
    def prompt(self, *words):
        return Prompt(self.env, *words)

    def test_it_is_held_shown_and_let_go_on(self):
        run = self.prompt("real", "-q", "--break", "root.pivot", "--", "docker", "run", "busybox", "echo", "hi there")
        self.assertIn("held before root.pivot: openat", run.until(b"to its end: "))
        run.answer("e")
        words = run.until(b"to its end: ")
        self.assertIn("held before openat, in root.pivot", words)
        self.assertIn("next, by execve: echo hi there", words)
        # It really stands there: its root is the host's still.
        self.assertTrue(os.path.samefile(f"/proc/{self.held(run.pid)}/root", "/"))
        run.answer("s")
        self.assertIn("held before root.detach", run.until(b"to its end: "))
        run.answer("q")
        run.until(b"hi there")
        self.assertEqual(run.end(), 0)

    def held(self, tracer):
        """The one task that is stopped by its tracer, when the others have come to rest."""
        self.wait_for(lambda: len(self.stopped(tracer)) == 1)
        return self.stopped(tracer)[0]

    def stopped(self, tracer):
        found = []
        for status in pathlib.Path("/proc").glob("[0-9]*/status"):
            try:
                text = status.read_text()
            except OSError:
                continue
            # TracerPid is the tracing thread.
            by = text.split("TracerPid:\t")[1].split("\n")[0]
            if by in os.listdir(f"/proc/{tracer}/task") and "State:\tt" in text:
                found.append(status.parent.name)
        return found

    def test_events_and_predicates_stop_it(self):
        self.docker("pull", "-q", "busybox", status=0)
        call = '{"kind":"syscall","name":"sethostname"}'
        run = self.prompt("real", "-q", "--break", call, "--", "docker", "run", "busybox", "true")
        self.assertIn("held before uts.hostname: sethostname(", run.until(b"to its end: "))
        run.answer("")
        self.assertEqual(run.end(), 0)
        written = '{"count":{"kind":"io","op":"written","task":{"role":"workload"}},"gt":0}'
        run = self.prompt("real", "-q", "--break", written, "--", "docker", "run", "busybox", "sh", "-c", "echo a; exit 3")
        self.assertIn("held before", run.until(b"to its end: "))
        run.answer("q")
        self.assertEqual(run.end(), 3)

    def test_a_held_task_that_is_killed_is_not_waited_for(self):
        self.docker("pull", "-q", "busybox", status=0)
        run = self.prompt("real", "-q", "--break", "root.pivot", "--", "docker", "run", "busybox", "true")
        run.until(b"to its end: ")
        os.kill(int(self.held(run.pid)), signal.SIGKILL)
        # The run ends, with nobody's answer: its init is gone before it was anything.
        self.assertEqual(run.end(), 137)

    def test_a_place_that_is_none(self):
        code, _, err = self.cutaway("real", "--break", "root.pivott", "--", "docker", "run", "busybox", "true")
        self.assertEqual(code, 2)
        self.assertIn("did you mean 'root.pivot'?", err)

    def test_what_cannot_be_watched_is_refused(self):
        trace = self.folder / "t.cut"
        self.cutaway("sim", "-q", "--trace", str(trace), "--", "docker", "images", status=0)
        socket_path = str(self.folder / "none.sock")
        for words, said in ((("view", "--live", str(trace)), "has happened already"),
                            (("real", "--break", "exec", str(trace)), "has happened already"),
                            (("view", "--live", socket_path, "run-echo"), "give one of the two"),
                            (("view", "--break", "exec", "run-echo"), "with --live")):
            code, _, err = self.cutaway(*words)
            self.assertEqual((code, err.count("\n")), (2, 1), err)
            self.assertIn(said, err)
        code, _, err = self.cutaway("view", "--live", socket_path)
        self.assertEqual((code, err.count("\n")), (1, 1), err)
        self.assertIn("no run is there to be watched", err)

    def start_held(self, *more):
        """A run held before its program is executed, and a watcher of it."""
        path = self.folder / "run.sock"
        run = self.start("real", "-q", "--live", str(path), "--break", "exec", *more, "--", "docker", "run", "busybox",
                         "echo", "hi")
        self.wait_for(path.exists)
        watcher = socket.socket(socket.AF_UNIX)
        self.addCleanup(watcher.close)
        watcher.connect(str(path))
        return path, run, watcher

    def test_it_is_watched_over_a_socket(self):
        path, run, watcher = self.start_held("--trace", str(self.folder / "t.jsonl"))
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        got = self.drain(watcher, 2)
        self.assertIsNone(run.poll())
        watcher.sendall(b"go\n")
        got += self.drain(watcher, 20)
        self.assertEqual(run.wait(20), 0)
        # What came over the socket is the trace, to its last byte.
        (self.folder / "seen.cut").write_bytes(got)
        self.cutaway("trace", "convert", str(self.folder / "seen.cut"), "--to", "jsonl", "-o",
                     str(self.folder / "seen.jsonl"), status=0)
        self.assertEqual((self.folder / "seen.jsonl").read_text(), (self.folder / "t.jsonl").read_text())
        self.assertFalse(path.exists())

    def drain(self, watcher, seconds):
        got = b""
        while select.select([watcher], [], [], seconds)[0]:
            some = watcher.recv(1 << 16)
            if not some:
                break
            got += some
        return got

    def test_without_anybody_who_watches_it_goes_on(self):
        _, run, watcher = self.start_held()
        self.drain(watcher, 1)
        watcher.close()
        self.assertEqual(run.wait(20), 0)

    def test_a_killed_agent_leaves_nothing(self):
        path, run, watcher = self.start_held()
        self.drain(watcher, 1)
        run.kill()
        run.wait()
        self.assertTrue(path.exists())
        self.cutaway("prune", status=0)
        self.assertFalse(path.exists())
        self.assertEqual(self.leftovers(), [])

    def test_a_watcher_of_another_user_is_sent_away(self):
        path = self.folder / "run.sock"
        run = self.start("real", "-q", "--live", str(path), "--", "docker", "run", "busybox", "true")
        self.wait_for(path.exists)
        self.folder.chmod(0o755)
        path.chmod(0o666)
        child = os.fork()
        if child == 0:
            os.setuid(65534)
            with socket.socket(socket.AF_UNIX) as watcher:
                watcher.connect(str(path))
                os._exit(0 if watcher.recv(100) == b"" else 1)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0)
        self.assertIsNone(run.poll())
        with socket.socket(socket.AF_UNIX) as watcher:
            watcher.connect(str(path))
            self.assertNotEqual(self.drain(watcher, 20), b"")
        self.assertEqual(run.wait(20), 0)


if __name__ == "__main__":
    real.main()
