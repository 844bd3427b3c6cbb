#include "viz/text/annotate.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "spec/words.h"
#include "viz/text/call_words.h"
#include "viz/text/text_lines.h"
#include "viz/text/told.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

constexpr int kSentenceIndent = 2;
constexpr int kItemIndent = 4;
constexpr int kNamesBeside = 90;        // columns from which the program stands beside its calls
constexpr std::size_t kLinesTold = 24;  // of output in one piece; of more the first twenty
constexpr std::size_t kRun = 3;         // as many of one form in a row are told one by one

using ItemKind = ToldItem::Kind;

/// Items of one form in a row.
struct Run {
  const ToldItem* first = nullptr;
  const ToldItem* last = nullptr;
  std::size_t count = 0;
  std::size_t bad = 0;
  std::int64_t waited = 0;

  void take(const ToldItem& item) {
    if (first == nullptr) first = &item;
    last = &item;
    ++count;
    bad += item.bad ? 1 : 0;
    waited += item.waited;
  }
  /// The one to tell for all: the first that succeeded.
  [[nodiscard]] const ToldItem& chief() const {
    for (const ToldItem* item = first; item <= last; ++item) {
      if (!item->bad) return *item;
    }
    return *first;
  }
};

bool joins(const Run& run, const ToldItem& item) {
  const bool same =
      run.first->kind == item.kind && run.first->form == item.form && run.first->who == item.who;
  return same && !item.form.empty();
}

std::vector<Run> runs_of(const std::vector<ToldItem>& items) {
  std::vector<Run> runs;
  for (const ToldItem& item : items) {
    if (runs.empty() || !joins(runs.back(), item)) runs.push_back({});
    runs.back().take(item);
  }
  return runs;
}

/// "mount.bind" → "mount": what people count.
std::string base_name(const std::string& form) { return form.substr(0, form.find('.')); }

std::string counts_words(const std::map<std::string, std::size_t>& counts) {
  std::vector<std::string> parts;
  parts.reserve(counts.size());
  for (const auto& [form, count] : counts) {
    parts.push_back(form + " × " + decimal(static_cast<std::int64_t>(count)));
  }
  return join(parts, ", ");
}

class Printer {
 public:
  Printer(int columns, const AnnotateOptions& options)
      : lines_(columns, options.color), options_(options), words_(spec::Words::of()) {}

  void machine(const TraceHeader& header) {
    const Machine& m = header.machine;
    const std::string cgroup = m.cgroup == CgroupVersion::V1   ? "v1"
                               : m.cgroup == CgroupVersion::V2 ? "v2"
                                                               : "hybrid";
    const std::string side = header.side == SideKind::Sim ? "Simulated" : "Real";
    lines_.add({{side + ": Linux " + m.kernel + ", " + counted(m.cpus, "cpu") + ", " +
                     memory_words(m.memory) + ", cgroup " + cgroup,
                 Ink::Quiet}});
  }

  void command(const ToldCommand& command) {
    lines_.blank();
    lines_.add({{"$ " + command.line, Ink::Strong}}, 0, 2);
    for (const ToldBeat& beat : command.beats) tell_beat(beat);
    lines_.blank();
    const std::string took = duration_words(command.to - command.from);
    const std::string end = command.done ? "exit " + decimal(command.exit) : "still running";
    const bool bad = command.exit != 0;
    lines_.add({{end, bad ? Ink::Bad : Ink::Strong}, {"after " + took, Ink::Plain}});
  }

  void go_on(const TraceHeader& header, const Told& told) {
    lines_.blank();
    const std::string lost = told.lost == 0 ? "" : ", " + decimal(told.lost) + " lost";
    lines_.add(counted(static_cast<std::int64_t>(told.events), "event") + ", " +
               counted(static_cast<std::int64_t>(told.calls), "system call") + lost + ". " +
               words_["text.annotate.on"].what);
    const std::string input = input_of(header);
    const std::string middle = decimal(static_cast<std::int64_t>(told.events / 2));
    hint("cutaway view " + input, words_["text.annotate.view"].what);
    hint("cutaway explain " + at(middle, input), words_["text.annotate.explain"].what);
  }

  std::string take() { return lines_.take(); }

 private:
  // Cutaway's own options stand before "--".
  static std::string at(const std::string& n, const std::string& input) {
    const bool words = starts_with(input, "--");
    return words ? "--at " + n + " " + input : input + " --at " + n;
  }
  static std::string input_of(const TraceHeader& header) {
    if (!header.scenario.empty()) return header.scenario;
    if (header.commands.size() == 1 && starts_with(header.commands[0], "docker ")) {
      return "-- " + header.commands[0];
    }
    return "INPUT";
  }
  void hint(const std::string& command, const std::string& does) {
    lines_.add({{command, Ink::Strong}, {"  " + does, Ink::Quiet}}, kSentenceIndent, kItemIndent);
  }

  void tell_beat(const ToldBeat& beat) {
    lines_.blank();
    const std::string name(spec::beat_name(beat.beat));
    const spec::Sentence& said = words_["beat." + name];
    lines_.add({{name + ":", Ink::Strong},
                {said.what, Ink::Plain},
                {said.why, Ink::Quiet},
                {"(" + clock_words(beat.t) + ")", Ink::Quiet}},
               0, kSentenceIndent);
    for (const ToldStep& step : beat.steps) tell_step(step);
  }

  void tell_step(const ToldStep& step) {
    if (step.items.empty()) return;
    const std::string id(step.row->id);
    const spec::Sentence& said = words_["step." + id];
    lines_.blank();
    if (step.again) {
      lines_.add({{id + ", " + words_["text.annotate.again"].what, Ink::Quiet}}, kSentenceIndent);
    } else {
      lines_.add({{said.what, Ink::Strong}, {said.why, Ink::Plain}, {"[" + id + "]", Ink::Quiet}},
                 kSentenceIndent);
    }
    who_.clear();
    tell_runs(runs_of(step.items));
  }

  void tell_runs(const std::vector<Run>& runs) {
    std::map<std::string, std::size_t> left_out;
    std::size_t told = 0;
    std::size_t more = 0;
    std::size_t all = 0;
    for (const Run& run : runs) all += lines_for(run);
    const std::size_t most = options_.lines_max;
    const bool cut = most > 0 && all > most + 2;
    for (const Run& run : runs) {
      const bool call = run.first->kind == ItemKind::Call;
      if (cut && call && told >= most && run.waited == 0) {
        left_out[base_name(run.first->form)] += run.count;
        more += run.count;
        continue;
      }
      told += lines_for(run);
      tell_run(run);
    }
    if (more == 0) return;
    lines_.add({{"… " + counted(static_cast<std::int64_t>(more), "more call") + ": " +
                     counts_words(left_out),
                 Ink::Quiet}},
               item_indent(), item_indent() + 2);
  }

  static bool is_folded(const Run& run) {
    return run.first->kind == ItemKind::Call && run.count > kRun;
  }
  static std::size_t lines_for(const Run& run) {
    if (run.first->kind != ItemKind::Call) return 0;
    return is_folded(run) ? 2 : run.count;
  }

  void tell_run(const Run& run) {
    // Facts of one form tell a progress: the last says all.
    const bool fact = run.first->kind == ItemKind::Fact;
    if (fact) return tell_item(*run.last);
    const bool call = run.first->kind == ItemKind::Call;
    if (!call && run.count > kLinesTold) {
      for (std::size_t i = 0; i + 4 < kLinesTold; ++i) tell_item(run.first[i]);
      const auto rest = static_cast<std::int64_t>(run.count - (kLinesTold - 4));
      lines_.add({{"… " + counted(rest, "more line"), Ink::Quiet}}, kSentenceIndent);
      return;
    }
    if (!is_folded(run)) {
      for (const ToldItem* item = run.first; item <= run.last; ++item) tell_item(*item);
      return;
    }
    const ToldItem& chief = run.chief();
    tell_item(chief);
    std::string more = "… and " + decimal(static_cast<std::int64_t>(run.count - 1)) + " more " +
                       base_name(chief.form);
    if (run.bad > 0 && !chief.bad) {
      more += ", " + decimal(static_cast<std::int64_t>(run.bad)) + " of them refused";
    }
    if (run.waited > chief.waited) {
      more += " (" + words_["text.annotate.waited"].what + " " + duration_words(run.waited) +
              " in all)";
    }
    lines_.add({{more, Ink::Quiet}}, item_indent(), item_indent() + 2);
  }

  void tell_item(const ToldItem& item) {
    switch (item.kind) {
      case ItemKind::Call:
        tell_call(item);
        break;
      case ItemKind::Fact:
        lines_.add({{"→ " + item.text, Ink::Plain}}, kItemIndent, kItemIndent + 2);
        break;
      case ItemKind::Output:
        lines_.add({{"│ " + item.text, Ink::Strong}}, kSentenceIndent);
        break;
      case ItemKind::Printed:
        lines_.add({{"> " + item.text, Ink::Plain}}, kSentenceIndent);
        break;
    }
  }

  [[nodiscard]] bool beside() const { return lines_.columns() >= kNamesBeside; }
  [[nodiscard]] int item_indent() const {
    return beside() ? kItemIndent + name_width_ : kItemIndent + 2;
  }

  void tell_call(const ToldItem& item) {
    std::vector<Inked> parts;
    const bool named = item.who != who_;
    who_ = item.who;
    const std::string name = short_text(item.who, static_cast<std::size_t>(name_width_ - 1));
    if (!beside() && named) lines_.add({{item.who + ":", Ink::Quiet}}, kItemIndent);
    int indent = item_indent();
    std::string text = item.text;
    if (item.waited > 0) {
      text += "  (" + words_["text.annotate.waited"].what + " " + duration_words(item.waited);
      text += item.waited_for.empty() ? ")" : ": " + item.waited_for + ")";
    }
    if (beside() && named) {
      const auto gap = static_cast<std::size_t>(name_width_) - text_length(name);
      parts.push_back({name + std::string(gap, ' '), Ink::Quiet});
      indent = kItemIndent;
    }
    parts.push_back({text, item.bad ? Ink::Bad : Ink::Plain});
    lines_.add(parts, indent, item_indent() + 2);
  }

  TextLines lines_;
  const AnnotateOptions& options_;
  const spec::Words& words_;
  std::string who_;      ///< whose call was told last in this step
  int name_width_ = 17;  ///< of the column of programs: "containerd-shim" and a gap
};

}  // namespace

std::string annotate(const Trace& trace, int columns, const AnnotateOptions& options) {
  const Told told = tell(trace);
  Printer printer(columns, options);
  printer.machine(trace.header);
  for (const ToldCommand& command : told.commands) printer.command(command);
  printer.go_on(trace.header, told);
  return printer.take();
}

}  // namespace cutaway::viz
