#include "lessons/program.h"

#include <map>
#include <optional>

#include "base/json_text.h"
#include "base/text.h"
#include "spec/document_parts.h"
#include "spec/litmus_line.h"
#include "trace/log/call_text.h"

namespace cutaway::lessons {

namespace {

/// The steps with `calls` for the gap; what children do too.
Json filled(const Json& steps, const Json& calls) {
  Json all = Json::array();
  for (const Json& step : steps) {
    if (step == Json(kGap)) {
      for (const Json& call : calls) all.push_back(call);
      continue;
    }
    all.push_back(step);
    if (step.is_object() && step.contains("child"))
      all.back()["child"] = filled(step["child"], calls);
  }
  return all;
}

/// Without the place ("program:1: /0/child/2/fd: …"): the learner sees lines, not a document.
std::string said(const Error& error) {
  std::size_t from = error.message.find(": ");
  if (from != std::string::npos) from = error.message.find(": ", from + 2);
  return from == std::string::npos ? error.message : error.message.substr(from + 2);
}

}  // namespace

Result<spec::Item> completed(const Exercise& exercise, const std::vector<std::string>& calls) {
  Json own = Json::array();
  for (const std::string& line : calls) {
    TRY_ASSIGN(Json call, spec::litmus_call_of(line));
    own.push_back(std::move(call));
  }
  TRY_ASSIGN(const JsonDocument document,
             JsonDocument::parse("program", json_text(filled(exercise.program, own))));
  spec::Problems problems(document);
  spec::LitmusProgram program = spec::read_program(problems, document.value(), "");
  if (!problems.errors().empty()) return fail(ErrorCode::Usage, said(problems.errors().front()));
  return spec::Item{spec::LitmusItem{std::move(program)}, exercise.pointer};
}

namespace {

/// Goes through the program as it is written, and for each task through the calls that it made.
class Lines {
 public:
  Lines(const std::vector<std::string>& calls, const Trace& run) : calls_(calls) {
    for (std::size_t i = 0; i < run.size(); ++i) {
      const Event event = run.event(i);
      if (const auto* call = std::get_if<Syscall>(&event.body)) made_[event.stamp.task].push(*call);
      const auto* fork = std::get_if<TaskForked>(&event.body);
      if (fork == nullptr) continue;
      // A child of the machine's own first process runs such a program; of a thread that makes
      // another one the parent is the same.
      if (fork->parent == TaskId{1} && (fork->flags & abi::clone::kThread) == 0)
        first_ = fork->child;
      children_[event.stamp.task].push_back(fork->child);
    }
  }

  std::vector<ProgramLine> of(const Json& program) {
    write(program, first_, 0);
    return std::move(lines_);
  }

 private:
  struct Made {
    std::vector<Syscall> calls;
    std::size_t next = 0, born = 0;
    void push(const Syscall& call) { calls.push_back(call); }
  };

  void write(const Json& steps, TaskId task, std::size_t depth) {
    for (const Json& step : steps) {
      if (step == Json(kGap)) {
        for (const std::string& call : calls_)
          add(task, depth, spec::litmus_call_of(call).value_or(Json()), std::string(trim(call)),
              true);
        lines_.push_back({depth, "", true, "", false});
        continue;
      }
      add(task, depth, step, spec::litmus_line(step), false);
      if (step.contains("child")) write(step["child"], born(task), depth + 1);
    }
  }

  void add(TaskId task, std::size_t depth, const Json& step, const std::string& text, bool yours) {
    ProgramLine line = {depth, text, yours, "", false};
    if (const Syscall* call = next_call(task, step)) {
      line.result = "= " + result_text(*call);
      line.refused = call->err != abi::Errno::kOk;
    }
    lines_.push_back(std::move(line));
  }

  /// What the task made of this step; null: it is no call, or the task never came to it.
  const Syscall* next_call(TaskId task, const Json& step) {
    const Json& call = step.contains("block") ? step["block"] : step;
    const auto made = made_.find(task);
    if (!call.contains("call") || made == made_.end()) return nullptr;
    Made& its = made->second;
    if (its.next >= its.calls.size()) return nullptr;
    const Syscall& next = its.calls[its.next++];
    // Behind execve come the calls of another program.
    const bool other = next.sys == abi::Sys::execve || next.sys == abi::Sys::execveat;
    if (other && next.returned && next.err == abi::Errno::kOk) its.next = its.calls.size();
    return &next;
  }

  /// The next child of this task, if it has made one.
  TaskId born(TaskId task) {
    const auto made = made_.find(task);
    const std::vector<TaskId>& all = children_[task];
    if (made == made_.end() || made->second.born >= all.size()) return {};
    return all[made->second.born++];
  }

  const std::vector<std::string>& calls_;
  TaskId first_;
  std::map<TaskId, Made> made_;
  std::map<TaskId, std::vector<TaskId>> children_;
  std::vector<ProgramLine> lines_;
};

}  // namespace

std::vector<ProgramLine> program_lines(const Exercise& exercise,
                                       const std::vector<std::string>& calls, const Trace& run) {
  return Lines(calls, run).of(exercise.program);
}

}  // namespace cutaway::lessons
