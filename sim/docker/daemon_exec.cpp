// docker exec: one more process in a container that runs. The daemon notes what is wanted, then has
// the runtime join the container; it stays the parent of the new process. (Really containerd asks
// the container's shim for that.)

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/exec_copy.h"
#include "sim/docker/live.h"
#include "sim/docker/start_process.h"
#include "spec/docker_messages.h"
#include "spec/plan/plan_input.h"

namespace cutaway::sim {

namespace {

struct ExecAsked {
  spec::ExecOptions options;
  std::vector<std::string> args;
};
ExecAsked read_exec(const std::vector<std::string>& words) {
  const spec::Parsed parsed = read_words(words);
  const auto* command = std::get_if<spec::Command>(&parsed);
  if (command == nullptr || command->verb != spec::Verb::Exec) return {};
  return {command->get<spec::ExecOptions>(), command->args};
}

/// Why no process can join it; empty when one can.
std::string why_not_joined(const Container& container) {
  if (container.state == ContainerState::Paused) return spec::say::exec_while_paused(container.id);
  if (container.state != ContainerState::Running) return spec::say::not_running(container.id);
  return {};
}

// "exited 0 9" → as a shell counts it.
std::int32_t exit_code(const std::string& line) {
  const std::vector<std::string> words = split(trim(line), ' ');
  std::int64_t code = 0;
  std::int64_t signal = 0;
  if (words.size() > 2) {
    parse_decimal(words[1], code);
    parse_decimal(words[2], signal);
  }
  return static_cast<std::int32_t>(signal != 0 ? 128 + signal : code);
}

// Until the process has ended and its output is told to the end.
Co<int> await_exec(Sys sys, std::string id, StartedProcess process) {
  sys.step("exec.exit");
  auto ending = end_of_process(sys, process.events, process.ended);
  const std::string line = co_await ending;
  co_await sys.wait4(process.pid, 0);
  co_await sys.close(process.events);
  const std::string word = exec_word(id);
  while (record_of(sys, id).copiers > 0) co_await sys.futex_wait(word);
  ExecRecord& record = record_of(sys, id);
  record.running = false;
  record.terminal = -1;
  record.exit_code = exit_code(line);
  const std::string text = "exec " + id.substr(0, 12) + " ended: " + decimal(record.exit_code);
  sys.emit(Note{text, "exec"});
  const std::int32_t code = record.exit_code;
  const ContainerId container = record.container;
  auto telling =
      tell_container(sys, "exec_die", container, {{"execID", id}, {"exitCode", decimal(code)}});
  co_await telling;
  co_return code;
}

// Thread: a process that nobody is attached to.
struct ExecWait {
  std::string id;
  StartedProcess process;
};
Program await_detached(Sys sys, State state) {
  const ExecWait job = std::any_cast<ExecWait>(state.more);
  auto awaiting = await_exec(sys, job.id, job.process);
  co_return co_await awaiting;
}

// The bundle of the join: what the runtime is to do, and whom to join.
Co<std::string> write_bundle(Sys sys, Container container, std::string id,
                             spec::ContainerConfig own) {
  const std::string bundle = bundle_folder(container) + "/exec-" + id.substr(0, 12);
  auto folders = make_folders(sys, bundle, 0711);
  co_await folders;
  const Task* init = sys.world().tasks.find(container.init);
  spec::PlanInput input = spec::plan_input(own, plan_host(sys.world(), container));
  if (own.net.mode == spec::NamespaceMode::Container) input.network_path = "joined";
  const std::string text = json_text(Json{{"init_pid", init == nullptr ? 0 : init->pid()},
                                          {"input", spec::plan_input_to_json(input)}});
  auto writing = write_file(sys, bundle + "/plan", text, 0600);
  co_await writing;
  co_return bundle;
}

/// A start that failed: 0 or an API status, and docker's words.
struct ExecOutcome {
  StartedProcess process;
  std::string wrong;
};

Co<ExecOutcome> start_exec(Sys sys, Container container, std::string id) {
  ExecOutcome outcome;
  const ExecAsked asked = read_exec(record_of(sys, id).words);
  const auto config = stored_config(sys, container);
  if (!config) {
    outcome.wrong = config.error().message;
    co_return outcome;
  }
  const spec::ContainerConfig own = spec::exec_config(*config, asked.options, asked.args);
  auto writing = write_bundle(sys, container, id, own);
  ProcessRequest request;
  const std::string bundle = co_await writing;
  request.program = "/usr/bin/cutaway-runtime";
  request.argv = {"cutaway-runtime", "exec", bundle};
  request.open_stdin = asked.options.interactive && !asked.options.detach;
  request.tty = asked.options.tty;
  auto starting = start_process(sys, request);
  outcome.process = co_await starting;
  auto unlinking = remove_folder(sys, bundle);
  co_await unlinking;
  sys.step("exec.start");
  if (outcome.process.first_pid() > 0) co_return outcome;
  const StartedProcess& failed = outcome.process;
  if (failed.pid > 0) co_await sys.wait4(failed.pid, 0);
  const std::vector<std::int64_t> ours = {failed.out, failed.err, failed.events, failed.in};
  auto closing = close_all(sys, ours);
  co_await closing;
  const std::vector<std::string> words = split(failed.failure(), ' ');
  const abi::Errno err = words.size() > 1 ? abi::errno_of(words[1]) : abi::Errno::kOk;
  outcome.wrong = spec::say::exec_failed_at(own.argv, own.workdir, words.at(0), err);
  co_return outcome;
}

// What could not be started: attached clients read it as output, others get an error.
Co<int> tell_failure(Sys sys, ApiRequestIn request, std::string id, std::string wrong,
                     bool detached) {
  ExecRecord& record = record_of(sys, id);
  record.running = false;
  record.exit_code = spec::say::exec_status_of(wrong);
  if (detached) {
    const std::string words(trim(wrong));
    auto refusing = answer_error(sys, request, record.exit_code == 127 ? 400 : 500, words);
    co_return co_await refusing;
  }
  const std::string framed = read_exec(record.words).options.tty ? wrong : frame(1, wrong);
  auto writing = write_all(sys, request.fd, framed);
  co_return static_cast<int>(co_await writing);
}

Co<int> serve_attached(Sys sys, ApiRequestIn request, Container container, std::string id) {
  const bool tty = read_exec(record_of(sys, id).words).options.tty;
  sys.emit(ApiAnswered{RequestId(static_cast<std::uint32_t>(request.message.request)), 101});
  const std::string head = http_stream_head(101);
  auto heading = write_all(sys, request.fd, head);
  co_await heading;
  auto starting = start_exec(sys, container, id);
  const ExecOutcome outcome = co_await starting;
  if (!outcome.wrong.empty()) {
    auto telling = tell_failure(sys, request, id, outcome.wrong, false);
    co_await telling;
    co_return 0;
  }
  record_of(sys, id).pid = outcome.process.first_pid();
  if (tty) record_of(sys, id).terminal = outcome.process.out;
  auto copying = start_copiers(sys, id, outcome.process, request.fd, tty);
  co_await copying;
  auto awaiting = await_exec(sys, id, outcome.process);
  co_await awaiting;
  auto stopping = stop_reading(sys, id, request.fd);
  co_return co_await stopping;
}

Co<int> serve_detached(Sys sys, ApiRequestIn request, Container container, std::string id) {
  auto starting = start_exec(sys, container, id);
  const ExecOutcome outcome = co_await starting;
  if (!outcome.wrong.empty()) {
    auto telling = tell_failure(sys, request, id, outcome.wrong, true);
    co_return co_await telling;
  }
  record_of(sys, id).pid = outcome.process.first_pid();
  auto copying = start_copiers(sys, id, outcome.process, -1, false);
  co_await copying;
  State state;
  state.more = ExecWait{id, outcome.process};
  co_await sys.clone(kThreadFlags, await_detached, state);
  auto answering = answer(sys, request, 200, "");
  co_return co_await answering;
}

}  // namespace

Co<int> handle_exec_create(Sys sys, ApiRequestIn request) {
  sys.step("api.exec.create");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  sys.about(found->number);
  const std::string no = why_not_joined(*found);
  if (!no.empty()) {
    auto refusing = answer_error(sys, request, 409, no);
    co_return co_await refusing;
  }
  ExecRecord record;
  record.container = found->number;
  const auto json = parse_json(request.message.body);
  if (json && json->is_object() && json->contains("Words"))
    record.words = (*json)["Words"].get<std::vector<std::string>>();
  const std::string id = random_id(sys);
  record_of(sys, id) = record;
  const std::string words = join(read_exec(record.words).args, " ");
  auto telling = tell_container(sys, "exec_create: " + words, record.container, {{"execID", id}});
  co_await telling;
  const std::string body = json_text(Json{{"Id", id}});
  auto answering = answer(sys, request, 201, body);
  co_return co_await answering;
}

Co<int> handle_exec_start(Sys sys, ApiRequestIn request) {
  sys.step("api.exec.start");
  const auto& execs = sys.shared<DaemonState>().execs;
  const auto known = execs.find(request.target);
  const Container* found =
      known == execs.end() ? nullptr : sys.world().containers.find(known->second.container);
  const std::string no =
      found == nullptr ? spec::say::no_such_exec(request.target) : why_not_joined(*found);
  if (!no.empty()) {
    auto refusing = answer_error(sys, request, found == nullptr ? 404 : 409, no);
    co_await refusing;
    co_return static_cast<int>(co_await sys.close(request.fd));
  }
  const Container container = *found;
  const std::string id = request.target;
  sys.about(container.number);
  record_of(sys, id).started = record_of(sys, id).running = true;
  const std::string words = join(read_exec(record_of(sys, id).words).args, " ");
  auto telling = tell_container(sys, "exec_start: " + words, container.number, {{"execID", id}});
  co_await telling;
  const bool detached = request.message.body.find("\"Detach\":true") != std::string::npos;
  auto serving = detached ? serve_detached(sys, request, container, id)
                          : serve_attached(sys, request, container, id);
  co_await serving;
  co_return static_cast<int>(co_await sys.close(request.fd));
}

Co<int> handle_exec_inspect(Sys sys, ApiRequestIn request) {
  sys.step("api.exec.inspect");
  const auto& execs = sys.shared<DaemonState>().execs;
  const auto known = execs.find(request.target);
  if (known == execs.end()) {
    auto refusing = answer_error(sys, request, 404, spec::say::no_such_exec(request.target));
    co_return co_await refusing;
  }
  const ExecRecord& record = known->second;
  sys.about(record.container);
  const std::string body = json_text(Json{{"ID", request.target},
                                          {"Running", record.running},
                                          {"ExitCode", record.exit_code},
                                          {"Pid", record.pid}});
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

}  // namespace cutaway::sim
