// The run loop of one program. Symmetric transfer is not used (DESIGN §4): whoever awaits another
// coroutine pushes it on the stack and suspends, and this loop resumes whatever is on top.
#include "sim/core/program.h"

#include <exception>

#include "base/text.h"
#include "sim/core/sys.h"
#include "sim/kernel/kernel.h"

namespace cutaway::sim {

namespace {
/// What is kept of a program's replies at most; one that has asked for more is not begun again.
constexpr std::size_t kMostRecorded = std::size_t{1} << 20;
}  // namespace

Context::~Context() = default;

void Context::start(Entry entry, Kernel& kernel, State state) {
  CHECK(entry != nullptr);
  kernel_ = &kernel;
  at_top(entry, state);
  stack_.clear();
  finished_ = false;
  requested_ = false;
  reply_ = Reply{};
  // An execve destroys the caller's coroutines here, while they are suspended in that very call.
  program_ = std::make_unique<Program>(entry(Sys(*this, kernel), std::move(state)));
  program_->handle_.promise().context = this;
  stack_.push_back(program_->handle_);
  run();
}

void Context::resume(Reply&& reply) {
  CHECK(!finished_ && requested_);
  requested_ = false;
  if (answered_ && repeatable_) {
    recorded_bytes_ += sizeof(Reply) + reply_.data.size();
    replies_.push_back(std::move(reply_));
    if (recorded_bytes_ > kMostRecorded) looked_around();
  }
  answered_ = true;
  reply_ = std::move(reply);
  run();
}

void Context::at_top(Entry entry, State state) {
  if (rebuilding_) return;
  entry_ = entry;
  begun_with_ = std::move(state);
  replies_.clear();
  signals_.clear();
  answered_ = false;
  repeatable_ = true;
  recorded_bytes_ = 0;
}

std::vector<int> Context::told_of_signals(std::vector<int> now) {
  if (rebuilding_) {
    CHECK(signals_told_ < signals_.size());
    return signals_[signals_told_++];
  }
  if (repeatable_) signals_.push_back(now);
  return now;
}

void Context::looked_around() {
  if (rebuilding_) return;
  repeatable_ = false;
  replies_.clear();
  replies_.shrink_to_fit();
}

std::optional<Recorded> Context::recorded() const {
  if (!repeatable_ || !requested_ || finished_) return std::nullopt;
  Recorded recorded{entry_, begun_with_, replies_, signals_, request_.sys};
  if (answered_) recorded.replies.push_back(reply_);
  return recorded;
}

void Context::rebuild(const Recorded& recorded, Kernel& kernel) {
  rebuilding_ = true;
  signals_ = recorded.signals;
  start(recorded.entry, kernel, recorded.state);
  for (const Reply& reply : recorded.replies) {
    CHECK(requested_);
    resume(Reply(reply));
  }
  rebuilding_ = false;
  CHECK(requested_ && request_.sys == recorded.waits_in);
  entry_ = recorded.entry;
  begun_with_ = recorded.state;
}

void Context::want(Request&& request) {
  // Two calls noted before one was awaited: a co_await is missing in the program.
  CHECK(!requested_);
  request_ = std::move(request);
  requested_ = true;
}

void Context::run() {
  while (!requested_) {
    coro::handle<> top = stack_.back();  // libc++ 13: resume() is not const
    top.resume();
    if (!top.done()) continue;
    CHECK(!requested_);
    stack_.pop_back();
    if (!stack_.empty()) continue;
    finished_ = true;
    exit_code_ = program_->handle_.promise().value.value_or(0);
    program_.reset();
    return;
  }
}

std::string Context::whereabouts() const {
  std::string text = "task " + decimal(std::int64_t{task_.value});
  const Task* task = kernel_ == nullptr ? nullptr : kernel_->world().tasks.find(task_);
  if (task != nullptr) text += " (" + task->comm + ")";
  if (request_.sys == abi::Sys::none) return text + ", before its first call";
  return text + ", behind " + std::string(abi::sys_name(request_.sys)) + " = " +
         decimal(reply_.ret);
}

void program_threw(const Context* context) {
  std::string what;
  try {
    std::rethrow_exception(std::current_exception());
  } catch (const std::exception& thrown) {
    what = thrown.what();
  } catch (...) {
    what = "something that is no exception";
  }
  const std::string where = context == nullptr ? "a task" : context->whereabouts();
  const std::string text = "no throw in a simulated program (" + where + ": " + what + ")";
  check_failed(text.c_str(), __FILE__, __LINE__);
}

std::int64_t Call::await_resume() const noexcept { return context->reply().ret; }

}  // namespace cutaway::sim
