// Attaching and waiting: connections that live as long as the container runs.
#include <utility>

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/core/termios.h"
#include "sim/docker/daemon.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

// Thread: what the client types goes to the container's stdin; at the client's end it is closed.
struct InputJob {
  ContainerId container;
  std::int64_t from = -1;
};

// A terminal stays open at the client's end: who types there ends it with Ctrl-D.
Program copy_input(Sys sys, State state) {
  const InputJob job = std::any_cast<InputJob>(state.more);
  const std::string word = futex_word(job.container);
  while (live_of(sys, job.container).stdin_fd < 0) co_await sys.futex_wait(word);
  live_of(sys, job.container).typing.insert(job.from);
  while (true) {
    const std::int64_t n = co_await sys.read(job.from, 32768);
    if (n <= 0) break;
    const std::string bytes = sys.reply().data;
    const std::int64_t to = live_of(sys, job.container).stdin_fd;
    if (to < 0) break;
    co_await sys.write(to, bytes);
  }
  LiveContainer& live = live_of(sys, job.container);
  const std::int64_t to = live.terminal >= 0 ? -1 : std::exchange(live.stdin_fd, -1);
  if (to >= 0) co_await sys.close(to);
  const bool awaited =
      live_of(sys, job.container).typing.erase(job.from) > 0 &&
      sys.world().containers.find(job.container) != nullptr &&
      (live_of(sys, job.container).terminal >= 0 || live_of(sys, job.container).closes_input);
  if (awaited) co_await sys.futex_wake(word);
  co_return 0;
}

}  // namespace

Co<int> handle_attach(Sys sys, ApiRequestIn request) {
  sys.step("api.attach");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_await refusing;
    co_return static_cast<int>(co_await sys.close(request.fd));
  }
  const ContainerId number = found->number;
  sys.about(number);
  sys.emit(ApiAnswered{RequestId(static_cast<std::uint32_t>(request.message.request)), 101});
  const auto wants = [&request](const char* channel) {
    return http_query(request.message.path, channel) == "1";
  };
  sys.shared<DaemonState>().live[number.value].attached.push_back(
      {request.fd, wants("stdout"), wants("stderr")});
  auto telling = tell_container(sys, "attach", number);
  co_await telling;
  const std::string head = http_stream_head(101);
  auto heading = write_all(sys, request.fd, head);
  co_await heading;
  if (wants("stdin")) {
    State state;
    state.more = InputJob{number, request.fd};
    co_await sys.clone(kThreadFlags, copy_input, state);
  }
  co_return 0;
}

Co<int> handle_wait(Sys sys, ApiRequestIn request) {
  sys.step("api.wait");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  const ContainerId number = found->number;
  sys.about(number);
  const std::string word = futex_word(number);
  // Without a condition one that does not run is waited for already: created, or ended before.
  const bool next = request.message.path.find("condition=next-exit") != std::string::npos;
  const bool waits =
      next || found->state == ContainerState::Running || found->state == ContainerState::Paused;
  int code = found->exit_code;
  while (waits && !sys.shared<DaemonState>().live[number.value].ended)
    co_await sys.futex_wait(word);
  if (waits) code = sys.shared<DaemonState>().live[number.value].exit_code;
  const std::string body = json_text(Json{{"StatusCode", code}});
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

namespace {

// TIOCSWINSZ: the size of the client's window becomes that of the terminal (ioctl_tty(2)).
Co<int> resize(Sys sys, ApiRequestIn request, std::int64_t terminal) {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  const bool whole = parse_decimal(http_query(request.message.path, "h"), rows) &&
                     parse_decimal(http_query(request.message.path, "w"), columns);
  if (terminal >= 0 && whole) {
    Arg size;
    size.tag = ArgTag::Struct;
    size.keys = {"ws_row", "ws_col"};
    size.items = {Arg::integer(rows), Arg::integer(columns)};
    const std::vector<Arg> args = {Arg::integer(terminal),
                                   Arg::integer(std::int64_t{tty::kTiocswinsz}), size};
    co_await sys.call(abi::Sys::ioctl, args);
  }
  auto answering = answer(sys, request, 200, "");
  co_return co_await answering;
}

}  // namespace

Co<int> handle_resize(Sys sys, ApiRequestIn request) {
  sys.step("api.resize");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  sys.about(found->number);
  auto resizing = resize(sys, request, live_of(sys, found->number).terminal);
  co_return co_await resizing;
}

Co<int> handle_exec_resize(Sys sys, ApiRequestIn request) {
  sys.step("api.resize");
  const auto& execs = sys.shared<DaemonState>().execs;
  const auto known = execs.find(request.target);
  auto resizing = resize(sys, request, known == execs.end() ? -1 : known->second.terminal);
  co_return co_await resizing;
}

}  // namespace cutaway::sim
