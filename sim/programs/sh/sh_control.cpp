// Job control (POSIX 2.11; ash's setjobctl): whose turn it is at the terminal, and what became of
// the others.
#include "sim/core/termios.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

constexpr int kStopSignals[] = {abi::sig::kTstp, abi::sig::kTtou, abi::sig::kTtin};

/// /dev/tty, else the first of 2, 1 and 0 that is a terminal; kept out of the way of redirections.
Co<std::int64_t> open_terminal(Sys sys) {
  constexpr int keep_at = 10, dup_cloexec = 1030;
  const std::string path = "/dev/tty";
  const std::int64_t opened = co_await sys.open(path, abi::o::kRdwr);
  std::int64_t fd = opened;
  for (int at = 2; fd < 0 && at >= 0; --at) {
    const std::int64_t is = co_await sys.ioctl(at, tty::kTcgets, 0);
    if (is >= 0) fd = at;
  }
  if (fd < 0) co_return fd;
  const std::int64_t kept = co_await sys.fcntl(fd, dup_cloexec, keep_at);
  if (opened >= 0) co_await sys.close(opened);
  co_return kept;
}

/// Stands still as long as another group has the terminal: a shell must be in front to begin.
Co<std::int64_t> wait_until_in_front(Sys sys, std::int64_t fd) {
  const std::vector<Arg> none;
  while (true) {
    const std::int64_t asked = co_await sys.ioctl(fd, tty::kTiocgpgrp, 0);
    if (asked < 0) co_return asked;
    const std::int64_t front = sys.reply().out.at(0);
    const std::int64_t own = co_await sys.call(abi::Sys::getpgrp, none);
    if (front == own) co_return front;
    co_await sys.kill(0, abi::sig::kTtin);
  }
}

/// tcsetpgrp(3)
Co<std::int64_t> put_in_front(Sys sys, std::int64_t fd, std::int64_t group) {
  Arg number;
  number.tag = ArgTag::Struct;
  number.keys = {"int"};
  number.items = {Arg::integer(group)};
  const std::vector<Arg> args = {Arg::integer(fd),
                                 Arg::integer(static_cast<std::int64_t>(tty::kTiocspgrp)), number};
  co_return co_await sys.call(abi::Sys::ioctl, args);
}

Co<int> move_to_group(Sys sys, std::int64_t group) {
  const std::vector<Arg> args = {Arg::integer(0), Arg::integer(group)};
  co_await sys.call(abi::Sys::setpgid, args);
  co_return 0;
}

Co<int> arrange_stops(Sys sys, Shell* shell) {
  for (const int signal : kStopSignals) {
    auto arranging = arrange_signal(sys, shell, signal);
    co_await arranging;
  }
  co_return 0;
}

Co<int> begin_control(Sys sys, Shell* shell) {
  auto opening = open_terminal(sys);
  const std::int64_t fd = co_await opening;
  std::int64_t front = fd;
  if (fd >= 0) {
    auto waiting = wait_until_in_front(sys, fd);
    front = co_await waiting;
  }
  if (front < 0) {
    shell->options.erase('m');
    auto telling = complain(sys, shell, "can't access tty; job control turned off");
    co_await telling;
    if (fd >= 0) co_await sys.close(fd);
    co_return 0;
  }
  shell->controls = true;
  shell->tty_fd = fd;
  shell->first_group = front;
  auto arranging = arrange_stops(sys, shell);
  co_await arranging;
  auto moving = move_to_group(sys, shell->pid);
  co_await moving;
  auto taking = give_terminal(sys, shell, shell->pid);
  co_return co_await taking;
}

// All as it was. That the terminal is gone is no reason to stay.
Co<int> end_control(Sys sys, Shell* shell) {
  auto giving = put_in_front(sys, shell->tty_fd, shell->first_group);
  co_await giving;
  auto moving = move_to_group(sys, shell->first_group);
  co_await moving;
  auto arranging = arrange_stops(sys, shell);
  co_await arranging;
  co_await sys.close(shell->tty_fd);
  shell->tty_fd = -1;
  shell->controls = false;
  co_return 0;
}

}  // namespace

Co<int> control_jobs(Sys sys, Shell* shell, bool on) {
  if (on == shell->controls || shell->level != 0) co_return 0;
  auto changing = on ? begin_control(sys, shell) : end_control(sys, shell);
  co_return co_await changing;
}

Co<int> give_terminal(Sys sys, Shell* shell, std::int64_t group) {
  auto giving = put_in_front(sys, shell->tty_fd, group);
  const std::int64_t given = co_await giving;
  if (given >= 0) co_return 0;
  const std::string why(abi::errno_text(static_cast<abi::Errno>(-given)));
  auto raising = raise_error(sys, shell, "can't set tty process group: " + why);
  co_return co_await raising;
}

Co<bool> warns_of_stopped(Sys sys, Shell* shell) {
  const bool stopped =
      !shell->job_order.empty() && shell->jobs[shell->job_order[0]].state == Job::State::Stopped;
  if (!shell->option('i') || shell->warned != 0 || !stopped) co_return false;
  shell->warned = 2;
  auto telling = put(sys, 2, "You have stopped jobs.\n");
  co_await telling;
  co_return true;
}

// ash's showjobs before each prompt; without job control nobody is told.
Co<int> tell_of_jobs(Sys sys, Shell* shell) {
  if (!shell->controls) co_return 0;
  auto reaping = wait_for_job(sys, shell, 0);
  co_await reaping;
  const std::vector<int> order = shell->job_order;
  for (const int id : order) {
    if (!shell->jobs[id].changed) continue;
    const std::vector<std::string> pieces = job_pieces(*shell, id, false);
    for (const std::string& piece : pieces) {
      auto telling = put(sys, 2, piece);
      co_await telling;
    }
    shell->jobs[id].changed = false;
    if (shell->jobs[id].state == Job::State::Done) free_job(*shell, id);
  }
  co_return 0;
}

}  // namespace cutaway::sim::sh
