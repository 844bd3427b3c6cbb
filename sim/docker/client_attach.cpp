// docker attach: our terminal becomes that of a container that runs.
// (docker's cli/command/container/attach.go)

#include "base/json_value.h"
#include "sim/docker/client.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

std::string why_not_attached(const InspectedContainer& found) {
  if (found.state == "paused") return spec::say::attach_paused();
  if (found.state == "running") return {};
  return spec::say::attach_stopped();
}

}  // namespace

Co<InspectedContainer> inspect_container(Sys sys, std::string name) {
  InspectedContainer found;
  auto asking = ask(sys, "api.inspect", "GET", "/containers/" + name + "/json", "");
  found.answer = co_await asking;
  const auto body = parse_json(found.answer.body);
  if (found.answer.status != 200 || !body || !body->is_object()) co_return found;
  found.id = body->value("Id", std::string());
  found.state = (*body)["State"].value("Status", std::string());
  found.tty = (*body)["Config"].value("Tty", false);
  found.open_stdin = (*body)["Config"].value("OpenStdin", false);
  co_return found;
}

Co<int> exit_code_of_wait(Sys sys, std::int64_t waiter) {
  sys.step("api.wait");
  auto ending = http_receive(sys, waiter);
  const HttpMessage ended = co_await ending;
  const auto body = parse_json(ended.body);
  co_return body && body->is_object() ? body->value("StatusCode", 125) : 125;
}

Co<int> client_attach(Sys sys, ClientCommand given) {
  const auto options = given.command.get<spec::AttachOptions>();
  auto inspecting = inspect_container(sys, given.command.names.at(0));
  const InspectedContainer found = co_await inspecting;
  if (found.id.empty()) {
    auto refusing = refuse(sys, given.command, error_message(found.answer));
    co_return co_await refusing;
  }
  std::string no = why_not_attached(found);
  const bool input = !options.no_stdin && found.open_stdin;
  if (no.empty() && found.tty && !options.no_stdin) {
    auto checking = is_terminal(sys, 0);
    if (!co_await checking) no = "the input device is not a TTY";
  }
  if (!no.empty()) {
    auto printing = print(sys, 2, no + "\n");
    co_await printing;
    co_return 1;
  }
  const std::string place = "/containers/" + found.id;
  const std::string query =
      std::string("/attach?stream=1&stdout=1&stderr=1") + (input ? "&stdin=1" : "");
  auto waiting = send_request(sys, "api.wait", "POST", place + "/wait", "");
  const std::int64_t waiter = co_await waiting;
  auto attaching = send_request(sys, "api.attach", "POST", place + query, "");
  const std::int64_t stream = co_await attaching;
  auto receiving = http_receive_head(sys, stream);
  const HttpMessage attached = co_await receiving;
  if (found.tty) {
    auto telling = tell_size(sys, place);
    co_await telling;
  }
  const bool passes_signals = options.sig_proxy && !found.tty;
  if (passes_signals) {
    auto catching = catch_signals(sys);
    co_await catching;
  }
  const std::string signals_to = passes_signals ? place : std::string();
  const Stream bytes{stream, attached.body,      input, found.tty, signals_to,
                     true,   options.detach_keys};
  auto carrying = carry(sys, bytes);
  co_await carrying;
  auto ending = exit_code_of_wait(sys, waiter);
  co_return co_await ending;
}

}  // namespace cutaway::sim
