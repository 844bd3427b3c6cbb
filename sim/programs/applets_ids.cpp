// Who am I: id, groups, whoami.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

struct Who {
  std::int64_t uid = 0, gid = 0, euid = 0, egid = 0;
  std::vector<std::int64_t> groups;
  std::string name;  ///< asked for by name
};

Co<Who> myself(Sys sys) {
  Who who;
  auto egid = ask_number(sys, abi::Sys::getegid);
  who.egid = co_await egid;
  auto gid = ask_number(sys, abi::Sys::getgid);
  who.gid = co_await gid;
  auto euid = ask_number(sys, abi::Sys::geteuid);
  who.euid = co_await euid;
  auto uid = ask_number(sys, abi::Sys::getuid);
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

Co<int> add_shown(Sys sys, Out* out, std::string title, NameTable* table, std::int64_t id) {
  auto showing = shown(sys, table, id);
  const std::string text = co_await showing;
  auto emitting = emit(sys, out, title + text);
  co_return co_await emitting;
}

Co<std::vector<std::int64_t>> my_groups(Sys sys) {
  const std::vector<Arg> args = {Arg::integer(64), Arg{}};
  co_await sys.call(abi::Sys::getgroups, args);
  co_return sys.reply().out;
}

/// uid=0(root) gid=0(root) …: each name is looked up when its turn comes.
Co<int> whole_line(Sys sys, Who who, Out* out) {
  NameTable users("/etc/passwd");
  NameTable groups("/etc/group");
  auto uid = add_shown(sys, out, "uid=", &users, who.uid);
  co_await uid;
  auto gid = add_shown(sys, out, " gid=", &groups, who.gid);
  co_await gid;
  if (who.euid != who.uid) {
    auto effective = add_shown(sys, out, " euid=", &users, who.euid);
    co_await effective;
  }
  if (who.egid != who.gid) {
    auto effective = add_shown(sys, out, " egid=", &groups, who.egid);
    co_await effective;
  }
  if (who.name.empty()) {
    auto asking = my_groups(sys);
    who.groups = co_await asking;
  }
  std::string title = " groups=";
  for (const std::int64_t id : who.groups) {
    auto each = add_shown(sys, out, std::exchange(title, ","), &groups, id);
    co_await each;
  }
  auto ending = emit(sys, out, "\n");
  co_return co_await ending;
}

Co<int> add_group(Sys sys, Out* out, std::string title, NameTable* table, bool named,
                  std::int64_t id) {
  // It looks the name up in any case (busybox, id.c: print_common).
  auto asking = name_for(sys, table, id);
  const std::string name = co_await asking;
  const std::string text = named ? name : decimal(id);
  auto emitting = emit(sys, out, title + text);
  co_return co_await emitting;
}

/// The own group first, then the others.
Co<int> group_list(Sys sys, Who who, bool named, Out* out) {
  NameTable table("/etc/group");
  auto own = add_group(sys, out, "", &table, named, who.gid);
  co_await own;
  if (who.name.empty()) {
    auto asking = my_groups(sys);
    who.groups = co_await asking;
  }
  for (const std::int64_t id : who.groups) {
    if (id == who.gid) continue;
    auto other = add_group(sys, out, " ", &table, named, id);
    co_await other;
  }
  auto ending = emit(sys, out, "\n");
  co_return co_await ending;
}

/// -u, -g: one number, or its name.
Co<int> one_id(Sys sys, Who who, Options options, Out* out) {
  const bool user = options.has('u');
  const bool real = options.has('r');
  const std::int64_t id = user ? (real ? who.uid : who.euid) : (real ? who.gid : who.egid);
  NameTable table(user ? "/etc/passwd" : "/etc/group");
  auto naming = name_for(sys, &table, id);
  const std::string name = co_await naming;
  const std::string text = options.has('n') ? name : decimal(id);
  auto emitting = emit(sys, out, text + "\n");
  co_return co_await emitting;
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
  Out out;
  auto telling = options.has('u') || options.has('g') ? one_id(sys, who, options, &out)
                 : options.has('G')                   ? group_list(sys, who, options.has('n'), &out)
                                                      : whole_line(sys, who, &out);
  co_await telling;
  auto flushing = flush(sys, &out);
  co_return co_await flushing;
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
  }
  Out out;
  auto listing = group_list(sys, who, true, &out);
  co_await listing;
  auto flushing = flush(sys, &out);
  co_return co_await flushing;
}

Co<int> applet_whoami(Sys sys, State) {
  auto uid_asked = ask_number(sys, abi::Sys::geteuid);
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
