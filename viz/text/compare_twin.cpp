#include "viz/text/compare_twin.h"

#include "base/text.h"
#include "viz/text/compare_words.h"
#include "viz/text/explain_look.h"
#include "viz/text/text_lines.h"

namespace cutaway::viz {
namespace {

struct TwinSide {
  const Trace& trace;
  std::string name;
  std::size_t position = 0;
  std::string call;
  std::size_t more = 0;  ///< calls of the step, all together
};

void tell_call(const TwinSide& side, TextLines& lines) {
  const std::string count =
      side.more > 1 ? ", one of " + decimal(static_cast<std::int64_t>(side.more)) : "";
  lines.add({{side.name + ": ", Ink::Strong},
             {side.call.empty() ? "nothing" : side.call + count, Ink::Plain}},
            2, 4);
}

void tell_difference(const CompareLine& line, const TwinSide& left, const TwinSide& right,
                     TextLines& lines) {
  lines.add({{line.head, Ink::Strong}, {"  " + std::string(line.sign), Ink::Plain}});
  tell_call(left, lines);
  tell_call(right, lines);
  if (line.difference)
    lines.add({{line.label + ": ", line.open ? Ink::Bad : Ink::Strong}, {line.why, Ink::Plain}}, 2);
  else
    lines.add("Both did the same.", 2);
}

Status tell_side(const TwinSide& side, Nearness near, TextLines& lines, std::string& text) {
  const World world = side.trace.world_at(side.position);
  lines.blank();
  lines.add({{side.name, Ink::Strong},
             {"  " + machine_words(side.trace) + ", " +
                  event_place_words(side.position, side.trace.size()),
              Ink::Plain}});
  const std::string pids = inner_pid_words(world);
  if (!pids.empty()) lines.add(pids);
  lines.blank();
  const int columns = lines.columns();
  text += lines.take();
  lines = TextLines(columns);
  Look look;
  look.near = near;
  TRY_ASSIGN(const std::string told, explain_look(side.trace, side.position, look, columns));
  text += told;
  return {};
}

void tell_sums(const CompareSums& sums, TextLines& lines) {
  const auto words = [](std::size_t count) { return decimal(static_cast<std::int64_t>(count)); };
  lines.blank();
  lines.add(words(sums.agree) + " agree, " + words(sums.explained) + " explained, " +
            words(sums.open) + " unexplained, " + decimal(sums.lost) + " events lost.");
}

}  // namespace

Result<std::string> explain_compared(const Trace& a, const Trace& b, const Comparison& comparison,
                                     const CompareList& list, std::size_t line, Nearness near,
                                     int columns) {
  if (line >= list.lines.size())
    return fail(ErrorCode::Usage,
                "there is no row " + decimal(static_cast<std::int64_t>(line) + 1) + ", there are " +
                    decimal(static_cast<std::int64_t>(list.lines.size())));
  const CompareLine& row = list.lines[line];
  const TwinSide left = {a, side_name(comparison, true), row.at_a, row.left, row.left_more};
  const TwinSide right = {b, side_name(comparison, false), row.at_b, row.right, row.right_more};
  TextLines lines(columns);
  std::string text;
  tell_difference(row, left, right, lines);
  TRY(tell_side(left, near, lines, text));
  TRY(tell_side(right, near, lines, text));
  tell_sums(list.sums, lines);
  return text + lines.take();
}

}  // namespace cutaway::viz
