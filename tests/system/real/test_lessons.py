"""Lessons whose commands run on this computer too: every difference from the simulated run is explained."""
import json

import real


class Lessons(real.RealTest):
    def test_the_same_for_real(self):
        _, out, err = self.cutaway("lesson", "list", "--json")
        both = [lesson["id"] for lesson in json.loads(out)["lessons"] if lesson["real"]]
        self.assertGreaterEqual(len(both), 7, err)
        for lesson in both:
            found = self.compared("--lesson", lesson)
            self.assertGreater(found["syscalls"]["matched"], 50, lesson)

    def test_one_that_is_made_up_says_so(self):
        code, out, err = self.cutaway("compare", "--lesson", "1")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("name only the simulated one", err)


if __name__ == "__main__":
    real.main()
