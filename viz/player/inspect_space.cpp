// Namespaces: which one, whose, who is in it; and what those of names, users and networks hold.
#include <algorithm>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "viz/player/inspect_parts.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

// In the order in which people meet them; the picture's columns first.
constexpr cutaway::NsKind kOrder[] = {
    cutaway::NsKind::Mnt, cutaway::NsKind::Pid,    cutaway::NsKind::Net,  cutaway::NsKind::Uts,
    cutaway::NsKind::Ipc, cutaway::NsKind::Cgroup, cutaway::NsKind::User, cutaway::NsKind::Time};

constexpr std::size_t kMostMembers = 8;

/// How a task came into the namespace of a kind in which it is.
Origin joined(const cutaway::Task& task, cutaway::NsKind kind) {
  Origin itself = set_by<NsJoined>(
      [kind](const NsJoined& joined) { return joined.type == kind && !joined.children_only; });
  const TaskId who = task.id;
  return either(std::move(itself.by(who)), birth_of(who));
}

Origin namespace_made(NsId ns) {
  return set_by<NsCreated>([ns](const NsCreated& created) { return created.id == ns; });
}

/// The namespace that the subject speaks of; null when nobody is there.
const Namespace* space_of(const Inspected& at, cutaway::NsKind kind) {
  if (at.subject.ns) return at.world.namespaces.find(at.subject.ns);
  const cutaway::Task* task = face_of(at.world, at.subject.container);
  return task == nullptr ? nullptr : at.world.namespaces.find(task->in(kind));
}

bool is_hosts(const World& world, const Namespace& space) {
  const cutaway::Task* host = host_task(world);
  return host != nullptr && host->in(space.type) == space.id;
}

void add_members(const Inspected& at, const Namespace& space, Facts& facts) {
  facts.title("Who is in it");
  std::size_t count = 0;
  at.world.tasks.each([&](const cutaway::Task& task) {
    if (task.leader != task.id || task.in(space.type) != space.id) return;
    if (count++ >= kMostMembers) return;
    facts.value(decimal(task.pid()), task.comm, joined(task, space.type));
  });
  if (count > kMostMembers) {
    facts.words("and " + decimal(static_cast<std::int64_t>(count - kMostMembers)) + " more");
  }
  if (count == 0) facts.words("Nobody.");
}

void add_space(const Inspected& at, const Namespace& space, Facts& facts) {
  facts.title(std::string(ns_kind_name(space.type)) + " namespace");
  facts.value("number", decimal(static_cast<std::int64_t>(space.inode)), namespace_made(space.id),
              true);
  const bool hosts = is_hosts(at.world, space);
  if (hosts || !at.subject.ns)
    facts.value("whose", hosts ? "the host's" : owner_words(at.world, at.subject.container));
  const Namespace* owner = at.world.namespaces.find(space.owner);
  if (owner != nullptr)
    facts.value("owned by", "user " + ns_number(*owner), namespace_made(space.id));
  if (space.level > 0) facts.value("depth", decimal(space.level), namespace_made(space.id));
}

Origin mapped(NsId ns) {
  return either(set_by<NsMapped>([ns](const NsMapped& map) { return map.id == ns; }),
                namespace_made(ns));
}

std::string range(std::uint32_t from, std::uint32_t count) {
  const auto first = static_cast<std::int64_t>(from);
  if (count == 1) return decimal(first);
  return decimal(first) + "–" + decimal(first + static_cast<std::int64_t>(count) - 1);
}

void add_map(const char* name, const std::vector<IdMapping>& maps, const Origin& origin,
             Facts& facts) {
  if (maps.empty()) return;
  facts.title(name);
  for (const IdMapping& map : maps) {
    facts.value(range(map.inside, map.count), "is " + range(map.outside, map.count) + " outside",
                origin);
  }
}

Origin hostname_set(NsId ns) {
  return either(set_by<NsHostnameSet>([ns](const NsHostnameSet& set) { return set.id == ns; }),
                namespace_made(ns));
}

Origin linked(NsId ns, const std::string& link) {
  return set_by<NetLinkSet>(
      [ns, link](const NetLinkSet& set) { return set.ns == ns && set.link.name == link; });
}

void add_link(const Namespace& space, const Interface& link, bool strong, Facts& facts) {
  const Origin origin = linked(space.id, link.name);
  facts.title(link.name);
  facts.value("kind", link.type, origin);
  facts.value("state", link.up ? "up" : "down", origin, strong);
  for (const std::string& address : link.addresses) facts.value("address", address, origin);
}

/// What a namespace of this kind holds, beside who is in it.
void add_content(const Namespace& space, Facts& facts) {
  switch (space.type) {
    case cutaway::NsKind::Uts:
      facts.value("hostname", space.hostname, hostname_set(space.id), true);
      if (!space.domainname.empty())
        facts.value("domainname", space.domainname, hostname_set(space.id));
      return;
    case cutaway::NsKind::Pid:
      facts.value("last given", decimal(space.last_pid));
      return;
    case cutaway::NsKind::User:
      add_map("Users", space.uid_map, mapped(space.id), facts);
      add_map("Groups", space.gid_map, mapped(space.id), facts);
      return;
    case cutaway::NsKind::Net:
      for (const Interface& link : space.links) add_link(space, link, false, facts);
      return;
    default:
      return;
  }
}

}  // namespace

void add_namespaces(const Inspected& at, const cutaway::Task& task, Facts& facts) {
  facts.title("Namespaces");
  for (const cutaway::NsKind kind : kOrder) {
    const Namespace* space = at.world.namespaces.find(task.in(kind));
    const std::string name(ns_kind_name(kind));
    if (space == nullptr)
      facts.value(name, "left");
    else
      facts.value(name, ns_number(*space) + "  " + whose_words(owns(at.world, task, kind)),
                  joined(task, kind));
  }
}

void inspect_namespace(const Inspected& at, Facts& facts) {
  const Namespace* space = space_of(at, at.subject.space);
  if (space == nullptr) return say_gone(at, facts);
  add_space(at, *space, facts);
  add_content(*space, facts);
  add_members(at, *space, facts);
}

void inspect_hostname(const Inspected& at, Facts& facts) {
  const Namespace* space = space_of(at, cutaway::NsKind::Uts);
  if (space == nullptr) return say_gone(at, facts);
  facts.title("Hostname");
  add_content(*space, facts);
  add_space(at, *space, facts);
  add_members(at, *space, facts);
}

void inspect_user(const Inspected& at, Facts& facts) {
  const Namespace* space = space_of(at, cutaway::NsKind::User);
  if (space == nullptr) return say_gone(at, facts);
  if (at.subject.number >= 0) {
    facts.title("User");
    facts.value("on the host", user_words(static_cast<std::uint32_t>(at.subject.number)), {}, true);
    facts.title("Processes of it");
    at.world.tasks.each([&](const cutaway::Task& task) {
      if (task.leader != task.id || task.credentials.euid != at.subject.number) return;
      const TaskId who = task.id;
      facts.value(decimal(task.pid()), task.comm,
                  either(set_by<TaskCredentialsSet>().by(who), birth_of(who)));
    });
    return;
  }
  add_space(at, *space, facts);
  add_content(*space, facts);
  add_members(at, *space, facts);
}

void inspect_interface(const Inspected& at, Facts& facts) {
  const Namespace* space = space_of(at, cutaway::NsKind::Net);
  if (space == nullptr) return say_gone(at, facts);
  for (const Interface& link : space->links) {
    if (at.subject.name.empty() || link.name == at.subject.name)
      add_link(*space, link, true, facts);
  }
  if (space->links.empty()) facts.words("There is no interface in this namespace yet.");
  add_space(at, *space, facts);
  if (at.subject.name.empty()) add_members(at, *space, facts);
}

}  // namespace cutaway::viz
