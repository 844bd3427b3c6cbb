#include "viz/text/call_parts.h"

#include <bitset>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "viz/text/call_path.h"
#include "viz/text/call_words.h"
#include "viz/text/event_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

using State = CaptionPart::State;

std::string who_words(const World& world, const cutaway::Task& task) {
  const Credentials& c = task.credentials;
  const std::bitset<64> held(c.effective);
  const cutaway::Task* process = process_of(world, task.id);
  const std::string user =
      c.euid == 0 ? "root" : "user " + decimal(static_cast<std::int64_t>(c.euid));
  return decimal(process == nullptr ? task.pid() : process->pid()) + ", " + user + ", " +
         decimal(static_cast<std::int64_t>(held.count())) + " caps";
}

/// The namespace whose table a column stands for.
std::optional<cutaway::NsKind> space_of(Column column) {
  switch (column) {
    case Column::Mount:
      return cutaway::NsKind::Mnt;
    case Column::Net:
      return cutaway::NsKind::Net;
    case Column::Pid:
      return cutaway::NsKind::Pid;
    case Column::User:
      return cutaway::NsKind::User;
    case Column::Uts:
      return cutaway::NsKind::Uts;
    case Column::Cpu:
    case Column::Memory:
      break;
  }
  return std::nullopt;
}

constexpr std::string_view kQuestions[] = {"text.which.cpu", "text.which.memory", "text.which.mnt",
                                           "text.which.net", "text.which.pid",    "text.which.user",
                                           "text.which.uts"};

std::string table_words(const World& world, const cutaway::Task& task, Column column) {
  const auto kind = space_of(column);
  if (!kind) {
    const cutaway::Container* home = home_of(world, task);
    return home == nullptr ? "the host's" : container_name(world, *home) + "'s";
  }
  const cutaway::Task* host = host_task(world);
  const bool at_home =
      host != nullptr && home_of(world, task) == nullptr && !owns(world, task, *kind);
  const Namespace* ns = world.namespaces.find(task.in(*kind));
  const std::string whose = at_home ? "the host's" : whose_words(owns(world, task, *kind));
  return ns == nullptr ? whose
                       : whose + ", " + std::string(ns_kind_name(*kind)) + " " + ns_number(*ns);
}

struct Answer {
  std::string value;
  State state = State::Ok;
};

Answer answer_of(const spec::Words& words, const Happening& now) {
  if (!now.answered) return {words["text.next"].what, State::Next};
  if (!now.call->returned) return {words["text.never"].what, State::Plain};
  if (now.call->err != abi::Errno::kOk) return {errno_words(now.call->err), State::Bad};
  return {decimal(now.call->ret), State::Ok};
}

/// Changes of descriptors and offsets come with everything; what else changed says more.
int weight(const Body& body) {
  const KindOp name = kind_of(body);
  if (name.kind == "file") return name.op == "written" || name.op == "read" ? 2 : 1;
  if (name.kind == "mount" && name.op == "made") return 2;
  if (name.kind == "task" && (name.op == "moved" || name.op == "memory_changed")) return 3;
  return 4;
}

}  // namespace

std::string chief_effect(const spec::Words& words, const World& world, const Happening& now) {
  const Event* chief = nullptr;
  for (const auto& [index, event] : now.effects) {
    const bool better = chief == nullptr || weight(event.body) > weight(chief->body);
    if (better && !std::holds_alternative<Syscall>(event.body)) chief = &event;
  }
  return chief == nullptr ? std::string() : event_words(words, world, *chief);
}

std::vector<CaptionPart> call_parts(const spec::Words& words, const World& world,
                                    const Happening& now) {
  const cutaway::Task* task = world.tasks.find(now.caller);
  if (!now.call || task == nullptr) return {};
  const CallPath path = path_of_call(world, now);
  std::vector<CaptionPart> parts;
  const auto add = [&parts](std::string head, std::string value, State state) {
    const int number = static_cast<int>(parts.size()) + 1;
    parts.push_back({number, std::move(head), std::move(value), state});
  };
  const bool stopped = path.refused && path.reach == Where::Row;
  const bool filtered = task->credentials.seccomp == SeccompMode::Filter;
  const spec::Sentence& gate = words["text.gate"];
  add(words["text.part.who"].what, who_words(world, *task), State::Ok);
  add(words["text.part.gate"].what, filtered ? gate.why : gate.what, State::Ok);
  if (path.column) {
    add(words[kQuestions[index_of(*path.column)]].what, table_words(world, *task, *path.column),
        stopped ? State::Bad : State::Ok);
  }
  if (!stopped) {
    const std::string effect = chief_effect(words, world, now);
    add(words["text.part.effect"].what, effect.empty() ? words["text.no.effect"].what : effect,
        path.refused ? State::Bad : State::Ok);
  }
  const Answer answer = answer_of(words, now);
  add(words["text.part.answer"].what, answer.value, answer.state);
  return parts;
}

}  // namespace cutaway::viz
