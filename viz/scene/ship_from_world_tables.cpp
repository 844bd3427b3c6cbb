// The entries of the kernel's tables: mounts, interfaces, pids, users, hostnames. A table that is
// the host's has its entries in the host's row only.
#include <algorithm>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/outside.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kPidsNamed = 2;  // on the host: the containers' first ones, then "…"

TableEntry mount_entry(const World& world, const Mount& mount, const std::string& id, bool strong) {
  const Filesystem* fs = world.filesystems.find(mount.fs);
  return {id, mount.target.empty() ? "/" : short_ids(mount.target), fs == nullptr ? "" : fs->type,
          strong};
}

// The root first: the picture has room for that one; words and inspector have room for all.
void fill_mounts(const Picture& p, NsId ns, Actor& actor) {
  const Namespace* space = p.world.namespaces.find(ns);
  if (space == nullptr) return;
  const bool strong = has(p.touched.mounts, ns);
  std::vector<TableEntry>& table = actor.table(Column::Mount);
  const std::string node = "node:" + actor.id + "/mnt";
  const Mount* root = p.world.mounts.find(space->root_mount);
  if (root != nullptr) table.push_back(mount_entry(p.world, *root, node, strong));
  if (!table.empty()) table.front().text = "/";
  if (p.options.only_seen) return;
  for (const MountId id : p.census.mounts_of(ns)) {
    const Mount* mount = p.world.mounts.find(id);
    if (mount == nullptr || id == space->root_mount) continue;
    table.push_back(mount_entry(p.world, *mount, node + mount->target, false));
  }
}

// "172.17.0.2/16" → ".0.2": who is where in the bridge's network.
std::string short_address(const std::string& address) {
  const std::string bare = address.substr(0, address.find('/'));
  const std::vector<std::string> parts = split(bare, '.');
  return parts.size() == 4 ? "." + parts[2] + "." + parts[3] : bare;
}

const Interface* link_of_type(const Namespace& net, std::string_view type) {
  for (const Interface& link : net.links) {
    if (link.type == type) return &link;
  }
  return nullptr;
}

TableEntry link_entry(const std::string& id, const Interface& link, bool strong) {
  if (link.type == "veth" && !link.addresses.empty()) {
    return {id, short_address(link.addresses.front()), link.name, strong};
  }
  return {id, link.up ? link.name : link.name + " down", "", strong};
}

// Of a container: its cable if it has one, else lo. Of the host: the bridge; its card is hardware.
void fill_links(const Picture& p, NsId ns, bool host, Actor& actor) {
  const Namespace* net = p.world.namespaces.find(ns);
  if (net == nullptr) return;
  const std::string id = "node:" + actor.id + "/net";
  const bool strong = has(p.touched.nets, ns);
  std::vector<TableEntry>& table = actor.table(Column::Net);
  if (host) {
    const Interface* bridge = link_of_type(*net, "bridge");
    if (bridge == nullptr) return;
    table.push_back({id, bridge->name, "", strong});
    if (!bridge->addresses.empty()) table.back().sub = short_address(bridge->addresses.front());
    return;
  }
  const Interface* cable = link_of_type(*net, "veth");
  const Interface* first = net->links.empty() ? nullptr : &net->links.front();
  const Interface* shown = cable != nullptr ? cable : first;
  if (shown != nullptr) table.push_back(link_entry(id, *shown, strong));
}

// Inside: "1 = 4711". On the host: the numbers that the containers' tasks have there.
void fill_pids(const Picture& p, const cutaway::Container& container, Actor& actor) {
  for (const cutaway::Task* task : p.census.tasks_of(container)) {
    const std::string here = decimal(own_pid(*task));
    actor.table(Column::Pid)
        .push_back({"pid:" + actor.id + "/" + here, here + " = " + decimal(task->pid()), "",
                    has(p.touched.tasks, task->id)});
  }
}

void fill_host_pids(const Picture& p, Actor& actor) {
  std::vector<std::string> named;
  bool more = false;
  bool strong = false;
  for (const cutaway::Container* container : p.census.containers()) {
    for (const cutaway::Task* task : p.census.tasks_of(*container)) {
      strong = strong || has(p.touched.tasks, task->id);
      if (named.size() < kPidsNamed)
        named.push_back(decimal(task->pid()));
      else
        more = true;
    }
  }
  std::int32_t highest = 0;
  p.world.tasks.each([&](const cutaway::Task& task) {
    if (!is_outside(p.world, task)) highest = std::max(highest, task.pid());
  });
  std::string text = join(named, " ") + (more ? " …" : "");
  if (named.empty()) text = highest > 1 ? "1 … " + decimal(highest) : decimal(highest);
  actor.table(Column::Pid).push_back({"pid:host", text, "", strong});
}

// Users of the containers' tasks; root is always there.
void fill_host_users(const Picture& p, Actor& actor) {
  std::vector<std::uint32_t> users = {0};
  p.world.tasks.each([&](const cutaway::Task& task) {
    const std::uint32_t user = task.credentials.euid;
    if (is_inside(p.world, task) && !has(users, user)) users.push_back(user);
  });
  std::sort(users.begin(), users.end());
  for (const std::uint32_t user : users) {
    actor.table(Column::User)
        .push_back(
            {"user:" + decimal(static_cast<std::int64_t>(user)), user_words(user), "", false});
  }
}

void fill_users(const Picture& p, NsId ns, Actor& actor) {
  const Namespace* space = p.world.namespaces.find(ns);
  if (space == nullptr) return;
  for (const IdMapping& map : space->uid_map) {
    const std::string text = decimal(static_cast<std::int64_t>(map.inside)) + " = " +
                             decimal(static_cast<std::int64_t>(map.outside));
    actor.table(Column::User).push_back({"user:" + actor.id, text, "", has(p.touched.users, ns)});
  }
}

void fill_name(const Picture& p, NsId ns, Actor& actor) {
  const Namespace* space = p.world.namespaces.find(ns);
  if (space == nullptr) return;
  actor.table(Column::Uts)
      .push_back(
          {"uts:" + actor.id, short_text(space->hostname, 12), "", has(p.touched.names, ns)});
}

}  // namespace

void fill_tables(const Picture& p, const cutaway::Task& task, const cutaway::Container* container,
                 Actor& actor) {
  const bool host = container == nullptr;
  const auto own = [&actor](Column column) { return actor.ns[index_of(column)] == NsKind::Own; };
  if (own(Column::Mount)) fill_mounts(p, task.in(cutaway::NsKind::Mnt), actor);
  if (own(Column::Net)) fill_links(p, task.in(cutaway::NsKind::Net), host, actor);
  if (own(Column::Uts)) fill_name(p, task.in(cutaway::NsKind::Uts), actor);
  if (host) {
    fill_host_pids(p, actor);
    fill_host_users(p, actor);
    return;
  }
  if (own(Column::Pid)) fill_pids(p, *container, actor);
  if (own(Column::User)) fill_users(p, task.in(cutaway::NsKind::User), actor);
}

}  // namespace cutaway::viz
