// chmod, chown, chgrp.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/commands.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

Co<int> change_one(Sys sys, std::string words, std::string path, bool recursive) {
  const std::int64_t there = co_await sys.lstat(path);
  const std::int64_t found = there < 0 ? there : co_await sys.stat(path);
  if (found < 0) {
    auto telling = complain(sys, "chmod", "", path, found);
    co_return co_await telling;
  }
  const Stat stat = sys.reply().stat;
  std::uint32_t mode = stat.mode;
  change_mode(words, 022, is_folder(stat), mode);
  const std::int64_t done = co_await sys.chmod(path, mode);
  int exit = 0;
  if (done < 0) {
    auto telling = complain(sys, "chmod", "", path, done);
    exit = co_await telling;
  }
  if (!recursive || !is_folder(stat)) co_return exit;
  auto listing = names_in_folder(sys, path);
  const std::vector<std::string> names = co_await listing;
  for (const std::string& name : names) {
    auto changing = change_one(sys, words, path + "/" + name, true);
    const int failed = co_await changing;
    if (failed != 0) exit = failed;
  }
  co_return exit;
}

}  // namespace

Co<int> applet_chmod(Sys sys, State state) {
  constexpr std::string_view usage = "[-Rcvf] MODE[,MODE]... FILE...";
  // A mode may begin with a minus ("-x"): options are looked for by hand.
  bool recursive = false;
  std::size_t at = 1;
  while (at < state.argv.size() && state.argv[at].size() > 1 && state.argv[at][0] == '-' &&
         state.argv[at].find_first_not_of("Rcvf", 1) == std::string::npos) {
    recursive = recursive || state.argv[at].find('R') != std::string::npos;
    ++at;
  }
  if (at + 1 >= state.argv.size()) {
    auto telling = misused(sys, "chmod", std::string(usage));
    co_return co_await telling;
  }
  const std::string words = state.argv[at];
  std::uint32_t trial = 0;
  if (!change_mode(words, 022, false, trial)) {
    auto telling = put(sys, 2, "chmod: invalid mode '" + words + "'\n");
    co_await telling;
    co_return 1;
  }
  int exit = 0;
  for (++at; at < state.argv.size(); ++at) {
    auto changing = change_one(sys, words, state.argv[at], recursive);
    const int failed = co_await changing;
    if (failed != 0) exit = failed;
  }
  co_return exit;
}

namespace {

/// A number, or a name of the table (/etc/passwd, /etc/group); −2 for none.
Co<std::int64_t> id_in(Sys sys, std::string path, std::string name) {
  std::int64_t number = 0;
  auto opening = open_in(sys, path);
  In in = co_await opening;
  bool found = false;
  while (in.err == 0 && !found) {
    auto reading = next_line(sys, &in);
    const TakenLine line = co_await reading;
    if (!line.got) break;
    const std::vector<std::string> fields = split(line.text, ':');
    found = fields.size() > 2 && fields[0] == name && parse_decimal(fields[2], number);
  }
  auto closing = close_in(sys, in);
  co_await closing;
  if (found || (parse_decimal(name, number) && number >= 0)) co_return number;
  co_return -2;
}

struct Owner {
  std::int64_t uid = -1, gid = -1;
  std::string wrong;
};

Co<Owner> read_owner(Sys sys, std::string words, bool group_only) {
  Owner owner;
  const std::size_t colon = group_only ? 0 : words.find_first_of(":.");
  const std::string user = group_only ? "" : words.substr(0, colon);
  const std::string group = group_only                   ? words
                            : colon == std::string::npos ? ""
                                                         : words.substr(colon + 1);
  if (!user.empty()) {
    const bool is_number = parse_decimal(user, owner.uid) && owner.uid >= 0;
    NameTable users("/etc/passwd");
    auto checking = name_for(sys, &users, owner.uid);
    auto looking = id_in(sys, "/etc/passwd", user);
    if (!is_number)
      owner.uid = co_await looking;
    else if (colon != std::string::npos)
      co_await checking;  // whose login group it would be
    if (owner.uid == -2) owner.wrong = "unknown user " + user;
  }
  std::int64_t number = 0;
  if (!group.empty() && parse_decimal(group, number)) {
    owner.gid = number;
  } else if (!group.empty()) {
    auto looking = id_in(sys, "/etc/group", group);
    owner.gid = co_await looking;
    if (owner.gid == -2) owner.wrong = "unknown group " + group;
  }
  co_return owner;
}

Co<int> own_one(Sys sys, std::string applet, std::string path, Owner owner, bool recursive) {
  const std::int64_t found = co_await sys.lstat(path);
  const Stat stat = sys.reply().stat;
  const std::int64_t uid = owner.uid < 0 ? stat.uid : owner.uid;
  const std::int64_t gid = owner.gid < 0 ? stat.gid : owner.gid;
  const std::int64_t done = found < 0 ? found : co_await sys.chown(path, uid, gid);
  int exit = 0;
  if (done < 0) {
    auto telling = complain(sys, applet, "", path, done);
    exit = co_await telling;
  }
  if (!recursive || found < 0 || !is_folder(stat)) co_return exit;
  auto listing = names_in_folder(sys, path);
  const std::vector<std::string> names = co_await listing;
  for (const std::string& name : names) {
    auto owning = own_one(sys, applet, path + "/" + name, owner, true);
    const int failed = co_await owning;
    if (failed != 0) exit = failed;
  }
  co_return exit;
}

Co<int> change_owner(Sys sys, State state, bool group_only) {
  const std::string applet = state.argv[0];
  Options options;
  auto taking =
      take_options(sys, state.argv, "RhLHPcfv", "[-Rh]... USER[:[GRP]] FILE...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (options.rest.size() < 2) {
    auto telling = misused(sys, applet, "[-Rh]... USER[:[GRP]] FILE...");
    co_return co_await telling;
  }
  auto reading = read_owner(sys, options.rest[0], group_only);
  const Owner owner = co_await reading;
  if (!owner.wrong.empty()) {
    auto telling = put(sys, 2, applet + ": " + owner.wrong + "\n");
    co_await telling;
    co_return 1;
  }
  int exit = 0;
  for (std::size_t i = 1; i < options.rest.size(); ++i) {
    auto owning = own_one(sys, applet, options.rest[i], owner, options.has('R'));
    const int failed = co_await owning;
    if (failed != 0) exit = failed;
  }
  co_return exit;
}

}  // namespace

Co<int> applet_chown(Sys sys, State state) {
  auto changing = change_owner(sys, state, false);
  co_return co_await changing;
}
Co<int> applet_chgrp(Sys sys, State state) {
  auto changing = change_owner(sys, state, true);
  co_return co_await changing;
}

}  // namespace cutaway::sim
