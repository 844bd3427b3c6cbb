#include "trace/world/fixed_tree.h"

#include <algorithm>

#include "base/text.h"
#include "trace/world/mount_tree.h"
#include "trace/world/virtual_fs.h"

namespace cutaway {

const FixedEntry* fixed_find(const FixedTree& tree, std::string_view path) {
  for (const FixedEntry& row : tree) {
    if (row.path == path) return &row;
  }
  return nullptr;
}

std::optional<Entry> fixed_entry(const FixedTree& tree, std::string_view path) {
  if (const FixedEntry* row = fixed_find(tree, path)) {
    Entry entry;
    entry.mode = row->mode;
    if (entry.directory()) entry.links = 2;
    if (entry.symlink()) entry.target = std::string(row->text);
    return entry;
  }
  for (const FixedEntry& row : tree) {
    if (is_below(row.path, path)) return virtual_folder();
  }
  return std::nullopt;
}

std::vector<std::string> fixed_list(const FixedTree& tree, std::string_view folder) {
  std::vector<std::string> names;
  const std::size_t from = folder == "/" ? 1 : folder.size() + 1;
  for (const FixedEntry& row : tree) {
    if (row.path == folder || !is_below(row.path, folder)) continue;
    std::string name(row.path.substr(from, row.path.find('/', from) - from));
    if (std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  return names;
}

}  // namespace cutaway
