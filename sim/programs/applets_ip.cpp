// ip: interfaces, addresses and routes, as busybox shows and changes them over netlink(7).
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/ip_text.h"
#include "trace/world/net_path.h"

namespace cutaway::sim {
namespace {

using Message = std::vector<std::pair<std::string, Arg>>;

Co<int> ip_error(Sys sys, std::string words, int status) {
  auto telling = put(sys, 2, "ip: " + words + "\n");
  co_await telling;
  co_return status;
}

Co<std::int64_t> open_netlink(Sys sys) {
  const std::string family = "AF_NETLINK", type = "SOCK_RAW";
  co_return co_await sys.socket(family, type);
}

// One dump: the rows of a table of the kernel.
Co<std::vector<Words>> dump(Sys sys, std::string type) {
  std::vector<Words> rows;
  auto opening = open_netlink(sys);
  const std::int64_t fd = co_await opening;
  if (fd < 0) co_return rows;
  const Message message = {{"nlmsg_type", Arg::bytes(type)}};
  co_await sys.netlink(fd, message);
  co_await sys.recvfrom(fd, 32768);
  for (const std::string& line : split(sys.reply().data, '\n')) {
    if (!line.empty()) rows.push_back(split(line, '\t'));
  }
  co_await sys.close(fd);
  co_return rows;
}

Co<NetTables> read_tables(Sys sys, bool with_addresses) {
  NetTables tables;
  auto linking = dump(sys, "RTM_GETLINK");
  const std::vector<Words> links = co_await linking;
  for (const Words& row : links) {
    if (row.size() < 7) continue;
    tables.links.push_back({row[0], row[1], row[2], row[4], row[5], row[6], row[3] == "up"});
  }
  if (!with_addresses) co_return tables;
  auto addressing = dump(sys, "RTM_GETADDR");
  const std::vector<Words> addresses = co_await addressing;
  for (const Words& row : addresses) {
    if (row.size() >= 3) tables.addresses.push_back({row[0], row[1], row[2]});
  }
  co_return tables;
}

// Behind a word ("dev"), or empty.
std::string behind(const Words& words, std::string_view key) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i] == key) return words[i + 1];
  }
  return {};
}
bool has(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Message set_message(const Words& words) {
  const std::string name = behind(words, "dev").empty() ? words.at(2) : behind(words, "dev");
  Message message = {{"nlmsg_type", Arg::bytes("RTM_SETLINK")}, {"ifname", Arg::bytes(name)}};
  if (has(words, "up")) message.emplace_back("up", Arg::integer(1));
  if (has(words, "down")) message.emplace_back("up", Arg::integer(0));
  if (has(words, "nomaster")) message.emplace_back("master", Arg::bytes(""));
  for (const char* key : {"name", "master"}) {
    if (!behind(words, key).empty()) message.emplace_back(key, Arg::bytes(behind(words, key)));
  }
  return message;
}

Message add_message(const Words& words) {
  const bool named = words.at(2) == "name" || words.at(2) == "dev";
  Message message = {{"nlmsg_type", Arg::bytes("RTM_NEWLINK")},
                     {"ifname", Arg::bytes(named ? words.at(3) : words.at(2))},
                     {"kind", Arg::bytes(behind(words, "type"))}};
  const auto peer = std::find(words.begin(), words.end(), "peer");
  if (peer != words.end()) message.emplace_back("peer", Arg::bytes(words.back()));
  return message;
}

Message route_message(const Words& words, const std::string& verb, const std::string& link) {
  return {{"nlmsg_type", Arg::bytes(verb)},
          {"dst", Arg::bytes(words.at(2))},
          {"gateway", Arg::bytes(behind(words, "via"))},
          {"oif", Arg::bytes(link)}};
}

// A change: 0, or what the kernel said against it.
Co<int> change(Sys sys, Message message) {
  auto opening = open_netlink(sys);
  const std::int64_t fd = co_await opening;
  if (fd < 0) co_return 1;
  const std::int64_t done = co_await sys.netlink(fd, message);
  co_await sys.close(fd);
  if (done >= 0) co_return 0;
  const auto err = static_cast<abi::Errno>(-done);
  const std::string why(abi::errno_text(err));
  // Up and down, and whether there is such a link, busybox asks by ioctl (networking/libiproute).
  const bool by_ioctl = std::any_of(message.begin(), message.end(),
                                    [](const auto& field) { return field.first == "up"; });
  const std::string who = err == abi::Errno::kENODEV ? "SIOCGIFFLAGS: "
                          : by_ioctl                 ? "SIOCSIFFLAGS: "
                                                     : "RTNETLINK answers: ";
  auto failing = ip_error(sys, who + why, 2);
  co_return co_await failing;
}

// "netns PID": a descriptor of its network namespace goes along.
Co<int> move_link(Sys sys, Words words) {
  const std::string path = "/proc/" + behind(words, "netns") + "/ns/net";
  const std::int64_t ns = co_await sys.open(path, abi::o::kCloexec);
  if (ns < 0) {
    auto failing = ip_error(sys, "invalid argument '" + behind(words, "netns") + "' to 'netns'", 1);
    co_return co_await failing;
  }
  Message message = set_message(words);
  message.emplace_back("net_ns_fd", Arg::integer(ns));
  auto changing = change(sys, message);
  const int status = co_await changing;
  co_await sys.close(ns);
  co_return status;
}

Co<int> link_command(Sys sys, Words words, ShowHow how) {
  const std::string verb = words.size() > 1 ? words[1] : "show";
  const bool named = words.size() > 2;
  if (verb == "set" && named) {
    auto changing =
        behind(words, "netns").empty() ? change(sys, set_message(words)) : move_link(sys, words);
    co_return co_await changing;
  }
  if (verb == "add" && named) {
    auto changing = change(sys, add_message(words));
    co_return co_await changing;
  }
  if ((verb == "del" || verb == "delete") && named) {
    auto changing = change(
        sys, {{"nlmsg_type", Arg::bytes("RTM_DELLINK")}, {"ifname", Arg::bytes(words.back())}});
    co_return co_await changing;
  }
  auto reading = read_tables(sys, false);
  const NetTables tables = co_await reading;
  const std::string shown = show_links(tables, words, how);
  if (shown.empty() && named) {
    auto failing = ip_error(sys, "can't find device '" + words.back() + "'", 2);
    co_return co_await failing;
  }
  auto telling = put(sys, 1, shown);
  co_return co_await telling;
}

Co<int> address_command(Sys sys, Words words, ShowHow how) {
  const std::string verb = words.size() > 1 ? words[1] : "show";
  const bool adds = verb == "add", removes = verb == "del";
  if ((adds || removes) && words.size() > 4) {
    const std::string address =
        words[2].find('/') == std::string::npos ? words[2] + "/32" : words[2];
    auto changing = change(sys, {{"nlmsg_type", Arg::bytes(adds ? "RTM_NEWADDR" : "RTM_DELADDR")},
                                 {"ifname", Arg::bytes(behind(words, "dev"))},
                                 {"local", Arg::bytes(address)}});
    co_return co_await changing;
  }
  auto reading = read_tables(sys, true);
  const NetTables tables = co_await reading;
  const std::string shown = show_addresses(tables, words, how);
  if (shown.empty() && words.size() > 2) {
    auto failing = ip_error(sys, "can't find device '" + words.back() + "'", 1);
    co_return co_await failing;
  }
  auto telling = put(sys, 1, shown);
  co_return co_await telling;
}

// The interface behind which a gateway is.
std::string link_towards(const std::vector<Words>& routes, const std::string& gateway) {
  std::uint32_t address = 0;
  for (const Words& row : routes) {
    Subnet subnet;
    if (row.size() > 3 && row[1].empty() && parse_address(gateway, address) &&
        parse_subnet(row[0], subnet) && subnet.holds(address))
      return row[2];
  }
  return {};
}

Co<int> route_command(Sys sys, Words words, ShowHow) {
  const std::string verb = words.size() > 1 ? words[1] : "show";
  auto dumping = dump(sys, "RTM_GETROUTE");
  const std::vector<Words> routes = co_await dumping;
  if ((verb == "add" || verb == "del") && words.size() > 2) {
    std::string link = behind(words, "dev");
    if (link.empty()) link = link_towards(routes, behind(words, "via"));
    auto changing =
        change(sys, route_message(words, verb == "add" ? "RTM_NEWROUTE" : "RTM_DELROUTE", link));
    co_return co_await changing;
  }
  std::string shown;
  for (const Words& row : routes) {
    if (row.size() > 3) shown += route_line(row);
  }
  auto telling = put(sys, 1, shown);
  co_return co_await telling;
}

struct Object {
  std::string_view name;
  Co<int> (*run)(Sys, Words, ShowHow);
};
constexpr Object kObjects[] = {
    {"address", address_command}, {"link", link_command}, {"route", route_command}};

}  // namespace

Co<int> applet_ip(Sys sys, State state) {
  ShowHow how;
  std::size_t at = 1;
  for (; at < state.argv.size() && starts_with(state.argv[at], "-"); ++at) {
    if (state.argv[at] == "-4") how.only_ipv4 = true;
    if (state.argv[at] == "-o" || state.argv[at] == "-oneline") how.one_line = true;
  }
  const Words words(state.argv.begin() + static_cast<std::ptrdiff_t>(at), state.argv.end());
  for (const Object& object : kObjects) {
    if (words.empty() || !starts_with(object.name, words[0])) continue;
    auto running = object.run(sys, words, how);
    co_return co_await running;
  }
  auto misusing = misused(sys, "ip", "[OPTIONS] address|route|link [ARGS]");
  co_return co_await misusing;
}

}  // namespace cutaway::sim
