#include "sim/docker/copy_tree.h"

#include <algorithm>

#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/programs/folders.h"

namespace cutaway::sim {

namespace {

// As io.Copy does it: pieces of 32 KiB.
Co<int> copy_bytes(Sys sys, std::string from, std::string to, Stat stat) {
  const std::int64_t in = co_await sys.open(from, abi::o::kCloexec);
  if (in < 0) co_return static_cast<int>(in);
  const std::uint64_t create = abi::o::kWronly | abi::o::kCreat | abi::o::kTrunc | abi::o::kCloexec;
  const std::int64_t out = co_await sys.open(to, create, stat.mode & 07777U);
  if (out >= 0) {
    while (co_await sys.read(in, 32768) > 0) {
      auto writing = write_all(sys, out, sys.reply().data);
      co_await writing;
    }
    co_await sys.close(out);
  }
  co_await sys.close(in);
  co_return static_cast<int>(std::min<std::int64_t>(out, 0));
}

Co<int> copy_one(Sys sys, std::string from, std::string to, Stat stat) {
  if (is_folder(stat)) {
    const std::int64_t made = co_await sys.mkdir(to, stat.mode & 07777U);
    const bool there = made == -static_cast<std::int64_t>(abi::Errno::kEEXIST);
    co_return there ? 0 : static_cast<int>(made);
  }
  if (is_link(stat)) {
    co_await sys.readlink(from);
    const std::string target = sys.reply().data;
    co_return static_cast<int>(co_await sys.symlink(target, to));
  }
  if ((stat.mode & abi::mode::kType) == abi::mode::kRegular) {
    auto copying = copy_bytes(sys, from, to, stat);
    co_return co_await copying;
  }
  co_return static_cast<int>(co_await sys.mknod(to, stat.mode, stat.major, stat.minor));
}

Co<int> keep_owner(Sys sys, std::string to, Stat stat) {
  if (is_link(stat)) co_return 0;
  co_await sys.chown(to, stat.uid, stat.gid);
  co_await sys.chmod(to, stat.mode & 07777U);
  co_return 0;
}

}  // namespace

Co<std::vector<std::string>> list_folder(Sys sys, std::string folder) {
  std::vector<std::string> names;
  const std::int64_t fd = co_await sys.open(folder, abi::o::kDirectory | abi::o::kCloexec);
  if (fd < 0) co_return names;
  while (co_await sys.getdents(fd) > 0) {
    for (const std::string& name : entry_names(sys.reply().data)) names.push_back(name);
  }
  co_await sys.close(fd);
  std::sort(names.begin(), names.end());
  co_return names;
}

Co<int> copy_content(Sys sys, std::string from, std::string to) {
  auto listing = list_folder(sys, from);
  const std::vector<std::string> names = co_await listing;
  for (const std::string& name : names) {
    auto copying = copy_tree(sys, from + "/" + name, to + "/" + name);
    const int copied = co_await copying;
    if (copied < 0) co_return copied;
  }
  if (co_await sys.stat(from) < 0) co_return 0;
  const Stat stat = sys.reply().stat;
  auto keeping = keep_owner(sys, to, stat);
  co_return co_await keeping;
}

Co<int> copy_tree(Sys sys, std::string from, std::string to) {
  const std::int64_t found = co_await sys.lstat(from);
  if (found < 0) co_return static_cast<int>(found);
  const Stat stat = sys.reply().stat;
  auto copying = copy_one(sys, from, to, stat);
  const int copied = co_await copying;
  if (copied < 0) co_return copied;
  if (is_folder(stat)) {
    auto inner = copy_content(sys, from, to);
    co_return co_await inner;
  }
  auto keeping = keep_owner(sys, to, stat);
  co_return co_await keeping;
}

}  // namespace cutaway::sim
