// run = create + start, with a pull in between when the image is not there.

#include <algorithm>

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
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

/// How a client attaches to what it starts.
struct Attachment {
  std::string id;
  bool input = false, tty = false;
  bool passes_signals = false;
  bool out = true, err = true;  ///< --attach: only these channels
  std::string detach_keys;
};

std::string attach_query(const Attachment& how) {
  std::string query = "?stream=1";
  if (how.out) query += "&stdout=1";
  if (how.err) query += "&stderr=1";
  return how.input ? query + "&stdin=1" : query;
}

// Whoever asked for no output waits for no end either: the id is all that is printed.
Co<int> end_of_input(Sys sys, Attachment how, std::int64_t waiter) {
  auto printing = print(sys, 1, how.id + "\n");
  co_await printing;
  co_return static_cast<int>(co_await sys.close(waiter));
}

Co<int> run_attached(Sys sys, spec::Command command, Attachment how) {
  const std::string query = attach_query(how);
  const std::string place = "/containers/" + how.id;
  if (how.passes_signals) {
    auto catching = catch_signals(sys);
    co_await catching;
  }
  auto attaching = send_request(sys, "api.attach", "POST", place + "/attach" + query, "");
  const std::int64_t stream = co_await attaching;
  auto receiving = http_receive_head(sys, stream);
  const HttpMessage attached = co_await receiving;
  auto waiting = send_request(sys, "api.wait", "POST", place + "/wait?condition=next-exit", "");
  const std::int64_t waiter = co_await waiting;
  auto starting = ask(sys, "api.start", "POST", place + "/start", "");
  const HttpMessage started = co_await starting;
  if (started.status != 204) {
    auto refusing = refuse(sys, command, error_message(started));
    co_return co_await refusing;
  }
  if (how.tty) {
    auto telling = tell_size(sys, place);
    co_await telling;
  }
  const std::string signals_to = how.passes_signals ? place : std::string();
  const bool output = how.out || how.err;
  const Stream bytes{stream,     attached.body, how.input,       how.tty,
                     signals_to, output,        how.detach_keys, false};
  auto carrying = carry(sys, bytes);
  co_await carrying;
  auto ending = output ? exit_code_of_wait(sys, waiter) : end_of_input(sys, how, waiter);
  co_return co_await ending;
}

// --cidfile: refused when it is there already (docker's cidfile.go).
Co<int> refuse_id_file(Sys sys, std::string file) {
  if (file.empty() || co_await sys.stat(file) < 0) co_return 0;
  auto telling = print(sys, 2,
                       "docker: container ID file found, make sure the other container isn't "
                       "running or delete " +
                           file + "\n\nRun 'docker run --help' for more information\n");
  co_await telling;
  co_return 125;
}

}  // namespace

Co<std::string> carry_progress(Sys sys, ProgressRequest request) {
  auto sending = send_request(sys, request.step, "POST", request.path, request.body);
  const std::int64_t stream = co_await sending;
  auto receiving = http_receive_head(sys, stream);
  const HttpMessage head = co_await receiving;
  std::string pending = head.body;
  std::string error = head.status == 200 ? std::string() : error_message(head);
  while (error.empty()) {
    const std::size_t end = pending.find('\n');
    if (end != std::string::npos) {
      const std::string text = progress_text(pending.substr(0, end), request.quiet, error);
      pending.erase(0, end + 1);
      auto printing = print(sys, request.fd, text);
      co_await printing;
      continue;
    }
    const std::int64_t n = co_await sys.read(stream, 65536);
    if (n <= 0) break;
    pending += sys.reply().data;
  }
  co_await sys.close(stream);
  co_return error;
}

Co<int> pull_image(Sys sys, spec::Command command, std::string image, int fd, bool quiet) {
  auto carrying =
      carry_progress(sys, {"api.pull", "/images/create?fromImage=" + image, "", fd, quiet});
  const std::string error = co_await carrying;
  if (error.empty()) co_return 0;
  auto refusing = refuse(sys, command, error);
  co_return co_await refusing;
}

Co<CreatedContainer> create_with_pull(Sys sys, ClientCommand given) {
  const std::string words = json_text(Json{{"Words", given.words}});
  CreatedContainer created;
  const std::string id_file = flag_text(given.command, "cidfile");
  auto checking = refuse_id_file(sys, id_file);
  created.exit = co_await checking;
  if (created.exit != 0) co_return created;
  auto creating = ask(sys, "api.create", "POST", "/containers/create", words);
  HttpMessage answer = co_await creating;
  const auto reference = spec::parse_reference(given.command.image);
  if (answer.status == 404 && given.command.run().pull != "never" && reference) {
    const std::string name = reference->familiar();
    auto telling = print(sys, 2, spec::unable_to_find_image(*reference));
    co_await telling;
    auto pulling = pull_image(sys, given.command, name, 2, given.command.run().quiet);
    created.exit = co_await pulling;
    if (created.exit != 0) co_return created;
    auto again = ask(sys, "api.create", "POST", "/containers/create", words);
    answer = co_await again;
  }
  if (answer.status != 201) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    created.exit = co_await refusing;
    co_return created;
  }
  const Json body = *parse_json(answer.body);
  created.id = body.value("Id", std::string());
  if (!id_file.empty()) {
    auto noting = write_file(sys, id_file, created.id, 0644);
    co_await noting;
  }
  for (const Json& warning : body["Warnings"]) {
    auto warning_line = print(sys, 2, "WARNING: " + warning.get<std::string>() + "\n");
    co_await warning_line;
  }
  co_return created;
}

Co<int> client_run(Sys sys, ClientCommand given) {
  auto creating = create_with_pull(sys, given);
  const CreatedContainer created = co_await creating;
  if (created.id.empty()) co_return created.exit;
  if (!given.command.run().detach) {
    const spec::RunOptions& run = given.command.run();
    const auto wants = [&run](const char* channel) {
      return run.attach.empty() ||
             std::find(run.attach.begin(), run.attach.end(), channel) != run.attach.end();
    };
    const Attachment how{
        created.id,      run.interactive, run.tty,        run.sig_proxy && !run.tty,
        wants("stdout"), wants("stderr"), run.detach_keys};
    auto running = run_attached(sys, given.command, how);
    co_return co_await running;
  }
  auto starting = ask(sys, "api.start", "POST", "/containers/" + created.id + "/start", "");
  const HttpMessage started = co_await starting;
  if (started.status != 204) {
    // The id is printed beside the start (runContainer in cli/command/container/run.go).
    auto telling = print(sys, 1, created.id + "\n");
    co_await telling;
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
      auto inspecting = inspect_container(sys, name);
      const InspectedContainer found = co_await inspecting;
      if (found.id.empty()) {
        auto refusing = refuse(sys, given.command, error_message(found.answer));
        co_await refusing;
        failed.push_back(name);
        continue;
      }
      const bool input = options.interactive && found.open_stdin;
      const Attachment how{name, input, found.tty, !found.tty, true, true, options.detach_keys};
      auto running = run_attached(sys, given.command, how);
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
