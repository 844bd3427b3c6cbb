// Simulated programs. A program is a coroutine that touches the world only by `co_await` of a
// system call and owns only values (DESIGN §5). Rules for g++ 12: no braced list and no temporary
// with a destructor inside a co_await expression; so paths are named first, and a sub-program is a
// variable:
//
//   Program cat(Sys sys, State state) {
//     const std::string path = state.argv[1];
//     const std::int64_t fd = co_await sys.open(path, 0);
//     auto all = read_all(sys, fd);                 // Co<std::string>
//     const std::string text = co_await all;
//     co_await sys.write(1, text);
//     co_return 0;                                  // the kernel makes it exit_group(0)
//   }
//
// Results are as the kernel gives them: −errno, or ≥ 0.
#pragma once

#include <any>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/coroutine.h"
#include "trace/event/event.h"

namespace cutaway::sim {

inline constexpr std::int64_t kSecond = 1'000'000'000;  ///< in ns

class Context;
class Kernel;
class Sys;

template <class T>
class Co;
using Program = Co<int>;

/// What a new task (or program) starts from; copied by value.
struct State {
  std::vector<std::string> argv, env;
  std::any more;  ///< an interpreter's struct, an engine's request …; copyable
};
using Entry = Program (*)(Sys, State);

/// struct stat as the calls of that family fill it.
struct Stat {
  std::uint32_t mode = 0, uid = 0, gid = 0, links = 0, major = 0, minor = 0;
  std::int64_t size = 0;
  std::uint64_t inode = 0, device = 0;
};

/// What came back with a call's result.
struct Reply {
  std::int64_t ret = 0;  ///< −errno or result
  std::string data;      ///< read, getdents64 (names, '\n' apart), readlink, getcwd, uname …
  std::vector<std::int64_t>
      out;  ///< pipe2, socketpair: descriptors; wait4: status; others as sys says
  std::vector<std::string> texts;  ///< uname: sysname, nodename, release, version, machine
  Stat stat;
  std::vector<std::pair<std::size_t, Arg>>
      filled;  ///< arguments that the kernel wrote (Request::wants_filled)
};

/// A pointer that leads nowhere: EFAULT, before anything is looked at (a path, which is copied
/// first) or when the rest would have succeeded.
enum class BadPointer : std::uint8_t { None, First, Last };

/// A call that a program wants made.
struct Request {
  abi::Sys sys = abi::Sys::none;
  std::vector<Arg> args;
  std::string data;         ///< write, sendto: all the bytes (args hold the first kCaptureBytes)
  std::uint64_t count = 0;  ///< read, recvfrom: how many at most
  Entry entry = nullptr;    ///< clone: where the child starts
  State state;              ///< clone: with what; execve: argv, env
  std::string key;          ///< futex: which word
  BadPointer bad_pointer = BadPointer::None;
  bool wants_filled = false;  ///< Reply::filled
  bool rests = false;         ///< no call: stands still until somebody rouses it (Sys::rest)
};

/// How a program came to the call that it waits in. A coroutine cannot be copied; but one that asks
/// nothing but calls does the same again when it is given the same replies (DESIGN §5.3).
struct Recorded {
  Entry entry = nullptr;
  State state;
  std::vector<Reply> replies;             ///< of its calls since it began at `entry`
  std::vector<std::vector<int>> signals;  ///< what it was told whenever it asked for them
  abi::Sys waits_in = abi::Sys::none;
};

/// The program of one task: its coroutines (innermost last), the call it waits in, the last reply.
class Context {
 public:
  explicit Context(TaskId task) : task_(task) {}
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  /// Starts at `entry`; runs until the first call or the end.
  void start(Entry entry, Kernel& kernel, State state);
  /// Hands in the reply of the call it waits in, and runs to the next call or the end.
  void resume(Reply&& reply);

  bool finished() const { return finished_; }
  int exit_code() const { return exit_code_; }
  const Request& request() const { return request_; }
  /// The arguments, which the program does not need any more.
  std::vector<Arg> take_args() { return std::move(request_.args); }
  const Reply& reply() const { return reply_; }

  /// What the program knows now is what it was started with: begun at `entry` with `state` it would
  /// come to the very call that it makes next.
  void at_top(Entry entry, State state);
  /// Signals as it asks for them: `now`, or when it is begun again what it was told then.
  std::vector<int> told_of_signals(std::vector<int> now);
  /// It asked something else than calls, which cannot be asked again.
  void looked_around();
  /// None when that has happened since it began, or was at its top.
  std::optional<Recorded> recorded() const;
  /// Starts as recorded, and stands in that call again. Nothing else comes of it.
  void rebuild(const Recorded& recorded, Kernel& kernel);
  bool rebuilding() const { return rebuilding_; }
  TaskId task() const { return task_; }
  /// "task 7 (dockerd), behind pipe2 = -24": for messages about bugs.
  std::string whereabouts() const;

 private:
  friend class Sys;
  template <class T>
  friend class Co;

  void run();
  void want(Request&& request);

  TaskId task_;
  const Kernel* kernel_ = nullptr;
  std::vector<coro::handle<>> stack_;
  std::unique_ptr<Program> program_;
  Request request_;
  bool requested_ = false;
  bool finished_ = false;
  int exit_code_ = 0;
  Reply reply_;

  // The record of how it came here.
  Entry entry_ = nullptr;
  State begun_with_;
  std::vector<Reply> replies_;  ///< all but the last, which is reply_
  std::vector<std::vector<int>> signals_;
  std::size_t signals_told_ = 0;  ///< while rebuilding
  bool answered_ = false;         ///< reply_ came since it began, or was at its top
  bool repeatable_ = true;
  std::size_t recorded_bytes_ = 0;
  bool rebuilding_ = false;
};

/// A bug of a simulated program: says whose, what it threw and behind which call, and aborts.
[[noreturn]] void program_threw(const Context* context);

/// co_await of a system call: the request stands in the context already.
struct Call {
  Context* context;
  bool await_ready() const noexcept { return false; }
  template <class Handle>
  void await_suspend(Handle) const noexcept {}
  std::int64_t await_resume() const noexcept;
};

/// A coroutine that a program (or another) awaits; also the program itself.
template <class T>
class Co {
 public:
  struct promise_type {
    Context* context = nullptr;
    std::optional<T> value;
    Co get_return_object() { return Co(coro::handle<promise_type>::from_promise(*this)); }
    coro::suspend_always initial_suspend() noexcept { return {}; }
    coro::suspend_always final_suspend() noexcept { return {}; }
    void return_value(T v) { value = std::move(v); }
    void unhandled_exception() { program_threw(context); }
    Call await_transform(Call call) { return call; }
    template <class U>
    struct Await {
      Co<U>* inner;
      bool await_ready() const noexcept { return false; }
      template <class Handle>
      void await_suspend(Handle) const noexcept {}
      U await_resume() { return std::move(*inner->handle_.promise().value); }
    };
    template <class U>
    Await<U> await_transform(Co<U>& inner) {
      inner.handle_.promise().context = context;
      context->stack_.push_back(inner.handle_);
      return Await<U>{&inner};
    }
  };

  explicit Co(coro::handle<promise_type> handle) : handle_(handle) {}
  Co(Co&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Co& operator=(Co&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Co() {
    if (handle_) handle_.destroy();
  }

 private:
  friend class Context;
  template <class U>
  friend class Co;
  coro::handle<promise_type> handle_;
};

}  // namespace cutaway::sim
