// How the tables of this folder are written down.
#pragma once

#include <cstddef>

#include "trace/abi/abi.h"

namespace cutaway::abi {

template <std::size_t Count>
constexpr FlagTable flag_table(std::string_view name, const Flag (&rows)[Count]) {
  return {name, rows, rows + Count};
}

}  // namespace cutaway::abi
