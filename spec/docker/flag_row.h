// A flag of docker's command line as a row of a table, and the tables. Own table rather than CLI11:
// docker's grammar (pflag: -it, -eFOO, --flag=value, flags end at IMAGE), its messages and the
// layout of its help pages are themselves what is simulated here.
#pragma once

#include <string>
#include <string_view>

namespace cutaway::spec {

/// What a flag takes. The name printed in help pages and the check of a value belong to the kind.
enum class FlagKind {
  Bool,
  Text,
  List,
  Strings,
  Map,
  Filter,
  Network,
  Mount,
  Gpu,
  Ulimit,
  Int,
  Uint16,
  Uint64,
  Bytes,
  SwapBytes,
  Decimal,
  Duration,
};

/// Empty when the value will do, else docker's words for what is wrong with it.
using ValueCheck = std::string (*)(std::string_view value);

struct FlagRow {
  std::string_view name;
  char letter = 0;  ///< 0: none
  FlagKind kind = FlagKind::Bool;
  std::string_view words{};          ///< of the help page: ours, not docker's
  std::string_view shown_default{};  ///< as pflag shows it: "true", "\"missing\"", "[]"
  ValueCheck check = nullptr;        ///< beyond the kind's own
  std::string_view stands_for{};     ///< a hidden second name of this flag
};

/// A part of the array of rows; tables that several commands share are written once.
struct FlagTable {
  const FlagRow* first = nullptr;
  std::size_t count = 0;
  const FlagRow* begin() const { return first; }
  const FlagRow* end() const { return first + count; }
};

/// The type word of a help page ("list"), empty for Bool.
std::string_view flag_kind_word(FlagKind kind);
/// Checks kind, then row.check.
std::string check_flag_value(const FlagRow& row, std::string_view value);

}  // namespace cutaway::spec
