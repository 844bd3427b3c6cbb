// A tree of names that is always the same, as data: the fixed parts of proc and sysfs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/world/walk.h"

namespace cutaway {

/// A row: path without trailing slash, type and permissions, and what a file says or where a link
/// leads.
struct FixedEntry {
  std::string_view path;
  std::uint32_t mode = 0;
  std::string_view text = {};
};

/// What most files of these are.
inline constexpr std::uint32_t kReadable = abi::mode::kRegular | 0444,
                               kWritable = abi::mode::kRegular | 0644;

/// Rows of a table; folders above a row exist without a row of their own (0555).
struct FixedTree {
  const FixedEntry* begin_;
  const FixedEntry* end_;
  const FixedEntry* begin() const { return begin_; }
  const FixedEntry* end() const { return end_; }
};

const FixedEntry* fixed_find(const FixedTree& tree, std::string_view path);
std::optional<Entry> fixed_entry(const FixedTree& tree, std::string_view path);
/// Names in a folder, in the order of the table, each once.
std::vector<std::string> fixed_list(const FixedTree& tree, std::string_view folder);

}  // namespace cutaway
