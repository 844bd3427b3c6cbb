#include "viz/scene/matrix_from_world.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "spec/words.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/outside.h"
#include "viz/text/call_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

static_assert(kSpaceKinds.size() == kMatrixColumns);
constexpr std::size_t kMembersNamed = 3;

/// Processes that live at one place and have the same eight namespaces.
struct Group {
  int slot = kHostSlot;
  std::string name;
  std::array<NsId, kMatrixColumns> ns;
  std::vector<const cutaway::Task*> members;
};

std::array<NsId, kMatrixColumns> namespaces_of(const cutaway::Task& task) {
  std::array<NsId, kMatrixColumns> ns;
  for (std::size_t i = 0; i < kSpaceKinds.size(); ++i) ns[i] = task.in(kSpaceKinds[i]);
  return ns;
}

std::vector<Group> groups_of(const World& world) {
  std::vector<Group> groups;
  world.tasks.each([&](const cutaway::Task& task) {
    if (task.leader != task.id || task.zombie() || is_outside(world, task)) return;
    const cutaway::Container* home = home_of(world, task);
    Group group = {home == nullptr ? kHostSlot : home->slot,
                   home == nullptr ? "the host" : container_name(world, *home),
                   namespaces_of(task),
                   {&task}};
    for (Group& known : groups) {
      if (known.slot != group.slot || known.ns != group.ns) continue;
      known.members.push_back(&task);
      return;
    }
    groups.push_back(std::move(group));
  });
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.slot < b.slot; });
  return groups;
}

std::string members_words(const Group& group) {
  std::vector<std::string> named;
  for (const cutaway::Task* task : group.members) {
    if (named.size() < kMembersNamed) named.push_back(task->comm + " " + decimal(task->pid()));
  }
  std::string said = join(named, ", ");
  if (group.members.size() > kMembersNamed) {
    said += " + " + decimal(static_cast<std::int64_t>(group.members.size() - kMembersNamed));
  }
  return said;
}

/// The first group that has a namespace: the host's group comes first, then by slot.
const Group& owner_of(const std::vector<Group>& groups, std::size_t column, NsId ns) {
  return *std::find_if(groups.begin(), groups.end(),
                       [&](const Group& group) { return group.ns[column] == ns; });
}

std::string pids_in(const World& world, const Namespace& ns) {
  std::int64_t count = 0;
  world.tasks.each([&](const cutaway::Task& task) {
    count += task.leader == task.id && pid_in(world, task, ns.id) != 0 ? 1 : 0;
  });
  return decimal(count) + (count == 1 ? " process" : " processes");
}

std::string links_in(const Namespace& ns) {
  std::vector<std::string> names;
  for (const Interface& link : ns.links) names.push_back(link.name);
  return join(names, ", ");
}

std::string users_in(const Namespace& ns) {
  if (ns.uid_map.empty() || ns.level == 0) return "";
  const IdMapping& first = ns.uid_map.front();
  return decimal(std::int64_t{first.inside}) + " = " + decimal(std::int64_t{first.outside});
}

/// What such a table holds, in a few letters.
std::string content_words(const World& world, const Namespace& ns) {
  switch (ns.type) {
    case SpaceKind::Pid:
      return pids_in(world, ns);
    case SpaceKind::Mnt:
      return counted(static_cast<std::int64_t>(mounts_of_ns(world, ns.id).size()), "mount");
    case SpaceKind::Net:
      return links_in(ns);
    case SpaceKind::Uts:
      return ns.hostname;
    case SpaceKind::User:
      return users_in(ns);
    default:
      return "";
  }
}

MatrixCell cell_of(const World& world, const std::vector<Group>& groups, const Group& group,
                   std::size_t column) {
  const NsId id = group.ns[column];
  const Namespace* ns = world.namespaces.find(id);
  if (ns == nullptr) return {};
  const Group& owner = owner_of(groups, column, id);
  const bool own = owner.slot == group.slot;
  return {"ns:" + decimal(static_cast<std::int64_t>(ns->inode)),
          ns_number(*ns),
          own ? content_words(world, *ns) : "",
          owner.slot,
          owner.name,
          own};
}

std::string listed_kinds(const std::set<std::string>& kinds) {
  return join(std::vector<std::string>(kinds.begin(), kinds.end()), ", ");
}

}  // namespace

Matrix matrix_of(const World& world) {
  Matrix matrix;
  for (std::size_t i = 0; i < kSpaceKinds.size(); ++i) {
    matrix.kinds[i] = ns_kind_name(kSpaceKinds[i]);
    matrix.holds[i] = spec::Words::of()["lens.of." + matrix.kinds[i]].what;
  }
  const std::vector<Group> groups = groups_of(world);
  for (const Group& group : groups) {
    MatrixRow row = {group.slot, group.name, members_words(group), {}};
    for (std::size_t i = 0; i < kSpaceKinds.size(); ++i) {
      row.cells[i] = cell_of(world, groups, group, i);
    }
    matrix.rows.push_back(std::move(row));
  }
  return matrix;
}

Caption matrix_caption(const Matrix& matrix) {
  const spec::Words& words = spec::Words::of();
  std::set<std::string> host, others;
  bool containers = false;
  for (const MatrixRow& row : matrix.rows) {
    if (row.slot == kHostSlot) continue;
    containers = true;
    for (std::size_t i = 0; i < kMatrixColumns; ++i) {
      if (row.cells[i].id.empty() || row.cells[i].own) continue;
      (row.cells[i].owner == kHostSlot ? host : others).insert(matrix.kinds[i]);
    }
  }
  if (!containers) return {words["matrix.none"].what, words["matrix.none"].why, {}};
  const auto filled = [&](std::string_view key) {
    return key == "host" ? listed_kinds(host) : listed_kinds(others);
  };
  const std::string_view first = host.empty() ? "matrix.own" : "matrix.host";
  const std::string_view second = others.empty() ? "matrix.apart" : "matrix.together";
  return {fill(words[first].what, filled), fill(words[second].what, filled), {}};
}

}  // namespace cutaway::viz
