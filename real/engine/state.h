// The state folder: all that the real side keeps on disk, and all that prune has to remove.
//   images.json blobs/ layers/        real/image
//   containers/ID/                    record.json, hosts, hostname, resolv.conf, ID-json.log, the
//                                     lock watched; the runtime's bundle: plan, init.pid, error,
//                                     exit
//   overlay2/ID/{diff,work,merged}    the writable layer and where the root is mounted
//   volumes/NAME/{_data,volume.json}  real/engine/volumes
//   init/diff                         mount points that every container needs, below its own layer
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "real/engine/record.h"
#include "real/sys/fd.h"

namespace cutaway::real {

class StateFolder {
 public:
  /// Makes the folder (0700) where it is missing.
  static Result<StateFolder> open(const std::string& root);

  const std::string& root() const { return root_; }
  std::string container(std::string_view id) const { return below("containers", id); }
  std::string overlay(std::string_view id) const { return below("overlay2", id); }
  std::string volumes() const { return root_ + "/volumes"; }
  std::string init_layer() const { return root_ + "/init"; }
  std::string bundle(std::string_view id) const { return container(id); }
  std::string log(std::string_view id) const;

  /// Held while records are changed; other processes wait. Released when the Fd goes.
  Result<Fd> lock() const;
  /// Held by whoever watches a container, from its start until its end is written down: before that
  /// its log is not whole. Released when the last process that has the Fd is gone, however it ends.
  Result<Fd> watch(std::string_view id) const;
  /// The same without waiting; an Error while somebody else holds it.
  Result<Fd> watch_unwatched(std::string_view id) const;
  Status save(const ContainerRecord& record) const;
  /// All records, oldest first. One that cannot be read is left out.
  std::vector<ContainerRecord> records() const;
  /// By whole id, unambiguous prefix or name.
  Result<ContainerRecord> find(std::string_view target) const;
  /// Removes all folders of a container.
  Status forget(std::string_view id) const;
  /// Ids that have a folder of any kind here, also without a record.
  std::vector<std::string> ids() const;

 private:
  explicit StateFolder(std::string root) : root_(std::move(root)) {}
  std::string below(std::string_view folder, std::string_view id) const {
    return root_ + "/" + std::string(folder) + "/" + std::string(id);
  }
  std::string root_;
};

/// Where the state lies when nobody says: /var/lib/cutaway, as a user $XDG_DATA_HOME/cutaway.
std::string default_state_folder();

}  // namespace cutaway::real
