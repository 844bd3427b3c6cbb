#include "app/live/session.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cstdlib>

#include "app/live/break_option.h"
#include "app/live/change_line.h"
#include "app/live/live_feed.h"
#include "base/os/files.h"
#include "base/text.h"
#include "viz/text.h"

namespace cutaway::app {

namespace {

constexpr std::chrono::milliseconds kLook{200};
constexpr unsigned kWaitUs = 10'000;

/// Not every process has a terminal that answers: open(2) fails with ENXIO when there is none.
bool has_terminal() {
  const int fd = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (fd >= 0) ::close(fd);
  return fd >= 0;
}

/// Who may watch beside root: who called sudo.
unsigned owner() {
  const char* text = std::getenv("SUDO_UID");
  std::int64_t uid = 0;
  return text != nullptr && parse_decimal(text, uid) ? static_cast<unsigned>(uid) : ::geteuid();
}

void say(const std::string& line) { os::write_err("cutaway: " + line + "\n"); }

constexpr const char* kPrompt =
    "[Enter] go on   [s] one step   [e] the whole picture in words   [q] let it run to its end: ";

}  // namespace

Result<std::unique_ptr<LiveSession>> LiveSession::make(LiveChoice choice) {
  std::unique_ptr<LiveSession> session(new LiveSession(std::move(choice)));
  const LiveChoice& asked = session->choice_;
  if (!asked.break_at.empty()) {
    TRY_ASSIGN(real::BreakPoint point, parse_break(asked.break_at));
    session->control_.break_at(std::move(point));
    const bool somebody = asked.live || asked.watcher >= 0 || has_terminal();
    if (!somebody)
      return fail(ErrorCode::Usage, "--break needs somebody who lets the run go on",
                  "in a terminal, or with --live");
  }
  return session;
}

LiveSession::~LiveSession() {
  control_.let_run();
  control_.end();
  if (thread_.joinable()) thread_.join();
}

Status LiveSession::begin(real::RealSide& side) {
  if (choice_.live || choice_.watcher >= 0) return serve(side);
  if (!choice_.break_at.empty()) thread_ = std::thread([this, &side] { prompt(side); });
  return {};
}

Status LiveSession::serve(real::RealSide& side) {
  real::LiveServerOptions options;
  if (choice_.watcher < 0) {
    TRY_ASSIGN(socket_, real::LiveSocket::make(choice_.state, choice_.socket));
    options.path = socket_.path();
  }
  options.owner = owner();
  options.watcher = choice_.watcher;
  options.look = [&side](const auto& f) { side.look(f); };
  options.said = [this, &side](std::string_view line) { heard(side, line); };
  options.alone = [this] { control_.let_run(); };
  TRY_ASSIGN(server_, real::LiveServer::open(std::move(options)));
  if (!choice_.break_at.empty()) thread_ = std::thread([this] { announce(); });
  if (choice_.watcher >= 0) return {};
  say("the run begins when somebody watches: cutaway view --live " + socket_.path());
  while (server_->watchers() == 0) ::usleep(kWaitUs);
  return {};
}

void LiveSession::announce() {
  while (!control_.over()) {
    if (!control_.wait_held(kLook)) continue;
    const auto held = control_.held();
    if (held) say("held before " + held->step + "; who watches lets it go on");
    while (control_.held() && !control_.over()) ::usleep(kWaitUs);
  }
}

void LiveSession::heard(real::RealSide& side, std::string_view line) {
  if (line == kGoOn) return control_.go_on();
  if (line == kOneStep) return control_.step();
  if (line == kHold) return control_.stop();
  if (is_change_line(line)) {
    const auto words = words_of_change(line);
    // What is refused stands in the trace: whoever watches sees it there.
    if (words) static_cast<void>(side.beside(*words));
    return;
  }
  if (!starts_with(line, kBreak)) return;
  const std::string where(line.substr(kBreak.size()));
  auto point = where == "none" ? Result<real::BreakPoint>(real::BreakPoint{}) : parse_break(where);
  if (point) control_.break_at(std::move(*point));
}

/// The next line that is typed; nothing when the run is over, or the terminal gone.
std::optional<std::string> LiveSession::next_line(int terminal) const {
  std::string line;
  while (!control_.over()) {
    pollfd one = {terminal, POLLIN, 0};
    if (::poll(&one, 1, static_cast<int>(kLook.count())) <= 0) continue;
    char typed = 0;
    if (::read(terminal, &typed, 1) != 1) break;
    if (typed == '\n' || typed == '\r') return line;
    line += typed;
  }
  return std::nullopt;
}

void LiveSession::ask(int terminal, const real::RealSide& side) {
  const auto held = control_.held();
  if (!held) return;
  std::string words = "\nheld before " + held->step + (held->what.empty() ? "" : ": ") + held->what;
  std::optional<std::string> answer;
  do {
    words += std::string("\n") + kPrompt;
    (void)!::write(terminal, words.data(), words.size());
    answer = next_line(terminal);
    if (answer == "e")
      side.look([&words](const Trace& trace) { words = viz::explain(trace, trace.size()); });
  } while (answer == "e");
  if (!answer || answer == "q")
    control_.let_run();
  else if (answer == "s")
    control_.step();
  else
    control_.go_on();
}

void LiveSession::prompt(const real::RealSide& side) {
  const int terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  while (terminal >= 0 && !control_.over()) {
    if (control_.wait_held(kLook)) ask(terminal, side);
  }
  if (terminal >= 0) ::close(terminal);
  control_.let_run();  // nobody is there any more
}

void LiveSession::end() {
  control_.let_run();
  control_.end();
  if (server_) server_->finish();
  if (thread_.joinable()) thread_.join();
}

}  // namespace cutaway::app
