#include "tests/fuzz/docker_lines.h"

#include <iterator>

#include "base/text.h"
#include "spec/docker_line.h"

namespace cutaway::test {

namespace {

constexpr std::string_view kImages[] = {
    "busybox", "busybox:latest", "hello-world",    "alpine",  "python",
    "nosuch",  "BusyBox",        "busybox:nosuch", "a/b/c/d", "busybox@sha256:00"};
constexpr std::string_view kNames[] = {"web", "box", "a", "b", "db", "x y", "-", "", "w*b"};
/// What a container is to do; each ends by itself.
constexpr std::string_view kPrograms[] = {"true",
                                          "false",
                                          "echo hi there",
                                          "sh -c 'exit 7'",
                                          "sh -c 'echo a; echo b >&2; exit 3'",
                                          "sh -c 'kill -9 $$'",
                                          "sh -c 'cat /etc/hostname; ls /nosuch'",
                                          "sleep 30",
                                          "sleep 100000",
                                          "nosuch",
                                          "/etc/passwd",
                                          "ls -la /",
                                          "ps",
                                          "id",
                                          "cat",
                                          "sh",
                                          "env",
                                          "uname -a",
                                          "mount",
                                          "sh -c 'echo x > /tmp/f; wc /tmp/f | cat'",
                                          "sh -c 'sleep 1 & wait; echo $?'",
                                          "head -c 100000 /dev/zero"};
/// A flag with its value, as it stands on the line.
constexpr std::string_view kRunFlags[] = {"-d",
                                          "--rm",
                                          "-i",
                                          "-t",
                                          "-it",
                                          "--name web",
                                          "--name box",
                                          "--name a",
                                          "-e A=1",
                                          "-e A",
                                          "-w /tmp",
                                          "-w nosuch",
                                          "-u 1000",
                                          "--hostname h",
                                          "-m 64m",
                                          "-m 6x",
                                          "--memory 4m",
                                          "--cpus 0.5",
                                          "--cpus -1",
                                          "--pids-limit 5",
                                          "--read-only",
                                          "--network none",
                                          "--privileged",
                                          "--cap-drop ALL",
                                          "--init",
                                          "--nosuch",
                                          "-p 80:80",
                                          "-v /a:/b",
                                          "--rm=maybe",
                                          "--pull never",
                                          "--entrypoint echo"};
constexpr std::string_view kVerbsOfObjects[] = {
    "start",   "stop",     "restart", "kill",      "rm",         "rm -f", "pause",
    "unpause", "wait",     "logs",    "attach",    "inspect",    "top",   "diff",
    "port",    "rename",   "exec",    "update",    "rmi",        "tag",   "pull",
    "history", "start -a", "exec -d", "stop -t 0", "kill -s HUP"};
constexpr std::string_view kVerbsAlone[] = {"ps",
                                            "ps -a",
                                            "images",
                                            "version",
                                            "info",
                                            "system df",
                                            "container prune -f",
                                            "image prune -f",
                                            "system prune -f",
                                            "help",
                                            "run --help",
                                            "",
                                            "--version",
                                            "ps --nosuch",
                                            "network ls",
                                            "volume ls",
                                            "container",
                                            "container ls -aq",
                                            "events --since 0 --until 1"};
constexpr std::string_view kFlagValues[] = {
    "1",    "0",  "-1", "5s", "x", "", "{{.Id}}", "{{", "a=b", "64m", "9223372036854775808",
    "/tmp", "web"};
constexpr std::string_view kJunk[] = {"-",         "--",      "---",  "''", "=",
                                      "-=",        "--=x",    "\xff", "\n", "-abcdefg",
                                      "--rm --rm", "$(true)", "&&",   "|"};

void append(std::vector<std::string>& words, const std::string& text) {
  std::vector<std::string> more;
  if (split_shell_words(text, more)) words.insert(words.end(), more.begin(), more.end());
}

}  // namespace

std::string DockerLines::container_in(const World& world) {
  if (one_in(4)) return any(kNames);
  std::vector<std::string> known;
  world.containers.each([&](const Container& each) {
    known.push_back(each.name);
    known.push_back(each.id.substr(0, 12));
  });
  return known.empty() ? any(kNames) : any(known);
}

std::string DockerLines::image_in(const World& world) {
  if (one_in(2)) return any(kImages);
  std::vector<std::string> known;
  for (const auto& entry : *world.images) known.push_back(entry.first);
  return known.empty() ? any(kImages) : any(known);
}

void DockerLines::add_flags(std::vector<std::string>& words, std::string_view command) {
  const std::vector<std::string> names = spec::docker_flag_names(command);
  for (std::uint64_t n = prng_.below(3); n > 0 && !names.empty(); --n) {
    words.push_back(any(names));
    if (one_in(2)) words.push_back(any(kFlagValues));
  }
}

std::vector<std::string> DockerLines::run_words(std::string_view verb) {
  std::vector<std::string> words = {std::string(verb)};
  for (std::uint64_t n = prng_.below(4); n > 0; --n) append(words, any(kRunFlags));
  words.push_back(one_in(5) ? any(kImages) : "busybox");
  if (!one_in(8)) append(words, any(kPrograms));
  return words;
}

std::vector<std::string> DockerLines::object_words(const World& world) {
  std::vector<std::string> words;
  append(words, any(kVerbsOfObjects));
  const std::string verb = words.front();
  if (one_in(4)) add_flags(words, verb);
  const bool image = verb == "rmi" || verb == "tag" || verb == "pull" || verb == "history";
  words.push_back(image ? image_in(world) : container_in(world));
  if (verb == "exec") append(words, any(kPrograms));
  if (verb == "tag" || verb == "rename" || one_in(6))
    words.push_back(image ? image_in(world) : any(kNames));
  return words;
}

/// Any command of the table, with flags of its own.
std::vector<std::string> DockerLines::any_words(const World& world) {
  const std::string command = any(spec::docker_command_names());
  std::vector<std::string> words;
  append(words, command);
  add_flags(words, command);
  if (one_in(2)) words.push_back(container_in(world));
  if (one_in(3)) append(words, any(kPrograms));
  return words;
}

/// A word is lost, doubled, or replaced by something that is none.
void DockerLines::spoil(std::vector<std::string>& words) {
  const std::size_t at = words.empty() ? 0 : prng_.below(words.size());
  const auto place = words.begin() + static_cast<std::ptrdiff_t>(at);
  switch (prng_.below(3)) {
    case 0:
      if (!words.empty()) words.erase(place);
      return;
    case 1:
      words.insert(place, any(kJunk));
      return;
    default:
      if (!words.empty()) words.insert(place, words[at]);
      return;
  }
}

std::vector<std::string> DockerLines::next(const World& world) {
  std::vector<std::string> words;
  const std::uint64_t kind = prng_.below(10);
  if (kind < 4)
    words = run_words(one_in(4) ? "create" : "run");
  else if (kind < 7)
    words = object_words(world);
  else if (kind < 9)
    append(words, any(kVerbsAlone));
  else
    words = any_words(world);
  if (one_in(7)) spoil(words);
  return words;
}

}  // namespace cutaway::test
