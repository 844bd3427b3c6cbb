// What held and what failed of a whole program.
#include <algorithm>

#include "spec/litmus_judge.h"

namespace cutaway::spec {

namespace {

bool expects(const LitmusStep& step) { return step.expect.is_object(); }

std::string call_of(const LitmusStep& step) {
  constexpr const char* kFormWords[] = {"", "barrier", "", "resume", "touch", "handled"};
  const std::string form = kFormWords[static_cast<std::size_t>(step.form)];
  return form.empty() ? step.name : form;
}

}  // namespace

std::string expect_pointer(const LitmusStep& step) {
  return step.pointer + (step.form == LitmusForm::Block ? "/block/expect" : "/expect");
}

LitmusVerdict::LitmusVerdict(const LitmusProgram& program) { add(program); }

void LitmusVerdict::add(const LitmusProgram& program) {
  for (const LitmusStep& step : program) {
    if (expects(step)) {
      pointers_.push_back(expect_pointer(step));
      open_[pointers_.back()] = true;
    } else {
      pointers_.push_back(step.pointer);
    }
    add(step.child);
  }
}

void LitmusVerdict::judge(const LitmusStep& step, const LitmusOutcome& outcome,
                          const LitmusVariables& variables) {
  gave_.push_back({step.pointer, call_of(step), outcome, {}});
  if (!expects(step)) return;
  const std::string pointer = expect_pointer(step);
  if (!std::exchange(open_[pointer], false)) return;  // each counts once
  if (auto complaint = spec::judge(step.expect, outcome, variables))
    failed_.push_back({pointer, *complaint});
  else
    held_.push_back(pointer);
}

void LitmusVerdict::fail(const LitmusStep& step, const std::string& text) {
  const std::string pointer = expects(step) ? expect_pointer(step) : step.pointer;
  if (expects(step)) open_[pointer] = false;
  failed_.push_back({pointer, text});
  gave_.push_back({step.pointer, call_of(step), {}, text});
}

void LitmusVerdict::finish() {
  for (const auto& [pointer, open] : open_) {
    if (open) failed_.push_back({pointer, "never reached"});
  }
  open_.clear();
  const auto place = [this](const LitmusFailure& failure) {
    return std::find(pointers_.begin(), pointers_.end(), failure.pointer) - pointers_.begin();
  };
  std::stable_sort(
      failed_.begin(), failed_.end(),
      [&place](const LitmusFailure& a, const LitmusFailure& b) { return place(a) < place(b); });
}

}  // namespace cutaway::spec
