// Instructions of a Dockerfile that change an image's config alone (docs.docker.com, "commit",
// --change).
#include "base/json_value.h"
#include "base/text.h"
#include "spec/config.h"
#include "spec/docker/values.h"

namespace cutaway::spec {

namespace {

// ["a","b"] as it stands; anything else is a line for the shell.
std::vector<std::string> command_of(std::string_view text) {
  const auto json = parse_json(text);
  const bool words = json && json->is_array();
  if (!words) return {"/bin/sh", "-c", std::string(text)};
  std::vector<std::string> command;
  for (const Json& word : *json) command.push_back(word.is_string() ? word.get<std::string>() : "");
  return command;
}

// "A=1" or "A 1"; quotes around the value go.
std::pair<std::string, std::string> pair_of(std::string_view text) {
  std::string_view name, value;
  if (!cut(text, '=', name, value)) cut(text, ' ', name, value);
  if (value.size() > 1 && value.front() == '"' && value.back() == '"')
    value = value.substr(1, value.size() - 2);
  return {std::string(name), std::string(value)};
}

void set_env(ImageConfig& image, std::string_view text) {
  const auto pair = pair_of(text);
  const std::string variable = pair.first + "=" + pair.second;
  for (std::string& known : image.env) {
    if (!starts_with(known, pair.first + "=")) continue;
    known = variable;
    return;
  }
  image.env.push_back(variable);
}

void set_label(ImageConfig& image, std::string_view text) {
  const auto pair = pair_of(text);
  image.labels[pair.first] = pair.second;
}

struct InstructionRow {
  std::string_view word;
  void (*apply)(ImageConfig& image, std::string_view rest);
};
constexpr InstructionRow kInstructions[] = {
    {"CMD", [](ImageConfig& i, std::string_view rest) { i.cmd = command_of(rest); }},
    {"ENTRYPOINT", [](ImageConfig& i, std::string_view rest) { i.entrypoint = command_of(rest); }},
    {"ENV", set_env},
    {"EXPOSE", [](ImageConfig& i, std::string_view rest) { i.exposed_ports.emplace_back(rest); }},
    {"LABEL", set_label},
    {"USER", [](ImageConfig& i, std::string_view rest) { i.user = std::string(rest); }},
    {"VOLUME", [](ImageConfig& i, std::string_view rest) { i.volumes.emplace_back(rest); }},
    {"WORKDIR", [](ImageConfig& i, std::string_view rest) { i.working_dir = std::string(rest); }},
};

}  // namespace

std::string apply_instruction(ImageConfig& image, std::string_view line) {
  std::string_view word, rest;
  cut(line, ' ', word, rest);
  for (const InstructionRow& row : kInstructions) {
    if (upper(word) != row.word) continue;
    row.apply(image, trim(rest));
    return {};
  }
  return upper(word) + " is not a valid change command";
}

}  // namespace cutaway::spec
