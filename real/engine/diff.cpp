// diff: the writable layer against the layers below it.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>

#include "real/engine/engine.h"
#include "real/engine/reconcile.h"
#include "real/sys/files.h"
#include "real/sys/folder.h"

namespace cutaway::real {

namespace {

// overlayfs.rst, "whiteouts and opaque directories": a character device 0:0 stands for a name that
// is gone.
bool is_whiteout(const struct stat& status) {
  return S_ISCHR(status.st_mode) && status.st_rdev == makedev(0, 0);
}

class Changes {
 public:
  static Result<Changes> of(const StateFolder& state, const ContainerRecord& record) {
    Changes changes;
    std::vector<std::string> folders = {state.init_layer() + "/diff"};
    folders.insert(folders.end(), record.layer_folders.begin(), record.layer_folders.end());
    for (const std::string& folder : folders) {
      TRY_ASSIGN(Fd fd, open_file(folder, O_PATH | O_DIRECTORY | O_NOFOLLOW));
      changes.below_.push_back(std::move(fd));
    }
    TRY(changes.look(state.overlay(record.id) + "/diff", ""));
    return changes;
  }
  const std::string& text() const { return text_; }

 private:
  // What a container wrote: its links are not followed, for only folders are gone into.
  Status look(const std::string& upper, const std::string& path) {
    TRY_ASSIGN(const std::vector<std::string> names, names_in(upper + path));
    for (const std::string& name : names) {
      const std::string place = path + "/" + name;
      struct stat status {};
      if (::lstat((upper + place).c_str(), &status) != 0) continue;
      const char kind = is_whiteout(status) ? 'D' : is_below(place) ? 'C' : 'A';
      text_ += std::string(1, kind) + " " + place + "\n";
      if (S_ISDIR(status.st_mode)) TRY(look(upper, place));
    }
    return {};
  }
  bool is_below(const std::string& place) const {
    return std::any_of(below_.begin(), below_.end(), [&place](const Fd& layer) {
      return open_in_root(layer.get(), place, O_PATH | O_NOFOLLOW).has_value();
    });
  }

  std::vector<Fd> below_;
  std::string text_;
};

}  // namespace

int do_diff(const Doing& doing) {
  const auto record = find_current(doing.machine, doing.command.names.at(0));
  if (!record) return doing.refuse(record.error());
  if (record->root == RootKind::Copy)
    return doing.refuse("the root of " + record->name +
                        " is a copy of its image: nothing tells what changed");
  const auto changes = Changes::of(doing.machine.state, *record);
  if (!changes) return doing.refuse(changes.error());
  doing.streams.out(changes->text());
  return 0;
}

}  // namespace cutaway::real
