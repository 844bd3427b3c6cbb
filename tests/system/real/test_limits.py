"""Limits bite."""
import real


class Limits(real.RealTest):
    def test_memory(self):
        code, _, _ = self.docker("run", "--name", "mm", "-m", "32m", "busybox", "busybox", "dd", "if=/dev/zero", "of=/dev/null", "bs=64M",
                    "count=1")
        self.assertEqual(code, 137)
        self.assertTrue(self.state_of("mm")["oom_killed"])

    def test_pids(self):
        _, out, err = self.docker("run", "--rm", "--pids-limit", "4", "busybox", "sh", "-c",
                                  "for i in 1 2 3 4 5 6 7 8; do sleep 1 & done; wait; echo done")
        self.assertIn("can't fork", out + err)

    def test_cpus(self):
        _, out, _ = self.docker("run", "--rm", "--cpus", "0.5", "busybox", "sh", "-c",
                                "cat /sys/fs/cgroup/cpu*/cpu.cfs_quota_us /sys/fs/cgroup/cpu.max 2>/dev/null | head -1")
        self.assertIn(out.split()[0], ("50000",))


if __name__ == "__main__":
    real.main()
