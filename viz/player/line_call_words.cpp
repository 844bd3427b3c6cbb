#include "viz/player/line_call_words.h"

#include <vector>

#include "base/text.h"
#include "trace/event/shape.h"
#include "trace/log/call_text.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kTextLength = 18;
constexpr std::size_t kMostWords = 2;

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return std::string(trim(line));
}

/// What an argument says in a list; empty: nothing that helps.
std::string argument_word(const Arg& arg, ArgKind kind, std::size_t path_length) {
  const bool bytes = arg.tag == ArgTag::Bytes;
  switch (kind) {
    case ArgKind::Path:
      return bytes ? short_path(arg.text, path_length) : "";
    case ArgKind::Text:
    case ArgKind::Buffer:
      return bytes && is_utf8(arg.text) ? "\"" + short_text(one_line(arg.text), kTextLength) + "\""
                                        : "";
    case ArgKind::Fd:
      return decimal(arg.value);
    case ArgKind::Signal:
      return arg.value == 0 ? "" : abi::signal_name(static_cast<int>(arg.value));
    case ArgKind::Pid:
      return decimal(arg.value);
    default:
      return "";
  }
}

const Arg* argument(const Syscall& call, std::size_t number) {
  return number < call.args.size() ? &call.args[number] : nullptr;
}
std::string text_of(const Syscall& call, std::size_t number) {
  const Arg* arg = argument(call, number);
  return arg != nullptr && arg->tag == ArgTag::Bytes ? arg->text : "";
}
std::uint64_t bits_of(const Syscall& call, std::size_t number) {
  const Arg* arg = argument(call, number);
  return arg != nullptr && arg->tag == ArgTag::Integer ? static_cast<std::uint64_t>(arg->value) : 0;
}

std::string mount_words(const Syscall& call, std::size_t path_length) {
  const std::uint64_t flags = bits_of(call, 3);
  const std::string target = short_path(text_of(call, 1), path_length);
  if ((flags & abi::ms::kRemount) != 0) return "remount " + target;
  if ((flags & abi::ms::kBind) != 0) return "bind " + target;
  if ((flags & abi::ms::kMove) != 0) return "move mount to " + target;
  if ((flags & abi::ms::kPrivate) != 0) return "mount private " + target;
  if ((flags & abi::ms::kSlave) != 0) return "mount slave " + target;
  if ((flags & abi::ms::kShared) != 0) return "mount shared " + target;
  return "mount " + text_of(call, 2) + " " + target;
}

std::string namespaces_words(std::uint64_t flags) {
  std::int64_t count = 0;
  for (const std::uint64_t flag :
       {abi::clone::kNewNs, abi::clone::kNewPid, abi::clone::kNewNet, abi::clone::kNewUts,
        abi::clone::kNewIpc, abi::clone::kNewUser, abi::clone::kNewCgroup}) {
    count += (flags & flag) != 0 ? 1 : 0;
  }
  if (count == 0) return "";
  return ", " + decimal(count) + " new namespace" + (count == 1 ? "" : "s");
}

/// Who came of it, as the caller sees it.
std::string child_words(const Syscall& call) {
  return call.ret > 0 ? ", pid " + decimal(call.ret) : "";
}

std::string plain_words(const Syscall& call, std::size_t path_length) {
  const std::vector<ArgShape>& shape = syscall_shape(call.sys).args;
  std::string words = call_name(call.sys);
  std::size_t said = 0;
  for (std::size_t i = 0; i < call.args.size() && i < shape.size() && said < kMostWords; ++i) {
    const std::string word = argument_word(call.args[i], shape[i].kind, path_length);
    if (word.empty()) continue;
    words += " " + word;
    ++said;
  }
  return words;
}

std::string asked_words(const Syscall& call, std::size_t path_length) {
  if (call.sys == abi::Sys::mount) return mount_words(call, path_length);
  if (call.sys == abi::Sys::unshare) return "unshare" + namespaces_words(bits_of(call, 0));
  if (call.sys == abi::Sys::clone) {
    const std::string made = namespaces_words(bits_of(call, 0));
    return "clone" + (made.empty() ? child_words(call) : made);
  }
  return plain_words(call, path_length);
}

}  // namespace

std::string line_call_words(const Syscall& call, std::size_t path_length) {
  const std::string asked = asked_words(call, path_length);
  return call.err == abi::Errno::kOk ? asked : asked + " " + errno_word(call.err);
}

}  // namespace cutaway::viz
