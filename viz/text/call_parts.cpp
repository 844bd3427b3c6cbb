#include "viz/text/call_parts.h"

#include <bitset>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "viz/text/call_checks.h"
#include "viz/text/call_path.h"
#include "viz/text/call_words.h"
#include "viz/text/event_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

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
  PartState state = PartState::Ok;
};

Answer answer_of(const spec::Words& words, const Happening& now) {
  if (!now.answered) return {words["text.next"].what, PartState::Next};
  if (!now.call->returned) return {words["text.never"].what, PartState::Plain};
  if (now.call->err != abi::Errno::kOk) return {errno_words(now.call->err), PartState::Bad};
  return {decimal(now.call->ret), PartState::Ok};
}

/// Changes of descriptors and offsets come with everything; what else changed says more.
int effect_weight(const Body& body) {
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
    const bool better = chief == nullptr || effect_weight(event.body) > effect_weight(chief->body);
    if (better && !std::holds_alternative<Syscall>(event.body)) chief = &event;
  }
  return chief == nullptr ? std::string() : event_words(words, world, *chief);
}

namespace {

/// Puts the parts of a way together, each with the place at which it is told.
class WayTeller {
 public:
  WayTeller(const spec::Words& words, const World& world, const cutaway::Task& task,
            const Happening& now)
      : words_(words), world_(world), task_(task), now_(now), path_(path_of_call(world, now)) {}

  std::vector<WayPart> tell() {
    add(Where::Task, "text.part.who", who_words(world_, task_), PartState::Ok);
    tell_gate();
    if (path_.rights) tell_rights();
    if (stops(Where::Gate) || stops(Where::Rights)) return finished();
    if (path_.column) {
      add(Where::Row, kQuestions[index_of(*path_.column)], table_told(),
          stops(Where::Row) ? PartState::Bad : PartState::Ok);
    }
    if (!stops(Where::Row)) tell_effect();
    return finished();
  }

 private:
  bool stops(Where where) const { return path_.refused && path_.reach == where; }

  void add(Where where, std::string_view key, std::string value, PartState state) {
    const int number = static_cast<int>(way_.size()) + 1;
    way_.push_back({where, {number, words_[key].what, std::move(value), state}});
  }

  void tell_gate() {
    const FilterCheck filter = filter_check(world_, task_, now_);
    const spec::Sentence& gate = words_["text.gate"];
    if (filter.answer != abi::Errno::kOk) {
      const spec::Sentence& no = words_["text.gate.refuses"];
      const auto value = [&](std::string_view) {
        return std::string(abi::errno_name(filter.answer));
      };
      return add(Where::Gate, "text.part.gate", fill(no.what, value), PartState::Bad);
    }
    add(Where::Gate, "text.part.gate", filter.loaded ? gate.why : gate.what, PartState::Ok);
  }

  void tell_rights() {
    const auto right = right_check(world_, task_, *now_.call);
    if (!right) return;
    add(Where::Rights, "text.part.rights", right_words(world_, *right),
        right->held ? PartState::Ok : PartState::Bad);
  }

  /// What the table said of what was named; else whose table it is.
  std::string table_told() const {
    std::string said = table_answer(world_, task_, now_, *path_.column);
    return said.empty() ? table_words(world_, task_, *path_.column) : said;
  }

  void tell_effect() {
    const std::string effect = chief_effect(words_, world_, now_);
    const Where where = path_.column ? path_.reach : Where::Row;
    add(where, "text.part.effect", effect.empty() ? words_["text.no.effect"].what : effect,
        path_.refused ? PartState::Bad : PartState::Ok);
  }

  std::vector<WayPart> finished() {
    const Answer answer = answer_of(words_, now_);
    add(Where::Answer, "text.part.answer", answer.value, answer.state);
    return std::move(way_);
  }

  const spec::Words& words_;
  const World& world_;
  const cutaway::Task& task_;
  const Happening& now_;
  CallPath path_;
  std::vector<WayPart> way_;
};

}  // namespace

std::vector<WayPart> call_way(const spec::Words& words, const World& world, const Happening& now) {
  const cutaway::Task* task = world.tasks.find(now.caller);
  if (!now.call || task == nullptr) return {};
  return WayTeller(words, world, *task, now).tell();
}

std::vector<CaptionPart> call_parts(const spec::Words& words, const World& world,
                                    const Happening& now) {
  std::vector<CaptionPart> parts;
  for (WayPart& each : call_way(words, world, now)) parts.push_back(std::move(each.part));
  return parts;
}

}  // namespace cutaway::viz
