#include "app/export/ffmpeg.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/text.h"

namespace cutaway::app {

namespace {

constexpr int kPipeBytes = 1 << 20;  // a frame in a few writes

Error not_started(int error) {
  if (error == ENOENT) {
    return {ErrorCode::Cannot, "write a video: ffmpeg is not installed",
            "apt-get install ffmpeg; -o x.png needs none"};
  }
  return {ErrorCode::Failed, std::string("cannot start ffmpeg: ") + std::strerror(error), {}};
}

/// What the child changes before it becomes ffmpeg.
class SpawnSettings {
 public:
  SpawnSettings(int input, int words) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_adddup2(&files_, input, 0);
    posix_spawn_file_actions_addopen(&files_, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, words, 2);
    posix_spawnattr_init(&attributes_);
    sigset_t usual;
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    // Ctrl-C is for us: we end it.
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  const posix_spawn_file_actions_t* files() const { return &files_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

Result<std::unique_ptr<Ffmpeg>> Ffmpeg::start(const std::vector<std::string>& arguments) {
  std::unique_ptr<Ffmpeg> ffmpeg(new Ffmpeg());
  TRY(ffmpeg->spawn(arguments));
  return ffmpeg;
}

Status Ffmpeg::spawn(const std::vector<std::string>& arguments) {
  int ends[2] = {-1, -1};
  words_ = ::memfd_create("ffmpeg", MFD_CLOEXEC);
  if (words_ < 0 || ::pipe2(ends, O_CLOEXEC) != 0) return fail(not_started(errno));
  pipe_ = ends[1];
  ::fcntl(pipe_, F_SETPIPE_SZ, kPipeBytes);
  std::vector<std::string> words = {"ffmpeg", "-hide_banner", "-loglevel", "error", "-y"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const SpawnSettings settings(ends[0], words_);
  const int error = ::posix_spawnp(&pid_, "ffmpeg", settings.files(), settings.attributes(),
                                   argv.data(), environ);
  ::close(ends[0]);
  if (error == 0) return {};
  pid_ = -1;
  return fail(not_started(error));
}

Ffmpeg::~Ffmpeg() {
  if (pipe_ >= 0) ::close(pipe_);
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);  // a child that we have not waited for: the number is its own
    wait_for(pid_);
  }
  if (words_ >= 0) ::close(words_);
}

Status Ffmpeg::write(const viz::Image& frame) {
  const std::uint8_t* at = frame.rgba.data();
  std::size_t left = frame.rgba.size();
  while (left > 0) {
    const ssize_t n = ::write(pipe_, at, left);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed();
    at += n;
    left -= static_cast<std::size_t>(n);
  }
  return {};
}

Status Ffmpeg::finish() {
  ::close(pipe_);
  pipe_ = -1;
  const int status = wait_for(pid_);
  pid_ = -1;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return failed();
}

// Its last line says it best.
Status Ffmpeg::failed() {
  if (pid_ > 0) {
    ::close(pipe_);
    pipe_ = -1;
    wait_for(pid_);
    pid_ = -1;
  }
  char text[4096];
  const ssize_t n = ::pread(words_, text, sizeof text, 0);
  const std::string_view said = trim({text, static_cast<std::size_t>(n > 0 ? n : 0)});
  const std::string line(said.substr(said.rfind('\n') + 1));
  return fail(ErrorCode::Failed, "ffmpeg gave up: " + (line.empty() ? "it says nothing" : line));
}

}  // namespace cutaway::app
