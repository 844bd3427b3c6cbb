// docker exec: ask, start, carry the bytes, ask how it ended. (docker's
// cli/command/container/exec.go)

#include "base/json_text.h"
#include "base/json_value.h"
#include "sim/docker/client.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

Co<int> exit_code_of(Sys sys, std::string id) {
  auto asking = ask(sys, "api.exec.inspect", "GET", "/exec/" + id + "/json", "");
  const HttpMessage answer = co_await asking;
  const auto body = parse_json(answer.body);
  co_return body && body->is_object() ? body->value("ExitCode", 0) : 1;
}

Co<int> start_detached(Sys sys, ClientCommand given, std::string id) {
  const std::string body = json_text(Json{{"Detach", true}});
  auto starting = ask(sys, "api.exec.start", "POST", "/exec/" + id + "/start", body);
  const HttpMessage started = co_await starting;
  if (started.status == 200) co_return 0;
  auto refusing = refuse(sys, given.command, error_message(started));
  co_return co_await refusing;
}

Co<int> start_attached(Sys sys, ClientCommand given, std::string id) {
  const auto options = given.command.get<spec::ExecOptions>();
  const std::string body = json_text(Json{{"Detach", false}, {"Tty", options.tty}});
  auto sending = send_request(sys, "api.exec.start", "POST", "/exec/" + id + "/start", body);
  Stream stream;
  stream.fd = co_await sending;
  auto receiving = http_receive_head(sys, stream.fd);
  HttpMessage head = co_await receiving;
  if (head.status != 101) {
    auto refusing = refuse(sys, given.command, error_message(head));
    co_return co_await refusing;
  }
  stream.pending = head.body;
  stream.input = options.interactive;
  stream.tty = options.tty;
  stream.detach_keys = options.detach_keys;
  if (options.tty) {
    auto telling = tell_size(sys, "/exec/" + id);
    co_await telling;
  }
  auto carrying = carry(sys, stream);
  co_await carrying;
  auto asking = exit_code_of(sys, id);
  co_return co_await asking;
}

}  // namespace

// The container is looked at first: that it is not there outweighs that there is no terminal.
Co<int> client_exec(Sys sys, ClientCommand given) {
  const std::string name = given.command.names.at(0);
  auto looking = ask(sys, "api.inspect", "GET", "/containers/" + name + "/json", "");
  const HttpMessage found = co_await looking;
  if (found.status != 200) {
    auto refusing = refuse(sys, given.command, error_message(found));
    co_return co_await refusing;
  }
  const auto options = given.command.get<spec::ExecOptions>();
  spec::ClientContext context;
  if (options.tty && options.interactive && !options.detach) {
    auto checking = is_terminal(sys, 0);
    context.stdin_is_terminal = co_await checking;
  }
  if (const auto no = spec::refuse_exec_without_terminal(given.command, context)) {
    auto printing = print(sys, 2, no->err);
    co_await printing;
    co_return no->exit;
  }
  const std::string words = json_text(Json{{"Words", given.words}});
  auto creating = ask(sys, "api.exec.create", "POST", "/containers/" + name + "/exec", words);
  const HttpMessage created = co_await creating;
  if (created.status != 201) {
    auto refusing = refuse(sys, given.command, error_message(created));
    co_return co_await refusing;
  }
  const std::string id = parse_json(created.body)->value("Id", std::string());
  auto starting = options.detach ? start_detached(sys, given, id) : start_attached(sys, given, id);
  co_return co_await starting;
}

}  // namespace cutaway::sim
