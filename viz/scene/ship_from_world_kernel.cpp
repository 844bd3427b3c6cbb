// The kernel's rows: who asks, with own tables or the host's, gauges and gate.
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

struct ColumnSpace {
  Column column;
  cutaway::NsKind space;
};
constexpr ColumnSpace kColumnSpaces[] = {{Column::Mount, cutaway::NsKind::Mnt},
                                         {Column::Net, cutaway::NsKind::Net},
                                         {Column::Pid, cutaway::NsKind::Pid},
                                         {Column::User, cutaway::NsKind::User},
                                         {Column::Uts, cutaway::NsKind::Uts}};

// The one who asks just now, when it lives here; else the first of its tasks.
const cutaway::Task* speaker(const Picture& p, const cutaway::Container& container) {
  const cutaway::Task* caller = p.now ? p.world.tasks.find(p.now->caller) : nullptr;
  const cutaway::Container* home = caller == nullptr ? nullptr : home_of(p.world, *caller);
  const bool here = home != nullptr && home->number == container.number && !caller->zombie();
  return here ? caller : p.census.first_alive(container);
}

void mark_asked(const Picture& p, const cutaway::Task& task, Actor& actor) {
  if (!p.now || !p.now->call || !p.path.column || p.path.reach == Where::Row) return;
  if (p.now->caller != task.id) return;
  std::vector<TableEntry>& table = actor.table(*p.path.column);
  if (!table.empty()) table.front().strong = true;
}

}  // namespace

Actor host_actor(const Picture& p) {
  Actor host;
  host.id = "host";
  host.name = "host";
  host.row = 0;
  if (p.host == nullptr) return host;
  host.gate = true;
  for (const ColumnSpace& row : kColumnSpaces) host.ns[index_of(row.column)] = NsKind::Own;
  host.cpu = cpu_gauge(p, nullptr);
  host.memory = memory_gauge(p, nullptr);
  fill_tables(p, *p.host, nullptr, host);
  const cutaway::Task* caller = p.now ? p.world.tasks.find(p.now->caller) : nullptr;
  if (caller != nullptr && home_of(p.world, *caller) == nullptr) mark_asked(p, *caller, host);
  return host;
}

Actor named_actor(const Picture& p, const cutaway::Container& from) {
  Actor actor;
  actor.slot = from.slot;
  actor.row = from.slot + 1;
  actor.name = p.census.name_of(from);
  actor.id = actor.name;
  return actor;
}

Actor container_actor(const Picture& p, const cutaway::Container& from) {
  Actor actor = named_actor(p, from);
  actor.cpu = cpu_gauge(p, &from);
  actor.memory = memory_gauge(p, &from);
  const cutaway::Task* task = speaker(p, from);
  if (task == nullptr) return actor;
  actor.gate = true;
  actor.mesh = task->credentials.seccomp == SeccompMode::Filter;
  for (const ColumnSpace& row : kColumnSpaces) {
    const bool own = owns(p.world, *task, row.space);
    actor.ns[index_of(row.column)] = own ? NsKind::Own : NsKind::Host;
  }
  fill_tables(p, *task, &from, actor);
  mark_asked(p, *task, actor);
  return actor;
}

}  // namespace cutaway::viz
