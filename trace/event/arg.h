// The arguments of a syscall as values. How they are shown (flags, octal, …) is the business of the
// syscall's shape (trace/event/shape.h); in memory a flag word is an integer.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cutaway {

enum class ArgTag : std::uint8_t {
  Missing,
  Integer,  ///< numbers, flags, modes, signals, addresses; a descriptor has what it is in `text`
  Bytes,    ///< a path, string or buffer; `length` is the true length when `text` was truncated
  List,     ///< argv, fds …
  Struct,   ///< items in the order of `keys`
};

struct Arg {
  ArgTag tag = ArgTag::Missing;
  std::int64_t value = 0;
  std::string text;
  std::uint64_t length = 0;
  std::vector<std::string> keys;
  std::vector<Arg> items;

  static Arg integer(std::int64_t value) {
    Arg arg;
    arg.tag = ArgTag::Integer;
    arg.value = value;
    return arg;
  }
  static Arg fd(std::int64_t number, std::string is) {
    Arg arg = integer(number);
    arg.text = std::move(is);
    return arg;
  }
  static Arg bytes(std::string text) {
    Arg arg;
    arg.tag = ArgTag::Bytes;
    arg.length = text.size();
    arg.text = std::move(text);
    return arg;
  }
  static Arg list(std::vector<std::string> texts) {
    Arg arg;
    arg.tag = ArgTag::List;
    for (std::string& text : texts) arg.items.push_back(bytes(std::move(text)));
    return arg;
  }
};

/// How many bytes of a buffer an event keeps.
inline constexpr std::uint64_t kCaptureBytes = 256;

}  // namespace cutaway
