// Flag words to names and back; the tables themselves are in the files flags_*.cpp.
#include <algorithm>

#include "base/text.h"
#include "trace/abi/abi.h"

namespace cutaway::abi {

namespace {

/// The name of a table's value 0: shown when no bit of the word is set, and for open(2) when
/// neither O_WRONLY nor O_RDWR is.
bool shows_zero(const FlagTable& table, std::uint64_t bits) {
  if (table.begin() == table.end() || table.begin()->value != 0) return false;
  return &table == &kOpenFlags ? (bits & o::kAccmode) == 0 : bits == 0;
}

}  // namespace

std::vector<std::string> flag_names(const FlagTable& table, std::uint64_t bits) {
  std::vector<std::string> names;
  if (shows_zero(table, bits)) names.emplace_back(table.begin()->name);
  // From the greatest value down, so that O_SYNC is not shown as O_DSYNC and a rest.
  for (const Flag* flag = table.end(); flag != table.begin();) {
    --flag;
    if (flag->value == 0 || (bits & flag->value) != flag->value) continue;
    names.emplace_back(flag->name);
    bits &= ~flag->value;
  }
  if (bits != 0) names.push_back("0x" + hex(bits));
  std::sort(names.begin(), names.end());
  return names;
}

bool flag_value(const FlagTable& table, std::string_view name, std::uint64_t& bits) {
  for (const Flag& flag : table) {
    if (flag.name != name) continue;
    bits |= flag.value;
    return true;
  }
  std::uint64_t value = 0;
  if (!starts_with(name, "0x") || !parse_unsigned(name.substr(2), 16, value)) return false;
  bits |= value;
  return true;
}

std::string_view constant_name(const FlagTable& table, std::uint64_t value) {
  const Flag* flag = std::lower_bound(table.begin(), table.end(), value,
                                      [](const Flag& a, std::uint64_t b) { return a.value < b; });
  return flag != table.end() && flag->value == value ? flag->name : std::string_view();
}

}  // namespace cutaway::abi
