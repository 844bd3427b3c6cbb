#include "real/engine/record.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/json_value.h"
#include "base/text.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr std::array<std::string_view, 4> kStates = {"created", "running", "paused", "exited"};
constexpr std::array<std::string_view, 3> kRoots = {"undecided", "overlay", "copy"};

/// The place of `name` in a list of names, as the enum whose names they are.
template <class Enum, std::size_t n>
Result<Enum> named(const std::array<std::string_view, n>& names, std::string_view what,
                   const std::string& name) {
  const auto known = std::find(names.begin(), names.end(), name);
  if (known == names.end())
    return fail(ErrorCode::Failed, "unknown " + std::string(what) + " '" + name + "'");
  return static_cast<Enum>(known - names.begin());
}

Json process_json(const ProcessId& process) {
  return Json{{"pid", process.pid}, {"start_ticks", process.start_ticks}};
}
ProcessId read_process(const Json& json) {
  return {json.value("pid", 0), json.value("start_ticks", std::uint64_t{0})};
}

}  // namespace

ProcessId process_of(int pid) {
  const auto stat = read_text("/proc/" + decimal(pid) + "/stat");
  if (!stat) return {};
  // The name in brackets may hold anything; what follows it starts with field 3.
  const std::size_t bracket = stat->rfind(')');
  if (bracket == std::string::npos) return {};
  const std::vector<std::string> fields = split(stat->substr(bracket + 2), ' ');
  constexpr std::size_t kStart = 22 - 3;
  std::int64_t ticks = 0;
  const bool zombie = !fields.empty() && (fields[0] == "Z" || fields[0] == "X");
  if (zombie || fields.size() <= kStart || !parse_decimal(fields[kStart], ticks)) return {};
  return {pid, static_cast<std::uint64_t>(ticks)};
}

bool is_alive(const ProcessId& process) {
  if (process.pid <= 0) return false;
  const ProcessId now = process_of(process.pid);
  return now.pid == process.pid && now.start_ticks == process.start_ticks;
}

std::string_view state_name(RunState state) { return kStates[static_cast<std::size_t>(state)]; }

Json record_to_json(const ContainerRecord& record) {
  return Json{{"id", record.id},
              {"name", record.name},
              {"words", record.words},
              {"updates", record.updates},
              {"image", record.image},
              {"image_id", record.image_id},
              {"image_config", record.image_config},
              {"layers", record.layers},
              {"layer_folders", record.layer_folders},
              {"created", record.created_s},
              {"started", record.started_s},
              {"finished", record.finished_s},
              {"state", state_name(record.state)},
              {"exit_code", record.exit_code},
              {"oom_killed", record.oom_killed},
              {"error", record.error},
              {"root", kRoots[static_cast<std::size_t>(record.root)]},
              {"root_reason", record.root_reason},
              {"volumes", record.volumes},
              {"shim", process_json(record.shim)},
              {"init", process_json(record.init)}};
}

Result<ContainerRecord> record_from_json(const Json& json) {
  if (!json.is_object()) return fail(ErrorCode::Failed, "a container's record is no JSON object");
  try {
    ContainerRecord record;
    record.id = json.at("id").get<std::string>();
    record.name = json.at("name").get<std::string>();
    record.words = json.at("words").get<std::vector<std::string>>();
    if (json.contains("updates"))  // not in records of earlier versions
      record.updates = json.at("updates").get<std::vector<std::vector<std::string>>>();
    record.image = json.at("image").get<std::string>();
    record.image_id = json.at("image_id").get<std::string>();
    record.image_config = json.at("image_config").get<std::string>();
    record.layers = json.at("layers").get<std::vector<std::string>>();
    record.layer_folders = json.at("layer_folders").get<std::vector<std::string>>();
    record.created_s = json.at("created").get<std::int64_t>();
    record.started_s = json.at("started").get<std::int64_t>();
    record.finished_s = json.at("finished").get<std::int64_t>();
    TRY_ASSIGN(record.state,
               named<RunState>(kStates, "state", json.at("state").get<std::string>()));
    record.exit_code = json.at("exit_code").get<int>();
    record.oom_killed = json.at("oom_killed").get<bool>();
    record.error = json.at("error").get<std::string>();
    TRY_ASSIGN(record.root, named<RootKind>(kRoots, "root", json.at("root").get<std::string>()));
    record.root_reason = json.at("root_reason").get<std::string>();
    record.volumes = json.value("volumes", record.volumes);  // not in records of earlier versions
    record.shim = read_process(json.at("shim"));
    record.init = read_process(json.at("init"));
    return record;
  } catch (const Json::exception& error) {
    return fail(ErrorCode::Failed,
                std::string("a container's record cannot be read: ") + error.what());
  }
}

Result<spec::ContainerConfig> config_of(const ContainerRecord& record) {
  spec::ClientContext context;
  context.stdin_is_terminal = true;  // as it was, or the client would have refused
  const spec::Parsed parsed = spec::parse_docker(record.words, context);
  const auto* command = std::get_if<spec::Command>(&parsed);
  if (command == nullptr) return fail(ErrorCode::Failed, "the container's record cannot be read");
  TRY_ASSIGN(const spec::ImageConfig image, spec::image_config_from_json(record.image_config));
  spec::RunOptions options = command->run();
  options.name = record.name;
  TRY_ASSIGN(spec::ContainerConfig config,
             spec::resolve(image, options, command->args, record.id, daemon_facts()));
  config.image = command->image;
  if (!record.volumes.empty()) spec::name_volumes(config, record.volumes);
  TRY(spec::replay_updates(config, record.updates));
  return config;
}

spec::DaemonFacts daemon_facts() {
  spec::DaemonFacts facts;
  facts.cpus = ::sysconf(_SC_NPROCESSORS_ONLN);
  facts.cgroup_v2 = false;
  return facts;
}

}  // namespace cutaway::real
