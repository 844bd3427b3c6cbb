#include "app/live/view_live.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/cli/picture.h"
#include "app/export/desk.h"
#include "app/live/less_privilege.h"
#include "app/live/live_feed.h"

namespace cutaway::app {

namespace {

/// The privileged end: performs INPUT, tells the watcher, ends with the run. Returns its status.
int be_agent(LiveView& view, const Invocation& invocation, int watcher) {
  ::setsid();  // Ctrl-C in the terminal ends the picture; the run goes on to its end
  view.live.watcher = watcher;
  auto session = LiveSession::make(view.live);
  if (!session) return report(session.error());
  view.input.side = "real";
  view.input.live = session->get();
  auto run = load(view.input, invocation);
  if (!run) return report(run.error());
  run->side->finish();
  return 0;
}

/// Draws what the feed brings until the window is closed.
Status draw(LiveFeed& feed, GuiOptions gui) {
  Trace trace;
  TRY(feed.begin(trace));
  gui.live = &feed;
  gui.cards = greeting_cards(trace);
  Desk desk(gui.cards);
  gui.exporter = &desk;
  TRY(run_gui(std::move(trace), gui));
  if (!feed.damage().empty()) return fail(ErrorCode::Failed, feed.damage());
  return {};
}

int watch_agent(int fd, pid_t agent, const GuiOptions& gui) {
  LiveFeed feed(fd);
  const Status ready = give_up_privileges();
  if (!ready) return report(ready.error());
  const Status shown = draw(feed, gui);
  int status = 0;
  // An agent that could not even begin has said why.
  const bool over = feed.over() && ::waitpid(agent, &status, 0) == agent;
  if (over && WIFEXITED(status) && WEXITSTATUS(status) != 0) return WEXITSTATUS(status);
  return shown ? 0 : report(shown.error());
}

int run_and_watch(LiveView& view, const Invocation& invocation) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return report({ErrorCode::Failed, std::string("socketpair: ") + std::strerror(errno), {}});
  // Forked before there is a thread, a window or a library that might know of either.
  const pid_t agent = ::fork();
  if (agent < 0)
    return report({ErrorCode::Failed, std::string("fork: ") + std::strerror(errno), {}});
  if (agent == 0) {
    ::close(ends[0]);
    const int status = be_agent(view, invocation, ends[1]);
    ::_exit(status);
  }
  ::close(ends[1]);
  return watch_agent(ends[0], agent, view.gui);
}

}  // namespace

int view_live(LiveView view, const Invocation& invocation) {
  const bool runs =
      !view.input.what.empty() || !view.input.commands.empty() || invocation.has_dashes;
  if (runs && !view.live.socket.empty())
    return report({ErrorCode::Usage,
                   "--live " + view.live.socket + " watches a run that is there; INPUT is run now",
                   "give one of the two"});
  if (runs) return run_and_watch(view, invocation);
  const std::string path =
      view.live.socket.empty() ? real::newest_live_socket(view.live.state) : view.live.socket;
  if (path.empty())
    return report({ErrorCode::Failed, "there is no run to be watched",
                   "cutaway real --live INPUT makes one; cutaway view --live INPUT does both"});
  auto feed = LiveFeed::connect(path);
  if (!feed) return report(feed.error());
  const Status ready = give_up_privileges();
  if (!ready) return report(ready.error());
  const Status shown = draw(**feed, view.gui);
  return shown ? 0 : report(shown.error());
}

}  // namespace cutaway::app
