#include "sim/docker/live.h"

#include <set>
#include <utility>

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/network.h"
#include "sim/docker/restart.h"
#include "sim/docker/start_process.h"
#include "sim/docker/volumes.h"
#include "spec/docker_line.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

namespace {

struct CopyJob {
  ContainerId container;
  std::int64_t from = -1;
  int channel = 1;
};

// One line of the json-file log. (Real ones carry the time of day; a simulation has none to tell.)
std::string log_line(int channel, std::string_view bytes, std::int64_t t) {
  return json_text(Json{{"log", std::string(bytes)},
                        {"stream", channel == 1 ? "stdout" : "stderr"},
                        {"t", t}}) +
         "\n";
}

// A client that left, or was killed: its connection is closed with the container.
void stop_telling(Sys sys, ContainerId container, std::int64_t fd) {
  for (AttachedClient& client : sys.shared<DaemonState>().live[container.value].attached) {
    if (client.fd == fd) client.out = client.err = false;
  }
}

// Thread: one output channel of the container, to its log and to every client that is attached.
Program copy_output(Sys sys, State state) {
  const CopyJob job = std::any_cast<CopyJob>(state.more);
  sys.step("log.copy");
  while (true) {
    sys.at_top(copy_output, state);
    const std::int64_t n = co_await sys.read(job.from, 32768);
    if (n <= 0) break;
    const std::string bytes = sys.reply().data;
    const Container* container = sys.world().containers.find(job.container);
    if (container == nullptr) continue;
    const std::string path = log_path(*container);
    const bool tty = container->tty;
    const std::uint64_t flags =
        abi::o::kWronly | abi::o::kCreat | abi::o::kAppend | abi::o::kCloexec;
    const std::int64_t log = co_await sys.open(path, flags, 0640);
    const std::string line = log_line(job.channel, bytes, sys.now());
    co_await sys.write(log, line);
    co_await sys.close(log);
    const std::string word = futex_word(job.container);
    if (sys.shared<DaemonState>().live[job.container.value].log_readers > 0)
      co_await sys.futex_wake(word);
    sys.emit(ContainerLogged{job.channel == 1 ? "stdout" : "stderr", sys.blobs().put(bytes), n});
    const std::string framed = tty ? bytes : frame(job.channel, bytes);
    const std::vector<AttachedClient> attached =
        sys.shared<DaemonState>().live[job.container.value].attached;
    for (const AttachedClient& client : attached) {
      if (!(job.channel == 1 ? client.out : client.err)) continue;
      const std::int64_t sent = co_await sys.write(client.fd, framed);
      if (sent < 0) stop_telling(sys, job.container, client.fd);
    }
  }
  co_await sys.close(job.from);
  --sys.shared<DaemonState>().live[job.container.value].copiers;
  const std::string word = futex_word(job.container);
  co_await sys.futex_wake(word);
  co_return 0;
}

// "exited 0 9" → code as docker tells it.
ContainerExited read_end(const std::string& line, bool oom) {
  const std::vector<std::string> words = split(trim(line), ' ');
  std::int64_t code = 0;
  std::int64_t signal = 0;
  if (words.size() > 2) {
    parse_decimal(words[1], code);
    parse_decimal(words[2], signal);
  }
  if (signal != 0) code = 128 + signal;
  const bool told = words.size() > 3 && words[3] == "oom";
  return {static_cast<std::int32_t>(code), static_cast<std::int32_t>(signal), oom || told, ""};
}

// The container's stdin is closed; nobody reads what a client types any more: a closed connection's
// number could be another one's by then.
Co<int> stop_input(Sys sys, ContainerId number) {
  constexpr std::int64_t kRead = 0;  // SHUT_RD
  const std::string word = futex_word(number);
  sys.shared<DaemonState>().live[number.value].closes_input = true;
  const std::set<std::int64_t> typing = sys.shared<DaemonState>().live[number.value].typing;
  for (const std::int64_t fd : typing) {
    const std::vector<Arg> args = {Arg::integer(fd), Arg::integer(kRead)};
    co_await sys.call(abi::Sys::shutdown, args);
  }
  while (!sys.shared<DaemonState>().live[number.value].typing.empty())
    co_await sys.futex_wait(word);
  LiveContainer& live = sys.shared<DaemonState>().live[number.value];
  const std::int64_t in = std::exchange(live.stdin_fd, -1);
  live.terminal = -1;
  live.closes_input = false;
  if (in >= 0) co_await sys.close(in);
  co_return 0;
}

std::vector<std::string> volumes_to_go(Sys sys, ContainerId number) {
  const Container* container = sys.world().containers.find(number);
  return container == nullptr ? std::vector<std::string>() : anonymous_volumes_of(sys, *container);
}

// Thread: waits until the shim says that the container has ended, and its output is copied to the
// end.
Program await_end(Sys sys, State state) {
  const LivePipes pipes = std::any_cast<LivePipes>(state.more);
  sys.step("container.exit");
  auto ending = end_of_process(sys, pipes.events, pipes.ended);
  const std::string line = co_await ending;
  co_await sys.wait4(pipes.shim_pid, 0);
  co_await sys.close(pipes.events);
  auto stopping = stop_input(sys, pipes.container);
  co_await stopping;
  const std::string word = futex_word(pipes.container);
  while (sys.shared<DaemonState>().live[pipes.container.value].copiers > 0)
    co_await sys.futex_wait(word);
  auto deleting = remove_bundle(sys, pipes.bundle);
  co_await deleting;
  const Container* container = sys.world().containers.find(pipes.container);
  const bool restarts = sys.shared<DaemonState>().live[pipes.container.value].restarts;
  const bool remove = container != nullptr && container->auto_remove && !restarts;
  const ContainerExited end = read_end(line, container != nullptr && container->oom_killed);
  sys.emit(end);
  LiveContainer& live = sys.shared<DaemonState>().live[pipes.container.value];
  live.ended = true;
  live.exit_code = end.code;
  const bool again = plan_restart(sys, pipes.container, end);
  const std::vector<AttachedClient> attached =
      sys.shared<DaemonState>().live[pipes.container.value].attached;
  for (const AttachedClient& client : attached) co_await sys.close(client.fd);
  sys.shared<DaemonState>().live[pipes.container.value].attached.clear();
  const std::string code = decimal(sys.shared<DaemonState>().live[pipes.container.value].exit_code);
  auto telling = tell_container(sys, "die", pipes.container, {{"exitCode", code}});
  co_await telling;
  auto releasing = release_networks(sys, pipes.container);
  co_await releasing;
  if (remove) {
    const std::vector<std::string> volumes = volumes_to_go(sys, pipes.container);
    auto removing = remove_container(sys, pipes.container, "--rm");
    co_await removing;
    auto dropping = remove_unused(sys, volumes);
    co_await dropping;
  }
  co_await sys.futex_wake(word);
  if (again) {
    auto starting = start_again(sys, pipes.container);
    co_await starting;
  }
  co_return 0;
}

}  // namespace

std::string log_path(const Container& container) {
  return std::string(kDockerRoot) + "/containers/" + container.id + "/" + container.id +
         "-json.log";
}

std::string frame(int channel, std::string_view bytes) {
  const auto length = static_cast<std::uint32_t>(bytes.size());
  std::string framed(8, '\0');
  framed[0] = static_cast<char>(channel);
  for (std::size_t i = 0; i < 4; ++i)
    framed[4 + i] = static_cast<char>(length >> (24 - 8 * i) & 0xff);
  framed += bytes;
  return framed;
}

Co<int> watch_container(Sys sys, LivePipes pipes) {
  LiveContainer& live = sys.shared<DaemonState>().live[pipes.container.value];
  live.stdin_fd = pipes.in;
  live.terminal = pipes.err < 0 ? pipes.out : -1;
  live.copiers = pipes.err < 0 ? 1 : 2;
  live.ended = false;
  const std::string word = futex_word(pipes.container);
  co_await sys.futex_wake(word);  // who attached before the start waits for stdin
  for (int channel = 1; channel <= (pipes.err < 0 ? 1 : 2); ++channel) {
    State state;
    state.more = CopyJob{pipes.container, channel == 1 ? pipes.out : pipes.err, channel};
    co_await sys.clone(kThreadFlags, copy_output, state);
  }
  State state;
  state.more = pipes;
  co_await sys.clone(kThreadFlags, await_end, state);
  co_return 0;
}

Result<spec::ContainerConfig> stored_config(Sys sys, const Container& container) {
  const World& world = sys.world();
  TRY_ASSIGN(const Json body, parse_json(container.config));
  const spec::Parsed parsed = read_words(body["Words"].get<std::vector<std::string>>());
  const auto* command = std::get_if<spec::Command>(&parsed);
  if (command == nullptr) return fail(ErrorCode::Failed, "the container's record cannot be read");
  TRY_ASSIGN(const spec::ImageConfig config,
             spec::image_config_from_json(body["Image"].get<std::string>()));
  spec::RunOptions options = command->run();
  options.name = container.name;
  const auto volumes = body.value("Volumes", std::map<std::string, std::string>());
  spec::DaemonFacts facts;
  facts.cpus = world.machine.cpus;
  facts.cgroup_v2 = world.machine.cgroup == CgroupVersion::V2;
  TRY_ASSIGN(spec::ContainerConfig resolved,
             spec::resolve(config, options, command->args, container.id, facts));
  spec::name_volumes(resolved, volumes);
  TRY(spec::replay_updates(resolved, sys.shared<DaemonState>().updates[container.number.value]));
  return resolved;
}

}  // namespace cutaway::sim
