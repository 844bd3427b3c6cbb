// cutaway prune: everything that the real side made under a state folder, found by where it is and
// what it is called, so that nothing has to have been written down before a crash.
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <thread>

#include "base/text.h"
#include "real/engine/cgroups.h"
#include "real/engine/process.h"
#include "real/engine/reconcile.h"
#include "real/engine/root.h"
#include "real/engine/state.h"
#include "real/litmus/cage.h"
#include "real/live_socket.h"
#include "real/side.h"
#include "real/sys/files.h"
#include "real/sys/folder.h"
#include "real/sys/signals.h"

namespace cutaway::real {

namespace {

constexpr int kPrunePatienceMs = 2000;

// Mount points below the folder, the deepest first.
std::vector<std::string> mounts_below(const std::string& folder) {
  std::vector<std::string> found;
  const auto mountinfo = read_text("/proc/self/mountinfo");
  if (!mountinfo) return found;
  for (const std::string& line : split(*mountinfo, '\n')) {
    const std::vector<std::string> fields = split(line, ' ');
    constexpr std::size_t kMountPoint = 4;
    if (fields.size() > kMountPoint && starts_with(fields[kMountPoint], folder + "/"))
      found.push_back(fields[kMountPoint]);
  }
  std::reverse(found.begin(), found.end());
  return found;
}

void end_process(const ProcessId& process) {
  const auto fd = open_process(process);
  if (!fd) return;
  send_signal_through(*fd, process.pid, SIGKILL);
  wait_for_end(process, kPrunePatienceMs);
}

// Shims and runtimes of this state folder: the helper's copy in memory, started with a bundle of
// ours. A record may not know of them: the engine can be killed before it writes one.
void end_helpers(const std::string& root) {
  for (const std::string& name : names_if_any("/proc")) {
    std::int64_t pid = 0;
    if (!parse_decimal(name, pid)) continue;
    const ProcessId process = process_of(static_cast<int>(pid));
    const std::string folder = "/proc/" + name;
    std::array<char, 256> exe{};
    const ssize_t size = ::readlink((folder + "/exe").c_str(), exe.data(), exe.size());
    const std::string_view program(exe.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    if (!starts_with(program, "/memfd:cutaway-runtime")) continue;
    const auto words = read_text(folder + "/cmdline");
    const bool ours =
        words && words->find(std::string(1, '\0') + root + "/containers/") != std::string::npos;
    if (ours) end_process(process);
  }
}

// The container's own processes first: what they hold open would be in the way.
Status prune_container(const StateFolder& state, const std::string& id,
                       std::vector<std::string>& told) {
  const auto text = read_text(state.container(id) + "/record.json");
  const auto json = text ? parse_json(*text) : fail(text.error());
  const auto record = json ? record_from_json(*json) : fail(json.error());
  if (record) end_process(record->shim);
  TRY(clear_cgroups(id));
  if (record) end_process(record->init);
  TRY(unmount_root(state, id));
  TRY(state.forget(id));
  told.push_back("container " + id.substr(0, 12) + (record ? " (" + record->name + ")" : ""));
  return {};
}

// Whoever watched a container that was ended here may still be writing down its end, into a folder
// that is being emptied: it is gone in a moment.
Status remove_state_folder(const std::string& folder) {
  constexpr auto kPause = std::chrono::milliseconds(20);
  Status removed = remove_tree(folder);
  for (int waited = 0; !removed && waited < kPrunePatienceMs;
       waited += static_cast<int>(kPause.count())) {
    std::this_thread::sleep_for(kPause);
    removed = remove_tree(folder);
  }
  return removed;
}

// Runs of scenarios have a state folder of their own below ours (side.cpp).
std::vector<std::string> scenario_folders(const std::string& root) {
  std::vector<std::string> found;
  for (const std::string& name : names_if_any(root)) {
    if (starts_with(name, "scenario-")) found.push_back(root + "/" + name);
  }
  return found;
}

}  // namespace

Result<std::vector<std::string>> prune(const std::string& asked) {
  const std::string root = asked.empty() ? default_state_folder() : asked;
  // Litmus programs leave nothing on disk: there may be no folder, and cgroups of them all the
  // same.
  std::vector<std::string> told = prune_cages();
  if (!exists(root)) {
    TRY(release_cgroups());
    return told;
  }
  TRY_ASSIGN(const StateFolder state, StateFolder::open(root));
  const std::string& whole = state.root();
  TRY_ASSIGN(const Fd lock, state.lock());
  end_helpers(whole);
  for (const std::string& id : state.ids()) TRY(prune_container(state, id, told));
  for (const std::string& each : scenario_folders(whole)) {
    TRY_ASSIGN(const std::vector<std::string> more, prune(each));
    told.insert(told.end(), more.begin(), more.end());
  }
  TRY(release_cgroups());
  remove_left_sockets(whole);
  for (const std::string& mount : mounts_below(whole)) {
    if (::umount2(mount.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW) == 0)
      told.push_back("mount " + mount);
  }
  TRY(remove_state_folder(whole));
  told.push_back("folder " + whole);
  return told;
}

}  // namespace cutaway::real
