#include "viz/text/closeup_words.h"

#include "base/text.h"
#include "viz/text/model_words.h"

namespace cutaway::viz {
namespace {

void tell_title(const std::string& title, TextLines& lines) {
  lines.blank();
  lines.add({{title, Ink::Strong}});
}

void tell_facts(const std::vector<Fact>& facts, TextLines& lines) {
  for (const Fact& fact : facts) lines.add(fact.key + ": " + fact.value, 2, 4);
}

void tell_container(const ContainerCloseup& c, TextLines& lines) {
  tell_title("Container " + c.name + " (" + slot_words(c.slot) + "), " + c.image + ", " + c.state,
             lines);
  if (c.tasks.empty()) lines.add("No process: only a record and a writable layer.", 2, 4);
  for (const Task& task : c.tasks)
    lines.add(task.pid_here + " " + task.comm + ", " + task.pid_on_host + " on the host", 2, 4);
  tell_title("Its eight namespaces", lines);
  for (const NsPart& part : c.namespaces) {
    if (part.number.empty()) continue;
    lines.add(part.kind + " (" + part.holds + ") " + part.number + ": " +
                  (part.own ? "own" : "the host's"),
              2, 4);
    for (const Fact& fact : part.entries) lines.add(fact.key + "  " + fact.value, 4, 6);
  }
  tell_title("Limits of cgroup " + c.cgroup, lines);
  for (const LimitPart& limit : c.limits) {
    lines.add(limit.title + ": " + limit.file + " " + limit.written +
                  (limit.used.empty() ? "" : "; used " + limit.used) +
                  (limit.limited ? "" : ", no limit") + (limit.full ? ", full" : ""),
              2, 4);
  }
  tell_title("Its root, from the top", lines);
  for (const LayerPart& layer : c.layers)
    lines.add(layer.label + ": " + layer.note + (layer.size.empty() ? "" : ", " + layer.size), 2,
              4);
}

std::string plug_words(const PlugPart& plug) {
  std::string said = decimal(plug.fd) + ": " + plug.is;
  if (!plug.other.empty()) said += ", other end " + plug.other;
  if (plug.closes) said += ", closed at execve";
  return said;
}

void tell_process(const ProcessCloseup& p, TextLines& lines) {
  tell_title("Process " + p.program + " of " + slot_words(p.slot), lines);
  tell_facts(p.identity, lines);
  tell_title("Who it is", lines);
  tell_facts(p.who, lines);
  std::string held;
  for (const CapabilityCell& cell : p.capabilities) {
    if (cell.effective) held += (held.empty() ? "" : " ") + cell.name;
  }
  lines.add("capabilities: " + (held.empty() ? std::string("none") : held), 2, 4);
  tell_title("Descriptors", lines);
  for (const PlugPart& plug : p.plugs) lines.add(plug_words(plug), 2, 4);
  tell_title("Signals", lines);
  tell_facts(p.signals, lines);
  tell_title("Memory and place", lines);
  tell_facts(p.memory, lines);
}

void tell_syscall(const SyscallCloseup& c, TextLines& lines) {
  tell_title(c.call + ", asked by " + c.who, lines);
  lines.add("rax: " + c.number + " = " + c.call, 2, 4);
  tell_facts(c.arguments, lines);
  tell_title("What is checked", lines);
  for (const CaptionPart& part : c.checks) {
    const bool bad = part.state == CaptionPart::State::Bad;
    lines.add(decimal(part.number) + " " + part.head + " " + part.value + (bad ? " ✗" : " ✓"), 2,
              4);
  }
  tell_title("What comes back: " + (c.answer.empty() ? "nothing yet" : c.answer) +
                 (c.took.empty() ? "" : ", after " + c.took),
             lines);
  tell_facts(c.effects, lines);
}

}  // namespace

void tell_closeup(const Closeup& closeup, TextLines& lines) {
  if (closeup.container) tell_container(*closeup.container, lines);
  if (closeup.process) tell_process(*closeup.process, lines);
  if (closeup.syscall) tell_syscall(*closeup.syscall, lines);
}

}  // namespace cutaway::viz
