// Who am I: id, whoami.
#include "base/text.h"
#include "sim/programs/applets.h"

namespace cutaway::sim {

namespace {

// The name of a number in /etc/passwd or /etc/group ("root:x:0:…"); empty if it has none.
std::string name_of(const std::string& table, std::int64_t number) {
  for (const std::string& line : split(table, '\n')) {
    const std::vector<std::string> fields = split(line, ':');
    std::int64_t id = 0;
    if (fields.size() > 2 && parse_decimal(fields[2], id) && id == number) return fields[0];
  }
  return {};
}

std::string named(const std::string& table, std::int64_t number) {
  const std::string name = name_of(table, number);
  return decimal(number) + (name.empty() ? "" : "(" + name + ")");
}

Co<std::int64_t> number(Sys sys, abi::Sys which) {
  const std::vector<Arg> none;
  co_return co_await sys.call(which, none);
}

}  // namespace

Co<int> applet_id(Sys sys, State state) {
  const std::string flag = state.argv.size() > 1 ? state.argv[1] : std::string();
  auto egid_asked = number(sys, abi::Sys::getegid);
  co_await egid_asked;
  auto gid_asked = number(sys, abi::Sys::getgid);
  const std::int64_t gid = co_await gid_asked;
  auto euid_asked = number(sys, abi::Sys::geteuid);
  co_await euid_asked;
  auto uid_asked = number(sys, abi::Sys::getuid);
  const std::int64_t uid = co_await uid_asked;
  auto passwd_read = slurp_path(sys, "/etc/passwd");
  const Slurped passwd = co_await passwd_read;
  auto group_read = slurp_path(sys, "/etc/group");
  const Slurped group = co_await group_read;
  std::string text;
  if (flag == "-u")
    text = decimal(uid);
  else if (flag == "-g")
    text = decimal(gid);
  else if (flag == "-un")
    text = name_of(passwd.text, uid);
  else if (flag == "-gn")
    text = name_of(group.text, gid);
  else {
    text = "uid=" + named(passwd.text, uid) + " gid=" + named(group.text, gid);
    const std::vector<Arg> args = {Arg::integer(64), Arg{}};
    co_await sys.call(abi::Sys::getgroups, args);
    std::string more;
    for (const std::int64_t id : sys.reply().out) {
      if (id != gid) more += "," + named(group.text, id);
    }
    if (!more.empty()) text += " groups=" + named(group.text, gid) + more;
  }
  auto writing = print(sys, text + "\n");
  co_return co_await writing;
}

Co<int> applet_whoami(Sys sys, State) {
  auto uid_asked = number(sys, abi::Sys::geteuid);
  const std::int64_t uid = co_await uid_asked;
  auto passwd_read = slurp_path(sys, "/etc/passwd");
  const Slurped passwd = co_await passwd_read;
  const std::string name = name_of(passwd.text, uid);
  if (name.empty()) {
    auto telling = put(sys, 2, "whoami: unknown uid " + decimal(uid) + "\n");
    co_await telling;
    co_return 1;
  }
  auto writing = print(sys, name + "\n");
  co_return co_await writing;
}

}  // namespace cutaway::sim
