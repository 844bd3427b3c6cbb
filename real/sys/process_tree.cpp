#include "real/sys/process_tree.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <string>

#include "base/text.h"
#include "real/sys/fd.h"
#include "real/sys/files.h"
#include "real/sys/folder.h"
#include "real/sys/signals.h"

namespace cutaway::real {

namespace {

struct Family {
  pid_t parent = 0;
  bool ended = true;  ///< gone, or a zombie
};

/// "17 (a name) S 1 …" (proc(5)).
Family family_of(pid_t pid) {
  const Result<std::string> stat = read_text("/proc/" + decimal(pid) + "/stat");
  const std::size_t name_end = stat ? stat->rfind(") ") : std::string::npos;
  if (name_end == std::string::npos) return {};
  const std::vector<std::string> words = split(stat->substr(name_end + 2), ' ');
  std::int64_t parent = 0;
  if (words.size() < 2 || !parse_decimal(words[1], parent)) return {};
  return {static_cast<pid_t>(parent), words[0] == "Z" || words[0] == "X"};
}

}  // namespace

std::vector<pid_t> all_processes() {
  std::vector<pid_t> pids;
  const auto names = names_in("/proc");
  if (!names) return pids;
  for (const std::string& name : *names) {
    std::int64_t pid = 0;
    if (parse_decimal(name, pid) && pid > 0 && pid != ::getpid())
      pids.push_back(static_cast<pid_t>(pid));
  }
  std::sort(pids.begin(), pids.end());
  return pids;
}

std::vector<pid_t> descendants_of(pid_t pid) {
  std::multimap<pid_t, pid_t> children;
  for (const pid_t each : all_processes()) {
    const Family family = family_of(each);
    if (!family.ended) children.emplace(family.parent, each);
  }
  std::vector<pid_t> all = {pid};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto below = children.equal_range(all[i]);
    for (auto child = below.first; child != below.second; ++child) all.push_back(child->second);
  }
  all.erase(all.begin());
  return all;
}

void kill_with_descendants(pid_t child) {
  constexpr int kRounds = 16;
  ::kill(child, SIGSTOP);  // our own child, not reaped yet; it starts nothing more
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<pid_t> all = descendants_of(child);
    if (all.empty()) break;
    for (const pid_t pid : all) {
      const Fd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
      const std::vector<pid_t> still = descendants_of(child);
      if (process && std::find(still.begin(), still.end(), pid) != still.end())
        send_signal_through(process, pid, SIGKILL);
    }
  }
  ::kill(child, SIGKILL);
}

}  // namespace cutaway::real
