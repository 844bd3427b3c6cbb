#include "viz/player/predict_options.h"

#include <algorithm>

#include "base/text.h"
#include "spec/words.h"
#include "trace/world/lookup.h"
#include "viz/text/call_words.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

using abi::Errno;
using abi::Sys;

/// What a call might be refused with (its man page's ERRORS, those that people meet).
struct ErrorsRow {
  Sys sys;
  Errno errors[3];
};
constexpr ErrorsRow kErrors[] = {
    {Sys::mount, {Errno::kEPERM, Errno::kENOENT, Errno::kEBUSY}},
    {Sys::umount2, {Errno::kEPERM, Errno::kEBUSY, Errno::kEINVAL}},
    {Sys::pivot_root, {Errno::kEPERM, Errno::kEINVAL, Errno::kEBUSY}},
    {Sys::openat, {Errno::kENOENT, Errno::kEACCES, Errno::kEROFS}},
    {Sys::open, {Errno::kENOENT, Errno::kEACCES, Errno::kEROFS}},
    {Sys::execve, {Errno::kENOENT, Errno::kEACCES, Errno::kENOEXEC}},
    {Sys::clone, {Errno::kEPERM, Errno::kEAGAIN, Errno::kENOMEM}},
    {Sys::clone3, {Errno::kEPERM, Errno::kEAGAIN, Errno::kENOMEM}},
    {Sys::sethostname, {Errno::kEPERM, Errno::kEINVAL, Errno::kEFAULT}},
    {Sys::kill, {Errno::kESRCH, Errno::kEPERM, Errno::kEINVAL}},
    {Sys::mkdir, {Errno::kEEXIST, Errno::kEROFS, Errno::kEACCES}},
    {Sys::mkdirat, {Errno::kEEXIST, Errno::kEROFS, Errno::kEACCES}},
    {Sys::mknod, {Errno::kEPERM, Errno::kEEXIST, Errno::kEROFS}},
    {Sys::mknodat, {Errno::kEPERM, Errno::kEEXIST, Errno::kEROFS}},
    {Sys::connect, {Errno::kECONNREFUSED, Errno::kENOENT, Errno::kEACCES}},
    {Sys::wait4, {Errno::kECHILD, Errno::kEINTR, Errno::kESRCH}},
    {Sys::access, {Errno::kENOENT, Errno::kEACCES, Errno::kEROFS}},
    {Sys::fchdir, {Errno::kEBADF, Errno::kENOTDIR, Errno::kEACCES}},
    {Sys::chdir, {Errno::kENOENT, Errno::kENOTDIR, Errno::kEACCES}},
    {Sys::close, {Errno::kEBADF, Errno::kEINTR, Errno::kEIO}},
    {Sys::read, {Errno::kEBADF, Errno::kEAGAIN, Errno::kEINTR}},
    {Sys::write, {Errno::kEPIPE, Errno::kEAGAIN, Errno::kENOSPC}},
    {Sys::setuid, {Errno::kEPERM, Errno::kEINVAL, Errno::kEAGAIN}},
};
constexpr Errno kUsualErrors[] = {Errno::kEPERM, Errno::kENOENT, Errno::kEINVAL};

std::string errno_option(Errno err) {
  return std::string(abi::errno_name(err)) + ": " + std::string(abi::errno_text(err));
}
std::string value_option(std::int64_t value) { return decimal(value); }

bool answers_a_pid(Sys sys) {
  switch (sys) {
    case Sys::clone:
    case Sys::clone3:
    case Sys::fork:
    case Sys::vfork:
    case Sys::getpid:
    case Sys::getppid:
    case Sys::gettid:
      return true;
    default:
      return false;
  }
}

/// Other numbers that it might be: of the caller at each level, of its parent, 1.
std::vector<std::string> pid_options(const World& world, TaskId caller, std::int64_t answer) {
  std::vector<std::string> others;
  if (const cutaway::Task* task = world.tasks.find(caller)) {
    for (const std::int32_t pid : task->pids) others.push_back(value_option(pid));
    if (const cutaway::Task* parent = world.tasks.find(task->parent))
      others.push_back(value_option(parent->pid()));
  }
  for (const std::int64_t value : {std::int64_t{1}, std::int64_t{0}, answer + 1})
    others.push_back(value_option(value));
  return others;
}

std::string answer_option(const Syscall& call) {
  return call.err != Errno::kOk ? errno_option(call.err) : value_option(call.ret);
}

std::vector<std::string> error_options(Sys sys) {
  const auto row = std::find_if(std::begin(kErrors), std::end(kErrors),
                                [sys](const ErrorsRow& each) { return each.sys == sys; });
  std::vector<std::string> others;
  if (row != std::end(kErrors)) {
    for (const Errno err : row->errors) others.push_back(errno_option(err));
  } else {
    for (const Errno err : kUsualErrors) others.push_back(errno_option(err));
  }
  return others;
}

std::string because_of(const World& world, const Event& event, const Syscall& call) {
  const spec::Sentence said = call_sentence(spec::Words::of(), world, event.stamp.task, call);
  std::string text = said.what;
  if (!said.why.empty()) text += (text.empty() ? "" : " ") + said.why;
  return text;
}

}  // namespace

CallChoice choices_of_call(const World& world, const Event& event) {
  const Syscall& call = std::get<Syscall>(event.body);
  CallChoice choice;
  const std::string who = task_tag(world, event.stamp.task);
  choice.asks = (who.empty() ? "The next call is " : who + " calls ") + call_label(call) +
                ". What does the kernel answer?";
  choice.right = answer_option(call);
  choice.because = because_of(world, event, call);
  if (answers_a_pid(call.sys)) {
    choice.others = pid_options(world, event.stamp.task, call.ret);
    choice.others.resize(std::min<std::size_t>(choice.others.size(), 3));
  }
  const std::vector<std::string> errors = error_options(call.sys);
  const bool failed = call.err != Errno::kOk;
  if (failed) choice.others.push_back(value_option(0));
  choice.others.insert(choice.others.end(), errors.begin(), errors.end());
  return choice;
}

std::vector<std::string> other_exit_codes() { return {"0", "1", "137", "127", "126", "125"}; }

std::string exit_code_words(int code) {
  constexpr int kSignals = 128;
  if (code == 0) return "0: it did what it should.";
  if (code > kSignals && code < kSignals + 65) {
    return decimal(code) + " = 128 + " + decimal(code - kSignals) + ": ended by " +
           abi::signal_name(code - kSignals) + ".";
  }
  if (code == 127) return "127: there is no such program.";
  if (code == 126) return "126: it is there, and cannot be executed.";
  if (code == 125) return "125: docker itself failed, before there was a process.";
  return decimal(code) + ": the program itself chose it, with exit.";
}

std::string named_task(const World& world, TaskId task) {
  const std::string tag = task_tag(world, task);
  return tag.empty() ? "a task that is gone" : tag;
}

std::vector<std::string> other_tasks(const World& world, TaskId task) {
  std::vector<std::string> others;
  const cutaway::Task* meant = world.tasks.find(task);
  if (meant != nullptr && world.tasks.find(meant->parent) != nullptr)
    others.push_back(task_tag(world, meant->parent));
  world.tasks.each([&](const cutaway::Task& each) {
    if (each.id != task && each.leader == each.id && each.role != Role::Host)
      others.push_back(task_tag(world, each.id));
  });
  return others;
}

}  // namespace cutaway::viz
