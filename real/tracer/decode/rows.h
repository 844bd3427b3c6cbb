// The rows of the decoders' table, by family, and what they are written with.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "real/tracer/decode/decode.h"

namespace cutaway::real::decode {

enum class When : std::uint8_t {
  Entry,    ///< the kernel reads it
  Return,   ///< the kernel writes it when it succeeds
  Failure,  ///< the kernel writes it even when the call failed (what was left of a sleep)
};

/// What a reader works on. `ret` means something at return only.
struct Asked {
  const Raw& raw;
  const SeenCall& call;
  std::size_t n = 0;  ///< which argument
  std::uint64_t address() const { return raw.at(n); }
  const Memory& memory() const { return raw.memory; }
};
using Reader = Arg (*)(const Asked&);

struct Row {
  abi::Sys sys = abi::Sys::none;
  std::size_t n = 0;
  When when = When::Entry;
  Reader read = nullptr;
  bool even_null = false;  ///< asked also when the pointer is NULL (else that is Missing)
};
using Rows = std::vector<Row>;

Rows buffer_rows();
Rows file_rows();
Rows identity_rows();
Rows signal_rows();
Rows socket_rows();
Rows task_rows();
Rows time_rows();
Rows wait_rows();

// How values are made.
inline Arg number(std::uint64_t value) { return Arg::integer(static_cast<std::int64_t>(value)); }
inline Arg signed_number(std::int64_t value) { return Arg::integer(value); }
inline Arg text(std::string_view value) { return Arg::bytes(std::string(value)); }
/// What could not be read, or is not decoded, is shown as its address.
inline Arg pointer(const Asked& asked) { return number(asked.address()); }
Arg structure(const std::vector<std::pair<std::string_view, Arg>>& members);
Arg list(std::vector<Arg> items);
/// The first bytes of a buffer, with its true length.
Arg buffer(const Memory& memory, std::uint64_t address, std::uint64_t length);
/// A string up to its NUL.
Arg c_string(const Memory& memory, std::uint64_t address);
/// A set of signals (8 bytes) as names.
Arg signal_set(const Asked& asked);

/// A structure at the argument's address, or the address where it cannot be read.
template <class T, class Show>
Arg shown(const Asked& asked, Show show) {
  T value{};
  return asked.memory().value(asked.address(), value) ? show(value) : pointer(asked);
}

/// A vector of `count` structures.
template <class T>
bool many(const Memory& memory, std::uint64_t address, std::size_t count, std::vector<T>& to) {
  constexpr std::size_t kMost = 1024;  // IOV_MAX, and more than a picture can show
  to.resize(count < kMost ? count : kMost);
  return to.empty() ||
         memory.read(address, to.data(), to.size() * sizeof(T)) == to.size() * sizeof(T);
}

}  // namespace cutaway::real::decode
