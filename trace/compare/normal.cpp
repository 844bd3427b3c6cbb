#include "trace/compare/normal.h"

#include <algorithm>

#include "base/json_value.h"
#include "base/text.h"
#include "trace/compare/paths.h"
#include "trace/log/arg_json.h"
#include "trace/log/call_text.h"

namespace cutaway {

namespace {

using abi::Sys;

constexpr std::size_t kShortId = 12;  // docker shows so much of an id
constexpr std::size_t kLongId = 32;   // a run of hex digits this long is a hash or an id
constexpr std::int64_t kFirstFreeFd = 3;

/// What a call's result is a number of.
enum class ResultKind : std::uint8_t { Number, Fd, Pid, Address, Clock };

struct ResultRow {
  Sys sys;
  ResultKind kind;
};
constexpr ResultRow kResults[] = {
    {Sys::open, ResultKind::Fd},
    {Sys::openat, ResultKind::Fd},
    {Sys::openat2, ResultKind::Fd},
    {Sys::creat, ResultKind::Fd},
    {Sys::dup, ResultKind::Fd},
    {Sys::dup2, ResultKind::Fd},
    {Sys::dup3, ResultKind::Fd},
    {Sys::socket, ResultKind::Fd},
    {Sys::accept, ResultKind::Fd},
    {Sys::accept4, ResultKind::Fd},
    {Sys::epoll_create, ResultKind::Fd},
    {Sys::epoll_create1, ResultKind::Fd},
    {Sys::eventfd2, ResultKind::Fd},
    {Sys::memfd_create, ResultKind::Fd},
    {Sys::pidfd_open, ResultKind::Fd},
    {Sys::inotify_init1, ResultKind::Fd},
    {Sys::timerfd_create, ResultKind::Fd},
    {Sys::signalfd4, ResultKind::Fd},
    {Sys::fsopen, ResultKind::Fd},
    {Sys::fsmount, ResultKind::Fd},
    {Sys::open_tree, ResultKind::Fd},
    {Sys::fork, ResultKind::Pid},
    {Sys::vfork, ResultKind::Pid},
    {Sys::clone, ResultKind::Pid},
    {Sys::clone3, ResultKind::Pid},
    {Sys::wait4, ResultKind::Pid},
    {Sys::getpid, ResultKind::Pid},
    {Sys::gettid, ResultKind::Pid},
    {Sys::getppid, ResultKind::Pid},
    {Sys::getpgid, ResultKind::Pid},
    {Sys::getpgrp, ResultKind::Pid},
    {Sys::getsid, ResultKind::Pid},
    {Sys::setsid, ResultKind::Pid},
    {Sys::set_tid_address, ResultKind::Pid},
    {Sys::brk, ResultKind::Address},
    {Sys::mmap, ResultKind::Address},
    {Sys::mremap, ResultKind::Address},
    {Sys::time, ResultKind::Clock},
    {Sys::times, ResultKind::Clock},
};

ResultKind result_kind(const Syscall& call) {
  const bool duplicates = call.sys == Sys::fcntl && call.args.size() > 1 &&
                          (call.args[1].value == 0 || call.args[1].value == 1030);  // F_DUPFD…
  if (duplicates) return ResultKind::Fd;
  for (const ResultRow& row : kResults) {
    if (row.sys == call.sys) return row.kind;
  }
  return ResultKind::Number;
}

/// 0 is "the child" or "nobody", 1 a namespace's first task: these mean the same everywhere.
std::int64_t normal_pid(std::int64_t pid) { return pid > 1 ? 2 : pid; }

std::string result_of(const Syscall& call) {
  if (!call.returned) return "?";
  return call.err == abi::Errno::kOk ? decimal(call.ret) : "-1 " + errno_word(call.err);
}

std::string normal_result_of(const Syscall& call, bool renamed) {
  if (!call.returned || call.err != abi::Errno::kOk || call.ret < 0) return result_of(call);
  switch (result_kind(call)) {
    case ResultKind::Number:
      break;
    case ResultKind::Fd:
      return "<fd>";
    case ResultKind::Pid:
      return call.ret > 1 ? "<pid>" : decimal(call.ret);
    case ResultKind::Address:
      return "<address>";
    case ResultKind::Clock:
      return "<time>";
  }
  return renamed && call.ret > 0 ? "<bytes>" : decimal(call.ret);
}

bool is_pointer(ArgKind kind) {
  return kind == ArgKind::Path || kind == ArgKind::Text || kind == ArgKind::Buffer ||
         kind == ArgKind::TextList || kind == ArgKind::Struct || kind == ArgKind::Caps;
}

bool is_known(const Arg& arg, const ArgShape& shape) {
  if (arg.tag == ArgTag::Missing) return false;
  const bool undecoded = arg.tag == ArgTag::Integer && is_pointer(shape.kind) && arg.value != 0;
  return !undecoded;
}

bool is_length(std::string_view name) {
  return name == "count" || name == "len" || name == "length" || name == "size";
}

/// Of these no two runs are alike.
bool gives_random_bytes(const Syscall& call) {
  if (call.sys == Sys::getrandom) return true;
  const std::string from = call.args.empty() ? std::string() : call.args[0].text;
  return call.sys == Sys::read && (from == "/dev/urandom" || from == "/dev/random");
}

std::string as_text(const Arg& arg, const ArgShape& shape) { return arg_json(arg, shape).dump(); }

}  // namespace

std::string NormalCall::normal_args() const {
  std::string key;
  for (const NormalArg& arg : args) key += (arg.known ? arg.normal : "?") + "\x1f";
  return key;
}
std::string NormalCall::normal_key() const { return normal_args() + normal_result; }
std::string NormalCall::literal_key() const {
  std::string key;
  for (const NormalArg& arg : args) key += (arg.known ? arg.literal : "?") + "\x1f";
  return key + result;
}

bool may_be_same(const NormalArg& a, const NormalArg& b) {
  return !a.known || !b.known || a.normal == b.normal;
}

Normaliser::Normaliser(const Trace& trace) {
  const auto note = [this](const Container& container) {
    if (container.id.size() >= kShortId) ids_.push_back(container.id);
  };
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Record& record = trace.record(n);
    if (record.sys != 0xffff) continue;
    const Event event = trace.event(n);
    if (const auto* created = std::get_if<ContainerCreated>(&event.body)) note(created->container);
    const auto* snapshot = std::get_if<Snapshot>(&event.body);
    if (snapshot != nullptr && snapshot->world != nullptr) snapshot->world->containers.each(note);
  }
}

std::string Normaliser::ids_replaced(std::string_view text) const {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = hex_run(text, at);
    const std::string_view run = text.substr(at, length);
    const bool own = length >= kShortId &&
                     std::any_of(ids_.begin(), ids_.end(),
                                 [run](const std::string& id) { return starts_with(id, run); });
    if (own || length >= kLongId) {
      out += own ? kContainerWord : kHashWord;
      at += length;
    } else {
      const std::size_t step = std::max<std::size_t>(length, 1);
      out += text.substr(at, step);
      at += step;
    }
  }
  return out;
}

std::string Normaliser::text(std::string_view text) const {
  return paths_replaced(numbers_replaced(ids_replaced(text)));
}

Arg Normaliser::normal_arg(const Arg& arg, const ArgShape& shape, Buffers& buffers) const {
  Arg normal = arg;
  normal.text = text(arg.text);
  if (arg.tag == ArgTag::Bytes && normal.text != arg.text) {
    normal.length = normal.text.size();
    buffers.renamed = buffers.renamed || shape.kind == ArgKind::Buffer;
  }
  if (arg.tag == ArgTag::Integer) {
    const bool descriptor = shape.kind == ArgKind::Fd || shape.kind == ArgKind::DirFd;
    if (descriptor && arg.value >= kFirstFreeFd) normal.value = kFirstFreeFd;
    if (shape.kind == ArgKind::Pid) normal.value = normal_pid(arg.value);
    if (shape.kind == ArgKind::Address && arg.value != 0) normal.value = 1;
  }
  for (std::size_t i = 0; i < arg.items.size(); ++i) {
    const ArgShape inner = {"", ArgKind::Text};
    normal.items[i] = normal_arg(arg.items[i], inner, buffers);
  }
  return normal;
}

NormalCall Normaliser::call(const Syscall& syscall) const {
  const std::vector<ArgShape>& shape = syscall_shape(syscall.sys).args;
  NormalCall made;
  Buffers buffers;
  const bool takes_pids = !syscall.args.empty() && names_pids(syscall.args[0].text);
  for (std::size_t i = 0; i < syscall.args.size(); ++i) {
    const ArgShape of = i < shape.size() ? shape[i] : ArgShape{"", ArgKind::Unsigned};
    const Arg& arg = syscall.args[i];
    Arg normal = normal_arg(arg, of, buffers);
    const bool random = gives_random_bytes(syscall) && of.kind == ArgKind::Buffer;
    if (random && arg.tag == ArgTag::Bytes) normal = Arg::bytes("<random>");
    if (takes_pids && of.kind == ArgKind::Buffer && is_number(trim(arg.text))) {
      normal = Arg::bytes("<pid>");
      buffers.renamed = true;
    }
    if (buffers.renamed && is_length(of.name)) normal = Arg::integer(0);
    made.args.push_back({as_text(arg, of), as_text(normal, of), is_known(arg, of)});
  }
  made.result = result_of(syscall);
  made.normal_result = normal_result_of(syscall, buffers.renamed);
  return made;
}

}  // namespace cutaway
