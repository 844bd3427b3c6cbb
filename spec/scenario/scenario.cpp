// Scenario documents: the top, machine, images, faults.
#include "spec/scenario.h"

#include <algorithm>

#include "base/text.h"
#include "spec/docker/values.h"
#include "spec/document_parts.h"

namespace cutaway::spec {

namespace {

template <class T>
struct Named {
  const char* word;
  T value;
};
constexpr Named<CgroupVersion> kCgroups[] = {
    {"v1", CgroupVersion::V1}, {"v2", CgroupVersion::V2}, {"hybrid", CgroupVersion::Hybrid}};
constexpr Named<HostOs> kSystems[] = {
    {"linux", HostOs::Linux}, {"mac", HostOs::Mac}, {"windows", HostOs::Windows}};

template <class T, std::size_t N>
void read_named(const ObjectReader& reader, const char* key, const Named<T> (&rows)[N], T& value) {
  std::vector<std::string> words;
  for (const Named<T>& row : rows) words.emplace_back(row.word);
  std::string word;
  if (!reader.word(key, word, words)) return;
  for (const Named<T>& row : rows) {
    if (word == row.word) value = row.value;
  }
}

// Names of config members are OCI's. Ports and volumes are lists here, as people write them.
ImageConfig read_image_config(const ObjectReader& image) {
  ImageConfig config;
  const Json* value = image.find("config");
  if (value == nullptr) return config;
  const ObjectReader reader(image.problems(), *value, image.at("config"),
                            {"Cmd", "Entrypoint", "Env", "User", "WorkingDir", "StopSignal",
                             "ExposedPorts", "Volumes", "Labels", "Architecture"});
  reader.texts("Cmd", config.cmd);
  reader.texts("Entrypoint", config.entrypoint);
  reader.texts("Env", config.env);
  reader.text("User", config.user);
  reader.text("Architecture", config.architecture);
  reader.text("WorkingDir", config.working_dir);
  if (reader.text("StopSignal", config.stop_signal) &&
      !normalize_signal(config.stop_signal, config.stop_signal)) {
    reader.wrong("StopSignal", "a signal, such as \"SIGQUIT\"");
  }
  reader.texts("ExposedPorts", config.exposed_ports);
  reader.texts("Volumes", config.volumes);
  const Json* labels = reader.find("Labels");
  if (labels == nullptr) return config;
  if (!labels->is_object()) reader.wrong("Labels", "an object of texts");
  for (const auto& [name, text] : labels->items()) {
    if (text.is_string())
      config.labels[name] = text.get<std::string>();
    else if (labels->is_object())
      image.problems().wrong(pointer_join(reader.at("Labels"), name), text, "a text");
  }
  return config;
}

ScenarioImage read_image(Problems& problems, const Json& value, const std::string& pointer) {
  const ObjectReader reader(problems, value, pointer, {"ref", "layers", "config"});
  ScenarioImage image;
  if (reader.require("ref", "the image's name") && reader.text("ref", image.ref)) {
    const Result<Reference> reference = parse_reference(image.ref);
    if (!reference)
      problems.add(reader.at("ref"), "is " + shown(image.ref) + ": " + reference.error().message +
                                         ", expected an image's name");
  }
  image.config = read_image_config(reader);
  if (!reader.require("layers", "a list of layers")) return image;
  const Json* layers = reader.list("layers", "layers");
  for (std::size_t i = 0; layers != nullptr && i < layers->size(); ++i) {
    const ObjectReader layer(problems, (*layers)[i], element(reader.at("layers"), i), {"files"});
    if (!layer.require("files", "files by path")) continue;
    image.layers.push_back(read_files(problems, *layer.find("files"), layer.at("files")));
  }
  return image;
}

void read_images(const ObjectReader& document, Scenario& scenario) {
  const Json* images = document.list("images", "images");
  for (std::size_t i = 0; images != nullptr && i < images->size(); ++i) {
    const std::string pointer = element(document.at("images"), i);
    ScenarioImage image = read_image(document.problems(), (*images)[i], pointer);
    const bool twice = std::any_of(
        scenario.images.begin(), scenario.images.end(),
        [&](const ScenarioImage& other) { return other.ref == image.ref && !image.ref.empty(); });
    if (twice)
      document.problems().add(
          pointer_join(pointer, "ref"),
          "is " + shown(image.ref) + ", expected a name that no other image has");
    scenario.images.push_back(std::move(image));
  }
}

void read_sides(const ObjectReader& document, Scenario& scenario) {
  std::vector<std::string> sides = {"sim"};
  if (document.texts("sides", sides) && sides.empty())
    document.wrong("sides", "\"sim\", \"real\" or both");
  scenario.sim = scenario.real = false;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    if (sides[i] == "sim")
      scenario.sim = true;
    else if (sides[i] == "real")
      scenario.real = true;
    else
      document.problems().wrong(element(document.at("sides"), i), sides[i], "sim or real");
  }
}

bool good_id(std::string_view id) {
  const bool ends = !id.empty() && id.front() != '-' && id.back() != '-';
  return ends &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

Scenario read_scenario(Problems& problems) {
  const ObjectReader reader(problems, problems.document().value(), "",
                            {"cutaway_scenario", "id", "title", "sides", "machine", "images",
                             "faults", "prompt", "do", "expect"});
  Scenario scenario;
  std::int64_t version = 0;
  if (reader.require("cutaway_scenario", "1, the version of this form"))
    reader.number("cutaway_scenario", version, 1, 1);
  if (reader.require("id", "a short name such as \"run-echo\"") && reader.text("id", scenario.id) &&
      !good_id(scenario.id)) {
    reader.wrong("id", "small letters, digits and dashes");
  }
  if (reader.require("title", "what this shows, in a few words"))
    reader.text("title", scenario.title);
  read_sides(reader, scenario);
  std::optional<std::uint64_t> seed;
  scenario.machine_said = read_machine(reader, scenario.machine, seed);
  scenario.seed = seed.value_or(scenario.seed);
  read_images(reader, scenario);
  if (reader.has("faults"))
    scenario.faults = read_faults(problems, *reader.find("faults"), reader.at("faults"));
  reader.boolean("prompt", scenario.prompt);
  ScenarioNames names;
  if (reader.require("do", "a list of what is typed")) {
    if (const Json* items = reader.list("do", "items"))
      scenario.items = read_items(problems, *items, reader.at("do"), names);
  }
  if (reader.has("expect"))
    scenario.expect = read_expects(problems, *reader.find("expect"), reader.at("expect"), names);
  return scenario;
}

}  // namespace

bool read_machine(const ObjectReader& document, Machine& machine,
                  std::optional<std::uint64_t>& seed) {
  const Json* value = document.find("machine");
  if (value == nullptr) return false;
  const ObjectReader reader(document.problems(), *value, document.at("machine"),
                            {"kernel", "cgroup", "cpus", "memory", "arch", "os", "seed"});
  reader.text("kernel", machine.kernel);
  read_named(reader, "cgroup", kCgroups, machine.cgroup);
  read_named(reader, "os", kSystems, machine.os);
  reader.number("cpus", machine.cpus, 1, 1024);
  reader.number("memory", machine.memory, 1 << 24, std::int64_t{1} << 46);
  reader.text("arch", machine.arch);
  std::int64_t number = 1;
  if (reader.number("seed", number, 0, kSafeInteger)) seed = static_cast<std::uint64_t>(number);
  return true;
}

std::vector<Fault> read_faults(Problems& problems, const Json& value, const std::string& pointer) {
  std::vector<Fault> faults;
  if (!value.is_array()) {
    problems.wrong(pointer, value, "a list of faults");
    return faults;
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    const ObjectReader reader(problems, value[i], element(pointer, i), {"at", "what", "after"});
    Fault fault;
    if (reader.require("at", "one of hub, disk, layer"))
      reader.word("at", fault.at, {"hub", "disk", "layer"});
    if (reader.require("what", "one of down, slow, 404, 401, 429, digest, cut, full")) {
      reader.word("what", fault.what,
                  {"down", "slow", "404", "401", "429", "digest", "cut", "full"});
    }
    reader.number("after", fault.after, 0, kSafeInteger);
    faults.push_back(fault);
  }
  return faults;
}

Result<Scenario> load_scenario(const JsonDocument& document) {
  Problems problems(document);
  Scenario scenario = read_scenario(problems);
  if (!problems.errors().empty()) return fail(problems.errors().front());
  return scenario;
}

std::vector<Error> check_scenario(const JsonDocument& document) {
  Problems problems(document);
  read_scenario(problems);
  return problems.errors();
}

Scenario scenario_of_lines(const std::vector<std::string>& lines) {
  Scenario scenario;
  scenario.real = true;
  for (const std::string& line : lines) {
    DockerItem item;
    item.line = line;
    split_shell_words(line, item.words);
    scenario.items.push_back({item, element("/do", scenario.items.size())});
  }
  return scenario;
}

}  // namespace cutaway::spec
