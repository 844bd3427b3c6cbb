#include "real/engine/state.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <future>
#include <set>

#include "base/json_text.h"
#include "base/json_value.h"
#include "real/sys/files.h"
#include "real/sys/folder.h"

namespace cutaway::real {

namespace {

constexpr const char* kStateFolders[] = {"containers", "overlay2"};
constexpr std::size_t kIdDigits = 64;

bool is_id(std::string_view text) {
  return text.size() == kIdDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<Fd> locked(const std::string& path, int how) {
  TRY_ASSIGN(Fd fd, open_file(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600));
  while (::flock(fd.get(), how) != 0) {
    if (errno != EINTR) return os_fail("lock", path, errno);
  }
  return fd;
}

}  // namespace

Result<StateFolder> StateFolder::open(const std::string& root) {
  TRY(make_folders(root, 0755));
  if (::chmod(root.c_str(), 0700) != 0) return os_fail("chmod", root, errno);
  for (const char* folder : kStateFolders) TRY(make_folders(root + "/" + folder));
  // Whole, so that what is mounted and started with it is found again from anywhere.
  std::array<char, PATH_MAX> whole{};
  if (::realpath(root.c_str(), whole.data()) == nullptr) return os_fail("find", root, errno);
  return StateFolder(whole.data());
}

std::string StateFolder::log(std::string_view id) const {
  return container(id) + "/" + std::string(id) + "-json.log";
}

Result<Fd> StateFolder::lock() const { return locked(root_ + "/lock", LOCK_EX); }

Result<Fd> StateFolder::watch(std::string_view id) const {
  return locked(container(id) + "/watched", LOCK_EX);
}

Result<Fd> StateFolder::watch_unwatched(std::string_view id) const {
  return locked(container(id) + "/watched", LOCK_EX | LOCK_NB);
}

Status StateFolder::save(const ContainerRecord& record) const {
  return replace_file(container(record.id) + "/record.json",
                      json_text(record_to_json(record)) + "\n");
}

std::vector<ContainerRecord> StateFolder::records() const {
  std::vector<ContainerRecord> records;
  for (const std::string& name : names_if_any(root_ + "/containers")) {
    if (!is_id(name)) continue;
    const auto text = read_text(container(name) + "/record.json");
    const auto json = text ? parse_json(*text) : fail(text.error());
    const auto record = json ? record_from_json(*json) : fail(json.error());
    if (record) records.push_back(*record);
  }
  std::stable_sort(records.begin(), records.end(),
                   [](const auto& a, const auto& b) { return a.created_s < b.created_s; });
  return records;
}

Result<ContainerRecord> StateFolder::find(std::string_view target) const {
  std::vector<ContainerRecord> begins;
  for (ContainerRecord& record : records()) {
    if (record.id == target || record.name == target) return std::move(record);
    if (!target.empty() && record.id.compare(0, target.size(), target) == 0)
      begins.push_back(std::move(record));
  }
  if (begins.size() == 1) return std::move(begins.front());
  return fail(ErrorCode::Failed, "No such container: " + std::string(target));
}

Status StateFolder::forget(std::string_view id) const {
  // Side by side: a disk may be told of each freed block, and waited for (ext4, mount option
  // "discard" without a journal), which then takes longer than all else.
  const std::string layer = overlay(id);
  std::vector<std::future<Status>> removals;
  for (const std::string& tree : {layer + "/work", layer + "/diff", layer + "/merged"})
    removals.push_back(std::async(std::launch::async, remove_tree, tree));
  Status removed = remove_tree(container(id));
  for (std::future<Status>& removal : removals) {
    const Status one = removal.get();
    if (removed) removed = one;
  }
  return removed ? remove_tree(layer) : removed;
}

std::vector<std::string> StateFolder::ids() const {
  std::set<std::string> found;
  for (const char* folder : kStateFolders) {
    for (const std::string& name : names_if_any(root_ + "/" + folder)) {
      const std::string id = name.substr(0, kIdDigits);
      if (is_id(id)) found.insert(id);
    }
  }
  return {found.begin(), found.end()};
}

std::string default_state_folder() {
  if (::geteuid() == 0) return "/var/lib/cutaway";
  const char* data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && *data != '\0') return std::string(data) + "/cutaway";
  const char* home = std::getenv("HOME");
  return std::string(home == nullptr ? "/tmp" : home) + "/.local/share/cutaway";
}

}  // namespace cutaway::real
