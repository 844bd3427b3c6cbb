#include "trace/compare/results.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "trace/compare/families.h"
#include "trace/compare/rules.h"
#include "trace/world/lookup.h"

namespace cutaway {

namespace {

/// Bytes that came out of a container. What was not captured is unknown, its length is not.
struct Output {
  EventIndex n = kNoEvent;  ///< the first bytes
  std::string bytes;        ///< unknown ones are 0
  std::string known;        ///< for each byte: is it known?
  bool measured = false;    ///< whoever wrote had read meters
};

/// One thing that can be compared.
struct Outcome {
  EventIndex n = kNoEvent;
  Role role = Role::Host;
  std::string step, name;
  std::string text;    ///< as people read it
  std::string normal;  ///< what is compared
  const Output* output = nullptr;
  bool measured = false;  ///< somebody in the container had read meters (families.h)
};

class Outcomes {
 public:
  explicit Outcomes(const Trace& trace) : trace_(trace), normaliser_(trace) {
    for (std::size_t n = 0; n < trace_.size(); ++n) {
      const Event event = trace_.event(n);
      note(static_cast<EventIndex>(n), event);
      evolve(world_, event);
    }
  }

  /// By place: "command 1 exit", "container 1 stdout".
  std::map<std::string, Outcome> all() const {
    std::map<std::string, Outcome> found = found_;
    for (const auto& [place, output] : outputs_) {
      Outcome& outcome = found[place];
      const bool error = ends_with(place, "stderr");
      outcome = {output.n,     Role::Workload,
                 "io.write",   error ? "stderr" : "stdout",
                 output.bytes, normaliser_.text(output.bytes),
                 &output,      output.measured};
    }
    return found;
  }

 private:
  void note(EventIndex n, const Event& event) {
    if (const auto* done = std::get_if<CliDone>(&event.body)) {
      const std::string exit = decimal(done->exit);
      // Who ends first is a race, so a command is known by when it was typed.
      const std::size_t typed = command_of(world_, event.stamp.task).value_or(done_);
      ++done_;
      found_[place("command", typed + 1, "exit")] = {n,    Role::Client, "cli",  "exit",
                                                     exit, exit,         nullptr};
    }
    if (std::holds_alternative<TaskExeced>(event.body)) {
      note_streams(event.stamp.task);
      measured_.erase(event.stamp.task);
    }
    const auto* call = std::get_if<Syscall>(&event.body);
    if (call != nullptr && reads_meters(*call)) measured_.insert(event.stamp.task);
    if (const auto* moved = std::get_if<BytesMoved>(&event.body))
      note_bytes(n, event.stamp.task, *moved);
    if (const auto* ended = std::get_if<ContainerExited>(&event.body))
      note_end(n, event.stamp, *ended);
  }

  static std::string place(std::string_view what, std::size_t ordinal, std::string_view part) {
    const std::string number = decimal(static_cast<std::int64_t>(ordinal));
    // Places are sorted as text: "command 010".
    return std::string(what) + " " + std::string(3 - std::min<std::size_t>(number.size(), 3), '0') +
           number + " " + std::string(part);
  }

  std::size_t ordinal_of(ContainerId container) {
    return ordinals_.emplace(container, ordinals_.size() + 1).first->second;
  }

  void note_end(EventIndex n, const Stamp& stamp, const ContainerExited& ended) {
    std::string text = ended.signal != 0 ? "killed by " + abi::signal_name(ended.signal)
                                         : "exit " + decimal(ended.code);
    if (ended.oom) text += ", out of memory";
    if (!ended.error.empty()) text = "never started";
    found_[place("container", ordinal_of(stamp.container), "end")] = {
        n, Role::Init, "exit", "end", text, text, nullptr};
  }

  /// What a container's first program, or one that `exec` starts, has as stdout and stderr: bytes
  /// that go there come out of the container, whoever in it writes them.
  void note_streams(TaskId id) {
    const Task* task = world_.tasks.find(id);
    if (task == nullptr || !task->container) return;
    if (task->role != Role::Init && task->role != Role::Exec) return;
    const FdTable* table = world_.fd_tables.find(task->fds);
    if (table == nullptr) return;
    for (const std::int32_t fd : {2, 1}) {
      const auto found = table->fds.find(fd);
      if (found != table->fds.end())
        streams_[found->second.file] =
            place("container", ordinal_of(task->container), fd == 1 ? "stdout" : "stderr");
    }
  }

  void note_bytes(EventIndex n, TaskId who, const BytesMoved& moved) {
    const auto stream = streams_.find(moved.file);
    if (moved.dir != Direction::Out || stream == streams_.end() || moved.bytes <= 0) return;
    Output& output = outputs_[stream->second];
    if (output.n == kNoEvent) output.n = n;
    output.measured = output.measured || measured_.count(who) != 0;
    const std::string_view whole = trace_.blobs.get(moved.data);
    std::string text = whole.empty() ? moved.text : std::string(whole);
    const auto size = static_cast<std::size_t>(moved.bytes);
    text.resize(std::min(text.size(), size));
    output.known += std::string(text.size(), '1') + std::string(size - text.size(), '0');
    text.resize(size, '\0');
    output.bytes += text;
  }

  const Trace& trace_;
  Normaliser normaliser_;
  World world_;
  std::map<std::string, Outcome> found_;
  std::map<std::string, Output> outputs_;
  std::map<FileId, std::string> streams_;
  std::set<TaskId> measured_;
  std::map<ContainerId, std::size_t> ordinals_;
  std::size_t done_ = 0;
};

/// Where both know the bytes, they are the same ones.
bool same_output(const Output& a, const Output& b) {
  if (a.bytes.size() != b.bytes.size()) return false;
  for (std::size_t i = 0; i < a.bytes.size(); ++i) {
    if (a.known[i] == '1' && b.known[i] == '1' && a.bytes[i] != b.bytes[i]) return false;
  }
  return true;
}

bool is_literally_same(const Outcome& a, const Outcome& b) {
  if (a.output != nullptr && b.output != nullptr) return same_output(*a.output, *b.output);
  return a.text == b.text;
}

constexpr std::size_t kShown = 60;

std::string shown(const Outcome& outcome) {
  std::string text = outcome.text.substr(0, utf8_prefix(outcome.text, kShown));
  if (outcome.output == nullptr) return text;
  std::string quoted;
  for (const char c : text) quoted += c == '\n' ? std::string("\\n") : std::string(1, c);
  return "“" + quoted + (text.size() < outcome.text.size() ? "…" : "") + "”";
}

/// The same words with the figures of another machine.
bool only_figures_differ(const Outcome& a, const Outcome& b) {
  return a.measured && b.measured && without_figures(a.text) == without_figures(b.text);
}

void classify(CompareRow& row, const TraceFacts& a, const TraceFacts& b) {
  const bool lost = (row.status == RowStatus::OnlyA && b.lost > 0) ||
                    (row.status == RowStatus::OnlyB && a.lost > 0);
  const bool against_linux = a.header.side != b.header.side;
  row.row_class = lost            ? RowClass::Loss
                  : against_linux ? RowClass::SimulatorWrong
                                  : RowClass::Unexplained;
  row.why = why_key(lost ? "loss" : against_linux ? "result.wrong" : "result.unexplained");
}

CompareRow row_of(const Outcome* a, const Outcome* b, const TraceFacts& facts_a,
                  const TraceFacts& facts_b) {
  const Outcome& any = a != nullptr ? *a : *b;
  CompareRow row;
  row.level = RowLevel::Result;
  row.role = any.role;
  row.step = any.step;
  row.name = any.name;
  if (a != nullptr) row.a = a->n;
  if (b != nullptr) row.b = b->n;
  if (a != nullptr) row.values["result_a"] = shown(*a);
  if (b != nullptr) row.values["result_b"] = shown(*b);
  row.status = a == nullptr   ? RowStatus::OnlyB
               : b == nullptr ? RowStatus::OnlyA
                              : RowStatus::Matched;
  if (a != nullptr && b != nullptr && !is_literally_same(*a, *b)) {
    row.status = a->normal == b->normal ? RowStatus::Matched : RowStatus::Different;
    row.row_class = RowClass::Ids;
    row.why = why_key("ids");
  }
  if (row.status == RowStatus::Matched) return row;
  classify(row, facts_a, facts_b);
  if (row.status == RowStatus::Different && only_figures_differ(*a, *b)) {
    row.row_class = RowClass::Kernel;
    row.why = why_key("kernel.meters");
  }
  return row;
}

}  // namespace

std::vector<CompareRow> compare_results(const Trace& a, const Trace& b, const TraceFacts& facts_a,
                                        const TraceFacts& facts_b) {
  const Outcomes on_a(a);
  const Outcomes on_b(b);
  const std::map<std::string, Outcome> of_a = on_a.all();
  const std::map<std::string, Outcome> of_b = on_b.all();
  std::map<std::string, std::pair<const Outcome*, const Outcome*>> places;
  for (const auto& each : of_a) places[each.first].first = &each.second;
  for (const auto& each : of_b) places[each.first].second = &each.second;
  std::vector<CompareRow> rows;
  rows.reserve(places.size());
  for (const auto& each : places)
    rows.push_back(row_of(each.second.first, each.second.second, facts_a, facts_b));
  return rows;
}

}  // namespace cutaway
