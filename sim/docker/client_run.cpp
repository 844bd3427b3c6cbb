// run = create + start, with a pull in between when the image is not there.
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "spec/docker_messages.h"
#include "spec/reference.h"

namespace cutaway::sim {

namespace {

// Streamed lines of progress, as docker prints them where no terminal is.
std::string progress_text(const std::string& line, bool quiet, std::string& error) {
  const auto json = parse_json(line);
  if (!json || !json->is_object()) return {};
  if (json->contains("error")) {
    error = json->value("error", std::string());
    return {};
  }
  if (quiet) return {};
  const std::string id = json->value("id", std::string());
  return (id.empty() ? std::string() : id + ": ") + json->value("status", std::string()) + "\n";
}

// Takes whole frames off `pending`: {channel, 0, 0, 0, length, bytes}.
bool next_frame(std::string& pending, int& channel, std::string& bytes) {
  if (pending.size() < 8) return false;
  std::size_t length = 0;
  for (std::size_t i = 4; i < 8; ++i) length = length << 8 | static_cast<unsigned char>(pending[i]);
  if (pending.size() < 8 + length) return false;
  channel = static_cast<unsigned char>(pending[0]);
  bytes = pending.substr(8, length);
  pending.erase(0, 8 + length);
  return true;
}

// The container's output, as it comes over the attached connection, to our own stdout and stderr.
Co<int> copy_to_terminal(Sys sys, std::int64_t fd, std::string pending) {
  sys.step("cli.print");
  while (true) {
    int channel = 1;
    std::string bytes;
    while (next_frame(pending, channel, bytes)) {
      auto printing = print(sys, channel, bytes);
      co_await printing;
    }
    const std::int64_t n = co_await sys.read(fd, 65536);
    if (n <= 0) co_return 0;
    pending += sys.reply().data;
  }
}

// Thread: what is typed (or fed) to us goes to the container.
struct StdinJob {
  std::int64_t to = -1;
};
Program copy_stdin(Sys sys, State state) {
  const std::int64_t to = std::any_cast<StdinJob>(state.more).to;
  while (true) {
    const std::int64_t n = co_await sys.read(0, 32768);
    if (n <= 0) break;
    const std::string bytes = sys.reply().data;
    co_await sys.write(to, bytes);
  }
  const std::vector<Arg> args = {Arg::integer(to), Arg::integer(1)};  // SHUT_WR: no more will come
  co_await sys.call(abi::Sys::shutdown, args);
  co_return 0;
}

constexpr std::uint64_t kThread = abi::clone::kVm | abi::clone::kFs | abi::clone::kFiles |
                                  abi::clone::kSighand | abi::clone::kThread;

Co<int> run_attached(Sys sys, spec::Command command, std::string id, bool interactive) {
  const std::string query =
      std::string("?stream=1&stdout=1&stderr=1") + (interactive ? "&stdin=1" : "");
  auto attaching =
      send_request(sys, "api.attach", "POST", "/containers/" + id + "/attach" + query, "");
  const std::int64_t stream = co_await attaching;
  auto receiving = http_receive_head(sys, stream);
  const HttpMessage attached = co_await receiving;
  auto waiting =
      send_request(sys, "api.wait", "POST", "/containers/" + id + "/wait?condition=next-exit", "");
  const std::int64_t waiter = co_await waiting;
  auto starting = ask(sys, "api.start", "POST", "/containers/" + id + "/start", "");
  const HttpMessage started = co_await starting;
  if (started.status != 204) {
    auto refusing = refuse(sys, command, error_message(started));
    co_return co_await refusing;
  }
  if (interactive) {
    State state;
    state.more = StdinJob{stream};
    co_await sys.clone(kThread, copy_stdin, state);
  }
  auto copying = copy_to_terminal(sys, stream, attached.body);
  co_await copying;
  sys.step("api.wait");
  auto ending = http_receive(sys, waiter);
  const HttpMessage ended = co_await ending;
  const auto body = parse_json(ended.body);
  co_return body && body->is_object() ? body->value("StatusCode", 125) : 125;
}

}  // namespace

Co<int> pull_image(Sys sys, spec::Command command, std::string image, int fd, bool quiet) {
  auto sending = send_request(sys, "api.pull", "POST", "/images/create?fromImage=" + image, "");
  const std::int64_t stream = co_await sending;
  auto receiving = http_receive_head(sys, stream);
  const HttpMessage head = co_await receiving;
  std::string pending = head.body;
  std::string error = head.status == 200 ? std::string() : error_message(head);
  while (error.empty()) {
    const std::size_t end = pending.find('\n');
    if (end != std::string::npos) {
      const std::string text = progress_text(pending.substr(0, end), quiet, error);
      pending.erase(0, end + 1);
      auto printing = print(sys, fd, text);
      co_await printing;
      continue;
    }
    const std::int64_t n = co_await sys.read(stream, 65536);
    if (n <= 0) break;
    pending += sys.reply().data;
  }
  co_await sys.close(stream);
  if (error.empty()) co_return 0;
  auto refusing = refuse(sys, command, error);
  co_return co_await refusing;
}

Co<CreatedContainer> create_with_pull(Sys sys, ClientCommand given) {
  const std::string body = Json{{"Words", given.words}}.dump();
  CreatedContainer created;
  auto creating = ask(sys, "api.create", "POST", "/containers/create", body);
  HttpMessage answer = co_await creating;
  const auto reference = spec::parse_reference(given.command.image);
  if (answer.status == 404 && given.command.run().pull != "never" && reference) {
    const std::string name = reference->familiar();
    auto telling = print(sys, 2, spec::unable_to_find_image(*reference));
    co_await telling;
    auto pulling = pull_image(sys, given.command, name, 2, given.command.run().quiet);
    created.exit = co_await pulling;
    if (created.exit != 0) co_return created;
    auto again = ask(sys, "api.create", "POST", "/containers/create", body);
    answer = co_await again;
  }
  if (answer.status != 201) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    created.exit = co_await refusing;
    co_return created;
  }
  created.id = parse_json(answer.body)->value("Id", std::string());
  co_return created;
}

Co<int> client_run(Sys sys, ClientCommand given) {
  auto creating = create_with_pull(sys, given);
  const CreatedContainer created = co_await creating;
  if (created.id.empty()) co_return created.exit;
  if (!given.command.run().detach) {
    auto running = run_attached(sys, given.command, created.id, given.command.run().interactive);
    co_return co_await running;
  }
  auto starting = ask(sys, "api.start", "POST", "/containers/" + created.id + "/start", "");
  const HttpMessage started = co_await starting;
  if (started.status != 204) {
    auto refusing = refuse(sys, given.command, error_message(started));
    co_return co_await refusing;
  }
  auto printing = print(sys, 1, created.id + "\n");
  co_return co_await printing;
}

Co<int> client_create(Sys sys, ClientCommand given) {
  auto creating = create_with_pull(sys, given);
  const CreatedContainer created = co_await creating;
  if (created.id.empty()) co_return created.exit;
  auto printing = print(sys, 1, created.id + "\n");
  co_return co_await printing;
}

Co<int> client_start(Sys sys, ClientCommand given) {
  std::vector<std::string> failed;
  const auto options = given.command.get<spec::StartOptions>();
  for (const std::string& name : given.command.names) {
    if (options.attach) {
      auto running = run_attached(sys, given.command, name, options.interactive);
      co_return co_await running;
    }
    auto starting = ask(sys, "api.start", "POST", "/containers/" + name + "/start", "");
    const HttpMessage started = co_await starting;
    const bool ok = started.status == 204 || started.status == 304;
    auto telling =
        ok ? print(sys, 1, name + "\n") : refuse(sys, given.command, error_message(started));
    co_await telling;
    if (!ok) failed.push_back(name);
  }
  if (!failed.empty()) {
    auto printing = print(sys, 2, spec::failed_to_start(failed));
    co_await printing;
  }
  co_return failed.empty() ? 0 : 1;
}

Co<int> client_pull(Sys sys, ClientCommand given) {
  const auto reference = spec::parse_reference(given.command.image);
  if (!reference) co_return 1;
  const std::string name = reference->familiar();
  const bool quiet = given.command.get<spec::PullOptions>().quiet;
  if (!quiet && given.command.image.find_first_of(":@") == std::string::npos) {
    auto telling = print(sys, 1, spec::using_default_tag());
    co_await telling;
  }
  auto pulling = pull_image(sys, given.command, name, 1, quiet);
  const int failed = co_await pulling;
  if (failed != 0) co_return failed;
  auto printing = print(sys, 1, reference->canonical() + "\n");
  co_return co_await printing;
}

}  // namespace cutaway::sim
