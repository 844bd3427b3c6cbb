#!/usr/bin/env python3
"""cutaway lesson play, grade, new and course, as a learner and a teacher use them.

usage: lesson_test.py PROGRAM SOURCE_FOLDER
"""
import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])


def steps_of(folder):
    with open(SOURCE + "/lessons/content/" + folder + "/lesson.json", encoding="utf-8") as file:
        return len(json.load(file)["steps"])


class Lesson(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = self.temporary.name

    def tearDown(self):
        self.temporary.cleanup()

    def run_it(self, *words, typed="", status=0):
        run = subprocess.run([PROGRAM, *words], input=typed, text=True, capture_output=True, cwd=self.folder,
                             env={**os.environ, "XDG_STATE_HOME": self.folder + "/state"}, check=False, timeout=250)
        self.assertEqual(run.returncode, status, (words, run.stdout, run.stderr))
        return run

    def listed(self, page, label, start):
        """The letter of the line that begins with `start`, in the list below `label`."""
        lines = page[page.index(label):].splitlines()
        return next(line.strip()[0] for line in lines if line.strip()[1:].startswith(") " + start))


class Play(Lesson):
    def test_from_the_first_sentence_to_the_last_exercise(self):
        steps = steps_of("02-who-does-what")
        page = self.run_it("lesson", "play", "2", "--learner", "ann", typed="\n" * 5).stdout
        server = self.listed(page, "Predict:", "The server.")
        # Five steps, the question, the others: then the order, of which the letters are not known yet.
        begin = "\n" * 5 + server + "\n" + "\n" * (steps - 5)
        page = self.run_it("lesson", "play", "2", "--learner", "ann", typed=begin).stdout
        self.assertIn("Right. Yes: the server keeps the images", page.replace("\n", " ").replace("        ", ""))
        stations = ["The terminal", "The client", "The server", "The image cache", "The hub", "The container",
                    "The program"]
        order = " ".join(self.listed(page, "Exercise:", station) for station in stations)
        typed = begin + "a\nhint\n" + order + "\ngoals\ndocker pull busybox\n"
        page = self.run_it("lesson", "play", "2", "--learner", "ann", "--hand-in", "ann.json", typed=typed).stdout
        for words in ("This is not yet the order", "Hint 1: Begin where", "Right.\n", "not yet: The image cache",
                      "Done: all goals are met.", "Closer look:"):
            self.assertIn(words, page)
        graded = json.loads(self.run_it("lesson", "grade", "ann.json", "--json").stdout)["graded"][0]
        self.assertEqual((graded["points"], graded["of"], graded["learner"]), (4, 4, "ann"), graded)

    def test_calls_are_written_one_by_one(self):
        lesson = "25-roots"
        begin = "a\n" * (steps_of(lesson) + 1) + "skip\nskip\n"
        calls = ['chdirr("/jail")', 'chroot("/jail")', "undo", 'chdir("/jail")', "goals", 'pivot_root(".", ".")',
                 'umount2(".", MNT_DETACH)']
        wrong = ["chdir", 'mkdir("/a", 0755, 1)', "close($q)"]
        page = self.run_it("lesson", "play", "25", "--learner", "ann", "--hand-in", "ann.json",
                           typed=begin + "\n".join(wrong + calls) + "\n").stdout
        for words in ("'chdir' is no call, expected a name and its arguments", "expected mkdir(pathname, mode)\n",
                      'no call sets the variable "q"'):
            self.assertIn(words, page)
        for words in ('did you mean "chdir"?', '>   chroot("/jail")  = 0\n', 'open("/secret", O_RDONLY)  = 5\n',
                      "not yet: The table has not been turned", '>   umount2(".", MNT_DETACH)  = 0\n',
                      'open("../../secret", O_RDONLY)  = -1 ENOENT', "Done: all goals are met."):
            self.assertIn(words, page)
        with open(self.folder + "/ann.json", encoding="utf-8") as file:
            hand_in = json.load(file)
        self.assertEqual(hand_in["exercises"]["no-way-out"], {"write": calls[3:4] + calls[5:]})
        marks = self.run_it("lesson", "grade", "ann.json", "--json").stdout
        mark = next(m for m in json.loads(marks)["graded"][0]["marks"] if "no-way-out" in m["what"])
        self.assertEqual((mark["points"], mark["of"]), (2, 2), mark)
        hand_in["exercises"]["no-way-out"] = {"write": ['chroot("/jail")', 'chdir("/")']}
        with open(self.folder + "/ben.json", "w", encoding="utf-8") as file:
            json.dump(hand_in, file)
        marks = self.run_it("lesson", "grade", "ben.json", "--json").stdout
        mark = next(m for m in json.loads(marks)["graded"][0]["marks"] if "no-way-out" in m["what"])
        self.assertEqual(mark["points"], 0, mark)

    def test_behind_execve_no_call_gets_an_answer(self):
        typed = "\n" * 5 + "a\n\n" + 'execve("/bin/true", ["true"], [])\n'
        page = self.run_it("lesson", "play", "34", typed=typed).stdout
        self.assertIn('>   execve("/bin/true", ["true"], [])  = 0\n', page)
        self.assertIn("    exit_group(3)\n", page)

    def test_look_shows_the_moment_in_words(self):
        self.assertIn("What changed", self.run_it("lesson", "play", "2", typed="\nlook\n").stdout)

    def test_what_is_forbidden_is_not_done(self):
        steps = steps_of("13-create-and-start")
        # "a" answers its two questions, rightly or not; at a step it is as good as an empty line.
        typed = "a\n" * (steps + 2) + "docker run busybox true\ngoals\nquit\n"
        page = self.run_it("lesson", "play", "13", typed=typed).stdout
        self.assertIn("Forbidden: This exercise is about the two halves", page)
        self.assertIn("not yet: There has to be one container", page)

    def test_progress_is_kept(self):
        self.run_it("lesson", "play", "2", typed="\nquit\n")
        with open(self.folder + "/state/cutaway/lessons/who-does-what.json", encoding="utf-8") as file:
            self.assertEqual(json.load(file)["lesson"], "who-does-what")

    def test_who_plays_again_goes_on_with_what_was_done(self):
        page = self.run_it("lesson", "play", "2", typed="\n" * 5).stdout
        client = self.listed(page, "Predict:", "The client.")
        self.run_it("lesson", "play", "2", typed="\n" * 5 + client + "\nquit\n")
        self.run_it("lesson", "play", "2", typed="quit\n")
        with open(self.folder + "/state/cutaway/lessons/who-does-what.json", encoding="utf-8") as file:
            self.assertEqual(json.load(file)["predictions"], {"who-connects": "client"})

    def test_another_language(self):
        page = self.run_it("lesson", "play", "2", "--lang", "de", typed="\n" * 5 + "x\nquit\n").stdout
        for words in ("Wer macht was", "Man sagt: ", "Was glaubst du? ", "Bitte einen Buchstaben."):
            self.assertIn(words, page)

    def test_a_language_that_is_not_there(self):
        run = self.run_it("lesson", "play", "2", "--lang", "xx", status=2)
        self.assertIn("has no words in 'xx'", run.stderr)

    def test_a_number_that_is_not_there(self):
        run = self.run_it("lesson", "play", "99", status=2)
        self.assertEqual(run.stderr, "cutaway: there is no lesson '99' (cutaway lesson list shows them)\n")


class Window(Lesson):
    def test_a_page_as_a_picture(self):
        self.run_it("render", "--lesson", "2", "--page", "step.hub", "--size", "1024x768", "-o", "page.png")
        with open(self.folder + "/page.png", "rb") as file:
            head = file.read(24)
        self.assertEqual(head[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual((int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")), (1024, 768))
        self.assertFalse(os.path.exists(self.folder + "/state"), "a picture keeps no progress")

    def test_what_is_not_there_is_told_before_a_window_opens(self):
        run = self.run_it("render", "--lesson", "2", "--page", "step.nowhere", "-o", "page.png", status=2)
        self.assertIn("--page 'step.nowhere': a number from 1 to 19", run.stderr)
        run = self.run_it("view", "--lesson", "99", status=2)
        self.assertIn("there is no lesson '99'", run.stderr)
        run = self.run_it("view", "--lesson", "2", "--lang", "xx", status=2)
        self.assertIn("has no words in 'xx'", run.stderr)


class Grade(Lesson):
    def hand_in(self, name, learner, seed, exercises):
        document = {"cutaway_hand_in": 1, "lesson": "who-does-what", "learner": learner, "seed": seed,
                    "predictions": {"who-connects": "server"}, "exercises": exercises}
        with open(self.folder + "/" + name, "w", encoding="utf-8") as file:
            json.dump(document, file)

    def test_a_folder_as_a_table(self):
        pulled = {"fetch-only": {"do": [{"docker": "pull busybox"}]}}
        self.hand_in("one.json", "=1+1, a formula", 1, pulled)
        self.hand_in("two.json", "", 1, pulled)
        self.hand_in("three.json", "", 1, {"fetch-only": {"do": [{"docker": "run busybox true"}]}})
        run = self.run_it("lesson", "grade", ".", "--csv")
        rows = {row["file"]: row for row in csv.DictReader(io.StringIO(run.stdout))}
        self.assertEqual(rows["./one.json"]["learner"], "'=1+1, a formula")
        self.assertIn("the seed is not this learner's", rows["./one.json"]["reasons"])
        self.assertEqual((rows["./two.json"]["points"], rows["./two.json"]["of"]), ("3", "4"))
        self.assertEqual(rows["./three.json"]["points"], "2")
        self.assertIn("this command did more than fetch", rows["./three.json"]["reasons"])
        self.assertEqual(run.stderr, "equal logs: ./one.json = ./two.json\n")

    def test_what_cannot_be_read_is_told_and_the_rest_is_graded(self):
        self.hand_in("good.json", "", 1, {})
        with open(self.folder + "/bad.json", "w", encoding="utf-8") as file:
            file.write("{")
        run = self.run_it("lesson", "grade", ".", status=1)
        self.assertIn("bad.json:1: not JSON", run.stdout)
        self.assertIn("good.json:  who-does-what 1 of 4", run.stdout)

    def test_the_one_file_that_was_named_cannot_be_read(self):
        with open(self.folder + "/bad.json", "w", encoding="utf-8") as file:
            file.write("{")
        for name, words in (("bad.json", "bad.json:1: not JSON"), ("none.json", "cannot read none.json")):
            run = self.run_it("lesson", "grade", name, status=2)
            self.assertEqual(run.stdout, "")
            self.assertIn(words, run.stderr)


class Recorded(Lesson):
    """What Linux made of a lesson's run lies in its folder: it is the lesson's run, and still explained."""

    def compared(self, folder, status=0):
        out = self.run_it("compare", "--lesson", folder, "--recorded", "--json", status=status).stdout
        return json.loads(out)

    def test_each_that_runs_for_real(self):
        folders = [folder for folder in sorted(os.listdir(SOURCE + "/lessons/content"))
                   if "real" in self.lesson(folder)["sides"]]
        self.assertGreaterEqual(len(folders), 7)
        for folder in folders:
            with self.subTest(folder):
                found = self.compared(folder)
                self.assertGreater(found["syscalls"]["matched"], 50)
                self.assertLess(os.path.getsize(f"{SOURCE}/lessons/content/{folder}/real.cut"), 400_000)

    def lesson(self, folder):
        with open(f"{SOURCE}/lessons/content/{folder}/lesson.json", encoding="utf-8") as file:
            return json.load(file)

    def test_it_is_said_that_it_is_one(self):
        page = self.run_it("compare", "--lesson", "16", "--recorded").stdout
        self.assertRegex(" ".join(page.split()), r"right .* \(recorded on Linux [0-9.]+")

    def test_a_lesson_without_one(self):
        for which, message in (("1", "has no recording"), ("nosuch", "there is no lesson")):
            run = self.run_it("compare", "--lesson", which, "--recorded", status=2)
            self.assertIn(message, run.stderr)
        self.assertIn("--lesson", self.run_it("compare", "run-echo", "--recorded", status=2).stderr)

    def test_one_of_a_lesson_that_is_only_simulated_is_refused(self):
        folder = self.folder + "/01-why-docker"
        shutil.copytree(SOURCE + "/lessons/content/01-why-docker", folder)
        with open(folder + "/real.cut", "wb") as file:
            file.write(b"none")
        self.assertIn("/sides: names only the simulated one", self.run_it("lesson", "check", folder, status=2).stderr)


class New(Lesson):
    def test_it_passes_the_check(self):
        self.run_it("lesson", "new", "40-mine")
        self.assertIn("1 lesson checked of 1 folder, 0 failed", self.run_it("lesson", "check", "40-mine").stdout)
        self.run_it("lesson", "new", "40-mine", status=2)
        self.run_it("lesson", "new", "mine", status=2)

    def test_from_what_was_done(self):
        self.run_it("shell", typed="docker run --name ab busybox echo hi\ndocker ps -a\nsave session.json\n")
        self.run_it("lesson", "new", "41-done", "--from", "session.json")
        self.assertIn(": 3 steps, ", self.run_it("lesson", "check", "41-done").stdout)


class Course(Lesson):
    def test_the_page_is_what_the_lessons_say(self):
        with open(SOURCE + "/docs/COURSE.md", encoding="utf-8") as file:
            self.assertEqual(self.run_it("lesson", "course").stdout, file.read(),
                             "cutaway lesson course > docs/COURSE.md")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
