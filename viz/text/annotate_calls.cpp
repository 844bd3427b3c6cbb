#include <set>
#include <variant>

#include "base/text.h"
#include "spec/words.h"
#include "trace/log/jsonl.h"
#include "trace/world/world.h"
#include "viz/calls_text.h"
#include "viz/text/call_words.h"
#include "viz/text/text_lines.h"
#include "viz/text/told.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

constexpr int kWhoWidth = 8;

class CallPrinter {
 public:
  CallPrinter(const Trace& trace, int columns)
      : trace_(trace), lines_(columns), words_(spec::Words::of()), world_(trace.world_at(0)) {}

  std::string print(const std::string& title) {
    lines_.add({{title, Ink::Strong}});
    for (std::size_t n = 0; n < trace_.size(); ++n) {
      const Event event = trace_.event(n);
      tell(event);
      evolve(world_, event);
    }
    lines_.blank();
    lines_.add(counted(static_cast<std::int64_t>(trace_.size()), "event") + ", " +
               counted(calls_, "system call") + ".");
    return lines_.take();
  }

 private:
  /// The task's number in its own pid namespace, as its program knows it.
  std::string who(TaskId id) const {
    const cutaway::Task* task = world_.tasks.find(id);
    if (task == nullptr || task->pids.empty()) return "";
    std::string text;
    for (std::size_t level = task->pids.size() > 2 ? 1 : task->pids.size() - 1;
         level < task->pids.size(); ++level)
      text += (text.empty() ? "" : "/") + decimal(task->pids[level]);
    return "[" + text + "]";
  }

  void line(TaskId id, const std::string& text, Ink ink) {
    const std::string name = who(id);
    const auto gap = name.size() < kWhoWidth ? kWhoWidth - name.size() : std::size_t{1};
    lines_.add({{name + std::string(gap, ' '), Ink::Quiet}, {text, ink}}, 0, kWhoWidth + 2);
  }

  void tell(const Event& event) {
    const TaskId id = event.stamp.task;
    if (!is_of_the_program(id)) return;
    if (const auto* call = std::get_if<Syscall>(&event.body)) return tell_call(id, *call);
    if (const auto* blocked = std::get_if<TaskBlocked>(&event.body)) {
      if (!blocked->name.empty()) line(id, blocked->name + " waits: " + blocked->on, Ink::Quiet);
    }
    if (const auto* signal = std::get_if<SignalDelivered>(&event.body))
      line(id, abi::signal_name(signal->sig) + ": " + signal->rule, Ink::Plain);
    if (const auto* exited = std::get_if<TaskExited>(&event.body)) {
      const std::string how = exited->signal != 0 ? "ends by " + abi::signal_name(exited->signal)
                                                  : "ends with " + decimal(exited->code);
      line(id, how, Ink::Plain);
    }
  }

  /// Who put the sandbox together, or only waits for orphans, is of no interest here.
  bool is_of_the_program(TaskId id) const {
    const cutaway::Task* task = world_.tasks.find(id);
    return task != nullptr && task->role == Role::Workload;
  }

  void tell_call(TaskId id, const Syscall& call) {
    ++calls_;
    const std::string form = call_form(call);
    if (told_.insert(form).second) {
      const std::string sentence = call_sentence(words_, world_, id, call).what;
      lines_.blank();
      lines_.add({{sentence, Ink::Quiet}}, kWhoWidth);
    }
    const bool bad = call.returned && call.err != abi::Errno::kOk;
    line(id, syscall_to_text(for_people(call)), bad ? Ink::Bad : Ink::Plain);
  }

  const Trace& trace_;
  TextLines lines_;
  const spec::Words& words_;
  World world_;
  std::set<std::string> told_;
  std::int64_t calls_ = 0;
};

}  // namespace

std::string annotate_calls(const Trace& trace, const std::string& title, int columns) {
  return CallPrinter(trace, columns).print(title);
}

}  // namespace cutaway::viz
