#include "app/gui/memory.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/os/files.h"
#include "base/text.h"

namespace cutaway::app {

namespace {

constexpr double kSettled = 1;  // seconds
constexpr int kBadOnesKept = 9;

namespace fs = std::filesystem;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

void say(const std::string& words) { os::write_err("cutaway: " + words + "\n"); }

}  // namespace

// As the XDG base directory specification has it: a path that is not absolute does not count.
std::string memory_path(const std::string& config_home, const std::string& home) {
  if (starts_with(config_home, "/")) return config_home + "/cutaway/window.json";
  return starts_with(home, "/") ? home + "/.config/cutaway/window.json" : "";
}

Memory::Memory(bool fresh) : path_(memory_path(variable("XDG_CONFIG_HOME"), variable("HOME"))) {
  if (!fresh) read();
}

void Memory::read() {
  std::error_code error;
  if (path_.empty() || !fs::exists(path_, error)) return;
  const auto text = os::read_file(path_);
  if (!text) return say(text.error().message + "; the window begins as if it were new");
  const auto remembered = viz::remembered_from(path_, *text);
  if (remembered)
    kept_ = *remembered;
  else
    set_aside(remembered.error().message);
}

/// What somebody may want back is not written over.
void Memory::set_aside(const std::string& why) const {
  std::error_code error;
  std::string aside = path_ + ".bad";
  for (int i = 2; fs::exists(aside, error) && i <= kBadOnesKept; ++i)
    aside = path_ + ".bad" + decimal(i);
  fs::rename(path_, aside, error);
  say(why + (error ? "; the window begins as if it were new"
                   : "; it is kept as " + fs::path(aside).filename().string() +
                         ", and the window begins as if it were new"));
}

void Memory::begin(const viz::Remembered& now) { begun_ = now_ = now; }

void Memory::pass(const viz::Remembered& now, double seconds) {
  if (now != now_) {
    now_ = now;
    unwritten_ = 0;
  } else if (unwritten_ >= 0) {
    unwritten_ += seconds;
    if (unwritten_ >= kSettled) close();
  }
}

void Memory::close() {
  if (unwritten_ < 0 || path_.empty()) return;
  unwritten_ = -1;
  read();  // another window may have written since
  std::error_code error;
  fs::create_directories(fs::path(path_).parent_path(), error);
  const Status written =
      os::write_file(path_, viz::remembered_text(viz::merged(kept_, begun_, now_)));
  if (!written) {
    say(written.error().message + "; how the window looks is not remembered");
    path_.clear();
  }
}

}  // namespace cutaway::app
