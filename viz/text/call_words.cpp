#include "viz/text/call_words.h"

#include <vector>

#include "base/json_value.h"
#include "base/text.h"
#include "trace/event/shape.h"
#include "trace/log/jsonl.h"
#include "trace/world/lookup.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

using abi::Sys;

constexpr std::size_t kCallPathLength = 26;
constexpr std::size_t kBytesLength = 24;
constexpr std::size_t kMostTexts = 2;  // source and target say what a mount is; its data does not

std::string in_quotes(std::string_view text) {
  std::string shown = "\"";
  for (const char c : text) {
    if (c == '\n')
      shown += "\\n";
    else if (c == '"')
      shown += "\\\"";
    else if (static_cast<unsigned char>(c) < 0x20)
      shown += '.';
    else
      shown += c;
  }
  return shown + "\"";
}

/// "CLONE_NEWNS" → "NEWNS": the name of the call says the rest. (MS_BIND stays: mount says less.)
std::string without_prefix(std::string_view flag) {
  static constexpr std::string_view kPrefixes[] = {"CLONE_", "MNT_"};
  for (const std::string_view prefix : kPrefixes) {
    if (starts_with(flag, prefix)) flag.remove_prefix(prefix.size());
  }
  return std::string(flag);
}

std::string flags_label(const ArgShape& shape, const Arg& arg) {
  auto bits = static_cast<std::uint64_t>(arg.value);
  if (shape.kind == ArgKind::CloneFlags) bits &= ~std::uint64_t{0xff};
  if (bits == 0 || shape.table == nullptr) return {};
  std::vector<std::string> names;
  for (const std::string& name : abi::flag_names(*shape.table, bits)) {
    names.push_back(without_prefix(name));
  }
  return join(names, "|");
}

std::string constant_label(const ArgShape& shape, const Arg& arg) {
  const auto value = static_cast<std::uint64_t>(arg.value);
  const std::string_view name =
      shape.table == nullptr ? std::string_view() : abi::constant_name(*shape.table, value);
  return name.empty() ? decimal(arg.value) : std::string(name);
}

/// One call's label while it is put together: which kinds of arguments have been told.
struct LabelParts {
  std::vector<std::string> told;
  std::size_t texts = 0;

  void text(std::string_view value, std::size_t length, bool path) {
    if (++texts > kMostTexts) return;
    std::string bare = short_ids(value);
    if (!is_utf8(bare)) bare = printable(bare);
    told.push_back(in_quotes(path ? short_path(bare, length) : short_text(bare, length)));
  }
};

void tell_bytes(LabelParts& parts, const ArgShape& shape, const Arg& arg) {
  if (shape.kind == ArgKind::Path) parts.text(arg.text, kCallPathLength, true);
  if (shape.kind == ArgKind::Text) parts.text(arg.text, kCallPathLength, false);
  if (shape.kind == ArgKind::Buffer) parts.text(arg.text, kBytesLength, false);
}

/// A socket's address.
void tell_struct(LabelParts& parts, const Arg& arg) {
  for (std::size_t i = 0; i < arg.keys.size() && i < arg.items.size(); ++i) {
    const bool name = arg.keys[i] == "sun_path" || arg.keys[i] == "sin_addr";
    if (name) parts.text(arg.items[i].text, kCallPathLength, true);
  }
}

void tell_number(LabelParts& parts, const ArgShape& shape, const Arg& arg, bool numbers) {
  switch (shape.kind) {
    case ArgKind::Fd:
    case ArgKind::Pid:
      parts.told.push_back(decimal(arg.value));
      break;
    case ArgKind::Constant:
      parts.told.push_back(constant_label(shape, arg));
      break;
    case ArgKind::Signal:
      parts.told.push_back(abi::signal_name(static_cast<int>(arg.value)));
      break;
    case ArgKind::Int:
    case ArgKind::Unsigned:
      if (numbers) parts.told.push_back(decimal(arg.value));
      break;
    case ArgKind::CloneFlags:
    case ArgKind::Flags:
      if (parts.texts < kMostTexts && arg.value != 0) {
        const std::string flags = flags_label(shape, arg);
        if (!flags.empty()) parts.told.push_back(flags);
      }
      break;
    default:
      break;
  }
}

/// Numbers are told where there is nothing better: exit_group(0), dup2(4, 0), setresuid(0, 0, 0).
bool tells_numbers(const Syscall& call) {
  if (call.sys == Sys::prctl || call.sys == Sys::ftruncate) return true;
  for (const Arg& arg : call.args) {
    if (arg.tag == ArgTag::Bytes || arg.tag == ArgTag::List) return false;
  }
  return call.sys != Sys::read && call.sys != Sys::recvfrom && call.sys != Sys::getdents64 &&
         call.sys != Sys::accept4;
}

bool has_flag(const Syscall& call, std::size_t at, std::uint64_t flag) {
  return at < call.args.size() && (static_cast<std::uint64_t>(call.args[at].value) & flag) != 0;
}

std::string mount_form(const Syscall& call) {
  namespace ms = abi::ms;
  constexpr std::uint64_t kPropagation = ms::kPrivate | ms::kSlave | ms::kShared | ms::kUnbindable;
  if (has_flag(call, 3, ms::kRemount)) return "mount.remount";
  if (has_flag(call, 3, ms::kBind)) return "mount.bind";
  if (has_flag(call, 3, ms::kMove)) return "mount.move";
  if (has_flag(call, 3, kPropagation)) return "mount.propagation";
  return "mount";
}

std::string clone_form(const Syscall& call) {
  namespace clone = abi::clone;
  constexpr std::uint64_t kSpaces = clone::kNewNs | clone::kNewPid | clone::kNewUts |
                                    clone::kNewIpc | clone::kNewNet | clone::kNewUser |
                                    clone::kNewCgroup;
  if (has_flag(call, 0, kSpaces)) return "clone.ns";
  return has_flag(call, 0, clone::kThread) ? "clone.thread" : "clone";
}

std::string value_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object() && value.contains("fd")) return value["fd"].dump();
  if (value.is_object() && value.contains("text")) return value["text"].get<std::string>();
  if (value.is_object() && value.contains("sun_path")) return value_text(value["sun_path"]);
  if (value.is_object() && value.contains("sin_addr")) return value_text(value["sin_addr"]);
  if (!value.is_array()) return value.is_null() ? "nothing" : value.dump();
  std::vector<std::string> parts;
  for (const Json& one : value) parts.push_back(value_text(one));
  return join(parts, ", ");
}

/// What stands behind a descriptor: "pipe:[17]".
std::string behind(const Json& value) {
  if (value.is_object() && value.contains("is")) return value["is"].get<std::string>();
  return value_text(value);
}

/// The values that a template may name: the call's arguments, and who makes it.
class CallValues {
 public:
  CallValues(const World& world, TaskId caller, const Syscall& call)
      : world_(world),
        task_(world.tasks.find(caller)),
        call_(call),
        args_(syscall_args_to_json(call)) {}

  std::string operator()(std::string_view name) const {
    constexpr std::size_t kLongest = 44;
    if (name == "ret") return decimal(call_.ret);
    if (name == "comm") return task_ == nullptr ? std::string("the task") : task_->comm;
    if (name == "container") return container();
    const bool file = starts_with(name, "file:");
    if (file) name.remove_prefix(5);
    const auto found = args_.find(std::string(name));
    if (found == args_.end()) return {};
    return short_path(short_ids(file ? behind(*found) : value_text(*found)), kLongest);
  }

 private:
  std::string container() const {
    const cutaway::Container* home = task_ == nullptr ? nullptr : home_of(world_, *task_);
    return home == nullptr ? "the host" : container_name(world_, *home);
  }

  const World& world_;
  const cutaway::Task* task_;
  const Syscall& call_;
  Json args_;
};

}  // namespace

std::string call_label(const Syscall& call, std::size_t length) {
  const SyscallShape& shape = syscall_shape(call.sys);
  const bool numbers = tells_numbers(call);
  LabelParts parts;
  for (std::size_t i = 0; i < call.args.size() && i < shape.args.size(); ++i) {
    const Arg& arg = call.args[i];
    if (arg.tag == ArgTag::Bytes) tell_bytes(parts, shape.args[i], arg);
    if (arg.tag == ArgTag::Struct) tell_struct(parts, arg);
    if (arg.tag == ArgTag::Integer) tell_number(parts, shape.args[i], arg, numbers);
  }
  const std::string label = std::string(abi::sys_name(call.sys)) + "(" + join(parts.told, ", ");
  return text_length(label) < length ? label + ")" : short_text(label, length - 1) + ")";
}

std::string answer_label(const Syscall& call) {
  if (!call.returned) return {};
  if (call.err != abi::Errno::kOk) return std::string(abi::errno_name(call.err));
  return "= " + decimal(call.ret);
}

std::string errno_words(abi::Errno err) {
  return std::string(abi::errno_name(err)) + ": " + std::string(abi::errno_text(err));
}

std::string call_form(const Syscall& call) {
  if (call.sys == Sys::mount) return mount_form(call);
  if (call.sys == Sys::clone) return clone_form(call);
  if (call.sys == Sys::prctl && !call.args.empty()) {
    const auto option = static_cast<std::uint64_t>(call.args[0].value);
    return "prctl." + std::string(abi::constant_name(abi::kPrctlOptions, option));
  }
  return std::string(abi::sys_name(call.sys));
}

spec::Sentence call_sentence(const spec::Words& words, const World& world, TaskId caller,
                             const Syscall& call) {
  const std::string form = call_form(call);
  const spec::Sentence* own = &words["call." + form];
  if (own->what.empty()) own = &words["call." + std::string(abi::sys_name(call.sys))];
  const CallValues values(world, caller, call);
  spec::Sentence said;
  said.what = own->what.empty() ? call_label(call) + "." : fill(own->what, values);
  said.why = fill(own->why, values);
  // What was refused did not happen.
  if (call.returned && call.err != abi::Errno::kOk) {
    said = {call_label(call) + " is answered " + errno_words(call.err) + ".", {}};
  }
  return said;
}

}  // namespace cutaway::viz
