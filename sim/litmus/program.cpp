#include "sim/litmus/program.h"

#include <algorithm>

#include "sim/kernel/syscall_table.h"
#include "sim/litmus/translate.h"
#include "spec/litmus_call.h"
#include "spec/litmus_text.h"
#include "trace/abi/task_calls.h"
#include "trace/world/walk.h"

namespace cutaway::sim {

using spec::LitmusForm;
using spec::LitmusStep;

State litmus_state(const std::shared_ptr<Conductor>& conductor, Conductor::Task task) {
  State state;
  state.more = LitmusTask{conductor, task};
  return state;
}

namespace {

/// A handler that ends its process does so wherever it ran.
Co<bool> run_handlers(Sys sys, LitmusTask self) {
  const std::vector<int> signals = sys.take_signals();
  const std::optional<int> exit = self.conductor->note_signals(self.task, signals);
  if (exit) co_await sys.exit_group(*exit);
  co_return true;
}

/// The kernel knows of a handler only that there is one.
void tell_kernel(Sys sys, const LitmusTask& self) {
  std::uint64_t ending = 0;
  for (const auto& [signal, status] : self.conductor->handlers(self.task).exits)
    ending |= std::uint64_t{1} << (signal - 1);
  sys.handlers_end(ending);
}

/// Goes on when it is this task's turn and nobody else runs any more: then all that the last call
/// led to has happened.
Co<bool> take_turn(Sys sys, LitmusTask self, bool first) {
  tell_kernel(sys, self);
  co_await sys.burst(0);
  const bool stands_alone = self.conductor->stands_alone();
  bool quiet = first || (!stands_alone && sys.alone());
  while (!self.conductor->has_turn(self.task) || !quiet) {
    auto handlers = run_handlers(sys, self);
    co_await handlers;
    co_await sys.rest();
    // A signal lets it go on as well, before it is its turn.
    quiet = self.conductor->take_rouse(self.task) || (!stands_alone && sys.alone());
  }
  auto handlers = run_handlers(sys, self);
  co_await handlers;
  co_return true;
}

std::uint64_t clone_flags(const spec::LitmusCall& call) {
  if (call.sys == abi::Sys::vfork) return abi::clone::kVm | abi::clone::kVfork;
  if (call.sys == abi::Sys::clone) return static_cast<std::uint64_t>(call.args[0].value);
  if (call.sys != abi::Sys::clone3) return 0;
  const Arg& args = call.args[0];
  for (std::size_t i = 0; i < args.keys.size(); ++i) {
    if (args.keys[i] == "flags") return static_cast<std::uint64_t>(args.items[i].value);
  }
  return 0;
}

/// What this kernel has no answer to is said, and not made up.
std::string not_modelled(const spec::LitmusCall& call) {
  if (syscall_row(call.sys) != nullptr) return {};
  return "not modelled: the simulated kernel has no " + std::string(abi::sys_name(call.sys));
}

/// Flags and mask of a handler are its program's business in this kernel; what was set is told
/// again as the old ones.
void note_action(const spec::LitmusCall& call, spec::LitmusOutcome& outcome, LitmusTask& self) {
  const auto signal = static_cast<int>(call.args[0].value);
  LitmusHandlers& handlers = self.conductor->handlers(self.task);
  const auto known = handlers.actions.find(signal);
  // CLONE_CLEAR_SIGHAND takes the program's own ones away.
  const bool cleared = known != handlers.actions.end() && known->second.contains("sa_handler") &&
                       outcome.out.value("sa_handler", Json()) == "SIG_DFL";
  if (known != handlers.actions.end() && !cleared)
    outcome.out.update(known->second);
  else
    outcome.out.update(Json{{"sa_flags", Json::array()}, {"sa_mask", Json::array()}});
  if (call.args[1].tag == ArgTag::Missing) return;
  handlers.exits.erase(signal);
  if (const auto exit = exit_of_handler(call)) handlers.exits[signal] = *exit;
  handlers.actions[signal] = action_of(call);
}

void note_success(const spec::LitmusCall& call, spec::LitmusOutcome& outcome, LitmusTask& self) {
  if (outcome.err != abi::Errno::kOk) return;
  self.conductor->memory(self.task).note(call, outcome.ret);
  if (call.sys == abi::Sys::rt_sigaction) note_action(call, outcome, self);
}

Co<bool> make_call(Sys sys, LitmusTask self, const LitmusStep* step) {
  Conductor& conductor = *self.conductor;
  const auto resolved = spec::resolve_call(*step, conductor.variables());
  if (!resolved) {
    conductor.fail(*step, resolved.error().message);
    co_return false;
  }
  const spec::LitmusCall& call = *resolved;
  const std::string missing = not_modelled(call);
  if (!missing.empty()) {
    conductor.fail(*step, missing);
    co_return false;
  }
  Request request = litmus_request(call, conductor.memory(self.task));
  if (call.sys == abi::Sys::exit_group)
    request.args[0].value = conductor.exit_status(self.task, request.args[0].value);
  std::optional<Conductor::Task> child;
  if (abi::makes_task(call.sys)) {
    const std::uint64_t flags = clone_flags(call);
    child = conductor.expect_child(self.task, *step, (flags & abi::clone::kVm) != 0,
                                   (flags & abi::clone::kThread) != 0);
    request.entry = litmus_task;
    request.state = litmus_state(self.conductor, *child);
  }
  conductor.enter(self.task, *step, call.sys == abi::Sys::execve);
  const Call made = sys.make(std::move(request));
  co_await made;
  auto handlers = run_handlers(sys, self);
  const Reply reply = sys.reply();
  co_await handlers;
  spec::LitmusOutcome outcome = litmus_outcome(call, reply);
  if (child && outcome.err != abi::Errno::kOk) conductor.child_failed(*child, *step);
  note_success(call, outcome, self);
  conductor.came_back(self.task, *step, outcome);
  co_return true;
}

Co<bool> touch(Sys sys, LitmusTask self, const LitmusStep* step) {
  Conductor& conductor = *self.conductor;
  const auto resolved = spec::resolve_touch(*step, conductor.variables());
  if (!resolved) {
    conductor.fail(*step, resolved.error().message);
    co_return false;
  }
  LitmusMemory& memory = conductor.memory(self.task);
  if (memory.allows(resolved->address, resolved->length, resolved->write)) {
    sys.touch(memory.touch(resolved->address, resolved->length));
    const spec::LitmusOutcome done;
    conductor.judge(*step, done);
    co_return true;
  }
  sys.fault();
  auto handlers = run_handlers(sys, self);
  co_await handlers;    // one of them may end the process
  co_await sys.rest();  // nothing comes after that
  co_return false;
}

void count_handled(const LitmusStep& step, LitmusTask& self) {
  const auto& counts = self.conductor->handlers(self.task).counts;
  const auto found = counts.find(abi::signal_of(step.name));
  spec::LitmusOutcome outcome;
  outcome.ret = found == counts.end() ? 0 : found->second;
  self.conductor->judge(step, outcome);
}

Co<bool> do_step(Sys sys, LitmusTask self, const LitmusStep* step) {
  switch (step->form) {
    case LitmusForm::Call:
    case LitmusForm::Block: {
      auto making = make_call(sys, self, step);
      co_await making;
      break;
    }
    case LitmusForm::Touch: {
      auto touching = touch(sys, self, step);
      co_await touching;
      break;
    }
    case LitmusForm::Barrier:
      self.conductor->arrive(self.task, step->name);
      break;
    case LitmusForm::Resume:
      self.conductor->resume(*step);
      break;
    case LitmusForm::Handled:
      count_handled(*step, self);
      break;
  }
  co_return true;
}

/// All of its list, one step when it has the turn. A task whose list ends does exit_group.
Co<bool> run_list(Sys sys, LitmusTask self, bool first) {
  for (;;) {
    auto turn = take_turn(sys, self, std::exchange(first, false));
    co_await turn;
    const LitmusStep* step = self.conductor->next(self.task);
    if (step == nullptr) break;
    auto doing = do_step(sys, self, step);
    co_await doing;
  }
  const std::int64_t status = self.conductor->exit_status(self.task, 0);
  co_await sys.exit_group(static_cast<int>(status));
  co_return true;
}

/// The program that stands in the file which this task executes; null: it cannot be read.
std::shared_ptr<const spec::LitmusProgram> program_of_file(Sys sys) {
  const World& world = sys.world();
  const Task& task = world.tasks.at(sys.self());
  const auto entry = entry_at(world, task, task.exe_at);
  const Inode* inode = entry ? world.inodes.find(entry->inode) : nullptr;
  if (inode == nullptr) return nullptr;
  const std::string_view text = sys.blobs().get(inode->content);
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return nullptr;
  auto program = spec::litmus_from_text(text.substr(line + 1));
  if (!program) return nullptr;
  return std::make_shared<const spec::LitmusProgram>(std::move(*program));
}

/// A task of a litmus program goes on as that; anybody else begins one.
LitmusTask begin_file(Sys sys, std::shared_ptr<const spec::LitmusProgram> program) {
  const std::shared_ptr<Watcher> watcher = sys.watcher_of(sys.self());
  if (const auto conductor = std::dynamic_pointer_cast<Conductor>(watcher)) {
    if (const auto task = conductor->go_on_with(sys.self(), program)) return {conductor, *task};
  }
  const auto conductor = std::make_shared<Conductor>(std::move(program));
  conductor->stand_alone();
  conductor->begin(0, sys.self());
  sys.watch(conductor);
  return {conductor, 0};
}

}  // namespace

Program litmus_task(Sys sys, State state) {
  const LitmusTask self = std::any_cast<LitmusTask>(state.more);
  self.conductor->begin(self.task, sys.self());
  const bool first = self.task == 0;
  if (first) sys.watch(self.conductor);
  auto running = run_list(sys, self, first);
  co_await running;
  co_return 0;
}

Program litmus_file(Sys sys, State) {
  auto program = program_of_file(sys);
  if (program == nullptr) co_return 127;
  const LitmusTask self = begin_file(sys, std::move(program));
  auto running = run_list(sys, self, self.task == 0);
  co_await running;
  co_return 0;
}

State litmus_item_state(spec::LitmusProgram program) {
  const auto conductor =
      std::make_shared<Conductor>(std::make_shared<const spec::LitmusProgram>(std::move(program)));
  conductor->stand_alone();
  return litmus_state(conductor, 0);
}

ProgramRow litmus_program_row() {
  return {"litmus", litmus_file, 40, 860'000, "makes the system calls that stand in its file"};
}

}  // namespace cutaway::sim
