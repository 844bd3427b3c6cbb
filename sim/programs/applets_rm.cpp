// rm, and the removal of a tree that mv needs as well.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"

namespace cutaway::sim {

namespace {

/// What is in it, and then the folder itself.
Co<std::int64_t> remove_folder(Sys sys, std::string path, bool force) {
  const std::int64_t fd =
      co_await sys.open(path, abi::o::kDirectory | abi::o::kCloexec | abi::o::kNonblock);
  co_await sys.fstat(fd);
  while (co_await sys.getdents(fd) > 0) {
    const std::vector<std::string> names = entry_names(sys.reply().data);
    for (const std::string& name : names) {
      auto removing = remove_tree(sys, path + "/" + name, true, force);
      co_await removing;
    }
  }
  co_await sys.close(fd);
  co_return co_await sys.rmdir(path);
}

}  // namespace

Co<int> remove_tree(Sys sys, std::string path, bool recursive, bool force) {
  const std::int64_t found = co_await sys.lstat(path);
  if (found < 0 && force) co_return 0;
  std::int64_t done = found;
  const bool folder = found >= 0 && is_folder(sys.reply().stat);
  if (found >= 0 && !force && (!folder || recursive)) co_await sys.access(path, 2);  // W_OK
  if (folder && recursive) {
    auto removing = remove_folder(sys, path, force);
    done = co_await removing;
  } else if (folder) {
    done = -static_cast<std::int64_t>(abi::Errno::kEISDIR);
  } else if (found >= 0) {
    done = co_await sys.unlink(path);
  }
  if (done >= 0) co_return 0;
  const bool is_one = folder && !recursive;
  const std::string text =
      is_one ? "rm: '" + path + "' is a directory\n" : cannot("rm", "can't remove", path, done);
  auto telling = put(sys, 2, text);
  co_await telling;
  co_return 1;
}

Co<int> applet_rm(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "fiRr", "[-irf] FILE...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (options.rest.empty() && !options.has('f')) {
    auto telling = misused(sys, "rm", "[-irf] FILE...");
    co_return co_await telling;
  }
  int exit = 0;
  for (const std::string& path : options.rest) {
    const bool recursive = options.has('r') || options.has('R');
    auto removing = remove_tree(sys, path, recursive, options.has('f'));
    const int failed = co_await removing;
    if (failed != 0) exit = 1;
  }
  co_return exit;
}

}  // namespace cutaway::sim
