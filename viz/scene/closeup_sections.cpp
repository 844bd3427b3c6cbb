// The close-ups as lists: what they become where there is no room for their pictures. What says
// most comes first.
#include "viz/scene/closeup_parts.h"

namespace cutaway::viz {
namespace {

Section tasks_section(const std::vector<Task>& tasks) {
  Section section = {"Processes", std::to_string(tasks.size()), {}};
  for (const Task& task : tasks)
    section.facts.push_back({task.pid_here, task.comm + ", " + task.pid_on_host + " on the host",
                             task.id, task.mode == TaskMode::Now});
  if (tasks.empty()) section.facts.push_back({"", "only a record and a writable layer", "", false});
  return section;
}

/// The eight, then what each of its own holds.
void add_tables(const ContainerCloseup& c, std::vector<Section>& sections) {
  Section all = {"Namespaces", "", {}};
  std::vector<Section> own;
  for (const NsPart& part : c.namespaces) {
    if (part.number.empty()) continue;
    all.facts.push_back(
        {part.kind, part.number + (part.own ? " own" : " the host's"), part.id, false});
    if (part.own && !part.entries.empty()) own.push_back({part.kind, part.holds, part.entries});
  }
  if (all.facts.empty()) return;
  sections.push_back(std::move(all));
  for (Section& section : own) sections.push_back(std::move(section));
}

Section limits_section(const ContainerCloseup& c) {
  Section section = {"Limits", c.cgroup, {}};
  for (const LimitPart& limit : c.limits) {
    const std::string used = limit.used.empty() ? "" : limit.used + ", ";
    section.facts.push_back(
        {limit.title, used + limit.file + " " + limit.written, limit.id, limit.full});
  }
  if (c.limits.empty()) section.facts.push_back({"", "no cgroup yet", "", false});
  return section;
}

Section layers_section(const ContainerCloseup& c) {
  Section section = {"Its root, from the top", "overlay", {}};
  for (const LayerPart& layer : c.layers)
    section.facts.push_back({layer.label,
                             layer.note + (layer.size.empty() ? "" : ", " + layer.size), layer.id,
                             layer.writable});
  return section;
}

Section plugs_section(const ProcessCloseup& p) {
  Section section = {"Descriptors", std::to_string(p.plugs.size()), {}};
  for (const PlugPart& plug : p.plugs)
    section.facts.push_back({std::to_string(plug.fd),
                             plug.is + (plug.other.empty() ? "" : ", to " + plug.other), "",
                             false});
  return section;
}

Section rights_section(const ProcessCloseup& p) {
  std::string held;
  std::size_t count = 0;
  for (const CapabilityCell& cell : p.capabilities) {
    if (!cell.effective) continue;
    held += (held.empty() ? "" : " ") + cell.name;
    ++count;
  }
  const std::string of = std::to_string(count) + " of " + std::to_string(p.capabilities.size());
  return {"Capabilities", of, {{"", held.empty() ? "none" : held, "", false}}};
}

std::vector<Fact> checks_of(const SyscallCloseup& c) {
  std::vector<Fact> facts;
  for (const CaptionPart& part : c.checks) {
    const bool bad = part.state == CaptionPart::State::Bad;
    facts.push_back({std::to_string(part.number) + " " + part.head, part.value, "", bad});
  }
  return facts;
}

}  // namespace

std::vector<Section> sections_of(const ContainerCloseup& closeup) {
  std::vector<Section> sections = {tasks_section(closeup.tasks), limits_section(closeup)};
  add_tables(closeup, sections);
  sections.push_back(layers_section(closeup));
  return sections;
}

std::vector<Section> sections_of(const ProcessCloseup& closeup) {
  return {{"Process", "", closeup.identity},
          {"Who it is", "", closeup.who},
          plugs_section(closeup),
          rights_section(closeup),
          {"Memory and place", "", closeup.memory},
          {"Signals", "", closeup.signals}};
}

std::vector<Section> sections_of(const SyscallCloseup& closeup) {
  std::vector<Fact> asks = {{"rax", closeup.number + " = " + closeup.call, "", true}};
  asks.insert(asks.end(), closeup.arguments.begin(), closeup.arguments.end());
  const std::string answer = closeup.answer.empty() ? "not back yet" : closeup.answer;
  std::vector<Fact> back = {{"", answer, "", closeup.refused}};
  back.insert(back.end(), closeup.effects.begin(), closeup.effects.end());
  return {{"What it asks", "at entry", asks},
          {"What comes back", closeup.took, back},
          {"What is checked", "in this order", checks_of(closeup)}};
}

}  // namespace cutaway::viz
