#include "viz/player/subject.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "viz/text/engine_told.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

struct Asked {
  const World& world;
  const Moment& moment;
};

Subject of_kind(SubjectKind kind) {
  Subject subject;
  subject.kind = kind;
  return subject;
}
Subject named(SubjectKind kind, std::string_view name) {
  Subject subject = of_kind(kind);
  subject.name = name;
  return subject;
}

/// "host" is none; a container goes by its name. Nothing: there is nobody of that name.
std::optional<ContainerId> actor_of(const World& world, std::string_view name) {
  if (name == "host") return ContainerId();
  const cutaway::Container* found = world.containers.first(
      [&](const cutaway::Container& each) { return container_name(world, each) == name; });
  if (found == nullptr) return std::nullopt;
  return found->number;
}

Subject of_actor(SubjectKind kind, const Asked& asked, std::string_view name) {
  const std::optional<ContainerId> actor = actor_of(asked.world, name);
  if (!actor) return {};
  Subject subject = of_kind(kind);
  subject.container = *actor;
  return subject;
}

/// "web/mnt" → "web" and "mnt".
struct Parts {
  std::string_view actor, rest;
};
Parts parts_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {text, {}};
  return {text.substr(0, slash), text.substr(slash + 1)};
}

Subject read_task(const Asked& asked, std::string_view rest) {
  std::int64_t pid = 0;
  if (!parse_decimal(rest, pid)) return {};
  const cutaway::Task* task = task_by_pid(asked.world, static_cast<std::int32_t>(pid));
  return task == nullptr ? Subject() : task_subject(*task);
}

Subject read_container(const Asked& asked, std::string_view rest) {
  return of_actor(SubjectKind::Container, asked, rest);
}
Subject read_gate(const Asked& asked, std::string_view rest) {
  return of_actor(SubjectKind::Credentials, asked, rest);
}

/// "web/mnt", "web/mnt/proc/sys": the columns of the kernel.
Subject read_node(const Asked& asked, std::string_view rest) {
  const Parts parts = parts_of(rest);
  if (starts_with(parts.rest, "mnt")) {
    Subject subject = of_actor(SubjectKind::Mounts, asked, parts.actor);
    subject.name = parts.rest.substr(3);
    return subject;
  }
  if (parts.rest == "net") return of_actor(SubjectKind::Interface, asked, parts.actor);
  for (int i = 0; i < kNsKinds; ++i) {
    const auto space = static_cast<cutaway::NsKind>(i);
    if (parts.rest != ns_kind_name(space)) continue;
    Subject subject = of_actor(SubjectKind::Namespace, asked, parts.actor);
    subject.space = space;
    return subject;
  }
  return {};
}

/// By the number that /proc shows: a cell of the matrix.
Subject read_namespace(const Asked& asked, std::string_view rest) {
  std::int64_t inode = 0;
  if (!parse_decimal(rest, inode)) return {};
  const Namespace* found =
      asked.world.namespaces.first([inode](const Namespace& each) { return each.inode == inode; });
  if (found == nullptr) return {};
  Subject subject = of_kind(SubjectKind::Namespace);
  subject.ns = found->id;
  subject.space = found->type;
  return subject;
}

/// "web/memory.max": the cgroup of a file's controller.
Subject read_limit(const Asked& asked, std::string_view rest) {
  const Parts parts = parts_of(rest);
  Subject subject = of_actor(SubjectKind::Cgroup, asked, parts.actor);
  subject.name = parts.rest.substr(0, parts.rest.find('.'));
  return subject.name.empty() ? Subject() : subject;
}

/// "web/mem", "web/cpu".
Subject read_share(const Asked& asked, std::string_view rest) {
  const Parts parts = parts_of(rest);
  if (parts.rest != "mem" && parts.rest != "cpu") return {};
  Subject subject = of_actor(SubjectKind::Cgroup, asked, parts.actor);
  subject.name = parts.rest == "mem" ? "memory" : "cpu";
  return subject;
}

Subject read_top(const Asked& asked, std::string_view rest) {
  return of_actor(SubjectKind::Overlay, asked, rest);
}

Subject read_layer(const Asked& asked, std::string_view rest) {
  for (const auto& [digest, layer] : *asked.world.layers) {
    if (layer_name(digest) == rest) return named(SubjectKind::Layer, digest);
  }
  return {};
}

/// Layers for which there is no shelf of their own are what the image cache holds.
Subject read_layers(const Asked&, std::string_view rest) {
  return rest == "more" ? named(SubjectKind::Station, "cache") : Subject();
}

/// Of a laptop around the hull: its program that is the VM, and the socket that leads into it, are
/// about the server in there.
Subject read_outside(const Asked&, std::string_view rest) {
  return rest == "vm" || rest == "socket" ? named(SubjectKind::Station, "server") : Subject();
}

/// In the cache by its name; while it is being fetched by the name that the command wants.
Subject read_image(const Asked& asked, std::string_view rest) {
  for (const auto& [ref, image] : *asked.world.images) {
    if (image_name(ref) == rest) return named(SubjectKind::Image, ref);
  }
  return wanted_image(asked.world) == rest ? named(SubjectKind::Image, rest) : Subject();
}

/// On the hub's shelf.
Subject read_shelf(const Asked& asked, std::string_view rest) {
  const std::vector<std::string>& shelf = asked.world.engine->hub_shelf;
  const bool known = std::find(shelf.begin(), shelf.end(), rest) != shelf.end();
  return known ? named(SubjectKind::Image, rest) : Subject();
}

/// "web/1"; "host": the whole table.
Subject read_pid(const Asked& asked, std::string_view rest) {
  const Parts parts = parts_of(rest);
  Subject subject = of_actor(SubjectKind::Pid, asked, parts.actor);
  if (!subject || !subject.container) return subject;
  std::int64_t here = 0;
  if (!parse_decimal(parts.rest, here)) return {};
  for (const cutaway::Task* task : tasks_of(asked.world, subject.container)) {
    if (own_pid(*task) == here) subject.task = task->id;
  }
  return subject.task ? subject : Subject();
}

/// A number: a user of the host; else a container's user namespace.
Subject read_user(const Asked& asked, std::string_view rest) {
  std::int64_t uid = 0;
  Subject subject = of_actor(SubjectKind::User, asked, rest);
  if (subject || !parse_decimal(rest, uid)) return subject;
  subject = of_kind(SubjectKind::User);
  subject.number = uid;
  return subject;
}

Subject read_hostname(const Asked& asked, std::string_view rest) {
  return of_actor(SubjectKind::Hostname, asked, rest);
}

Subject read_card(const Asked&, std::string_view rest) {
  return named(SubjectKind::Interface, rest);
}

Subject read_cpu(const Asked& asked, std::string_view rest) {
  Subject subject = of_kind(SubjectKind::Cpu);
  const bool known =
      parse_decimal(rest, subject.number) && subject.number < asked.world.machine.cpus;
  return known ? subject : Subject();
}

/// Only the host's files: what its mounts show.
Subject read_disk(const Asked&, std::string_view rest) {
  return rest == "host" ? of_kind(SubjectKind::Mounts) : Subject();
}

Subject read_station(const Asked&, std::string_view rest) {
  constexpr std::string_view kStations[] = {"terminal", "client", "server", "cache", "hub"};
  const bool known =
      std::find(std::begin(kStations), std::end(kStations), rest) != std::end(kStations);
  return known ? named(SubjectKind::Station, rest) : Subject();
}

/// "web/1": descriptor 1 of web's first process.
Subject read_descriptor(const Asked& asked, std::string_view rest) {
  const Parts parts = parts_of(rest);
  Subject subject = of_actor(SubjectKind::Descriptor, asked, parts.actor);
  const cutaway::Task* task = face_of(asked.world, subject.container);
  if (!subject || task == nullptr || !parse_decimal(parts.rest, subject.number)) return {};
  if (file_of(asked.world, *task, subject.number) == nullptr) return {};
  subject.task = task->id;
  return subject;
}

Subject read_happening(const Asked& asked, std::string_view rest) {
  if (!rest.empty() || asked.moment.focus == kNoEvent) return {};
  Subject subject = of_kind(SubjectKind::Happening);
  subject.event = asked.moment.focus;
  return subject;
}

struct SubjectReader {
  std::string_view prefix;
  Subject (*read)(const Asked&, std::string_view rest);
};
constexpr SubjectReader kSubjectReaders[] = {
    {"task:", read_task},       {"container:", read_container}, {"row:", read_container},
    {"gate:", read_gate},       {"node:", read_node},           {"slice:", read_share},
    {"meter:", read_share},     {"limit:", read_limit},         {"ns:", read_namespace},
    {"top:", read_top},         {"layer:", read_layer},         {"layers:", read_layers},
    {"image:", read_image},     {"hub:", read_shelf},           {"pid:", read_pid},
    {"user:", read_user},       {"uts:", read_hostname},        {"card:", read_card},
    {"cpu:", read_cpu},         {"disk:", read_disk},           {"station:", read_station},
    {"fd:", read_descriptor},   {"packet", read_happening},     {"signal", read_happening},
    {"grace:", read_container}, {"outside:", read_outside},
};

/// Rows of things that stand beside one another: a hand's breadth is one row.
constexpr double kRowHeight = 24;

std::vector<const HitArea*> in_reading_order(const std::vector<HitArea>& hits) {
  std::vector<const HitArea*> order;
  for (const HitArea& hit : hits) {
    const auto same = [&hit](const HitArea* other) { return other->id == hit.id; };
    if (std::none_of(order.begin(), order.end(), same)) order.push_back(&hit);
  }
  const auto row = [](const HitArea* hit) { return static_cast<int>(hit->box.y / kRowHeight); };
  std::stable_sort(order.begin(), order.end(), [&row](const HitArea* a, const HitArea* b) {
    return row(a) != row(b) ? row(a) < row(b) : a->box.x < b->box.x;
  });
  return order;
}

}  // namespace

bool operator==(const Subject& a, const Subject& b) {
  return a.kind == b.kind && a.task == b.task && a.container == b.container && a.space == b.space &&
         a.ns == b.ns && a.name == b.name && a.number == b.number && a.event == b.event;
}

Subject subject_of(const World& world, const Moment& moment, std::string_view id) {
  for (const SubjectReader& reader : kSubjectReaders) {
    if (!starts_with(id, reader.prefix)) continue;
    Subject subject = reader.read({world, moment}, id.substr(reader.prefix.size()));
    if (subject) subject.id = id;
    return subject;
  }
  return {};
}

// A folded deck holds many things and is none of them; what has no id is not there (yet).
bool is_ground(std::string_view id) {
  return id.empty() || starts_with(id, "deck:") || id == "outside:kernel" ||
         id == "outside:hardware";
}

Subject task_subject(const cutaway::Task& task) {
  Subject subject = of_kind(SubjectKind::Task);
  subject.id = "task:" + decimal(task.pid());
  subject.task = task.id;
  return subject;
}

Subject line_subject(EventIndex printed_by) {
  Subject subject = of_kind(SubjectKind::Line);
  subject.event = printed_by;
  return subject;
}

const cutaway::Task* face_of(const World& world, ContainerId container) {
  return container ? first_alive(world, container) : host_task(world);
}

const HitArea* area_of(const World& world, const Moment& moment, const std::vector<HitArea>& hits,
                       const Subject& selected) {
  if (!selected) return nullptr;
  const auto named = std::find_if(
      hits.begin(), hits.end(), [&selected](const HitArea& hit) { return hit.id == selected.id; });
  if (named != hits.end() && subject_of(world, moment, named->id) == selected) return &*named;
  const auto other = std::find_if(hits.begin(), hits.end(), [&](const HitArea& hit) {
    return subject_of(world, moment, hit.id) == selected;
  });
  return other == hits.end() ? nullptr : &*other;
}

std::string next_in_picture(const World& world, const Moment& moment,
                            const std::vector<HitArea>& hits, const Subject& selected,
                            bool forward) {
  std::vector<const HitArea*> order = in_reading_order(hits);
  order.erase(
      std::remove_if(order.begin(), order.end(),
                     [&](const HitArea* hit) { return !subject_of(world, moment, hit->id); }),
      order.end());
  if (order.empty()) return "";
  const HitArea* now = area_of(world, moment, hits, selected);
  const auto at = std::find_if(order.begin(), order.end(), [now](const HitArea* hit) {
    return now != nullptr && hit->id == now->id;
  });
  if (at == order.end()) return forward ? order.front()->id : order.back()->id;
  const auto size = static_cast<std::ptrdiff_t>(order.size());
  const std::ptrdiff_t next = (at - order.begin() + (forward ? 1 : size - 1)) % size;
  return order[static_cast<std::size_t>(next)]->id;
}

}  // namespace cutaway::viz
