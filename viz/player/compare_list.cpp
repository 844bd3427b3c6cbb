#include "viz/player/compare_list.h"

#include <algorithm>

#include "spec/words.h"
#include "trace/log/enum_names.h"
#include "viz/text/call_words.h"
#include "viz/text/compare_words.h"

namespace cutaway::viz {
namespace {

using abi::Sys;

constexpr std::size_t kCallLetters = 60;

/// Which call of a step is the one that it is about: the first of these that is among its calls.
constexpr Sys kTelling[] = {
    Sys::pivot_root, Sys::execve, Sys::clone,  Sys::mount,      Sys::umount2, Sys::sethostname,
    Sys::mknod,      Sys::setsid, Sys::capset, Sys::setresuid,  Sys::seccomp, Sys::prctl,
    Sys::mkdir,      Sys::rmdir,  Sys::ioctl,  Sys::exit_group, Sys::wait4,   Sys::write,
};

std::size_t name_weight(std::string_view name) {
  const auto found = std::find(std::begin(kTelling), std::end(kTelling), abi::sys_of(name));
  return static_cast<std::size_t>(found - std::begin(kTelling));
}

std::string call_at(const Trace& trace, EventIndex n) {
  if (n == kNoEvent) return "";
  const Event event = trace.event(n);
  const auto* call = std::get_if<Syscall>(&event.body);
  if (call == nullptr) return "";
  const std::string answer = answer_label(*call);
  return call_label(*call, kCallLetters) + (answer.empty() ? "" : " " + answer);
}

class ListMaker {
 public:
  ListMaker(const Trace& a, const Trace& b, const Comparison& comparison)
      : a_(a), b_(b), comparison_(comparison), words_(spec::Words::of()) {}

  CompareList run() {
    const std::vector<CompareRow>& rows = comparison_.rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].row_class == RowClass::Engine || rows[i].level == RowLevel::Syscall) continue;
      rows[i].level == RowLevel::Step ? add_step(i) : add_result(i);
    }
    list_.sums.lost = lost(a_) + lost(b_);
    return std::move(list_);
  }

 private:
  static std::int64_t lost(const Trace& trace) {
    std::int64_t count = 0;
    for (std::size_t n = 0; n < trace.size(); ++n) {
      if (trace.record(n).sys != 0xffff) continue;
      const Event event = trace.event(n);
      if (const auto* loss = std::get_if<Loss>(&event.body)) count += loss->count;
    }
    return count;
  }

  CompareLine line_of(std::size_t i) {
    const CompareRow& row = comparison_.rows[i];
    CompareLine line;
    line.row = i;
    line.sign = status_sign(row);
    line.label = why_label(words_, row);
    line.why = why_words(words_, row);
    line.open = is_open(row.row_class);
    line.difference = line.sign != "=";
    // A side that has nothing here stays where it was.
    if (row.a != kNoEvent) at_a_ = std::size_t{row.a} + 1;
    if (row.b != kNoEvent) at_b_ = std::size_t{row.b} + 1;
    line.at_a = at_a_;
    line.at_b = at_b_;
    return line;
  }

  void count(const CompareLine& line) {
    CompareSums& sums = list_.sums;
    ++(line.open ? sums.open : line.difference ? sums.explained : sums.agree);
  }

  /// The step's line shows the call that it is about; differing calls stand below.
  void add_step(std::size_t at) {
    const std::vector<CompareRow>& rows = comparison_.rows;
    std::size_t end = at + 1;
    while (end < rows.size() && rows[end].level == RowLevel::Syscall) ++end;
    CompareLine step = line_of(at);
    step.step = true;
    step.head = rows[at].step;
    std::size_t telling = at + 1;
    std::size_t told = end;  // a difference that the step's own line shows
    std::size_t calls_a = 0;
    std::size_t calls_b = 0;
    for (std::size_t i = at + 1; i < end; ++i) {
      if (name_weight(rows[i].name) < name_weight(rows[telling].name)) telling = i;
      calls_a += rows[i].a != kNoEvent ? 1U : 0U;
      calls_b += rows[i].b != kNoEvent ? 1U : 0U;
    }
    for (std::size_t i = end; i > at + 1; --i) {
      if (is_open(rows[i - 1].row_class) && rows[i - 1].status == RowStatus::Different)
        told = telling = i - 1;
    }
    if (telling < end) {
      step.left = call_at(a_, rows[telling].a);
      step.right = call_at(b_, rows[telling].b);
      if (rows[telling].a != kNoEvent) step.at_a = at_a_ = std::size_t{rows[telling].a} + 1;
      if (rows[telling].b != kNoEvent) step.at_b = at_b_ = std::size_t{rows[telling].b} + 1;
      step.left_more = calls_a;
      step.right_more = calls_b;
    }
    count(step);
    list_.lines.push_back(std::move(step));
    for (std::size_t i = at + 1; i < end; ++i) {
      if (rows[i].status == RowStatus::Matched || i == told) continue;
      CompareLine call = line_of(i);
      call.left = call_at(a_, rows[i].a);
      call.right = call_at(b_, rows[i].b);
      list_.lines.push_back(std::move(call));
    }
  }

  void add_result(std::size_t i) {
    const CompareRow& row = comparison_.rows[i];
    CompareLine line = line_of(i);
    line.step = true;
    line.head = row.name;
    const auto value = [&row](const char* key) {
      const auto found = row.values.find(key);
      return found == row.values.end() ? std::string() : found->second;
    };
    line.left = value("result_a");
    line.right = value("result_b");
    count(line);
    list_.lines.push_back(std::move(line));
  }

  const Trace& a_;
  const Trace& b_;
  const Comparison& comparison_;
  const spec::Words& words_;
  CompareList list_;
  std::size_t at_a_ = 0, at_b_ = 0;
};

}  // namespace

std::size_t CompareList::next_difference(std::size_t from) const {
  for (std::size_t i = from + 1; i < lines.size(); ++i) {
    if (lines[i].difference) return i;
  }
  return from;
}

std::size_t CompareList::previous_difference(std::size_t from) const {
  for (std::size_t i = from; i > 0; --i) {
    if (lines[i - 1].difference) return i - 1;
  }
  return from;
}

CompareList compare_list(const Trace& a, const Trace& b, const Comparison& comparison) {
  return ListMaker(a, b, comparison).run();
}

}  // namespace cutaway::viz
