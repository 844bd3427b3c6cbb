#include "spec/docker_complete.h"

#include <algorithm>

#include "base/text.h"
#include "spec/docker_line.h"

namespace cutaway::spec {

namespace {

/// The words of a line that are whole, and the last one as far as it is typed.
struct HalfLine {
  std::vector<std::string> whole;
  std::string last;
};

HalfLine half_line(std::string_view line) {
  HalfLine half;
  for (const std::string& word : split(line, ' ')) {
    if (!half.last.empty()) half.whole.push_back(half.last);
    half.last = word;
  }
  return half;
}

/// "run" of `docker run`, "container ls" of `docker container ls`; empty: none yet.
std::string docker_command_of(const std::vector<std::string>& words,
                              const std::vector<std::string>& commands) {
  for (const std::size_t length : {std::size_t{2}, std::size_t{1}}) {
    if (words.size() < length + 1) continue;
    std::string name = words[1];
    if (length == 2) name += " " + words[2];
    if (std::find(commands.begin(), commands.end(), name) != commands.end()) return name;
  }
  return {};
}

bool is_about_images(std::string_view command) {
  for (const std::string_view name : {"run", "create", "pull", "rmi", "tag", "container run",
                                      "container create", "image rm", "image pull"}) {
    if (command == name) return true;
  }
  return false;
}

/// Second words of `docker container …`, or the first ones.
std::vector<std::string> docker_words_after(const std::vector<std::string>& whole,
                                            const std::vector<std::string>& commands) {
  const std::string group = whole.size() > 1 ? whole[1] + " " : "";
  std::vector<std::string> found;
  for (const std::string& command : commands) {
    if (starts_with(command, group)) found.push_back(command.substr(group.size()));
  }
  for (std::string& each : found) each = each.substr(0, each.find(' '));
  return found;
}

std::vector<std::string> words_of_docker(const HalfLine& half, const KnownNames& names) {
  const std::vector<std::string> commands = docker_command_names();
  const std::string command = docker_command_of(half.whole, commands);
  if (command.empty()) return docker_words_after(half.whole, commands);
  if (starts_with(half.last, "-")) return docker_flag_names(command);
  if (is_about_images(command)) return names.images;
  std::vector<std::string> all = names.containers;
  if (command == "inspect") all.insert(all.end(), names.images.begin(), names.images.end());
  return all;
}

}  // namespace

KnownNames known_names(const World& world) {
  KnownNames names;
  world.containers.each([&](const Container& each) { names.containers.push_back(each.name); });
  names.images = world.engine->hub_shelf;
  return names;
}

std::vector<std::string> docker_candidates(std::string_view line, const KnownNames& names) {
  const HalfLine half = half_line(line);
  if (half.whole.empty()) return fitting_words(line, {"docker"});
  if (half.whole[0] != "docker") return {};
  return fitting_words(line, words_of_docker(half, names));
}

std::vector<std::string> fitting_words(std::string_view line, const std::vector<std::string>& all) {
  const std::string last = half_line(line).last;
  std::vector<std::string> fitting;
  for (const std::string& word : all) {
    if (starts_with(word, last)) fitting.push_back(word);
  }
  std::sort(fitting.begin(), fitting.end());
  fitting.erase(std::unique(fitting.begin(), fitting.end()), fitting.end());
  return fitting;
}

std::string common_beginning(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  std::string common = words.front();
  for (const std::string& word : words) {
    std::size_t same = 0;
    while (same < common.size() && same < word.size() && common[same] == word[same]) ++same;
    common.resize(same);
  }
  return common;
}

}  // namespace cutaway::spec
