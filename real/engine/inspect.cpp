// inspect: what the state folder knows of a container or an image, as docker prints it.
#include "real/engine/inspect.h"
#include "base/text.h"
#include "real/engine/engine.h"
#include "real/engine/process.h"
#include "real/engine/reconcile.h"
#include "spec/docker_inspect.h"
#include "spec/docker_messages.h"
#include "spec/reference.h"

namespace cutaway::real {

namespace {

constexpr int kUnreadable = 64;

// Seconds since 1970, 0: never.
std::string time_text(std::int64_t seconds) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  return seconds == 0 ? std::string() : spec::rfc3339(seconds * kSecond);
}

// Folders of layers are written down from the lowest up.
std::vector<std::string> lower_folders(const StateFolder& state, const ContainerRecord& record) {
  std::vector<std::string> folders = {state.init_layer() + "/diff"};
  folders.insert(folders.end(), record.layer_folders.rbegin(), record.layer_folders.rend());
  return folders;
}

spec::ContainerFacts facts_of(const StateFolder& state, const ContainerRecord& record) {
  spec::ContainerFacts facts;
  facts.state = std::string(state_name(record.state));
  facts.image_id = record.image_id;
  facts.created = time_text(record.created_s);
  facts.started = time_text(record.started_s);
  facts.finished = time_text(record.finished_s);
  facts.error = record.error;
  facts.pid = record.lives() ? record.init.pid : 0;
  facts.exit_code = record.exit_code;
  facts.oom_killed = record.oom_killed;
  facts.root = state.root();
  facts.lower = lower_folders(state, record);
  return facts;
}

Result<spec::OrderedJson> container_json(Machine& machine, const std::string& name) {
  TRY_ASSIGN(const ContainerRecord record, find_current(machine, name));
  TRY_ASSIGN(const spec::ContainerConfig config, config_of(record));
  return spec::inspect_container(config, facts_of(machine.state, record));
}

// As the daemon looks for it: "busybox" is "busybox:latest"; or by its id.
Result<StoredImage> image_called(const Machine& machine, const std::string& name) {
  TRY_ASSIGN(const spec::Reference reference, spec::parse_reference(name));
  auto found = machine.images.find(reference.familiar());
  if (!found) found = machine.images.find(name);
  if (!found) return fail(ErrorCode::Failed, spec::say::no_such_image(reference));
  return found;
}

Result<spec::OrderedJson> image_json(const Machine& machine, const std::string& name) {
  TRY_ASSIGN(const StoredImage image, image_called(machine, name));
  TRY_ASSIGN(const spec::ImageConfig config, machine.images.config(image));
  return spec::inspect_image(config, {image.id, image.manifest, image.refs, image.size()});
}

// A container, else an image of that name; --type asks for one of them only.
Result<spec::OrderedJson> object_called(Machine& machine, const std::string& name,
                                        const std::string& type) {
  if (type != "image") {
    auto container = container_json(machine, name);
    if (container || type == "container") return container;
  }
  return image_json(machine, name);
}

}  // namespace

int print_inspected(const Doing& doing, const std::string& format,
                    const std::vector<spec::OrderedJson>& objects, std::string wrong) {
  const auto text = spec::inspect_text(format, objects);
  if (!text) wrong += text.error().message + "\n";
  // Docker prints the array even when nothing stands in it.
  doing.streams.out(text ? *text : std::string("\n"));
  doing.streams.err(wrong);
  return wrong.empty() ? 0 : 1;
}

int do_inspect(const Doing& doing) {
  const auto& options = doing.command.get<spec::InspectOptions>();
  if (const auto problem = spec::unreadable_template(options.format)) {
    doing.streams.err(*problem + "\n");
    return kUnreadable;
  }
  std::vector<spec::OrderedJson> objects;
  std::string wrong;
  for (const std::string& name : doing.command.names) {
    auto object = object_called(doing.machine, name, options.type);
    if (object)
      objects.push_back(std::move(*object));
    else
      wrong += options.type.empty()
                   ? spec::no_such_object(name)
                   : "Error response from daemon: " + object.error().message + "\n";
  }
  return print_inspected(doing, options.format, objects, wrong);
}

}  // namespace cutaway::real
