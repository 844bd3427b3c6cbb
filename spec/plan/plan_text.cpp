// The plan in words, for `--plan`.
#include "spec/plan/plan_input.h"

#include "base/text.h"
#include "spec/words.h"
#include "trace/event/event.h"
#include "trace/log/jsonl.h"

namespace cutaway::spec {

namespace {

void append_wrapped(std::string& text, std::string_view words, std::size_t indent,
                    std::size_t columns) {
  std::size_t at = columns;  // forces a new line first
  for (const std::string& word : split(words, ' ')) {
    if (at + 1 + word.size() > columns) {
      if (!text.empty() && text.back() != '\n') text += '\n';
      text += std::string(indent, ' ') + word;
      at = indent + word.size();
    } else {
      text += ' ' + word;
      at += 1 + word.size();
    }
  }
  text += '\n';
}

std::string call_text(const PlanCall& call) {
  Syscall syscall;
  syscall.sys = call.sys;
  syscall.args = call.args;
  std::string text = syscall_to_text(syscall, false);
  if (!call.as.empty()) text += " → $" + call.as;
  for (const abi::Errno err : call.tolerated) text += ", or " + std::string(abi::errno_name(err));
  return text;
}

void add_undo(const PlanStep& step, std::size_t width, std::string& text) {
  const std::string undo(undo_of(step.id));
  if (undo.empty()) return;
  const bool is_step = find_step(undo) != nullptr;
  const Sentence sentence = Words::of()[is_step ? "undo.step" : undo];
  std::string words = sentence.what;
  const std::size_t place = words.find("{step}");
  if (place != std::string::npos) words.replace(place, 6, undo);
  append_wrapped(text, "↶ " + words, 4, width);
}

}  // namespace

std::string plan_text(const Plan& plan, int columns) {
  const auto width = static_cast<std::size_t>(columns < 40 ? 40 : columns);
  std::string text;
  int number = 0;
  for (const PlanStep& step : plan.steps) {
    const Sentence& sentence = Words::of()["step." + step.id];
    text += decimal(++number) + ". " + step.id + "  (" + std::string(who_name(step.who)) + ")\n";
    append_wrapped(text, sentence.what + (sentence.why.empty() ? "" : " " + sentence.why), 4,
                   width);
    for (const PlanCall& call : step.calls) text += "      " + call_text(call) + "\n";
    add_undo(step, width, text);
  }
  return text;
}

}  // namespace cutaway::spec
