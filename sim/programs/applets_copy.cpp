// cp, mv, ln: the last word is where to.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"

namespace cutaway::sim {

namespace {

constexpr std::uint64_t kExclusive = 0200;

std::string below(const std::string& folder, const std::string& name) {
  return folder + (ends_with(folder, "/") ? "" : "/") + name;
}

constexpr std::string_view kCpUsage =
    "[-arPLHpfinlsTu] SOURCE DEST\nor: cp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }";
constexpr std::string_view kMvUsage =
    "[-finT] SOURCE DEST\nor: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }";

struct Copy {
  bool recursive = false, keeps = false, links = false, forces = false;
};

Co<int> keep_attributes(Sys sys, std::string to, Stat stat, Copy how) {
  if (!how.keeps) co_return 0;
  co_await sys.chown(to, stat.uid, stat.gid);
  co_await sys.chmod(to, stat.mode & 07777U);
  co_return 0;
}

/// sendfile(2) until there is no more; what it cannot move goes through a buffer.
Co<int> copy_bytes(Sys sys, std::int64_t out, std::int64_t in) {
  const std::vector<Arg> args = {Arg::integer(out), Arg::integer(in), Arg{},
                                 Arg::integer(std::int64_t{16} << 20)};
  while (true) {
    const std::int64_t moved = co_await sys.call(abi::Sys::sendfile, args);
    if (moved == 0) co_return 0;
    if (moved < 0) break;
  }
  while (co_await sys.read(in, 65536) > 0) {
    auto writing = put(sys, out, sys.reply().data);
    const int failed = co_await writing;
    if (failed != 0) co_return 1;
  }
  co_return 0;
}

Co<int> copy_file(Sys sys, std::string from, std::string to, Stat stat, Copy how, bool exists) {
  const std::int64_t in = co_await sys.open(from, 0);
  if (in < 0) {
    auto telling = complain(sys, "cp", "can't open", from, in);
    co_return co_await telling;
  }
  const std::uint64_t create = exists ? abi::o::kTrunc : abi::o::kCreat | abi::o::kTrunc;
  std::int64_t out = co_await sys.open(to, abi::o::kWronly | create, stat.mode & 0177777U);
  if (out < 0 && exists && how.forces) {
    co_await sys.unlink(to);
    out =
        co_await sys.open(to, abi::o::kWronly | abi::o::kCreat | kExclusive, stat.mode & 0177777U);
  }
  if (out < 0) {
    auto telling = complain(sys, "cp", exists ? "can't open" : "can't create", to, out);
    co_await telling;
    co_await sys.close(in);
    co_return 1;
  }
  auto moving = copy_bytes(sys, out, in);
  const int failed = co_await moving;
  co_await sys.close(out);
  co_await sys.close(in);
  auto keeping = keep_attributes(sys, to, stat, how);
  co_await keeping;
  co_return failed;
}

Co<int> copy_any(Sys sys, std::string from, std::string to, Copy how);

Co<int> copy_folder(Sys sys, std::string from, std::string to, Stat stat, Copy how, bool exists) {
  if (!how.recursive) {
    auto telling = put(sys, 2, "cp: omitting directory '" + from + "'\n");
    co_await telling;
    co_return 1;
  }
  if (!exists) {
    const std::vector<Arg> nothing = {Arg::integer(0)};
    const std::int64_t mask = co_await sys.call(abi::Sys::umask, nothing);
    const std::uint32_t mode = (stat.mode & 0177777U & ~static_cast<std::uint32_t>(mask)) | 0700U;
    const std::int64_t made = co_await sys.mkdir(to, mode);
    const std::vector<Arg> back = {Arg::integer(mask)};
    co_await sys.call(abi::Sys::umask, back);
    if (made < 0) {
      auto telling = complain(sys, "cp", "can't create directory", to, made);
      co_return co_await telling;
    }
    co_await sys.lstat(to);
  }
  auto listing = names_in_folder(sys, from);
  const std::vector<std::string> names = co_await listing;
  int exit = 0;
  for (const std::string& name : names) {
    auto copying = copy_any(sys, below(from, name), below(to, name), how);
    const int failed = co_await copying;
    if (failed != 0) exit = failed;
  }
  if (!exists) co_await sys.chmod(to, stat.mode & 0177777U);
  auto keeping = keep_attributes(sys, to, stat, how);
  co_await keeping;
  co_return exit;
}

Co<int> copy_link(Sys sys, std::string from, std::string to) {
  co_await sys.readlink(from);
  const std::string target = sys.reply().data;
  const std::int64_t made = co_await sys.symlink(target, to);
  if (made >= 0) co_return 0;
  auto telling = complain(sys, "cp", "can't create symlink", to, made);
  co_return co_await telling;
}

Co<int> copy_any(Sys sys, std::string from, std::string to, Copy how) {
  const std::int64_t found = how.links ? co_await sys.lstat(from) : co_await sys.stat(from);
  const Stat stat = sys.reply().stat;
  if (found < 0) {
    auto telling = complain(sys, "cp", "can't stat", from, found);
    co_return co_await telling;
  }
  const bool exists = co_await sys.lstat(to) >= 0;
  const Stat there = sys.reply().stat;
  const bool same = exists && there.inode == stat.inode && there.device == stat.device;
  if (same) {
    auto telling = put(sys, 2, "cp: '" + from + "' and '" + to + "' are the same file\n");
    co_await telling;
    co_return 1;
  }
  if (is_folder(stat)) {
    auto copying = copy_folder(sys, from, to, stat, how, exists);
    co_return co_await copying;
  }
  if (is_link(stat)) {
    auto copying = copy_link(sys, from, to);
    co_return co_await copying;
  }
  auto copying = copy_file(sys, from, to, stat, how, exists);
  co_return co_await copying;
}

}  // namespace

Co<int> applet_cp(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "pdRfirPLHaTt:luv", kCpUsage, &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (options.rest.size() < 2) {
    auto telling = misused(sys, "cp", std::string(kCpUsage));
    co_return co_await telling;
  }
  Copy how;
  how.recursive = options.has('r') || options.has('R') || options.has('a');
  how.keeps = options.has('p') || options.has('a');
  how.links = how.recursive || options.has('d') || options.has('P');
  how.forces = options.has('f');
  const std::string last = options.rest.back();
  options.rest.pop_back();
  int exit = 0;
  if (options.rest.size() == 1) {  // the source is looked at first
    const std::string from = options.rest[0];
    if (how.links)
      co_await sys.lstat(from);
    else
      co_await sys.stat(from);
  }
  const bool there = co_await sys.stat(last) >= 0 && is_folder(sys.reply().stat);
  const bool into = there || options.rest.size() > 1;
  for (const std::string& from : options.rest) {
    const bool inside = into && !options.has('T');
    auto copying = copy_any(sys, from, inside ? below(last, base_of(from)) : last, how);
    const int failed = co_await copying;
    if (failed != 0) exit = failed;
  }
  co_return exit;
}

Co<int> applet_mv(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "finTt:", kMvUsage, &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (options.rest.size() < 2) {
    auto telling = misused(sys, "mv", std::string(kMvUsage));
    co_return co_await telling;
  }
  const std::string last = options.rest.back();
  options.rest.pop_back();
  const bool there = co_await sys.stat(last) >= 0 && is_folder(sys.reply().stat);
  const bool into = there || options.rest.size() > 1;
  int exit = 0;
  for (const std::string& from : options.rest) {
    const std::string to = into ? below(last, base_of(from)) : last;
    if (options.has('n') && co_await sys.lstat(to) >= 0) continue;
    std::int64_t moved = co_await sys.rename(from, to);
    if (moved == -static_cast<std::int64_t>(abi::Errno::kEXDEV)) {  // another file system
      Copy how;
      how.recursive = how.keeps = how.links = true;
      auto copying = copy_any(sys, from, to, how);
      const int failed = co_await copying;
      auto removing = remove_tree(sys, from, true, true);
      if (failed == 0) co_await removing;
      moved = failed != 0 ? -5 : 0;
    }
    if (moved >= 0) continue;
    auto telling = complain(sys, "mv", "can't rename", from, moved);
    exit = co_await telling;
  }
  co_return exit;
}

Co<int> applet_ln(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, state.argv, "sfnbtvTS:", "[-sfnbtv] [-S SUF] TARGET... LINK|DIR", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (options.rest.empty()) {
    auto telling = misused(sys, "ln", "[-sfnbtv] [-S SUF] TARGET... LINK|DIR");
    co_return co_await telling;
  }
  std::string last = options.rest.back();
  if (options.rest.size() == 1)
    last = base_of(last);
  else
    options.rest.pop_back();
  const bool symbolic = options.has('s');
  const bool as_is = options.has('n') || options.has('T');
  const std::int64_t there = as_is ? co_await sys.lstat(last) : co_await sys.stat(last);
  const bool into = there >= 0 && is_folder(sys.reply().stat);
  int exit = 0;
  for (const std::string& target : options.rest) {
    const std::string place = into ? below(last, base_of(target)) : last;
    if (!symbolic) {
      const std::int64_t found = co_await sys.stat(target);
      if (found < 0) {
        auto telling = complain(sys, "ln", "", target, found);
        exit = co_await telling;
        continue;
      }
    }
    if (options.has('f')) co_await sys.unlink(place);
    const std::int64_t made =
        symbolic ? co_await sys.symlink(target, place) : co_await sys.link(target, place);
    if (made >= 0) continue;
    auto telling = complain(sys, "ln", "", place, made);
    exit = co_await telling;
  }
  co_return exit;
}

}  // namespace cutaway::sim
