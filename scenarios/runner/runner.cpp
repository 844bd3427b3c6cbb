// Does the items of a scenario one after the other, on whichever side it was given.
#include "scenarios/runner.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "base/text.h"
#include "scenarios/runner/litmus_notes.h"
#include "scenarios/timeline.h"
#include "spec/expect.h"
#include "spec/litmus_text.h"
#include "trace/abi/abi.h"
#include "trace/virtual_side.h"

namespace cutaway::scenarios {

namespace {

constexpr const char* kNeverReached = "never reached";

class Runner {
 public:
  Runner(ScenarioSide& side, const spec::Scenario& scenario)
      : side_(side), scenario_(scenario), timeline_(std::in_place, side.trace()) {}

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
    add_litmus(scenario_, side_.trace(), report_);
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
    command.at_prompt = scenario_.prompt;
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
  Status operator()(const spec::LitmusItem& item) {
    TRY_ASSIGN(VirtualSide * side, made_up_side("make raw system calls as this machine's root"));
    return side->run_litmus(spec::litmus_text(item.program));
  }
  Status operator()(const spec::UndoItem& item);
  Status operator()(const spec::FaultsItem& item) { return set_faults(item.faults); }
  Status operator()(const spec::HubItem& item) {
    TRY_ASSIGN(VirtualSide * side, made_up_side("move a tag on the real hub"));
    return side->move_tag(item.tag, item.to);
  }

 private:
  Status check_side() {
    const bool sim = side_.kind() == SideKind::Sim;
    if (sim ? !scenario_.sim : !scenario_.real) {
      return fail(ErrorCode::Cannot, "run " + scenario_.id + " on the " +
                                         (sim ? "simulated" : "real") +
                                         " side: its \"sides\" do not name it");
    }
    return scenario_.faults.empty() ? Status{} : set_faults(scenario_.faults);
  }

  Status set_faults(const std::vector<spec::Fault>& faults) {
    TRY_ASSIGN(VirtualSide * side, made_up_side("make the real hub or disk fail"));
    std::vector<SideFault> all;
    all.reserve(faults.size());
    for (const spec::Fault& fault : faults) all.push_back({fault.at, fault.what, fault.after});
    return side->set_faults(all);
  }

  // `what` can only be done in a world that we make up.
  Result<VirtualSide*> made_up_side(const std::string& what) {
    auto* side = dynamic_cast<VirtualSide*>(&side_);
    if (side == nullptr) return fail(ErrorCode::Cannot, what);
    return side;
  }

  // "/do/3: what was wrong".
  Error placed(Error error) const {
    error.message = pointer_ + ": " + error.message;
    return error;
  }

  template <class Item>
  Status submit(const Item& item, SideCommand command) {
    command.line = item.line;
    command.name = item.as;
    command.terminal = item.tty;
    command.stdin_text = item.stdin_text;
    TRY_ASSIGN(const std::size_t index,
               item.background ? side_.submit_in_background(command) : side_.submit(command));
    submitted_.push_back(index);
    if (!item.as.empty()) by_name_[item.as] = index;
    const bool waits = item.tty.empty() && !item.background;
    return waits ? side_.run_until_done(index) : Status{};
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
      const spec::Verdict verdict = judged(each);
      if (verdict.holds)
        ++report_.held;
      else
        report_.failed.push_back({each.pointer, verdict.why});
    }
  }
  spec::Verdict judged(const spec::Expect& expected) {
    const auto named = by_name_.find(expected.of);
    const CommandState* command = named == by_name_.end() ? nullptr : &side_.command(named->second);
    spec::Verdict verdict;
    side_.look([&](const Trace&) { verdict = spec::judge_expect(expected, command, *timeline_); });
    return verdict;
  }
  bool holds(spec::Watch& watch) {
    bool does = false;
    side_.look([&](const Trace&) { does = watch.holds(*timeline_); });
    return does;
  }
  Error failed(const std::string& how, spec::Watch& watch) {
    Error error{ErrorCode::Failed, how, {}};
    side_.look([&](const Trace&) { error.message += watch.explain(*timeline_); });
    return error;
  }

  ScenarioSide& side_;
  const spec::Scenario& scenario_;
  std::optional<TraceTimeline> timeline_;  ///< an undo makes another trace
  RunReport report_;
  std::vector<std::size_t> submitted_;  ///< in the order of the items
  std::map<std::string, std::size_t> by_name_;
  std::string pointer_;
  bool stopped_ = false;
};

// The trace is another one afterwards, and what was taken back was never typed.
Status Runner::operator()(const spec::UndoItem& item) {
  const auto count = static_cast<std::size_t>(item.count);
  TRY_ASSIGN(VirtualSide * side, made_up_side("undo what was done for real"));
  TRY(side->undo(count));
  submitted_.resize(submitted_.size() - std::min(count, submitted_.size()));
  for (auto named = by_name_.begin(); named != by_name_.end();) {
    const bool kept =
        std::find(submitted_.begin(), submitted_.end(), named->second) != submitted_.end();
    named = kept ? std::next(named) : by_name_.erase(named);
  }
  timeline_.emplace(side_.trace());
  return {};
}

// One event at a time, so that a made-up world stands still where the predicate began to hold. A
// real one goes on by itself; it is asked again and again.
Status Runner::operator()(const spec::UntilItem& item) {
  const std::int64_t begin = side_.elapsed();
  spec::Watch watch(item.predicate);
  while (!holds(watch)) {
    if (item.max_ns > 0 && side_.elapsed() - begin > item.max_ns)
      return fail(failed("took too long: ", watch));
    TRY_ASSIGN(const bool more, side_.run_some(1));
    if (!more && !holds(watch)) return fail(failed("never came: ", watch));
  }
  return {};
}

}  // namespace

Result<RunReport> run_scenario(Side& side, const spec::Scenario& scenario) {
  auto* plays = dynamic_cast<ScenarioSide*>(&side);
  if (plays == nullptr) return fail(ErrorCode::Cannot, "play a scenario on this side");
  return Runner(*plays, scenario).run();
}

}  // namespace cutaway::scenarios
