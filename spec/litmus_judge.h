// Front door: what was expected of a litmus call, against what it gave.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spec/litmus.h"
#include "spec/litmus_variables.h"

namespace cutaway::spec {

/// Does the outcome hold what an `expect` asks? None: it does. Else one sentence: "expected ret 0,
/// got EPERM".
std::optional<std::string> judge(const Json& expect, const LitmusOutcome& outcome,
                                 const LitmusVariables& variables);

/// "0", "EPERM", "3, exited 7": a result in few words.
std::string outcome_words(const LitmusOutcome& outcome);

struct LitmusFailure {
  std::string pointer;  ///< of the `expect`, or of the step that could not be done
  std::string text;
};

/// What one step of a program gave, as it came.
struct LitmusGave {     // NOLINT(bugprone-exception-escape): moving a Json does not throw
  std::string pointer;  ///< of the step
  std::string call;     ///< the system call's name; "resume", "handled" …
  LitmusOutcome outcome;
  std::string trouble;  ///< it could not be done; then there is no outcome
};

/// Keeps count of a whole program: each `expect` holds, fails, or was never reached.
class LitmusVerdict {
 public:
  explicit LitmusVerdict(const LitmusProgram& program);
  /// Another program's are expected too: that of a file which is executed.
  void add(const LitmusProgram& program);

  /// A call, resume or handled came back.
  void judge(const LitmusStep& step, const LitmusOutcome& outcome,
             const LitmusVariables& variables);
  /// It could not be done, or not as it had to: a `block` that returned at once, a call that this
  /// side does not have, a variable that is not set.
  void fail(const LitmusStep& step, const std::string& text);
  /// The program is over: what was not judged was never reached.
  void finish();

  std::int64_t held() const { return static_cast<std::int64_t>(held_.size()); }
  const std::vector<std::string>& held_pointers() const { return held_; }
  /// In the order of the document.
  const std::vector<LitmusFailure>& failed() const { return failed_; }
  /// All that came back, in that order, expected or not.
  const std::vector<LitmusGave>& gave() const { return gave_; }

 private:
  std::vector<std::string> pointers_;  ///< of all `expect`s, in the order of the document
  std::map<std::string, bool> open_;   ///< not judged yet
  std::vector<std::string> held_;
  std::vector<LitmusFailure> failed_;
  std::vector<LitmusGave> gave_;
};

/// Where a step's `expect` stands: "/program/3/expect", "/program/3/block/expect".
std::string expect_pointer(const LitmusStep& step);

}  // namespace cutaway::spec
