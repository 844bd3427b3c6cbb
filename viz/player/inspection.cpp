#include "viz/player/inspection.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "spec/words.h"
#include "trace/log/enum_names.h"
#include "trace/world/lookup.h"
#include "viz/player/causes.h"
#include "viz/player/event_line.h"
#include "viz/player/inspect_parts.h"
#include "viz/text/engine_told.h"
#include "viz/text/event_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kMostChanges = 6;
constexpr std::size_t kWholeChain = 16;  // back to the command, however many made one another

void inspect_nothing(const Inspected&, Facts&) {}

struct KindRow {
  SubjectKind kind;
  const char* name;  ///< "mount table"; what it is of comes behind
  InspectFn inspect;
};
constexpr std::array<KindRow, kSubjectKinds> kKinds = {{
    {SubjectKind::None, "", inspect_nothing},
    {SubjectKind::Task, "task", inspect_task},
    {SubjectKind::Credentials, "gate", inspect_credentials},
    {SubjectKind::Container, "container", inspect_container},
    {SubjectKind::Namespace, "namespace", inspect_namespace},
    {SubjectKind::Mounts, "mounts", inspect_mounts},
    {SubjectKind::Overlay, "writable layer", inspect_overlay},
    {SubjectKind::Cgroup, "cgroup", inspect_cgroup},
    {SubjectKind::Layer, "layer", inspect_layer},
    {SubjectKind::Image, "image", inspect_image},
    {SubjectKind::Pid, "pid", inspect_pid},
    {SubjectKind::Hostname, "hostname", inspect_hostname},
    {SubjectKind::User, "user", inspect_user},
    {SubjectKind::Interface, "network", inspect_interface},
    {SubjectKind::Cpu, "cpu", inspect_cpu},
    {SubjectKind::Station, "", inspect_station},
    {SubjectKind::Descriptor, "descriptor", inspect_descriptor},
    {SubjectKind::Happening, "what happens", inspect_happening},
    {SubjectKind::Line, "a line", inspect_line},
}};

const KindRow& row_of(SubjectKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

InspectionRow jump(std::string words, EventIndex event, bool strong) {
  const auto number = static_cast<std::int64_t>(shown_number(event));
  InspectionRow row;
  row.kind = InspectionRow::Kind::Jump;
  row.key = std::move(words);
  row.value = decimal(number);
  row.event = event;
  row.strong = strong;
  return row;
}

void add_changes(const Inspected& at, Facts& facts) {
  facts.title("What changed");
  const std::vector<EventIndex> changes = changes_by(at.trace, at.moment.focus, at.moment.position);
  if (changes.empty()) facts.words("Nothing: it only asked.");
  for (std::size_t i = 0; i < changes.size() && i < kMostChanges; ++i) {
    facts.rows.push_back(jump(event_words(at.trace, changes[i], at.world), changes[i], true));
  }
  if (changes.size() > kMostChanges) {
    const auto more = static_cast<std::int64_t>(changes.size() - kMostChanges);
    facts.words("and " + decimal(more) + " more");
  }
}

/// Of a real event: whether somebody saw it happen.
void add_how(const Inspected& at, Facts& facts) {
  const How how = at.trace.event(at.moment.focus).stamp.how;
  if (how == How::None) return;
  const spec::Words& words = spec::Words::of();
  facts.value(words["inspect.how"].what, std::string(enum_name(how)));
  facts.words(words["inspect.how." + std::string(enum_name(how))].what);
}

void add_causes(const Inspected& at, EventIndex event, std::size_t most, Facts& facts) {
  const std::string_view step = at.trace.step_name(StepId(at.trace.record(event).step));
  const spec::Sentence& reason = spec::Words::of()["step." + std::string(step)];
  if (!reason.why.empty()) facts.words(reason.why);
  for (const EventIndex cause : causes_of(at.trace, at.index, event, most)) {
    facts.rows.push_back(jump(line_words(at.trace, at.index, cause), cause, false));
  }
}

/// The row that Why? is about: the one asked for, else the strong one that was set last, else the
/// first that can be asked. None: -1.
int asked_row(const std::vector<InspectionRow>& rows, std::string_view asked) {
  int chosen = -1;
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    const InspectionRow& row = rows[static_cast<std::size_t>(i)];
    if (!row.can_ask) continue;
    if (!asked.empty() && row.key == asked) return i;
    if (chosen < 0) chosen = i;
    const InspectionRow& best = rows[static_cast<std::size_t>(chosen)];
    const bool later = row.event != kNoEvent && (best.event == kNoEvent || row.event > best.event);
    if (row.strong && (!best.strong || later)) chosen = i;
  }
  return chosen;
}

/// The values of a subject, each with the event that set it.
Facts facts_of(const Inspected& at) {
  Facts facts;
  if (at.acts) {
    add_out_of_memory(at, facts);
    add_dropped_signal(at, facts);
  }
  row_of(at.subject.kind).inspect(at, facts);
  const std::vector<EventIndex> setters =
      last_set(at.trace, at.index, facts.origins, at.moment.position);
  for (std::size_t i = 0; i < facts.rows.size(); ++i) {
    if (facts.rows[i].can_ask) facts.rows[i].event = setters[i];
  }
  return facts;
}

/// The call that did it; its line comes when it returns, behind what it did.
void add_call_of(const Inspected& at, EventIndex event, Facts& facts) {
  const CallId call(at.trace.record(event).call);
  const EventIndex line = call ? at.index.line_of(call) : kNoEvent;
  if (line == kNoEvent || line <= event || line >= at.moment.position) return;
  facts.rows.push_back(jump(line_words(at.trace, at.index, line), line, false));
}

void tell_why(const Inspected& at, std::string_view asked, Facts& facts, Facts& why) {
  const bool happening =
      at.subject.kind == SubjectKind::Happening || at.subject.kind == SubjectKind::Line;
  const int chosen = happening && asked.empty() ? -1 : asked_row(facts.rows, asked);
  EventIndex event = happening ? at.subject.event : kNoEvent;
  std::string title = "Why?";
  if (chosen >= 0) {
    InspectionRow& row = facts.rows[static_cast<std::size_t>(chosen)];
    row.asked = true;
    event = row.event;
    title = "Why? " + row.key;
  }
  if (chosen < 0 && !happening) return;
  why.title(title);
  if (event == kNoEvent || event >= at.moment.position) {
    return why.words(chosen < 0 ? "It has not happened yet."
                                : "It was so when the trace began, or nobody saw it set.");
  }
  why.rows.push_back(jump(event_words(at.trace, event, at.world), event, true));
  add_call_of(at, event, why);
  add_causes(at, event, kWholeChain, why);
}

void add_why_of(const Inspected& at, std::string_view asked, Facts& facts) {
  Facts why;
  tell_why(at, asked, facts, why);
  // Behind the first section: what it is, why it is so, and then the rest.
  const auto is_title = [](const InspectionRow& row) {
    return row.kind == InspectionRow::Kind::Title;
  };
  auto second = std::find_if(facts.rows.begin(), facts.rows.end(), is_title);
  if (second != facts.rows.end()) second = std::find_if(second + 1, facts.rows.end(), is_title);
  facts.rows.insert(second, why.rows.begin(), why.rows.end());
}

int slot_of(const World& world, const Subject& subject) {
  const cutaway::Task* task = world.tasks.find(subject.task);
  const cutaway::Container* home = task == nullptr ? nullptr : home_of(world, *task);
  if (home == nullptr) home = world.containers.find(subject.container);
  return home == nullptr ? kHostSlot : home->slot;
}

Subject acting(const Trace& trace, const World& world, const Moment& moment) {
  if (moment.focus == kNoEvent) return {};
  const cutaway::Task* task = world.tasks.find(TaskId(trace.record(moment.focus).task));
  return task == nullptr ? Subject() : task_subject(*task);
}

/// What has just happened comes first; what somebody holds is long.
void add_acting_descriptors(const Inspected& at, Facts& facts) {
  const cutaway::Task* task = at.world.tasks.find(at.subject.task);
  if (at.acts && task != nullptr && !task->zombie()) add_descriptors(at, *task, facts);
}

}  // namespace

void Facts::title(std::string words) {
  InspectionRow row;
  row.kind = InspectionRow::Kind::Title;
  row.key = std::move(words);
  rows.push_back(std::move(row));
  origins.resize(rows.size());
}

void Facts::value(std::string key, std::string says, Origin origin, bool strong) {
  InspectionRow row;
  row.key = std::move(key);
  row.value = std::move(says);
  row.strong = strong;
  row.can_ask = origin.kinds.any();
  rows.push_back(std::move(row));
  origins.resize(rows.size());
  origins.back() = std::move(origin);
}

void Facts::words(std::string_view says) {
  InspectionRow row;
  row.kind = InspectionRow::Kind::Words;
  row.key = says;
  rows.push_back(std::move(row));
  origins.resize(rows.size());
}

/// "web", "the host".
std::string short_owner(const World& world, ContainerId number) {
  const cutaway::Container* container = world.containers.find(number);
  return container == nullptr ? owner_words(world, number) : container_name(world, *container);
}

std::string subject_words(const World& world, const Subject& subject) {
  const std::string name = row_of(subject.kind).name;
  const cutaway::Task* task = world.tasks.find(subject.task);
  switch (subject.kind) {
    case SubjectKind::Task:
    case SubjectKind::Pid:
      return task == nullptr ? name : name + " " + decimal(task->pid());
    case SubjectKind::Station:
      return subject.name;
    case SubjectKind::Layer:
      return name + " " + layer_name(subject.name);
    case SubjectKind::Image:
      return name + " " + image_name(subject.name);
    case SubjectKind::Cpu:
      return name + decimal(subject.number);
    case SubjectKind::Container:
      return owner_words(world, subject.container);
    case SubjectKind::Namespace:
      if (subject.ns) return std::string(ns_kind_name(subject.space)) + " namespace";
      return std::string(ns_kind_name(subject.space)) + " of " +
             short_owner(world, subject.container);
    case SubjectKind::Cgroup:
      return subject.name + " of " + short_owner(world, subject.container);
    case SubjectKind::Descriptor:
      return name + " " + decimal(subject.number);
    case SubjectKind::None:
    case SubjectKind::Happening:
    case SubjectKind::Line:
      return name;
    default:
      return name + " of " + short_owner(world, subject.container);
  }
}

Inspection inspect(const Trace& trace, const StepIndex& index, const World& world,
                   const Moment& moment, const Subject& selected, std::string_view asked) {
  const Subject acts = acting(trace, world, moment);
  const Subject& subject = selected ? selected : acts;
  const Inspected at = {trace, index, world, moment, subject, !selected};
  Inspection found;
  found.id = subject.id;
  found.subject = subject_words(world, subject);
  found.slot = slot_of(world, subject);
  Facts facts = facts_of(at);
  if (moment.focus == kNoEvent) {
    facts.words("No task has done anything yet.");
  } else if (!selected || (selected == acts && asked.empty())) {
    add_changes(at, facts);
    add_how(at, facts);
    facts.title("Why?");
    add_causes(at, moment.focus, 5, facts);
    add_acting_descriptors(at, facts);
  } else {
    add_why_of(at, asked, facts);
  }
  found.rows = std::move(facts.rows);
  return found;
}

EventIndex setter_of(const Inspection& inspection) {
  for (const InspectionRow& row : inspection.rows) {
    if (row.asked) return row.event;
  }
  return kNoEvent;
}

std::vector<Origin> changes_of(const Trace& trace, const StepIndex& index, const World& world,
                               const Moment& moment, const Subject& subject) {
  Facts facts;
  row_of(subject.kind).inspect({trace, index, world, moment, subject}, facts);
  std::vector<Origin> changes;
  for (Origin& origin : facts.origins) {
    origin.kinds &= ~bodies<TaskOn, TaskOff, TaskBlocked, CgroupUsage>();
    if (origin.kinds.any()) changes.push_back(std::move(origin));
  }
  return changes;
}

}  // namespace cutaway::viz
