// The folders: making, listing, removing.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <set>
#include <utility>

#include "base/text.h"
#include "real/cgroup/cgroup.h"
#include "real/cgroup/control_file.h"
#include "real/cgroup/wait.h"
#include "real/sys/files.h"

namespace cutaway::real {
namespace {

/// What docker's limits need (v2).
constexpr std::string_view kWanted[] = {"cpu", "cpuset", "io", "memory", "pids"};

std::string parent_folder(const std::string& path) { return path.substr(0, path.rfind('/')); }

Status make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) return os_fail("mkdir", path, errno);
  return {};
}

/// cpuset.cpus and cpuset.mems of a new v1 cgroup are empty, and then it takes no member
/// (cpuset(7)).
Status inherit_cpuset(const std::string& folder) {
  for (const char* file : {"/cpuset.cpus", "/cpuset.mems"}) {
    TRY_ASSIGN(const std::string have, read_control(folder + file));
    if (!have.empty()) continue;
    TRY_ASSIGN(const std::string given, read_control(parent_folder(folder) + file));
    TRY(write_control(folder + file, given));
  }
  return {};
}

/// "+cpu +memory": those that exist here and are not yet enabled for the children of `folder`.
Status enable_controllers(const std::string& folder) {
  TRY_ASSIGN(const std::string available, read_control(folder + "/cgroup.controllers"));
  TRY_ASSIGN(const std::string enabled, read_control(folder + "/cgroup.subtree_control"));
  const std::vector<std::string> have = split(available, ' '), on = split(enabled, ' ');
  const auto in = [](const std::vector<std::string>& all, std::string_view name) {
    return std::find(all.begin(), all.end(), name) != all.end();
  };
  std::string text;
  for (const std::string_view name : kWanted) {
    if (in(have, name) && !in(on, name)) text += (text.empty() ? "+" : " +") + std::string(name);
  }
  return text.empty() ? Status{} : write_control(folder + "/cgroup.subtree_control", text);
}

Status remove_cgroup_folder(const std::string& path, std::int64_t patience_ns) {
  const Patience patience(patience_ns);
  while (::rmdir(path.c_str()) != 0) {
    if (errno == ENOENT) return {};
    if (errno != EBUSY || !patience.pause()) return os_fail("rmdir", path, errno);
  }
  return {};
}

}  // namespace

CgroupDriver::CgroupDriver(CgroupHost host, std::string folder)
    : host_(std::move(host)), folder_(std::move(folder)) {}

std::string CgroupDriver::place(const CgroupHierarchy& hierarchy, const std::string& id) const {
  return hierarchy.mounted + folder_ + "/" + id;
}

Result<std::string> CgroupDriver::place_with(std::string_view controller,
                                             const std::string& id) const {
  const CgroupHierarchy* hierarchy = host_.with(controller);
  if (hierarchy == nullptr) {
    return fail(ErrorCode::Cannot,
                "this machine has no cgroup controller \"" + std::string(controller) + "\"");
  }
  return place(*hierarchy, id);
}

Status CgroupDriver::prepare() const {
  for (const CgroupHierarchy* hierarchy : host_.used()) {
    const std::string folder = hierarchy->mounted + folder_;
    if (hierarchy->version == 2) TRY(enable_controllers(hierarchy->mounted));
    TRY(make_folder(folder));
    if (hierarchy->version == 2) TRY(enable_controllers(folder));
    if (hierarchy->version == 1 && hierarchy->has("cpuset")) TRY(inherit_cpuset(folder));
  }
  return {};
}

Status CgroupDriver::unprepare() const {
  for (const CgroupHierarchy* hierarchy : host_.used())
    TRY(remove_cgroup_folder(hierarchy->mounted + folder_, patience_ns_));
  return {};
}

std::vector<std::string> CgroupDriver::list() const {
  std::set<std::string> ids;
  for (const CgroupHierarchy* hierarchy : host_.used()) {
    const std::string folder = hierarchy->mounted + folder_ + "/";
    for (const std::string& path : folders_below(folder.substr(0, folder.size() - 1))) {
      if (path.find('/', folder.size()) == std::string::npos)
        ids.insert(path.substr(folder.size()));
    }
  }
  return {ids.begin(), ids.end()};
}

Status CgroupDriver::remove(const std::string& id) const {
  Status first;  // what cannot be removed keeps nobody from removing the rest
  for (const CgroupHierarchy* hierarchy : host_.used()) {
    const std::string whole = place(*hierarchy, id);
    if (::rmdir(whole.c_str()) == 0 || errno == ENOENT) continue;
    std::vector<std::string> folders = folders_below(whole);
    folders.push_back(whole);
    for (const std::string& folder : folders) {
      const Status removed = remove_cgroup_folder(folder, patience_ns_);
      if (first && !removed) first = removed;
    }
  }
  return first;
}

Result<CgroupMeter> CgroupDriver::meter(const std::string& id) const {
  std::vector<CgroupMeter::Place> places;
  for (const CgroupHierarchy* hierarchy : host_.used()) {
    for (const std::string& controller : hierarchy->controllers)
      places.push_back({controller, place(*hierarchy, id)});
  }
  return CgroupMeter::open(host_.plan_version(), places);
}

Result<OomWatch> CgroupDriver::watch_oom(const std::string& id) const {
  TRY_ASSIGN(const std::string folder, place_with("memory", id));
  return OomWatch::open(host_.plan_version(), folder);
}

}  // namespace cutaway::real
