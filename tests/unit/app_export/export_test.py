#!/usr/bin/env python3
"""Pictures, films and moments from the outside: cutaway render, --at-first, x.moment.json.

usage: export_test.py PROGRAM
"""
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.path.abspath(sys.argv[1])
FFMPEG = shutil.which("ffmpeg")
SMALL = ("--size", "640x400", "--presenter")


def environment(**more):
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return {**env, **more}


class Folder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = self.temporary.name

    def tearDown(self):
        self.temporary.cleanup()

    def cutaway(self, *args, status=0, env=None):
        run = subprocess.run([PROGRAM, *args], capture_output=True, text=True, env=env or environment(), cwd=self.folder,
                             check=False, timeout=300)
        self.assertEqual(run.returncode, status, (args, run.stderr))
        return run

    def refused(self, text, *args, status=2, env=None):
        run = self.cutaway(*args, status=status, env=env)
        self.assertIn(text, run.stderr)
        self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)

    def files(self):
        return sorted(os.listdir(self.folder))

    def bytes_of(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read()


class Stills(Folder):
    def test_png_and_svg(self):
        self.cutaway("render", "run-echo", "--at", "425", "-o", "a.png", "--size", "1280x720")
        self.assertEqual(struct.unpack(">II", self.bytes_of("a.png")[16:24]), (1280, 720))
        self.cutaway("render", "run-echo", "--at", "425", "-o", "a.svg", "--theme", "light")
        self.assertIn(b"<svg", self.bytes_of("a.svg"))

    def test_where_a_predicate_first_holds(self):
        pattern = '{"kind":"syscall","name":"pivot_root"}'
        words = self.cutaway("explain", "run-echo", "--at-first", pattern).stdout
        self.assertIn("pivot_root", words)
        state = ("world", "run-echo", "--pointer", "/containers", "--at-first")
        created = self.cutaway(*state, '{"now":{"path":"/containers","has":"x"}}', status=2).stderr
        self.assertIn("never holds", created)
        exited = json.loads(self.cutaway(*state, '{"kind":"container","op":"exited"}').stdout)
        self.assertEqual([each["exit_code"] for each in exited.values()], [0])
        self.refused("/kind", "explain", "run-echo", "--at-first", '{"kind":"syscal"}')
        self.refused("excludes", "explain", "run-echo", "--at-first", "{}", "--at", "3")

    def test_what_would_say_nothing_is_refused(self):
        for own in (("--fps", "10"), ("--seconds", "2"), ("--from", "3"), ("--to", "9")):
            self.refused("requires --video", "render", "run-echo", "-o", "a.png", *own)
        for look in (("--view", "lens"), ("--near", "process"), ("--of", "host"), ("--beside", "host")):
            self.refused("excludes", "explain", "run-echo", "--about", "row:host", *look)
        self.refused("--near process: comes nearer to the ship", "explain", "run-echo", "--view", "matrix", "--near", "process")
        self.assertEqual(self.files(), [])


class Moments(Folder):
    COMMANDS = ("-e", "docker pull busybox", "-e", "docker run busybox sh -c 'echo $HOME'")

    def test_a_scenario(self):
        self.cutaway("render", "run-echo", "--seed", "3", "--at", "400", "--theme", "light", "--step", "beat",
                     "-o", "x.moment.json")
        moment = json.loads(self.bytes_of("x.moment.json"))
        self.assertEqual((moment["cutaway_moment"], moment["scenario"], moment["seed"], moment["at"]), (1, "run-echo", 3, 400))
        self.cutaway("render", "x.moment.json", "-o", "a.png", "--size", "1024x640")
        self.cutaway("render", "run-echo", "--seed", "3", "--at", "400", "--theme", "light", "--step", "beat", "-o", "b.png",
                     "--size", "1024x640")
        self.assertEqual(self.bytes_of("a.png"), self.bytes_of("b.png"))

    def test_commands(self):
        self.cutaway("render", *self.COMMANDS, "--at", "900", "-o", "x.moment.json")
        again = self.cutaway("explain", "x.moment.json").stdout
        self.assertEqual(again, self.cutaway("explain", *self.COMMANDS, "--at", "900").stdout)
        self.assertNotEqual(again, self.cutaway("explain", "x.moment.json", "--at", "901").stdout)
        self.assertEqual(json.loads(self.bytes_of("x.moment.json"))["commands"], list(self.COMMANDS[1::2]))

    def test_this_machine(self):
        self.cutaway("render", "run-echo", "--machine", "host", "--at", "100", "-o", "x.moment.json")
        machine = json.loads(self.bytes_of("x.moment.json"))["machine"]
        world = json.loads(self.cutaway("world", "x.moment.json", "--pointer", "/machine").stdout)
        self.assertEqual(world["memory"], machine["memory"])
        self.assertEqual(world["cpus"], machine["cpus"])

    def test_a_recording_lies_beside_it(self):
        os.mkdir(os.path.join(self.folder, "kept"))
        self.cutaway("sim", "-q", "--trace", "kept/hi.cut", "--", "docker", "run", "busybox", "echo", "hi")
        with open(os.path.join(self.folder, "kept/x.moment.json"), "w") as file:
            json.dump({"cutaway_moment": 1, "trace": "hi.cut", "at": 300}, file)
        self.assertEqual(self.cutaway("explain", "kept/x.moment.json").stdout,
                         self.cutaway("explain", "kept/hi.cut", "--at", "300").stdout)
        self.cutaway("render", "kept/hi.cut", "--at", "300", "-o", "y.moment.json")
        self.assertEqual(self.cutaway("explain", "y.moment.json").stdout, self.cutaway("explain", "kept/x.moment.json").stdout)
        self.cutaway("render", "kept/hi.cut", "--at", "300", "-o", "kept/z.moment.json")
        self.assertEqual(self.cutaway("explain", "kept/z.moment.json").stdout, self.cutaway("explain", "y.moment.json").stdout)

    def test_bad_files(self):
        path = os.path.join(self.folder, "x.moment.json")
        for text, says in (
                ('{"cutaway_moment": 1,\n "scenario": "run-echo",\n "at": -1}', "x.moment.json:3: /at: is -1"),
                ('{"cutaway_moment": 2, "scenario": "run-echo", "at": 1}', "x.moment.json:1: /cutaway_moment: is 2"),
                ('{"cutaway_moment": 1, "scenario": "run-echo", "at": 999999}', "x.moment.json:1: /at: is 999999, expected a position"),
                ('{"cutaway_moment": 1, "scenario": "run-ecko", "at": 1}', "x.moment.json:1: /scenario: there is no scenario 'run-ecko'"),
                ('{"cutaway_moment": 1,', "x.moment.json:1: not JSON")):
            with open(path, "w") as file:
                file.write(text)
            self.refused(says, "explain", "x.moment.json")

    def test_another_run_is_said(self):
        self.cutaway("render", "run-echo", "--at", "100", "-o", "x.moment.json")
        moment = json.loads(self.bytes_of("x.moment.json"))
        moment["events"] += 1
        with open(os.path.join(self.folder, "x.moment.json"), "w") as file:
            json.dump(moment, file)
        self.assertIn("when the moment was saved", self.cutaway("explain", "x.moment.json").stderr)


@unittest.skipUnless(FFMPEG, "ffmpeg is not installed")
class Films(Folder):
    def probe(self, name):
        text = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json", name],
                              cwd=self.folder, capture_output=True, text=True, check=True).stdout
        return json.loads(text)["streams"][0]

    def test_mp4(self):
        run = self.cutaway("render", "run-echo", "--video", "x.mp4", *SMALL, "--step", "beat", "--seconds", "2", "--fps", "10")
        stream = self.probe("x.mp4")
        self.assertEqual((stream["codec_name"], stream["pix_fmt"]), ("h264", "yuv420p"))
        self.assertEqual((stream["width"], stream["height"], stream["nb_read_frames"]), (640, 400, "20"))
        self.assertEqual(self.files(), ["x.mp4"])
        self.assertIn("x.mp4: 50 %, frame 10 of 20\n", run.stderr)
        self.assertEqual(len(run.stderr.splitlines()), 10)

    def test_the_frames_are_the_pictures(self):
        """The last frame of a film is the picture of its last moment, but for what the codec loses."""
        self.cutaway("render", "run-echo", "--video", "x.mp4", *SMALL, "--seconds", "1", "--fps", "4", "--to", "426")
        self.cutaway("render", "run-echo", "-o", "x.png", *SMALL, "--at", "426")
        command = [FFMPEG, "-v", "error", "-sseof", "-0.25", "-i", "x.mp4", "-i", "x.png", "-lavfi",
                   "[0]format=rgb24[a];[1]format=rgb24[b];[a][b]psnr=stats_file=psnr.txt", "-f", "null", "-"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        average = float(self.bytes_of("psnr.txt").decode().split("psnr_avg:")[1].split()[0].replace("inf", "99"))
        self.assertGreater(average, 30)

    def test_gif(self):
        self.cutaway("render", "run-echo", "--video", "x.gif", *SMALL, "--step", "beat", "--seconds", "1")
        stream = self.probe("x.gif")
        self.assertEqual((stream["codec_name"], stream["width"]), ("gif", 640))
        self.assertGreater(int(stream["nb_read_frames"]), 5)
        self.assertEqual(self.files(), ["x.gif"])

    def test_odd_sizes(self):
        self.cutaway("render", "run-echo", "--video", "x.mp4", "--size", "641x401", "--seconds", "0.3", "--step", "beat")
        self.assertEqual((self.probe("x.mp4")["width"], self.probe("x.mp4")["height"]), (642, 402))

    def test_a_name_that_begins_with_a_dash(self):
        self.cutaway("render", "run-echo", "--video=-x y.mp4", *SMALL, "--seconds", "0.2", "--step", "beat")
        self.assertEqual(self.files(), ["-x y.mp4"])

    def test_ctrl_c_leaves_nothing(self):
        process = subprocess.Popen([PROGRAM, "render", "run-echo", "--video", "x.mp4", "--size", "1280x720"],
                                   stderr=subprocess.PIPE, text=True, env=environment(), cwd=self.folder)
        deadline = time.monotonic() + 200
        while "x.mp4.part" not in self.files() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertIn("x.mp4.part", self.files())
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=100), 130)
        process.stderr.close()
        self.assertEqual(self.files(), [])


class Refusals(Folder):
    def test_without_ffmpeg(self):
        self.refused("cutaway: cannot write a video: ffmpeg is not installed", "render", "run-echo", "--video", "x.mp4", *SMALL,
                     status=1, env=environment(PATH="/nowhere"))
        self.assertEqual(self.files(), [])

    def test_what_ffmpeg_says(self):
        ffmpeg = os.path.join(self.folder, "ffmpeg")
        with open(ffmpeg, "w") as file:
            file.write("#!/bin/sh\necho so much; echo no such codec >&2; exit 1\n")
        os.chmod(ffmpeg, 0o755)
        path = self.folder + ":" + os.environ["PATH"]
        run = self.cutaway("render", "run-echo", "--video", "x.mp4", *SMALL, "--seconds", "0.2", status=1,
                           env=environment(PATH=path))
        self.assertEqual(run.stderr.splitlines()[-1], "cutaway: ffmpeg gave up: no such codec")
        self.assertEqual(self.files(), ["ffmpeg"])

    def test_a_folder_that_is_not_there(self):
        self.refused("cutaway: cannot write no/such/x.mp4: No such file or directory", "render", "run-echo", "--video",
                     "no/such/x.mp4", status=1)

    def test_arguments(self):
        self.refused("a file .mp4 or .gif was expected", "render", "run-echo", "--video", "x.avi")
        self.refused("not both", "render", "run-echo", "--video", "x.mp4", "-o", "x.png")
        self.refused("the end of a video comes after", "render", "run-echo", "--video", "x.mp4", "--from", "9", "--to", "3")
        self.refused("--from 12345678", "render", "run-echo", "--video", "x.mp4", "--from", "12345678")
        self.refused("--fps", "render", "run-echo", "--video", "x.mp4", "--fps", "0")
        self.refused("--seconds", "render", "run-echo", "--video", "x.mp4", "--seconds", "-1")


unittest.main(argv=sys.argv[:1])
