#include "sim/docker/client.h"

#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client_parts.h"
#include "sim/docker/daemon.h"
#include "sim/programs/net_tools.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

struct VerbRow {
  spec::Verb verb;
  Verb run;
};

constexpr VerbRow kVerbs[] = {
    {spec::Verb::Run, client_run},
    {spec::Verb::Create, client_create},
    {spec::Verb::Start, client_start},
    {spec::Verb::Pull, client_pull},
    {spec::Verb::Ps, client_ps},
    {spec::Verb::Logs, client_logs},
    {spec::Verb::Rm, client_rm},
    {spec::Verb::Images, client_images},
    {spec::Verb::Stop, client_stop},
    {spec::Verb::Restart, client_restart},
    {spec::Verb::Wait, client_wait},
    {spec::Verb::Kill, client_kill},
    {spec::Verb::Update, client_update},
    {spec::Verb::Exec, client_exec},
    {spec::Verb::Attach, client_attach},
    {spec::Verb::Inspect, client_inspect},
    {spec::Verb::Pause, client_pause},
    {spec::Verb::Unpause, client_unpause},
    {spec::Verb::Rmi, client_rmi},
    {spec::Verb::ContainerPrune, client_prune},
    {spec::Verb::ImagePrune, client_prune},
    {spec::Verb::SystemPrune, client_prune},
    {spec::Verb::Version, client_version},
};

Verb verb_of(const spec::Command& command) {
  for (const VerbRow& row : kVerbs) {
    if (row.verb == command.verb) return row.run;
  }
  return command.verb == spec::Verb::Other ? other_verb(command) : nullptr;
}

}  // namespace

std::string not_yet(const spec::Command& command) {
  if (verb_of(command) == nullptr) return "'" + command.path + "'";
  return not_honoured(command);
}

Co<int> print(Sys sys, int fd, std::string text) {
  if (text.empty()) co_return 0;
  auto writing = write_all(sys, fd, text);
  co_await writing;
  co_return 0;
}

std::string error_message(const HttpMessage& answer) {
  const auto json = parse_json(answer.body);
  if (!json || !json->is_object()) return "the daemon hung up";
  return json->value("message", std::string("unknown error"));
}

Co<int> refuse(Sys sys, spec::Command command, std::string message) {
  const spec::ClientAnswer said = spec::daemon_refuses(command, message);
  auto out = print(sys, 1, said.out);
  co_await out;
  auto err = print(sys, 2, said.err);
  co_await err;
  co_return said.exit;
}

std::string_view client_socket(HostOs os) {
  if (os == HostOs::Linux) return kDockerSocket;
  return os == HostOs::Mac ? "/var/run/docker.sock" : "//./pipe/docker_engine";
}

Co<std::int64_t> send_request(Sys sys, std::string step, std::string method, std::string path,
                              std::string body) {
  sys.step(step);
  const std::string address(client_socket(sys.world().machine.os));
  auto connecting = open_stream(sys, address, "AF_UNIX");
  const std::int64_t fd = co_await connecting;
  if (fd < 0) co_return fd;
  const RequestId id(sys.world().counters.request + 1);
  sys.emit(ApiRequested{id, method, path.substr(0, path.find('?'))});
  const std::string text = http_request(method, path, id, body);
  auto writing = write_all(sys, fd, text);
  co_await writing;
  co_return fd;
}

Co<HttpMessage> ask(Sys sys, std::string step, std::string method, std::string path,
                    std::string body) {
  auto sending = send_request(sys, step, method, path, body);
  const std::int64_t fd = co_await sending;
  HttpMessage message;
  if (fd < 0) co_return message;
  auto receiving = http_receive(sys, fd);
  message = co_await receiving;
  co_await sys.close(fd);
  co_return message;
}

namespace {

// What our stdin is matters only to a command that wants both a terminal and to be typed at.
Co<spec::Parsed> read_command_line(Sys sys, std::vector<std::string> words) {
  spec::ClientContext context;
  context.stdin_is_terminal = true;
  context.windows = sys.world().machine.os == HostOs::Windows;
  const spec::Parsed parsed = spec::parse_docker(words, context);
  const auto* command = std::get_if<spec::Command>(&parsed);
  const bool runs = command != nullptr && command->verb == spec::Verb::Run;
  if (!runs || !command->run().tty || command->run().detach) co_return parsed;
  auto asking = is_terminal(sys, 0);
  context.stdin_is_terminal = co_await asking;
  co_return spec::parse_docker(words, context);
}

}  // namespace

Program docker_client(Sys sys, State state) {
  sys.role(Role::Client);
  ClientCommand given;
  given.words.assign(state.argv.begin() + 1, state.argv.end());
  auto reading = read_command_line(sys, given.words);
  const spec::Parsed parsed = co_await reading;
  if (const auto* said = std::get_if<spec::ClientAnswer>(&parsed)) {
    auto out = print(sys, 1, said->out);
    co_await out;
    auto err = print(sys, 2, said->err);
    co_await err;
    co_return said->exit;
  }
  given.command = std::get<spec::Command>(parsed);
  const std::string missing = not_yet(given.command);
  if (!missing.empty()) {  // in a line of the shell's: nobody looked at it before
    auto refusing = print(sys, 2, "cutaway: not yet: " + missing + ", in the simulator\n");
    co_await refusing;
    co_return 1;
  }
  auto warning = print(sys, 2, given.command.warning);
  co_await warning;
  auto pinging = ask(sys, "api.ping", "HEAD", "/_ping", "");
  const HttpMessage pong = co_await pinging;
  if (pong.status == 0) {
    const spec::ClientAnswer sorry = spec::cannot_connect(given.command);
    auto printing = print(sys, 2, sorry.err);
    co_await printing;
    co_return sorry.exit;
  }
  auto running = verb_of(given.command)(sys, given);
  co_return co_await running;
}

}  // namespace cutaway::sim
