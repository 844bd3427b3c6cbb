// Makes what a layer's members say, below one folder: the half of unpacking that touches the disk.
// See unpack.h for the rules.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <ctime>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "real/image/unpack.h"
#include "real/sys/fd.h"

namespace cutaway::real {

struct Attributes {
  mode_t mode = 0755;
  uid_t uid = 0;
  gid_t gid = 0;
  std::optional<timespec> modified;
};

/// A member's name as a path from the layer's root: "bin/sh"; empty: the root itself. Absolute
/// names, ".." and too many parts are refused; "." and doubled slashes fall away.
Result<std::string> member_path(std::string_view name, std::size_t depth_max);

class LayerWriter {
 public:
  LayerWriter(int root, const UnpackOptions& options) : root_(root), options_(options) {}

  // What is in the place of a new member goes away, but a folder for a folder.
  Status folder(const std::string& path, const Attributes& attributes);
  /// New and empty. Then write to it, then call finish_file.
  Result<Fd> file(const std::string& path);
  Status finish_file(int fd, const std::string& path, const Attributes& attributes);
  Status symbolic_link(const std::string& path, const std::string& target,
                       const Attributes& attributes);
  /// `target`: a member of this layer that is there already.
  Status hard_link(const std::string& path, const std::string& target);
  Status fifo(const std::string& path, const Attributes& attributes);

  /// Lower layers' `path` is deleted.
  Status hide(const std::string& path);
  /// All that lower layers have below `path` is deleted.
  Status hide_all_below(const std::string& path);

  /// Folders get their attributes last: files made in them would change their times.
  Status finish();

 private:
  /// Where a member is made: the folder it stands in, and its name there.
  struct Place {
    Fd parent;
    std::string name;
  };
  Result<Place> place_of(const std::string& path);
  Result<Fd> walk(const std::string& path);
  Result<Fd> enter(int parent, const std::string& name, const std::string& path);
  Result<Fd> make_parent(int parent, const std::string& name, const std::string& path);
  Status clear(const Place& place, const std::string& path);
  void forget(const std::string& path);
  bool is_ours(const std::string& path) const;
  Status make_opaque(int folder, const std::string& path);
  Status prune(int folder, const std::string& path);
  Status set_link_attributes(const Place& place, const std::string& path,
                             const Attributes& attributes);

  int root_;
  const UnpackOptions& options_;
  std::set<std::string> made_;    ///< by this layer, implied parents too
  std::set<std::string> hidden_;  ///< whiteouts that stand on the disk as nodes
  std::map<std::string, Attributes> folders_;
};

}  // namespace cutaway::real
