#include "app/cli/compare_text.h"

#include <algorithm>
#include <vector>

#include "app/cli/wrapped.h"
#include "base/text.h"
#include "trace/log/enum_names.h"
#include "viz/text.h"

namespace cutaway::app {

namespace {

constexpr std::size_t kExplainedShown = 6;  // in one step; what is not explained is shown always

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return decimal(count) + " " + std::string(count == 1 ? one : many);
}

/// The call on the sides that have it: "write(1, "hi", 2) = 2".
std::string call_on(const CompareRow& row, const std::string& side) {
  const auto call = row.values.find("call_" + side);
  const auto result = row.values.find("result_" + side);
  const std::string answer = result == row.values.end() ? "" : result->second;
  if (call == row.values.end()) return answer;
  return call->second + " = " + answer;
}

class Printer {
 public:
  Printer(const Comparison& comparison, int columns)
      : comparison_(comparison), width_(static_cast<std::size_t>(std::max(columns, 40))) {}

  std::string run() {
    heads();
    for (std::size_t i = 0; i < comparison_.rows.size(); ++i) {
      const CompareRow& row = comparison_.rows[i];
      if (row.level == RowLevel::Step && row.row_class != RowClass::Engine) step(i);
      if (row.level == RowLevel::Result) result(row);
    }
    engine();
    sums();
    return text_;
  }

 private:
  void heads() {
    text_ += wrapped("left   ", side_words(comparison_.a), width_);
    text_ += wrapped("right  ", side_words(comparison_.b), width_);
    text_ += "\n";
  }
  static std::string side_words(const ComparedSide& side) {
    if (side.side == SideKind::Sim) return side.name + " (simulated)";
    return side.name + (side.recorded.empty() ? " (real)" : " (recorded on " + side.recorded + ")");
  }

  void line(const std::string& indent, std::string_view sign, const std::string& words) {
    // `wrapped` measures bytes of its first part: the sign takes one column, whatever its bytes.
    const std::string lines = wrapped(indent + "* ", words, width_);
    text_ += indent + std::string(sign) + lines.substr(indent.size() + 1);
  }

  std::size_t calls_behind(std::size_t at) const {
    std::size_t end = at + 1;
    while (end < comparison_.rows.size() && comparison_.rows[end].level == RowLevel::Syscall) ++end;
    return end;
  }

  void step(std::size_t at) {
    const CompareRow& row = comparison_.rows[at];
    const std::size_t end = calls_behind(at);
    line("", viz::status_sign(row),
         padded(std::string(enum_name(row.role)), 9) + padded(row.step, 15) +
             counted(static_cast<std::int64_t>(end - at - 1), "call", "calls"));
    std::size_t explained = 0;
    for (std::size_t i = at + 1; i < end; ++i) {
      const CompareRow& call = comparison_.rows[i];
      if (call.status == RowStatus::Matched) continue;
      if (is_open(call.row_class) || ++explained <= kExplainedShown) difference(call);
    }
    if (explained > kExplainedShown)
      line("    ", " ",
           "and " +
               counted(static_cast<std::int64_t>(explained - kExplainedShown), "more that is",
                       "more that are") +
               " explained");
  }

  void difference(const CompareRow& row) {
    const std::string left = call_on(row, "a");
    const std::string right = call_on(row, "b");
    const bool alone = left.empty() || right.empty();
    if (!left.empty()) line("    ", alone ? "←" : viz::status_sign(row), left);
    if (!right.empty()) line("    ", alone ? "→" : " ", right);
    line(
        "      ", " ",
        std::string(row_class_name(row.row_class)) + ": " + viz::why_words(spec::Words::of(), row));
  }

  void result(const CompareRow& row) {
    const std::string left = call_on(row, "a");
    const std::string right = call_on(row, "b");
    const std::string shown = row.status == RowStatus::Matched ? (left.empty() ? right : left) : "";
    line("", viz::status_sign(row), padded("result", 9) + padded(row.name, 15) + shown);
    if (row.status != RowStatus::Matched) difference(row);
  }

  void engine() {
    std::vector<std::string> names;
    for (const CompareRow& row : comparison_.rows) {
      const bool named = row.row_class == RowClass::Engine && !row.step.empty();
      if (named && std::find(names.begin(), names.end(), row.step) == names.end())
        names.push_back(row.step);
    }
    if (!names.empty()) text_ += "\n" + wrapped("not counted  ", join(names, " "), width_);
  }

  void sum(const std::string& name, const Tally& tally, const std::string& share) {
    std::string words = decimal(tally.matched) + " of " + decimal(tally.all()) + " the same";
    if (!share.empty()) words += " (" + share + ")";
    words += ", " + decimal(tally.different) + " differ, " + decimal(tally.only_a) +
             " only left, " + decimal(tally.only_b) + " only right";
    text_ += wrapped(padded(name, 9), words, width_);
  }

  void sums() {
    text_ += "\n";
    sum("steps", comparison_.steps, viz::percent(comparison_.steps_ppm));
    sum("calls", comparison_.syscalls, viz::percent(comparison_.syscalls_ppm));
    sum("program", comparison_.workload,
        viz::percent(comparison_.workload_ppm) + " in the same order");
    sum("results", comparison_.results, "");
    const auto open =
        std::count_if(comparison_.rows.begin(), comparison_.rows.end(), [](const CompareRow& row) {
          return row.level != RowLevel::Step && is_open(row.row_class);
        });
    text_ += open == 0 ? std::string("Every difference is explained.\n")
                       : counted(open, "difference is", "differences are") + " not explained.\n";
  }

  const Comparison& comparison_;
  std::size_t width_;
  std::string text_;
};

}  // namespace

std::string compare_text(const Comparison& comparison, int columns) {
  return Printer(comparison, columns).run();
}

std::string compare_line(const Comparison& comparison, const std::string& title) {
  return std::string(agrees(comparison) ? "=" : "≠") + " " + padded(title, 24) + " steps " +
         viz::percent(comparison.steps_ppm) + ", calls " + viz::percent(comparison.syscalls_ppm) +
         ", program " + viz::percent(comparison.workload_ppm) + "\n";
}

}  // namespace cutaway::app
