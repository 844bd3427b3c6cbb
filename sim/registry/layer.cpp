// A layer's archive. Real ones are tar; this one is one JSON array, so that it can be read in a
// trace. What counts is kept: order, names, modes, owners, contents; and a digest over all of it.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "sim/registry/hub.h"

namespace cutaway::sim {

std::string pack_layer(const std::map<std::string, ImageFile>& files) {
  Json members = Json::array();
  for (const auto& [path, file] : files) {
    Json member = {{"path", path}, {"mode", file.mode}, {"uid", file.uid}};
    if (!file.link.empty()) member["link"] = file.link;
    if (!file.program.empty()) member["program"] = file.program;
    if (!file.content.empty()) member["b64"] = base64_encode(file.content);
    member["size"] = file.size;
    members.push_back(std::move(member));
  }
  return members.dump();
}

std::int64_t wire_size(const std::map<std::string, ImageFile>& files) {
  auto size = static_cast<std::int64_t>(pack_layer(files).size());
  for (const auto& [path, file] : files) {
    if (!file.program.empty()) size += file.size;
  }
  return size;
}

bool unpack_layer(std::string_view archive, std::vector<std::pair<std::string, ImageFile>>& files) {
  const auto members = parse_json(archive);
  if (!members || !members->is_array()) return false;
  for (const Json& member : *members) {
    if (!member.is_object() || !member.value("path", Json()).is_string()) return false;
    ImageFile file;
    file.mode = member.value("mode", 0644U);
    file.uid = member.value("uid", 0U);
    file.link = member.value("link", std::string());
    file.program = member.value("program", std::string());
    file.size = member.value("size", std::int64_t{0});
    if (!base64_decode(member.value("b64", std::string()), file.content)) return false;
    if (!file.program.empty()) file.content = program_content(file.program);
    files.emplace_back(member["path"].get<std::string>(), std::move(file));
  }
  return true;
}

std::string program_content(std::string_view program) {
  return std::string(kProgramMagic) + std::string(program) + "\n";
}

}  // namespace cutaway::sim
