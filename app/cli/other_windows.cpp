#include "app/cli/other_windows.h"

#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/text.h"

namespace cutaway::app {

namespace {

/// The program's own words; libraries say more there.
std::string complaints_in(int fd) {
  constexpr std::string_view kOurs = "cutaway: ";
  std::array<char, 4096> buffer{};
  const ssize_t got = ::pread(fd, buffer.data(), buffer.size(), 0);
  const std::string_view said(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  std::string text;
  for (const std::string& line : split(said, '\n')) {
    if (starts_with(line, kOurs)) text += (text.empty() ? "" : "; ") + line.substr(kOurs.size());
  }
  return text;
}

}  // namespace

OtherWindows::~OtherWindows() {
  for (const Window& window : windows_) ::close(window.says);
}

Status OtherWindows::open(std::vector<std::string> words) {
  Window window;
  window.says = ::memfd_create("cutaway-window", MFD_CLOEXEC);
  if (window.says < 0)
    return fail(ErrorCode::Failed, std::string("memfd_create: ") + std::strerror(errno));
  std::string program = "/proc/self/exe";
  std::vector<char*> argv = {program.data()};
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, window.says, STDERR_FILENO);
  const int error =
      ::posix_spawn(&window.pid, program.c_str(), &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) ::close(window.says);
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
    text += complaints_in(window.says);
    ::close(window.says);
  }
  windows_ = std::move(open);
  return text;
}

}  // namespace cutaway::app
