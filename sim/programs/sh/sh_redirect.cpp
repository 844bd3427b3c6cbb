// Redirections (POSIX 2.7): descriptors that are put in the place of others for one command.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/sh/sh_command.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

constexpr int kDupFrom = 10;             // ash keeps put-aside descriptors from here on
constexpr int kDupFd = 1030;             // F_DUPFD_CLOEXEC
constexpr std::size_t kPipeRoom = 4096;  // a longer here-document needs a child that writes it

std::uint64_t open_flags(const Shell& shell, Redirect::Kind kind) {
  constexpr std::uint64_t exclusive = 0200;
  if (kind == Redirect::Kind::In) return 0;
  if (kind == Redirect::Kind::ReadWrite) return abi::o::kRdwr | abi::o::kCreat;
  const std::uint64_t out = abi::o::kWronly | abi::o::kCreat;
  if (kind == Redirect::Kind::Append) return out | abi::o::kAppend;
  if (kind == Redirect::Kind::Out && shell.option('C')) return out | exclusive;
  return out | abi::o::kTrunc;
}

std::string why_not_opened(Redirect::Kind kind, const std::string& target, abi::Errno err) {
  const bool in = kind == Redirect::Kind::In;
  const bool missing = err == abi::Errno::kENOENT;
  const std::string why = missing && in ? "no such file"
                          : missing     ? "nonexistent directory"
                                        : std::string(abi::errno_text(err));
  return std::string("can't ") + (in ? "open " : "create ") + target + ": " + why;
}

/// The old descriptor is kept aside, if asked for.
Co<int> keep(Sys sys, std::int32_t fd, SavedFds* saved) {
  const auto is_kept = [fd](const auto& item) { return item.first == fd; };
  if (saved == nullptr || std::any_of(saved->begin(), saved->end(), is_kept)) co_return 0;
  const std::int64_t kept = co_await sys.fcntl(fd, kDupFd, kDupFrom);
  saved->emplace_back(fd, kept < 0 ? -1 : kept);
  co_return 0;
}

struct Opened {
  std::int64_t fd = -1;
  bool ours = false;  ///< to be closed once it is in its place
  bool failed = false;
};

Co<int> write_here(Sys sys, State state) {
  const auto job = std::any_cast<std::pair<std::int64_t, std::string>>(state.more);
  auto writing = put(sys, job.first, job.second);
  co_return co_await writing;
}

// ash's openhere: through a pipe; what does not fit into it a child writes.
Co<Opened> open_here(Sys sys, Shell* shell, HereDocument here) {
  auto expanding = expand_text(sys, shell, here.body);
  const std::string text = co_await expanding;
  PipeEnds pipe;
  auto piping = make_pipe(sys, shell, &pipe);
  const std::int64_t made = co_await piping;
  if (made < 0) co_return Opened{-1, false, true};
  if (text.size() <= kPipeRoom) {
    auto writing = put(sys, pipe.out, text);
    co_await writing;
  } else {
    State state;
    state.more = std::make_pair(pipe.out, text);
    auto forking = fork_bare(sys, shell, write_here, state);
    co_await forking;
  }
  co_await sys.close(pipe.out);
  co_return Opened{pipe.in, true, false};
}

Co<Opened> open_duplicate(Sys sys, Shell* shell, std::string target) {
  std::int64_t from = -1;
  if (target == "-") co_return Opened{-1, false, false};
  if (parse_decimal(target, from)) co_return Opened{from, false, false};
  auto raising = raise_error(sys, shell, target + ": bad file descriptor");
  co_await raising;
  co_return Opened{-1, false, true};
}

Co<Opened> open_target(Sys sys, Shell* shell, Redirect item) {
  if (item.kind == Redirect::Kind::Here) {
    const HereDocument here = shell->tree->heres.at(static_cast<std::size_t>(item.here));
    auto opening = open_here(sys, shell, here);
    co_return co_await opening;
  }
  auto expanding = expand_text(sys, shell, item.target);
  const std::string target = co_await expanding;
  if (shell->leaving()) co_return Opened{-1, false, true};
  if (item.kind == Redirect::Kind::Duplicate) {
    auto opening = open_duplicate(sys, shell, target);
    co_return co_await opening;
  }
  std::int64_t fd = co_await sys.open(target, open_flags(*shell, item.kind), 0666);
  // set -C spares regular files only.
  const bool exists = shell->option('C') && fd == -static_cast<std::int64_t>(abi::Errno::kEEXIST);
  if (exists) {
    const std::int64_t found = co_await sys.stat(target);
    const bool regular =
        found < 0 || (sys.reply().stat.mode & abi::mode::kType) == abi::mode::kRegular;
    if (!regular) fd = co_await sys.open(target, abi::o::kWronly);
  }
  if (fd >= 0) co_return Opened{fd, true, false};
  auto telling =
      complain(sys, shell, why_not_opened(item.kind, target, static_cast<abi::Errno>(-fd)));
  co_await telling;
  co_return Opened{-1, false, true};
}

Co<bool> put_in_place(Sys sys, Shell* shell, Opened opened, std::int32_t fd, SavedFds* saved) {
  auto keeping = keep(sys, fd, saved);
  co_await keeping;
  if (opened.fd < 0) {
    co_await sys.close(fd);
    co_return true;
  }
  if (opened.fd == fd) co_return true;
  const std::int64_t done = co_await sys.dup2(opened.fd, fd);
  if (done < 0) {
    const std::string why(abi::errno_text(static_cast<abi::Errno>(-done)));
    auto telling = complain(sys, shell, decimal(opened.fd) + ": " + why);
    co_await telling;
    co_return false;
  }
  if (opened.ours) co_await sys.close(opened.fd);
  co_return true;
}

}  // namespace

Co<int> redirect(Sys sys, Shell* shell, std::vector<Redirect> redirects, SavedFds* saved) {
  for (const Redirect& item : redirects) {
    auto opening = open_target(sys, shell, item);
    const Opened opened = co_await opening;
    if (opened.failed) co_return 1;
    auto placing = put_in_place(sys, shell, opened, item.fd, saved);
    const bool placed = co_await placing;
    if (!placed) co_return 1;
    if (!item.both) continue;
    auto again = put_in_place(sys, shell, Opened{1, false, false}, 2, saved);
    co_await again;
  }
  co_return 0;
}

Co<int> restore(Sys sys, SavedFds saved) {
  for (const auto& item : saved) {
    if (item.second < 0) {
      co_await sys.close(item.first);
      continue;
    }
    co_await sys.dup2(item.second, item.first);
    co_await sys.close(item.second);
  }
  co_return 0;
}

}  // namespace cutaway::sim::sh
