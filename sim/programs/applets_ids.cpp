// Who am I: id, groups, whoami.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

Co<std::int64_t> number(Sys sys, abi::Sys which) {
  const std::vector<Arg> none;
  co_return co_await sys.call(which, none);
}

struct Who {
  std::int64_t uid = 0, gid = 0, euid = 0, egid = 0;
  std::vector<std::int64_t> groups;
  std::string name;  ///< asked for by name
};

Co<Who> myself(Sys sys) {
  Who who;
  auto egid = number(sys, abi::Sys::getegid);
  who.egid = co_await egid;
  auto gid = number(sys, abi::Sys::getgid);
  who.gid = co_await gid;
  auto euid = number(sys, abi::Sys::geteuid);
  who.euid = co_await euid;
  auto uid = number(sys, abi::Sys::getuid);
  who.uid = co_await uid;
  co_return who;
}

Co<std::string> table_text(Sys sys, std::string path) {
  auto opening = open_in(sys, path);
  In in = co_await opening;
  if (in.err != 0) co_return std::string();
  auto reading = read_all(sys, &in);
  std::string text = co_await reading;
  auto closing = close_in(sys, in);
  co_await closing;
  co_return text;
}

/// The account of that name, and the groups that name it.
Co<bool> somebody(Sys sys, std::string name, Who* who) {
  auto reading = table_text(sys, "/etc/passwd");
  const std::string passwd = co_await reading;
  bool found = false;
  for (const std::string& line : split(passwd, '\n')) {
    const std::vector<std::string> fields = split(line, ':');
    if (fields.size() < 4 || fields[0] != name) continue;
    found = parse_decimal(fields[2], who->uid) && parse_decimal(fields[3], who->gid);
  }
  if (!found) co_return false;
  who->name = name;
  who->euid = who->uid;
  who->egid = who->gid;
  who->groups = {who->gid};
  auto reading_groups = table_text(sys, "/etc/group");
  const std::string table = co_await reading_groups;
  for (const std::string& line : split(table, '\n')) {
    const std::vector<std::string> fields = split(line, ':');
    std::int64_t id = 0;
    if (fields.size() < 4 || !parse_decimal(fields[2], id)) continue;
    const std::vector<std::string> members = split(fields[3], ',');
    const bool member = std::find(members.begin(), members.end(), name) != members.end();
    if (member && id != who->gid) who->groups.push_back(id);
  }
  co_return true;
}

Co<std::string> shown(Sys sys, NameTable* table, std::int64_t id) {
  auto asking = name_for(sys, table, id);
  const std::string name = co_await asking;
  co_return table->known(id) ? decimal(id) + "(" + name + ")" : decimal(id);
}

Co<std::string> whole_line(Sys sys, const Who* who, NameTable* users, NameTable* groups) {
  auto user = shown(sys, users, who->uid);
  std::string text = "uid=" + co_await user;
  auto group = shown(sys, groups, who->gid);
  text += " gid=" + co_await group;
  if (who->euid != who->uid) {
    auto effective = shown(sys, users, who->euid);
    text += " euid=" + co_await effective;
  }
  if (who->egid != who->gid) {
    auto effective = shown(sys, groups, who->egid);
    text += " egid=" + co_await effective;
  }
  std::string more;
  for (const std::int64_t id : who->groups) {
    auto each = shown(sys, groups, id);
    more += (more.empty() ? "" : ",") + co_await each;
  }
  co_return more.empty() ? text : text + " groups=" + more;
}

Co<std::string> group_list(Sys sys, const Who* who, bool names, NameTable* groups) {
  std::string text;
  std::vector<std::int64_t> ids = who->groups;
  if (std::find(ids.begin(), ids.end(), who->gid) == ids.end()) ids.insert(ids.begin(), who->gid);
  for (const std::int64_t id : ids) {
    std::string one = decimal(id);
    if (names) {
      auto asking = name_for(sys, groups, id);
      one = co_await asking;
    }
    text += (text.empty() ? "" : " ") + one;
  }
  co_return text;
}

}  // namespace

Co<int> applet_id(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "rnugG", "[-ugGnr] [USER]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  auto asking = myself(sys);
  Who who = co_await asking;
  if (!options.rest.empty()) {
    const std::string name = options.rest[0];
    auto looking = somebody(sys, name, &who);
    const bool found = co_await looking;
    if (!found) {
      auto telling = put(sys, 2, "id: unknown user " + name + "\n");
      co_await telling;
      co_return 1;
    }
  }
  NameTable users("/etc/passwd");
  NameTable groups("/etc/group");
  const bool one = options.has('u') || options.has('g');
  const bool named = options.has('n');
  if (!one && who.name.empty()) {
    const std::vector<Arg> args = {Arg::integer(64), Arg{}};
    co_await sys.call(abi::Sys::getgroups, args);
    who.groups = sys.reply().out;
  }
  std::string text;
  if (one) {
    const bool user = options.has('u');
    const bool real = options.has('r');
    const std::int64_t id = user ? (real ? who.uid : who.euid) : (real ? who.gid : who.egid);
    text = decimal(id);
    auto naming = name_for(sys, user ? &users : &groups, id);
    if (named) text = co_await naming;
  } else if (options.has('G')) {
    auto listing = group_list(sys, &who, named, &groups);
    text = co_await listing;
  } else {
    auto writing_line = whole_line(sys, &who, &users, &groups);
    text = co_await writing_line;
  }
  auto writing = print(sys, text + "\n");
  co_return co_await writing;
}

Co<int> applet_groups(Sys sys, State state) {
  auto asking = myself(sys);
  Who who = co_await asking;
  if (state.argv.size() > 1) {
    auto looking = somebody(sys, state.argv[1], &who);
    const bool found = co_await looking;
    if (!found) {
      auto telling = put(sys, 2, "groups: unknown user " + state.argv[1] + "\n");
      co_await telling;
      co_return 1;
    }
  } else {
    const std::vector<Arg> args = {Arg::integer(64), Arg{}};
    co_await sys.call(abi::Sys::getgroups, args);
    who.groups = sys.reply().out;
  }
  NameTable groups("/etc/group");
  auto listing = group_list(sys, &who, true, &groups);
  const std::string text = co_await listing;
  auto writing = print(sys, text + "\n");
  co_return co_await writing;
}

Co<int> applet_whoami(Sys sys, State) {
  auto uid_asked = number(sys, abi::Sys::geteuid);
  const std::int64_t uid = co_await uid_asked;
  NameTable users("/etc/passwd");
  auto naming = name_for(sys, &users, uid);
  const std::string name = co_await naming;
  if (!users.known(uid)) {
    auto telling = put(sys, 2, "whoami: unknown uid " + decimal(uid) + "\n");
    co_await telling;
    co_return 1;
  }
  auto writing = print(sys, name + "\n");
  co_return co_await writing;
}

}  // namespace cutaway::sim
