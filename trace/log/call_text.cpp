// A call as one line that people read.
#include "trace/log/call_text.h"

#include <vector>

#include "base/text.h"
#include "trace/event/shape.h"
#include "trace/log/arg_json.h"
#include "trace/log/jsonl.h"

namespace cutaway {

namespace {

std::string escaped_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\') return std::string("\\") + c;
  if (c == '\n') return "\\n";
  if (c == '\t') return "\\t";
  if (c == '\r') return "\\r";
  if (byte >= 0x20 && byte < 0x7f) return std::string(1, c);
  return "\\x" + std::string(byte < 16 ? "0" : "") + hex(byte);
}

/// As a C string. For people, letters beyond ASCII stay as they are.
std::string c_string(std::string_view bytes, CallStyle style) {
  const bool keep = style == CallStyle::People && is_utf8(bytes);
  std::string text = "\"";
  for (const char c : bytes)
    text += keep && static_cast<unsigned char>(c) >= 0x80 ? std::string(1, c) : escaped_char(c);
  return text + "\"";
}

class CallPrinter {
 public:
  explicit CallPrinter(CallStyle style) : style_(style) {}

  std::string argument(const Arg& arg, const ArgShape& shape) const {
    if (arg.tag == ArgTag::Integer && shape.kind == ArgKind::Fd) return descriptor(arg);
    if (arg.tag == ArgTag::Integer && shape.kind == ArgKind::DirFd &&
        arg.value != abi::at::kFdcwd) {
      return descriptor(arg);
    }
    if (arg.tag != ArgTag::Integer && shape.kind != ArgKind::Caps) return plain(arg);
    return named(arg_json(arg, shape));
  }

 private:
  static std::string descriptor(const Arg& arg) {
    return decimal(arg.value) + (arg.text.empty() ? "" : "<" + arg.text + ">");
  }

  /// What arg_json made of a number: names, lists of names, octal and hexadecimal digits.
  std::string named(const Json& json) const {
    if (json.is_null()) return "NULL";
    if (json.is_string()) return json.get<std::string>();
    if (json.is_object()) return object(json);
    if (!json.is_array()) return json.dump();
    std::vector<std::string> names;
    for (const Json& name : json)
      names.push_back(name.is_string() ? name.get<std::string>() : named(name));
    if (style_ == CallStyle::People) return "[" + join(names, ", ") + "]";
    return names.empty() ? "0" : join(names, "|");
  }
  std::string object(const Json& json) const {
    std::vector<std::string> members;
    for (auto item = json.begin(); item != json.end(); ++item)
      members.push_back(item.key() + "=" + named(item.value()));
    return "{" + join(members, ", ") + "}";
  }

  std::string plain(const Arg& arg) const {
    switch (arg.tag) {
      case ArgTag::Missing:
        break;
      case ArgTag::Integer:
        return arg.text.empty() ? decimal(arg.value) : descriptor(arg);
      case ArgTag::Bytes: {
        const std::string text = c_string(arg.text, style_);
        return arg.text.size() < arg.length ? text + "..." : text;
      }
      case ArgTag::List:
        return "[" + items(arg) + "]";
      case ArgTag::Struct:
        return "{" + items(arg) + "}";
    }
    return "?";
  }
  std::string items(const Arg& arg) const {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < arg.items.size(); ++i) {
      const bool keyed = i < arg.keys.size();
      texts.push_back((keyed ? arg.keys[i] + "=" : "") + plain(arg.items[i]));
    }
    return join(texts, ", ");
  }

  CallStyle style_;
};

}  // namespace

std::string call_text(const Syscall& call, CallStyle style) {
  const std::vector<ArgShape>& shape = syscall_shape(call.sys).args;
  const CallPrinter printer(style);
  std::vector<std::string> arguments;
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    if (call.args[i].tag == ArgTag::Missing) continue;
    arguments.push_back(printer.argument(
        call.args[i], i < shape.size() ? shape[i] : ArgShape{"", ArgKind::Unsigned}));
  }
  return std::string(call_name(call.sys)) + "(" + join(arguments, ", ") + ")";
}

std::string result_text(const Syscall& call) {
  if (!call.returned) return "?";
  const abi::Sys sys = call.sys;
  const bool address = sys == abi::Sys::mmap || sys == abi::Sys::brk || sys == abi::Sys::mremap;
  if (call.err == abi::Errno::kOk)
    return address ? "0x" + hex(static_cast<std::uint64_t>(call.ret)) : decimal(call.ret);
  return decimal(call.ret) + " " + errno_word(call.err) + " (" +
         std::string(abi::errno_text(call.err)) + ")";
}

std::string call_name(abi::Sys sys) {
  const std::string_view name = abi::sys_name(sys);
  return name.empty() ? "syscall_" + decimal(static_cast<std::int64_t>(sys)) : std::string(name);
}

std::string errno_word(abi::Errno error) {
  const std::string_view name = abi::errno_name(error);
  return name.empty() ? "E" + decimal(static_cast<std::int64_t>(error)) : std::string(name);
}

std::string syscall_to_text(const Syscall& syscall, bool with_result) {
  const std::string text = call_text(syscall, CallStyle::People);
  return with_result ? text + " = " + result_text(syscall) : text;
}

}  // namespace cutaway
