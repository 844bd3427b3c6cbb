// A sandbox of tier U (DESIGN §7): namespaces of its own, ids that are nobody's, a root of its own
// with nothing in it but the document's files, /proc and five devices. In tier R only the root is
// its own, and holds all of /dev, /sys and the cgroups: the machine is the sandbox, and is thrown
// away. Its pid 1 does the work, call by call, as it is told from here; so what the sandbox is
// stands in sandbox.cpp as a list.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "real/litmus/launcher.h"
#include "real/litmus/tasks.h"
#include "spec/litmus.h"

namespace cutaway::real {

/// The first task of the program; slot 0 is pid 1.
inline constexpr unsigned kFirstSlot = 1;

class LitmusSandbox {
 public:
  /// With the first task, which waits for its first call.
  static Result<std::unique_ptr<LitmusSandbox>> make(LitmusLauncher& launcher,
                                                     const spec::Litmus& litmus);
  /// Ends all that is in there.
  ~LitmusSandbox();
  LitmusSandbox(const LitmusSandbox&) = delete;
  LitmusSandbox& operator=(const LitmusSandbox&) = delete;

  LitmusTasks& tasks() { return *tasks_; }
  LitmusArea& area() { return launcher_.area(); }
  /// SIGKILL to pid 1: the kernel ends everybody else (pid_namespaces(7)). Returns when all are
  /// gone.
  void end();
  /// The litmus program that the file behind /proc/PID/exe is; null: it is none.
  const spec::LitmusProgram* program_of(pid_t pid) const;

 private:
  explicit LitmusSandbox(LitmusLauncher& launcher) : launcher_(launcher) {}
  Status begin(bool tier_r);
  Status pid_one(const std::string& line);
  Status set_up(const spec::Litmus& litmus);
  Status note_programs(const spec::Litmus& litmus);

  LitmusLauncher& launcher_;
  Fd process_;  ///< pid 1
  pid_t pid_ = 0;
  bool over_ = false;
  std::unique_ptr<LitmusTasks> tasks_;
  std::map<std::uint64_t, const spec::LitmusProgram*> programs_;  ///< by inode number
};

}  // namespace cutaway::real
