#!/usr/bin/env python3
"""Starts `cutaway view run-echo` on a virtual screen, presses keys, clicks, and looks at the screen.

usage: window_test.py PROGRAM        exit status 77: Xvfb or xdotool is not installed
"""

import json
import os
import queue
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time

WIDTH, HEIGHT = 1600, 900
PATIENCE = 90  # seconds: a sanitized program on a loaded machine is slow


class Screen:
    """An Xvfb that writes its frame buffer into a file, so that no other program is needed to look at it."""

    def __init__(self, folder):
        self.file = os.path.join(folder, "Xvfb_screen0")
        read_end, write_end = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", folder,
             "-nolisten", "tcp", "-ac",
             "-noreset"],  # an X server restarts when its last client (an xdotool) goes, and refuses whoever comes then
            pass_fds=[write_end], stderr=subprocess.DEVNULL)
        os.close(write_end)
        with os.fdopen(read_end) as answer:
            self.display = ":" + answer.readline().strip()

    def pixels(self):
        """Rows of the screen, each as bytes with 4 bytes a pixel (X's own dump format, xwd)."""
        with open(self.file, "rb") as dump:
            data = dump.read()
        header = struct.unpack(">25I", data[:100])
        header_size, width, height, row_bytes, colors = header[0], header[4], header[5], header[12], header[19]
        start = header_size + colors * 12
        return [data[start + y * row_bytes:start + y * row_bytes + width * 4] for y in range(height)]

    def close(self):
        self.process.terminate()
        self.process.wait()


class App:
    def __init__(self, program, screen, *options, what="run-echo", cwd=None, config=None, stderr=None):
        self.screen = screen
        # What a window remembers is never this user's own: each has an empty place for it, or the one that is given.
        self.own_config = None if config else tempfile.TemporaryDirectory()
        self.environment = dict(os.environ, DISPLAY=screen.display, LIBGL_ALWAYS_SOFTWARE="1",
                                XDG_CONFIG_HOME=config or self.own_config.name)
        self.process = subprocess.Popen([program, "view", what, "--print-position", *options], env=self.environment,
                                        stdout=subprocess.PIPE, stderr=stderr, text=True, cwd=cwd)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())
        self.lines.put(None)

    def close(self):
        self.process.kill()
        self.process.wait()
        if self.own_config:
            self.own_config.cleanup()

    def window(self):
        found = self.tool("search", "--sync", "--onlyvisible", "--name", "^Cutaway").split()[-1]
        time.sleep(1)
        self.tool("windowfocus", found)
        return found

    def position(self):
        """The next position that the program tells of."""
        line = self.lines.get(timeout=PATIENCE)
        if line is None:
            raise AssertionError(f"the program ended with status {self.process.wait()}")
        match = re.fullmatch(r"position (\d+)", line)
        check(match, f"'position N' was expected, not {line!r}")
        return int(match.group(1))

    def tool(self, *words):
        return subprocess.run(["xdotool", *words], env=self.environment, check=True, capture_output=True, text=True,
                              timeout=PATIENCE).stdout

    def title(self, window):
        return self.tool("getwindowname", window).strip()

    def click(self, window, x, y):
        self.tool("mousemove", "--window", window, str(x), str(y))
        time.sleep(0.3)
        self.tool("mousedown", "1")
        time.sleep(0.2)
        self.tool("mouseup", "1")

    def ticks(self):
        """CPU time so far, in hundredths of a second."""
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])


def check(true, words):
    if not true:
        raise AssertionError(words)


def colors_in(rows):
    return len({row[i:i + 4] for row in rows[::7] for i in range(0, len(row), 4 * 5)})


def differing_rows(one, other):
    return sum(1 for a, b in zip(one, other) if a != b)


def keys_move_it(app, window, beginning):
    app.tool("windowfocus", window)
    app.tool("key", "--window", window, "Right")
    first = app.position()
    check(first > beginning, "→ makes a step")
    app.tool("key", "Right")
    second = app.position()
    check(second > first, "→ makes another step")
    app.tool("key", "Left")
    check(app.position() == first, "← goes back")
    app.tool("key", "End")
    last = app.position()
    check(last > second, "End goes to the end")
    check(f"event {last} of {last}" in app.title(window), f"the title says where we are: {app.title(window)}")
    app.tool("key", "Home")
    check(app.position() == beginning, "Home goes to the beginning of the story")
    return last


def clicks_move_it(app, window, last):
    app.click(window, 159, 798)  # forward
    check(app.position() > 0, "the button makes a step")
    app.click(window, 108 + 738, 776 + 68)  # the middle of the track
    while abs(app.position() - last / 2) > last / 4:  # screen time is not events: that is near enough
        pass
    app.click(window, 16 + 76 + 23, 798)  # play
    check(app.position() > last / 3, "play goes on")
    app.click(window, 16 + 76 + 23, 798)  # pause


def it_rests(app):
    time.sleep(3)
    while not app.lines.empty():
        app.lines.get()
    before = app.ticks()
    time.sleep(4)
    spent = app.ticks() - before
    check(spent <= 12, f"at rest the program needs no cpu, and took {spent / 100} s in 4 s")


def watch(app, screen):
    beginning = app.position()  # the machine stands, no command has been typed
    window = app.tool("search", "--sync", "--onlyvisible", "--name", "^Cutaway").split()[-1]
    time.sleep(1)
    empty = screen.pixels()
    check(colors_in(empty) > 40, f"the window shows something: {colors_in(empty)} colours")
    last = keys_move_it(app, window, beginning)
    clicks_move_it(app, window, last)
    it_rests(app)
    moved = screen.pixels()
    check(differing_rows(empty, moved) > 300, "the picture is another one than at the beginning")
    app.tool("key", "t")
    time.sleep(1)
    light = screen.pixels()
    check(sum(light[60][40 * 4:42 * 4]) > sum(moved[60][40 * 4:42 * 4]), "t turns the window light")
    check(app.process.poll() is None, "the program still runs")
    return f"{last} events, {colors_in(moved)} colours", beginning


def position_0_can_be_asked_for(program, screen, beginning):
    """Without --at the story begins where the machine stands; --at 0 is the empty World before that."""
    check(beginning > 0, "without --at the machine is already there")
    app = App(program, screen, "--at", "0")
    try:
        check(app.position() == 0, "--at 0 is position 0")
    finally:
        app.close()


def it_forks(program, screen):
    """From a moment in the middle another command; both futures stay."""
    app = App(program, screen, "--at", "1300")
    try:
        check(app.position() == 1300, "--at 1300 is position 1300")
        window = app.tool("search", "--sync", "--onlyvisible", "--name", "^Cutaway").split()[-1]
        app.tool("windowfocus", window)
        was = int(app.title(window).rsplit(" ", 1)[1])
        app.tool("key", "f")
        time.sleep(2)
        app.tool("type", "--delay", "120", "docker images")
        app.tool("key", "Return")
        deadline = time.monotonic() + PATIENCE
        while int(app.title(window).rsplit(" ", 1)[1]) == was:
            check(time.monotonic() < deadline, f"another future has another number of events: {app.title(window)}")
            time.sleep(0.5)
        app.tool("key", "End")
        check(app.position() > 1300, "End goes to the end of the other future")
        check("docker images" in app.title(window), f"its last command is the one that was typed: {app.title(window)}")
        app.tool("key", "less")
        deadline = time.monotonic() + PATIENCE
        while int(app.title(window).rsplit(" ", 1)[1]) != was:
            check(time.monotonic() < deadline, f"the first future is there still: {app.title(window)}")
            time.sleep(0.5)
    finally:
        app.close()


def it_is_typed_at(program, screen):
    """A line, then keys for the program that it starts; each key is answered by more of the run."""
    app = App(program, screen, what="--empty")
    try:
        beginning = app.position()
        window = app.window()
        app.tool("type", "$")
        time.sleep(1)
        app.tool("type", "--delay", "40", "docker run -it busybox sh")
        app.tool("key", "Return")
        check(app.position() > beginning, "what was typed is played")
        app.tool("key", "End")
        waits_at = app.position()
        while f"event {waits_at} of {waits_at}" not in app.title(window):
            waits_at = app.position()
        app.tool("type", "$")
        time.sleep(1)
        for key in ("l", "Return"):
            app.tool("key", key)
            answered_at = app.position()
            check(answered_at > waits_at, f"{key} goes to the shell, which answers")
            waits_at = answered_at
        check(app.process.poll() is None, "the program still runs")
    finally:
        app.close()


def wait_for_file(folder, name):
    deadline = time.monotonic() + PATIENCE
    while not os.path.exists(os.path.join(folder, name)):
        check(time.monotonic() < deadline, f"{name} is written; there are {sorted(os.listdir(folder))}")
        time.sleep(0.1)


def it_saves(program, screen, folder):
    """e and a digit: pictures, a moment, a film, into the folder that the program was started in."""
    app = App(program, screen, "--at", "400", cwd=folder)
    try:
        check(app.position() == 400, "--at 400 is position 400")
        window = app.tool("search", "--sync", "--onlyvisible", "--name", "^Cutaway").split()[-1]
        time.sleep(1)
        app.tool("windowfocus", window)
        app.tool("key", "--window", window, "2")  # a film in beats is short
        app.tool("key", "e")
        for key, name in (("1", "run-echo-400.png"), ("1", "run-echo-400-2.png"), ("2", "run-echo-400.svg"),
                          ("3", "run-echo-400.moment.json")):
            app.tool("key", key)
            wait_for_file(folder, name)
        with open(os.path.join(folder, "run-echo-400.png"), "rb") as one, \
             open(os.path.join(folder, "run-echo-400-2.png"), "rb") as other:
            check(one.read() == other.read(), "what is saved twice is the same")
        if shutil.which("ffmpeg"):
            for key in ("Right", "Right", "5"):
                app.tool("key", key)
            wait_for_file(folder, "run-echo.gif")
            app.tool("key", "Escape", "Right")
            check(app.position() > 400, "the window goes on")
    finally:
        app.close()


def it_remembers(program, screen, folder):
    """A panel that was folded is folded at the next start; --fresh and a damaged file begin as usual."""
    kept = os.path.join(folder, "cutaway", "window.json")

    def start(*options, stderr=None):
        app = App(program, screen, "--at", "1300", *options, config=folder, stderr=stderr)
        try:
            check(app.position() == 1300, "--at 1300 is position 1300")
            app.window()
            app.tool("mousemove", "700", "300")
            time.sleep(1)
        except BaseException:
            app.close()
            raise
        return app

    def corner():
        """Where the terminal's title and the panels below it stand."""
        return [bytes(row[:300 * 4]) for row in screen.pixels()[40:140]]

    def settles_as(picture):
        deadline = time.monotonic() + PATIENCE
        while corner() != picture and time.monotonic() < deadline:
            time.sleep(0.2)
        return corner() == picture

    app = start()
    try:
        opened = corner()
        app.click(app.window(), 60, 57)
        deadline = time.monotonic() + PATIENCE
        while not os.path.exists(kept):
            check(time.monotonic() < deadline, "a second after the click it is written")
            time.sleep(0.1)
        with open(kept, encoding="utf-8") as file:
            said = json.load(file)
        check(said["terminal"] is False and said["events"] is True, f"the terminal is closed: {said}")
        app.tool("mousemove", "700", "300")
        time.sleep(0.5)
        folded = corner()
        check(folded != opened, "a folded panel looks otherwise")
    finally:
        app.close()
    app = start()
    try:
        check(settles_as(folded), "at the next start it is folded still")
    finally:
        app.close()
    app = start("--fresh")
    try:
        check(settles_as(opened), "--fresh: as usual")
    finally:
        app.close()
    with open(kept, "w", encoding="utf-8") as file:
        file.write('{"cutaway_window": 1, "theme"')
    with open(os.path.join(folder, "words"), "w+", encoding="utf-8") as words:
        app = start(stderr=words)
        try:
            check(settles_as(opened), "a damaged file: as usual")
        finally:
            app.close()
        words.seek(0)
        lines = words.read().splitlines()
    check(len(lines) == 1 and "window.json:1" in lines[0] and "window.json.bad" in lines[0], f"one line: {lines}")
    check(os.path.exists(kept + ".bad") and not os.path.exists(kept), "what is damaged is kept beside it")


def says_when_there_is_no_display(program):
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run([program, "view", "run-echo"], env=environment, capture_output=True, text=True,
                          timeout=PATIENCE)
    check(done.returncode == 1, f"without a display: exit status 1, not {done.returncode}")
    check(len(done.stderr.strip().splitlines()) == 1 and "no display" in done.stderr,
          f"without a display: one clear line, not {done.stderr!r}")


def main():
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            print(f"{tool} is not installed (tools/setup --tests installs it)")
            return 77
    program = os.path.abspath(sys.argv[1])
    says_when_there_is_no_display(program)
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen(folder)
        try:
            app = App(program, screen)
            try:
                words, beginning = watch(app, screen)
            finally:
                app.close()
            position_0_can_be_asked_for(program, screen, beginning)
            it_forks(program, screen)
            it_is_typed_at(program, screen)
            with tempfile.TemporaryDirectory() as saved:
                it_saves(program, screen, saved)
            with tempfile.TemporaryDirectory() as config:
                it_remembers(program, screen, config)
            print(words)
        finally:
            screen.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
