#include "real/cgroup/host.h"

#include <linux/magic.h>
#include <sys/vfs.h>

#include <algorithm>

#include "base/text.h"
#include "real/sys/files.h"

namespace cutaway::real {
namespace {

constexpr const char* kKnown[] = {"blkio",    "cpu",        "cpuacct", "cpuset", "devices",
                                  "freezer",  "hugetlb",    "memory",  "misc",   "net_cls",
                                  "net_prio", "perf_event", "pids",    "rdma"};

/// A blank in a path of mountinfo is "\040" (proc(5)).
std::string unescaped_path(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::uint64_t byte = 0;
    if (text[i] == '\\' && i + 3 < text.size() && parse_unsigned(text.substr(i + 1, 3), 8, byte) &&
        byte < 256) {
      plain += static_cast<char>(byte);
      i += 3;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

/// Out of a mount's options: "rw,cpu,cpuacct,xattr".
std::vector<std::string> controllers_in(std::string_view options) {
  std::vector<std::string> found;
  for (const std::string& word : split(options, ',')) {
    const bool known = std::find(std::begin(kKnown), std::end(kKnown), word) != std::end(kKnown);
    if (known || starts_with(word, "name=")) found.push_back(word);
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// "36 35 98:0 /root /mounted rw,noatime shared:1 - type source options" (proc(5)).
bool parse_hierarchy(const std::string& line, CgroupHierarchy& made) {
  const std::vector<std::string> words = split(line, ' ');
  const auto dash = std::find(words.begin(), words.end(), "-");
  if (words.size() < 6 || words.end() - dash < 4) return false;
  if (dash[1] != "cgroup" && dash[1] != "cgroup2") return false;
  made.version = dash[1] == "cgroup2" ? 2 : 1;
  made.root = unescaped_path(words[3]);
  made.mounted = unescaped_path(words[4]);
  if (made.version == 1) made.controllers = controllers_in(dash[3]);
  return made.version == 2 || !made.controllers.empty();
}

/// "4:memory:/a", "0::/a".
void read_own(std::string_view own, CgroupHost& host) {
  for (const std::string& line : split(own, '\n')) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    std::vector<std::string> names = split(line.substr(first + 1, second - first - 1), ',');
    std::sort(names.begin(), names.end());
    const bool unified = second == first + 1;
    for (CgroupHierarchy& one : host.hierarchies) {
      if (unified ? one.version == 2 : one.version == 1 && one.controllers == names)
        one.own = line.substr(second + 1);
    }
  }
}

bool really_mounted(const CgroupHierarchy& hierarchy) {
  struct statfs about {};
  if (::statfs(hierarchy.mounted.c_str(), &about) != 0) return false;
  return about.f_type == (hierarchy.version == 2 ? CGROUP2_SUPER_MAGIC : CGROUP_SUPER_MAGIC);
}

}  // namespace

std::string CgroupHierarchy::key() const {
  return version == 2 ? "unified" : join(controllers, ",");
}

bool CgroupHierarchy::has(std::string_view controller) const {
  return std::find(controllers.begin(), controllers.end(), controller) != controllers.end();
}

CgroupMode CgroupHost::mode() const {
  bool one = false, two = false;
  for (const CgroupHierarchy& hierarchy : hierarchies) {
    two = two || hierarchy.version == 2;
    // systemd's own hierarchy may be there without any controller.
    one = one || (hierarchy.version == 1 && !starts_with(hierarchy.key(), "name="));
  }
  if (one) return two ? CgroupMode::Hybrid : CgroupMode::V1;
  return two ? CgroupMode::V2 : CgroupMode::None;
}

const CgroupHierarchy* CgroupHost::with(std::string_view controller) const {
  for (const CgroupHierarchy* hierarchy : used()) {
    if (hierarchy->has(controller)) return hierarchy;
  }
  return nullptr;
}

std::vector<const CgroupHierarchy*> CgroupHost::used() const {
  const std::int32_t version = plan_version();
  std::vector<const CgroupHierarchy*> all;
  for (const CgroupHierarchy& hierarchy : hierarchies) {
    if (hierarchy.version == version) all.push_back(&hierarchy);
  }
  return all;
}

std::int32_t CgroupHost::plan_version() const { return mode() == CgroupMode::V2 ? 2 : 1; }

std::map<std::string, std::string> CgroupHost::plan_mounts() const {
  std::map<std::string, std::string> mounts;
  for (const CgroupHierarchy* hierarchy : used()) mounts[hierarchy->key()] = hierarchy->mounted;
  return mounts;
}

CgroupHost parse_cgroup_host(std::string_view mountinfo, std::string_view own) {
  CgroupHost host;
  for (const std::string& line : split(mountinfo, '\n')) {
    CgroupHierarchy made;
    if (!parse_hierarchy(line, made)) continue;
    // The same hierarchy may be mounted twice; the first mount is the machine's usual place.
    const bool again =
        std::any_of(host.hierarchies.begin(), host.hierarchies.end(),
                    [&made](const CgroupHierarchy& other) { return other.key() == made.key(); });
    if (!again) host.hierarchies.push_back(std::move(made));
  }
  read_own(own, host);
  return host;
}

Result<CgroupHost> detect_cgroups() {
  TRY_ASSIGN(const std::string mountinfo, read_text("/proc/self/mountinfo"));
  TRY_ASSIGN(const std::string own, read_text("/proc/self/cgroup"));
  CgroupHost host = parse_cgroup_host(mountinfo, own);
  auto& all = host.hierarchies;
  all.erase(std::remove_if(all.begin(), all.end(),
                           [](const CgroupHierarchy& one) { return !really_mounted(one); }),
            all.end());
  for (CgroupHierarchy& one : all) {
    if (one.version != 2) continue;
    TRY_ASSIGN(const std::string names, read_text(one.mounted + "/cgroup.controllers"));
    one.controllers = split(trim(names), ' ');
    std::sort(one.controllers.begin(), one.controllers.end());
  }
  if (host.mode() == CgroupMode::None) {
    return fail(ErrorCode::Cannot, "no cgroup hierarchy is mounted here",
                "mount -t cgroup2 none /sys/fs/cgroup");
  }
  return host;
}

}  // namespace cutaway::real
