// What one can run until: the quick choices, and what is typed.

#include "base/json_value.h"
#include "base/text.h"
#include "trace/event/kind.h"
#include "trace/log/jsonl.h"
#include "viz/player/event_filter.h"
#include "viz/player/inspection.h"
#include "viz/player/run_until.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

using abi::Errno;
using abi::Sys;

constexpr std::size_t kBodies = std::variant_size_v<BodyVariant>;

/// Kinds that a pattern may mean. Bytes are of kind io or file, by their descriptor.
BodySet kinds_of(const Json& fields) {
  const auto text = [&fields](const char* key) {
    const auto found = fields.find(key);
    return found != fields.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const std::string kind = text("kind");
  const std::string op = text("op");
  BodySet set;
  for (std::size_t i = 0; i < kBodies; ++i) {
    const KindOp of = kind_of(empty_body(i));
    const bool moves = i == body_of<BytesMoved>() && (kind == "io" || kind == "file");
    if (kind.empty() || moves || (of.kind == kind && (op.empty() || of.op == op))) set.set(i);
  }
  return set;
}

/// What a call's record says without being decoded.
struct CallFields {
  std::optional<Sys> name;
  std::optional<Errno> err;
  std::optional<std::int64_t> ret;

  explicit CallFields(const Json& fields) {
    const auto word = [&fields](const char* key) {
      const auto found = fields.find(key);
      return found != fields.end() && found->is_string() ? found->get<std::string>() : "";
    };
    if (fields.value("kind", Json()) != "syscall") return;
    if (!word("name").empty()) name = abi::sys_of(word("name"));
    if (!word("err").empty()) err = abi::errno_of(word("err"));
    const auto found = fields.find("ret");
    if (found != fields.end() && found->is_number_integer()) ret = found->get<std::int64_t>();
  }
  bool passes(const Record& record) const {
    return (!name || record.sys == static_cast<std::uint16_t>(*name)) &&
           (!err || record.err == static_cast<std::uint16_t>(*err)) && (!ret || record.ret == *ret);
  }
};

/// The fields that an event has whatever the World is: no tasks (objects), no container's id.
Json plain_fields(const Json& fields) {
  Json plain = Json::object();
  for (const auto& [key, value] : fields.items()) {
    if (!value.is_object() && key != "container") plain[key] = value;
  }
  return plain;
}

spec::EventPattern pattern_of(Json fields) {
  return spec::EventPattern(std::make_shared<const Json>(std::move(fields)));
}

/// With a container by its name, beside its id.
bool matches_named(const Json& fields, const Json& event, const World& before) {
  if (spec::matches(pattern_of(fields), event)) return true;
  const auto named = fields.find("container");
  const auto whose = event.find("container");
  if (named == fields.end() || !named->is_string() || whose == event.end()) return false;
  const std::string pointer =
      pointer_join(pointer_join("/containers", named->get<std::string>()), "id");
  if (world_part(before, pointer) != std::optional<Json>(*whose)) return false;
  Json by_id = fields;
  by_id["container"] = *whose;
  return spec::matches(pattern_of(std::move(by_id)), event);
}

Goal event_goal(std::string_view text, const Json& fields) {
  Goal goal;
  goal.words = "an event like " + std::string(text);
  goal.kinds = kinds_of(fields);
  const CallFields call(fields);
  const Json plain = plain_fields(fields);
  const bool needs_world = plain != fields;
  goal.passes = [fields, call, plain, needs_world](const Trace& trace, const StepIndex&,
                                                   std::size_t n) {
    if (is<Syscall>(trace.record(n)) && !call.passes(trace.record(n))) return false;
    static const World nobody;
    if (!spec::matches(pattern_of(plain), event_to_json(trace, n, nobody))) return false;
    if (!needs_world) return true;
    // After it: a container that it makes has a name then.
    return matches_named(fields, event_to_json(trace, n, trace.world_at(n)),
                         trace.world_at(n + 1)) ||
           matches_named(fields, event_to_json(trace, n, trace.world_at(n)), trace.world_at(n));
  };
  goal.slow = !call.name && !call.err && goal.kinds.count() > 8;
  return goal;
}

Goal filter_goal(std::string_view text) {
  Goal goal;
  goal.words = "an event that answers to “" + std::string(text) + "”";
  const EventFilter filter = EventFilter::parse(text);
  for (std::size_t i = 0; i < kBodies; ++i) {
    const std::string_view kind = kind_of(empty_body(i)).kind;
    bool wanted = filter.kinds.empty();
    for (const std::string& one : filter.kinds) wanted = wanted || one == kind;
    if (i == body_of<BytesMoved>()) wanted = true;
    if (wanted) goal.kinds.set(i);
  }
  goal.passes = [filter](const Trace& trace, const StepIndex& index, std::size_t n) {
    return filter.matches(trace, index, n);
  };
  goal.slow = true;
  return goal;
}

/// A call that came back and passes.
template <class Passes>
Goal call_goal(std::string words, Passes passes) {
  Goal goal;
  goal.words = std::move(words);
  goal.kinds = bodies<Syscall>();
  goal.passes = [passes](const Trace& trace, const StepIndex&, std::size_t n) {
    return passes(trace.record(n));
  };
  return goal;
}

Goal clone_goal(const Trace&, const StepIndex&, const World&, const Moment&, const Subject&) {
  return call_goal("a clone", [](const Record& record) {
    const auto sys = static_cast<Sys>(record.sys);
    const bool clones =
        sys == Sys::clone || sys == Sys::clone3 || sys == Sys::fork || sys == Sys::vfork;
    return clones && record.err == 0 && record.ret > 0;
  });
}

Goal refused_goal(const Trace&, const StepIndex&, const World&, const Moment&, const Subject&) {
  return call_goal("a call that fails", [](const Record& record) { return record.err != 0; });
}

Goal eperm_goal(const Trace&, const StepIndex&, const World&, const Moment&, const Subject&) {
  return call_goal("a call that answers EPERM", [](const Record& record) {
    return record.err == static_cast<std::uint16_t>(Errno::kEPERM);
  });
}

Goal oom_goal(const Trace&, const StepIndex&, const World&, const Moment&, const Subject&) {
  Goal goal;
  goal.words = "an OOM kill";
  goal.kinds = bodies<CgroupOom, ContainerOom>();
  return goal;
}

/// Of the selected process, else of the one that acts.
Goal own_call_goal(const Trace& trace, const StepIndex&, const World& world, const Moment& moment,
                   const Subject& selected) {
  TaskId who = selected.task;
  if (!who && moment.focus != kNoEvent) who = TaskId(trace.record(moment.focus).task);
  const std::string name = task_tag(world, who);
  return call_goal("a call of " + (name.empty() ? "a process that is gone" : name),
                   [who](const Record& record) { return record.task == who.value; });
}

Goal change_goal(const Trace& trace, const StepIndex& index, const World& world,
                 const Moment& moment, const Subject& selected) {
  Subject subject = selected;
  if (!subject && moment.focus != kNoEvent) {
    const cutaway::Task* task = world.tasks.find(TaskId(trace.record(moment.focus).task));
    if (task != nullptr) subject = task_subject(*task);
  }
  Goal goal;
  goal.words = "a change of " + subject_words(world, subject);
  for (const Origin& origin : changes_of(trace, index, world, moment, subject)) {
    goal.kinds |= origin.kinds;
    const auto before = goal.passes;
    goal.passes = [origin, before](const Trace& t, const StepIndex& i, std::size_t n) {
      return origin.matches(t, n) || (before && before(t, i, n));
    };
  }
  return goal;
}

}  // namespace

Result<Goal> Goal::parse(std::string_view text) {
  const std::string_view bare = trim(text);
  if (bare.empty()) {
    return fail(ErrorCode::Usage, "an event, a predicate or words to look for were expected");
  }
  if (bare.front() != '{') return filter_goal(bare);
  TRY_ASSIGN(const Json fields, parse_json(bare));
  if (fields.contains("kind")) {
    TRY(spec::parse_event_pattern(bare));
    return event_goal(bare, fields);
  }
  TRY_ASSIGN(spec::Predicate predicate, spec::parse_predicate_text(bare));
  Goal goal;
  goal.words = "that " + std::string(bare) + " comes true";
  goal.predicate = std::move(predicate);
  return goal;
}

const std::vector<QuickGoal>& quick_goals() {
  static const std::vector<QuickGoal> goals = {
      {"clone", "A new process or thread", clone_goal},
      {"failed call", "A system call that answers with an error", refused_goal},
      {"EPERM", "A call that is refused for want of a right", eperm_goal},
      {"OOM kill", "A cgroup is full, and one of its tasks must die", oom_goal},
      {"this process's call", "The next call of the selected process, or of the one that acts",
       own_call_goal},
      {"change of it", "Something about what is selected in the inspector changes", change_goal},
  };
  return goals;
}

}  // namespace cutaway::viz
