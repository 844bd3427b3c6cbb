"""What docker was measured to do (tests/facts/docker.txt): the sessions that the real side can do as well."""
import pathlib
import sys

import real

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "facts"))
from facts_test import SESSIONS, run, sessions  # noqa: E402


class Facts(real.RealTest):
    def test_sessions_of_both_sides(self):
        chosen = [each for each in sessions(SESSIONS.read_text(encoding="utf-8")) if each.both]
        self.assertGreater(len(chosen), 5)
        for session in chosen:
            with self.subTest(session.id):
                self.assertEqual(run([real.PROGRAM, "shell", "--side", "real"], session, self.env), [])


if __name__ == "__main__":
    real.main()
