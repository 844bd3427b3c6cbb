#include "viz/player/linked_steps.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

/// Walks the rows as the list did: a side that has nothing here stays where it was.
class StopMaker {
 public:
  StopMaker(const Comparison& comparison, const CompareList& list)
      : comparison_(comparison), list_(list) {}

  std::vector<LinkedStop> run() {
    for (std::size_t line = 0; line < list_.lines.size(); ++line) {
      const CompareLine& shown = list_.lines[line];
      if (!shown.step) continue;  // comes with its step
      const bool result = comparison_.rows[shown.row].level == RowLevel::Result;
      at_a_ = shown.at_a;
      at_b_ = shown.at_b;
      const std::size_t step = stops_.size();
      stops_.push_back({at_a_, at_b_, line, true, step});
      if (!result) add_calls(step, line);
    }
    return std::move(stops_);
  }

 private:
  void add_calls(std::size_t step, std::size_t line) {
    const std::vector<CompareRow>& rows = comparison_.rows;
    const std::size_t first = list_.lines[line].row + 1;
    std::size_t own = line + 1;  // lines of calls that differ, in the order of their rows
    for (std::size_t i = first; i < rows.size() && rows[i].level == RowLevel::Syscall; ++i) {
      const bool has_line = own < list_.lines.size() && list_.lines[own].row == i;
      if (rows[i].a != kNoEvent) at_a_ = std::size_t{rows[i].a} + 1;
      if (rows[i].b != kNoEvent) at_b_ = std::size_t{rows[i].b} + 1;
      const LinkedStop& whole = stops_[step];
      if (at_a_ == whole.at_a && at_b_ == whole.at_b) stops_[step].shows = stops_.size();
      stops_.push_back({at_a_, at_b_, has_line ? own++ : line, false, 0});
    }
  }

  const Comparison& comparison_;
  const CompareList& list_;
  std::vector<LinkedStop> stops_;
  std::size_t at_a_ = 0, at_b_ = 0;
};

}  // namespace

LinkedSteps::LinkedSteps(const Comparison& comparison, const CompareList& list)
    : stops_(StopMaker(comparison, list).run()) {
  of_line_.assign(list.lines.size(), 0);
  for (std::size_t i = stops_.size(); i > 0; --i) of_line_[stops_[i - 1].line] = i - 1;
}

std::size_t LinkedSteps::of_line(std::size_t line) const {
  return line < of_line_.size() ? of_line_[line] : 0;
}

/// Does a step of this size end at this stop?
bool LinkedSteps::stops_here(StepSize size, std::size_t stop, const StepIndex& left) const {
  const LinkedStop& here = stops_[stop];
  if (size >= StepSize::Syscall) return !here.step || here.shows == stop;
  if (!here.step || size == StepSize::EngineStep) return here.step;
  // The last step of its command or beat.
  for (std::size_t i = stop + 1; i < stops_.size(); ++i) {
    if (stops_[i].step) return left.ordinal(size, stops_[i].at_a) != left.ordinal(size, here.at_a);
  }
  return true;
}

std::size_t LinkedSteps::next(StepSize size, std::size_t from, const StepIndex& left) const {
  std::size_t begin = from;
  // A step's line shows one of its calls: that one has been seen.
  if (size >= StepSize::Syscall && from < count() && stops_[from].step) begin = stops_[from].shows;
  for (std::size_t i = begin + 1; i < count(); ++i) {
    if (stops_here(size, i, left)) return i;
  }
  return from;
}

std::size_t LinkedSteps::previous(StepSize size, std::size_t from, const StepIndex& left) const {
  std::size_t begin = from;
  if (size >= StepSize::Syscall && from < count() && stops_[from].step) begin = stops_[from].shows;
  for (std::size_t i = begin; i > 0; --i) {
    if (stops_here(size, i - 1, left)) return i - 1;
  }
  return from;
}

std::size_t LinkedSteps::ordinal(StepSize size, std::size_t stop, const StepIndex& left) const {
  std::size_t ordinal = 0;
  const std::size_t end = std::min(stop + 1, count());
  for (std::size_t i = 0; i < end; ++i) ordinal += stops_here(size, i, left) ? 1 : 0;
  return ordinal;
}

}  // namespace cutaway::viz
