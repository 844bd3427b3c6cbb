// Where a walk stands (path_resolution(7), struct nameidata in fs/namei.c), and what it sees under
// a name from there.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "trace/world/overlay.h"
#include "trace/world/walk.h"

namespace cutaway {

/// What stands at a place. Of an inode an Entry is made only when somebody wants one: on the way
/// only its permissions count.
struct Thing {
  const Inode* inode = nullptr;
  std::unique_ptr<Entry> computed;

  bool exists() const { return inode != nullptr || computed != nullptr; }
  Permissions permissions() const;
  Entry entry() const;
  bool symlink() const { return permissions().symlink(); }
};

/// Goes from folder to folder, as the kernel's look-up does: an inode knows its names, an overlay
/// goes through the folders that are merged. Only computed file systems are asked for whole paths.
/// Mounts on the way are the walk's business.
class Standing {
 public:
  Standing(const World& world, const Task& viewer) : world_(world), viewer_(viewer) {
    where_.path.reserve(kUsual);
    seen_where_.path.reserve(kUsual);
  }

  const Location& where() const { return where_; }
  const Thing& here() const { return here_; }
  /// Goes to a place, which need not exist.
  void go(const Location& where);
  /// Stands at a thing that has no place; `where` stays.
  void become(Entry thing);

  /// Looks for a name in the folder where it stands; false: there is none.
  bool look(std::string_view name);
  const Location& seen_where() const { return seen_where_; }
  const Thing& seen() const { return seen_; }
  /// Goes to what it saw.
  void enter();

 private:
  enum class Kind : std::uint8_t { None, Inodes, Overlay, Computed };
  static Kind kind_of(const Filesystem* fs);
  std::unique_ptr<Entry> computed_at(const Location& where) const;

  static constexpr std::size_t kUsual = 120;  ///< characters of a path

  const World& world_;
  const Task& viewer_;
  Kind kind_ = Kind::None;
  Location where_, seen_where_;
  Thing here_, seen_;
  std::vector<LayerFolder> layers_, seen_layers_;  ///< of an overlay
};

/// An inode as an entry.
Entry entry_of(const Inode& inode);

}  // namespace cutaway
