// The process in front of a scenario's terminal, in the place of the shell that a person would have
// there: leader of a session whose controlling terminal it is (credentials(7), "Sessions").
// Docker's clients are threads of ours and in no such session; so keys that make signals (Ctrl-C)
// reach this one, and it hands them on. A command line of the host is its child.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "real/sys/fd.h"
#include "real/sys/signal_pipe.h"

namespace cutaway::real {

class SessionLeader {
 public:
  /// `terminal`: becomes its stdin, stdout and stderr. What signals it gets, `signals` says.
  static Result<SessionLeader> start(int terminal, const SignalPipe& signals);
  SessionLeader(SessionLeader&&) = default;
  SessionLeader& operator=(SessionLeader&&) = delete;
  /// It ends, and with it what it still runs.
  ~SessionLeader();

  /// `sh -c LINE` at the terminal; its exit status. SIGKILL from `signals` ends it; other signals
  /// there are those that the terminal has sent it already.
  Result<int> run(const std::string& line, int signals);

 private:
  SessionLeader(Fd socket, int pid) : socket_(std::move(socket)), pid_(pid) {}
  Fd socket_;
  int pid_ = 0;
};

}  // namespace cutaway::real
