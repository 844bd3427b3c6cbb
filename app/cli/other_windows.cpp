#include "app/cli/other_windows.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/text.h"

namespace cutaway::app {

namespace {

std::string all_of(int fd) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 1; got > 0;) {
    got = ::read(fd, buffer.data(), buffer.size());
    if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return std::string(trim(text));
}

}  // namespace

OtherWindows::~OtherWindows() {
  for (const Window& window : windows_) ::close(window.says);
}

Status OtherWindows::open(std::vector<std::string> words) {
  std::array<int, 2> ends{};
  // Nobody is waited for: what is not there yet is read when the window has gone.
  if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
    return fail(ErrorCode::Failed, std::string("pipe: ") + std::strerror(errno));
  std::string program = "/proc/self/exe";
  std::vector<char*> argv = {program.data()};
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  Window window;
  const int error =
      ::posix_spawn(&window.pid, program.c_str(), &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  window.says = ends[0];
  if (error != 0) ::close(ends[0]);
  if (error != 0) return fail(ErrorCode::Failed, words[0] + ": " + std::strerror(error));
  windows_.push_back(window);
  return {};
}

std::string OtherWindows::complaints() {
  std::string text;
  std::vector<Window> open;
  for (const Window& window : windows_) {
    if (::waitpid(window.pid, nullptr, WNOHANG) == 0) {
      open.push_back(window);
      continue;
    }
    text += all_of(window.says);
    ::close(window.says);
  }
  windows_ = std::move(open);
  return text;
}

}  // namespace cutaway::app
