// Does the items of a scenario one after the other, on whichever side it was given.
#include "scenarios/runner.h"

#include <map>
#include <utility>
#include <variant>

#include "base/text.h"
#include "scenarios/timeline.h"
#include "spec/expect.h"
#include "trace/abi/abi.h"

namespace cutaway::scenarios {

namespace {

constexpr const char* kNeverReached = "never reached";

class Runner {
 public:
  Runner(Side& side, const spec::Scenario& scenario)
      : side_(side), scenario_(scenario), timeline_(side.trace()) {}

  Result<RunReport> run() {
    TRY(check_side());
    for (const spec::Item& item : scenario_.items) {
      pointer_ = item.pointer;
      const Status done = stopped_ ? skip(item) : std::visit(*this, item.body);
      if (done) continue;
      if (done.error().code != ErrorCode::Failed) return fail(placed(done.error()));
      stop(done.error().message);
    }
    expect(scenario_.expect);
    for (const std::size_t index : submitted_) report_.commands.push_back(side_.command(index));
    return std::move(report_);
  }

  Status operator()(const spec::DockerItem& item) {
    SideCommand command;
    command.kind = SideCommand::Kind::Docker;
    command.words = item.words;
    return submit(item, std::move(command));
  }
  Status operator()(const spec::HostItem& item) {
    SideCommand command;
    command.kind = SideCommand::Kind::Host;
    return submit(item, std::move(command));
  }
  Status operator()(const spec::WaitItem& item) { return side_.run_for(item.ns); }
  Status operator()(const spec::TypeItem& item) {
    SideCommand command;
    command.kind = SideCommand::Kind::Keystrokes;
    command.line = item.text;
    command.terminal = item.tty;
    return pass_on(command);
  }
  Status operator()(const spec::SignalItem& item) {
    SideCommand command;
    command.kind = SideCommand::Kind::Signal;
    command.name = item.of;
    command.signal = abi::signal_of(item.signal);
    return pass_on(command);
  }
  Status operator()(const spec::UntilItem& item);
  Status operator()(const spec::ExpectItem& item) {
    expect(item.expect);
    return {};
  }
  Status operator()(const spec::LitmusItem&) {
    return fail(ErrorCode::NotYet, "litmus programs in a scenario");
  }
  Status operator()(const spec::UndoItem&) { return fail(ErrorCode::NotYet, "undo in a scenario"); }
  Status operator()(const spec::FaultsItem&) { return fail(ErrorCode::NotYet, "faults"); }
  Status operator()(const spec::HubItem&) {
    return fail(ErrorCode::NotYet, "moving a tag on the hub");
  }

 private:
  Status check_side() const {
    const bool sim = side_.kind() == SideKind::Sim;
    if (sim ? !scenario_.sim : !scenario_.real) {
      return fail(ErrorCode::Cannot, "run " + scenario_.id + " on the " +
                                         (sim ? "simulated" : "real") +
                                         " side: its \"sides\" do not name it");
    }
    if (!scenario_.faults.empty()) return fail(ErrorCode::NotYet, "/faults: faults");
    return {};
  }

  // "/do/3: what was wrong".
  Error placed(Error error) const {
    error.message = pointer_ + ": " + error.message;
    return error;
  }

  template <class Item>
  Status submit(const Item& item, SideCommand command) {
    if (item.background) return fail(ErrorCode::NotYet, "commands in the background (\"bg\")");
    command.line = item.line;
    command.name = item.as;
    command.terminal = item.tty;
    command.stdin_text = item.stdin_text;
    TRY_ASSIGN(const std::size_t index, side_.submit(command));
    submitted_.push_back(index);
    if (!item.as.empty()) by_name_[item.as] = index;
    return item.tty.empty() ? side_.run_until_done(index) : Status{};
  }
  Status pass_on(const SideCommand& command) {
    TRY(side_.submit(command));
    return {};
  }

  // A command that never ended, or what was waited for never came: the run goes no further.
  void stop(const std::string& why) {
    report_.failed.push_back({pointer_, why});
    stopped_ = true;
  }
  Status skip(const spec::Item& item) {
    if (const auto* expected = std::get_if<spec::ExpectItem>(&item.body)) expect(expected->expect);
    return {};
  }

  void expect(const std::vector<spec::Expect>& expected) {
    for (const spec::Expect& each : expected) {
      if (stopped_) {
        report_.failed.push_back({each.pointer, kNeverReached});
        continue;
      }
      const auto named = by_name_.find(each.of);
      const CommandState* command =
          named == by_name_.end() ? nullptr : &side_.command(named->second);
      const spec::Verdict verdict = spec::judge_expect(each, command, timeline_);
      if (verdict.holds)
        ++report_.held;
      else
        report_.failed.push_back({each.pointer, verdict.why});
    }
  }

  std::int64_t now() const {
    const Trace& trace = side_.trace();
    return trace.size() == 0 ? 0 : trace.record(trace.size() - 1).t;
  }

  Side& side_;
  const spec::Scenario& scenario_;
  TraceTimeline timeline_;
  RunReport report_;
  std::vector<std::size_t> submitted_;  ///< in the order of the items
  std::map<std::string, std::size_t> by_name_;
  std::string pointer_;
  bool stopped_ = false;
};

// One event at a time, so that the run stands still where the predicate began to hold.
Status Runner::operator()(const spec::UntilItem& item) {
  const std::int64_t begin = now();
  spec::Watch watch(item.predicate);
  while (!watch.holds(timeline_)) {
    if (item.max_ns > 0 && now() - begin > item.max_ns) {
      return fail(ErrorCode::Failed, "took too long: " + watch.explain(timeline_));
    }
    TRY_ASSIGN(const bool more, side_.run_some(1));
    if (!more && !watch.holds(timeline_))
      return fail(ErrorCode::Failed, "never came: " + watch.explain(timeline_));
  }
  return {};
}

}  // namespace

Result<RunReport> run_scenario(Side& side, const spec::Scenario& scenario) {
  return Runner(side, scenario).run();
}

}  // namespace cutaway::scenarios
