#include "real/tracer/ptrace/proc.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

#include "base/text.h"
#include "real/sys/fd.h"

namespace cutaway::real {

namespace {

/// The value of a line of /proc/TID/status, in the base in which it is written.
bool status_value(int tid, std::string_view line, unsigned base, std::uint64_t& value) {
  char path[48], text[8192];
  std::snprintf(path, sizeof path, "/proc/%d/status", tid);
  const Fd fd(::open(path, O_RDONLY | O_CLOEXEC));
  if (!fd) return false;
  const ssize_t got = ::read(fd.get(), text, sizeof text);
  if (got <= 0) return false;
  const std::string_view all(text, static_cast<std::size_t>(got));
  const std::size_t at = all.find("\n" + std::string(line) + ":\t");
  if (at == std::string_view::npos) return false;
  const std::string_view rest = all.substr(at + line.size() + 3);
  return parse_unsigned(rest.substr(0, rest.find('\n')), base, value);
}

}  // namespace

bool traced_by(int tid, int tracer) {
  std::uint64_t pid = 0;
  return status_value(tid, "TracerPid", 10, pid) && pid == static_cast<std::uint64_t>(tracer);
}

int parent_of(int tid) {
  std::uint64_t pid = 0;
  return status_value(tid, "PPid", 10, pid) ? static_cast<int>(pid) : 0;
}

bool catches(int tid, int signal) {
  std::uint64_t caught = 0;
  return status_value(tid, "SigCgt", 16, caught) && signal > 0 &&
         (caught >> static_cast<unsigned>(signal - 1) & 1U) != 0;
}

std::vector<int> threads_of(int pid) {
  std::vector<int> tids;
  DIR* folder = ::opendir(("/proc/" + decimal(pid) + "/task").c_str());
  if (folder == nullptr) return tids;
  while (const dirent* entry = ::readdir(folder)) {
    std::int64_t tid = 0;
    if (parse_decimal(entry->d_name, tid)) tids.push_back(static_cast<int>(tid));
  }
  ::closedir(folder);
  return tids;
}

}  // namespace cutaway::real
