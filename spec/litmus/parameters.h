// How the arguments of litmus calls travel. Private to spec/litmus.
#pragma once

#include <vector>

#include "spec/litmus_call.h"
#include "trace/event/shape.h"

namespace cutaway::spec {

/// What an argument is when another one has a certain value (fcntl's cmd, ioctl's request …).
struct LitmusVariant {
  abi::Sys sys = abi::Sys::none;
  std::size_t chooser = 0;                ///< the argument that decides
  std::string_view value;                 ///< its name in the table of its shape
  std::size_t n = 0;                      ///< the argument that is decided
  ArgKind kind = ArgKind::Struct;         ///< how it is written
  const abi::FlagTable* table = nullptr;  ///< of names, for Flags and Constant
  LitmusParameter parameter;
};
/// Null: nothing special.
const LitmusVariant* litmus_variant(abi::Sys sys, std::size_t n, const std::vector<Arg>& args);

}  // namespace cutaway::spec
