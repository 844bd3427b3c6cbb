#include "real/litmus/runner.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "real/sys/files.h"
#include "trace/abi/task_calls.h"

namespace cutaway::real {

using spec::LitmusForm;
using spec::LitmusOutcome;
using spec::LitmusStep;

namespace {

constexpr std::int64_t kLongestNs = 5'000'000'000;  // DESIGN §7

bool shares_memory(const spec::LitmusCall& call) {
  if (call.sys == abi::Sys::vfork) return true;
  const Arg* flags = call.sys == abi::Sys::clone ? &call.args.front() : nullptr;
  const Arg args = call.args.empty() ? Arg{} : call.args.front();
  for (std::size_t i = 0; call.sys == abi::Sys::clone3 && i < args.keys.size(); ++i) {
    if (args.keys[i] == "flags") flags = &args.items[i];
  }
  return flags != nullptr && (static_cast<std::uint64_t>(flags->value) & abi::clone::kVm) != 0;
}

std::uint64_t inode_of_program(pid_t pid) {
  struct stat status {};
  return ::stat(("/proc/" + decimal(pid) + "/exe").c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

LitmusRunner::LitmusRunner(LitmusSandbox& sandbox, const spec::Litmus& litmus)
    : sandbox_(sandbox),
      tasks_(sandbox.tasks()),
      litmus_(litmus),
      verdict_(litmus.program),
      order_(litmus.program) {
  for (const auto& [path, file] : litmus.files) {
    if (file.kind == spec::FileSpec::Kind::Litmus)
      verdicts_.emplace(&file.litmus, spec::LitmusVerdict(file.litmus));
  }
  add_member(kFirstSlot, litmus.program, &verdict_);
}

void LitmusRunner::add_member(unsigned slot, const spec::LitmusProgram& list,
                              spec::LitmusVerdict* verdict) {
  Member member;
  member.slot = slot;
  member.list = &list;
  member.verdict = verdict;
  members_.push_back(std::move(member));
}

void LitmusRunner::run(std::int64_t wall_ns) {
  deadline_ = monotonic_ns() + std::min(wall_ns, kLongestNs);
  while (!late()) {
    settle();
    if (order_.left().empty()) break;
    if (const auto task = order_.turn())
      go(*task);
    else
      tasks_.listen(1'000'000);  // a clock may still wake somebody
  }
  for (const Member& member : members_) {
    if (late() && member.flight && member.flight->step != nullptr)
      member.verdict->fail(*member.flight->step, "it had not returned after 5 seconds");
  }
  verdict_.finish();
  for (auto& each : verdicts_) each.second.finish();
}

std::int64_t LitmusRunner::held() const {
  std::int64_t held = verdict_.held();
  for (const auto& each : verdicts_) held += each.second.held();
  return held;
}

std::vector<spec::LitmusFailure> LitmusRunner::failed() const {
  std::vector<spec::LitmusFailure> all;
  for (const auto& [path, file] : litmus_.files) {
    const auto found = verdicts_.find(&file.litmus);
    if (found == verdicts_.end()) continue;
    all.insert(all.end(), found->second.failed().begin(), found->second.failed().end());
  }
  all.insert(all.end(), verdict_.failed().begin(), verdict_.failed().end());
  return all;
}

std::vector<spec::LitmusGave> LitmusRunner::gave() const {
  std::vector<spec::LitmusGave> all = verdict_.gave();
  for (const auto& [path, file] : litmus_.files) {
    const auto found = verdicts_.find(&file.litmus);
    if (found == verdicts_.end()) continue;
    all.insert(all.end(), found->second.gave().begin(), found->second.gave().end());
  }
  return all;
}

void LitmusRunner::go(Task task) {
  // It has the token again, and is still in what it was doing: a stop or a wait is over.
  if (members_[task].flight || members_[task].foreign)
    watch(task);
  else
    next_step(task);
}

void LitmusRunner::next_step(Task task) {
  using Doer = void (LitmusRunner::*)(Task, const LitmusStep&);
  // In the order of LitmusForm.
  static constexpr Doer kDoers[] = {&LitmusRunner::call,  &LitmusRunner::barrier,
                                    &LitmusRunner::call,  &LitmusRunner::resume,
                                    &LitmusRunner::touch, &LitmusRunner::handled};
  Member& member = members_[task];
  if (member.at == member.list->size()) return end_list(task);
  const LitmusStep& step = (*member.list)[member.at++];
  (this->*kDoers[static_cast<std::size_t>(step.form)])(task, step);
}

void LitmusRunner::give(Task task, Flight flight, const LitmusOrders& orders) {
  Member& member = members_[task];
  member.flight = std::move(flight);
  tasks_.give(member.slot, orders);
  watch(task);
}

/// CONTRACT §5: a task whose list ends does exit_group(0); a file's, with 1 when an expectation of
/// it failed.
void LitmusRunner::end_list(Task task) {
  const Member& member = members_[task];
  LitmusOrders orders{};
  orders.number = static_cast<std::uint64_t>(abi::Sys::exit_group);
  orders.args[0] = member.verdict != &verdict_ && !member.verdict->failed().empty() ? 1 : 0;
  give(task, Flight{}, orders);
}

void LitmusRunner::call(Task task, const LitmusStep& step) {
  Member& member = members_[task];
  const auto resolved = spec::resolve_call(step, variables_);
  if (!resolved) return member.verdict->fail(step, resolved.error().message);
  if (!spec::in_litmus_vocabulary(resolved->sys))
    return member.verdict->fail(step, step.name + " is no call of litmus programs");
  auto registers = LitmusRegisters::of(*resolved, sandbox_.area(), member.slot);
  if (!registers) return member.verdict->fail(step, registers.error().message);
  Flight flight;
  flight.step = &step;
  LitmusOrders& orders = registers->orders();
  if (abi::makes_task(resolved->sys)) {
    if (next_slot_ == kLitmusSlots)
      return member.verdict->fail(step, "a program has at most 254 tasks");
    flight.child = next_slot_;
    orders.what = LitmusDo::Spawn;
    orders.child = next_slot_;
    tasks_.expect(next_slot_++, !shares_memory(*resolved));
  }
  if (abi::is_exec(resolved->sys)) {
    member.program = inode_of_program(tasks_.pid(member.slot));
    tasks_.expect_area(member.slot);
  }
  const LitmusOrders given = orders;
  flight.registers.emplace(std::move(*registers));
  give(task, std::move(flight), given);
}

void LitmusRunner::barrier(Task task, const LitmusStep& step) { order_.arrive(task, step.name); }

/// What the call before this one has let go is back by now: everybody stands still.
void LitmusRunner::resume(Task task, const LitmusStep& step) {
  const auto found = returned_.find(step.name);
  spec::LitmusVerdict& verdict = *members_[task].verdict;
  if (found == returned_.end())
    verdict.fail(step, "the call of \"" + step.name + "\" still does not return");
  else
    verdict.judge(step, found->second, variables_);
}

void LitmusRunner::touch(Task task, const LitmusStep& step) {
  const auto where = spec::resolve_touch(step, variables_);
  if (!where) return members_[task].verdict->fail(step, where.error().message);
  LitmusOrders orders{};
  orders.what = LitmusDo::Touch;
  orders.args[0] = where->address;
  orders.args[1] = where->length;
  orders.args[2] = where->write ? 1 : 0;
  Flight flight;
  flight.step = &step;
  give(task, std::move(flight), orders);
}

void LitmusRunner::handled(Task task, const LitmusStep& step) {
  LitmusOrders orders{};
  orders.what = LitmusDo::Handled;
  orders.args[0] = static_cast<std::uint64_t>(abi::signal_of(step.name));
  Flight flight;
  flight.step = &step;
  give(task, std::move(flight), orders);
}

LitmusOutcome LitmusRunner::outcome_of(const Member& member) const {
  const std::int64_t result = tasks_.result(member.slot);
  const auto known = exits_.find(member.slot);
  const ExitStatuses statuses = known == exits_.end() ? ExitStatuses{} : known->second;
  if (member.flight->registers) return member.flight->registers->outcome(result, statuses);
  LitmusOutcome outcome;
  outcome.ret = result;
  return outcome;
}

}  // namespace cutaway::real
