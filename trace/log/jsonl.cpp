// A whole trace as JSON Lines, and back.
#include "trace/log/jsonl.h"

#include "base/text.h"
#include "trace/log/event_json.h"

namespace cutaway {

namespace {

/// The lines of a text, one after the other, with their numbers.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  /// False at the end.
  bool next() {
    if (rest_.empty()) return false;
    const std::size_t end = rest_.find('\n');
    ended = end != std::string_view::npos;
    line = rest_.substr(0, end);
    rest_.remove_prefix(ended ? end + 1 : rest_.size());
    ++number;
    return true;
  }

  std::string_view line;
  std::size_t number = 0;
  bool ended = false;  ///< by a newline, as every whole line is

 private:
  std::string_view rest_;
};

class JsonlReader {
 public:
  JsonlReader(std::string name, std::string_view text, CutOff cut_off)
      : name_(std::move(name)), lines_(text), cut_off_(cut_off) {}

  Result<Trace> read() {
    if (!lines_.next())
      return fail(ErrorCode::Usage,
                  name_ + ":1: the file is empty; expected the header of a trace");
    TraceHeader header;
    TRY(read_header(header));
    Trace trace(std::move(header));
    while (lines_.next()) {
      if (trim(lines_.line).empty()) continue;
      const Result<Json> json = parse_json(lines_.line);
      if (!json && !lines_.ended) {
        TRY(cut_off(trace));
        break;
      }
      if (!json) return fail(ErrorCode::Usage, here() + "not JSON");
      JsonProblem problem;
      if (!read_event_json(*json, trace, problem))
        return fail(ErrorCode::Usage, here() + at(problem));
    }
    return trace;
  }

 private:
  std::string here() const {
    return name_ + ":" + decimal(static_cast<std::int64_t>(lines_.number)) + ": ";
  }
  static std::string at(const JsonProblem& problem) {
    return (problem.pointer.empty() ? "/" : problem.pointer) + ": " + problem.message;
  }

  Status read_header(TraceHeader& header) {
    const Result<Json> json = parse_json(lines_.line);
    if (!json)
      return fail(ErrorCode::Usage,
                  here() + "not JSON; expected the header of a trace, {\"cutaway\":1,…}");
    JsonProblem problem;
    if (!read_header_json(*json, header, problem))
      return fail(ErrorCode::Usage, here() + at(problem));
    return {};
  }

  Status cut_off(Trace& trace) {
    const std::string whole = decimal(static_cast<std::int64_t>(trace.size()));
    trace.damage =
        here() + "the trace is cut off in this line; " + whole + " events before it are whole";
    if (cut_off_ == CutOff::Keep) return {};
    return fail(ErrorCode::Usage, trace.damage);
  }

  std::string name_;
  Lines lines_;
  CutOff cut_off_;
};

}  // namespace

std::string to_jsonl(const Trace& trace) {
  std::string text =
      dump_line(header_to_json(trace.header),
                {"cutaway", "side", "clock", "machine", "scenario", "commands", "seed", "loss"}) +
      "\n";
  World world;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    text += event_line(trace, n, world) + "\n";
    evolve(world, trace.event(n));
  }
  return text;
}

Result<Trace> from_jsonl(std::string name, std::string_view text, CutOff cut_off) {
  return JsonlReader(std::move(name), text, cut_off).read();
}

}  // namespace cutaway
