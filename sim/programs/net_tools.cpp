// See net_tools.h.
#include "sim/programs/net_tools.h"

#include "base/text.h"
#include "sim/core/poll.h"
#include "sim/programs/applets.h"
#include "sim/programs/dns.h"
#include "trace/world/net_path.h"

namespace cutaway::sim {
namespace {

std::string found_in_hosts(const std::string& text, const std::string& name) {
  for (const std::string& line : split(text, '\n')) {
    std::string words = line.substr(0, line.find('#'));
    for (char& c : words) c = c == '\t' ? ' ' : c;
    std::vector<std::string> parts;
    for (const std::string& part : split(words, ' ')) {
      if (!part.empty()) parts.push_back(part);
    }
    std::uint32_t number = 0;
    if (parts.size() < 2 || !parse_address(parts[0], number)) continue;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      if (parts[i] == name) return parts[0];
    }
  }
  return {};
}

}  // namespace

Co<std::vector<bool>> wait_readable(Sys sys, std::vector<std::int64_t> fds,
                                    std::int64_t timeout_ms) {
  Arg list;
  list.tag = ArgTag::List;
  for (const std::int64_t fd : fds) list.items.push_back(polled(fd));
  const auto count = static_cast<std::int64_t>(fds.size());
  const std::vector<Arg> args = {list, Arg::integer(count), Arg::integer(timeout_ms)};
  co_await sys.call(abi::Sys::poll, args);
  std::vector<bool> ready(fds.size(), false);
  const std::vector<std::int64_t>& out = sys.reply().out;
  for (std::size_t i = 0; i < fds.size() && i < out.size(); ++i) ready[i] = out[i] != 0;
  co_return ready;
}

Co<NameAnswer> ask_server(Sys sys, std::string server, std::string name) {
  constexpr std::int64_t patience_ms = 5000;
  constexpr int tries = 2;
  const std::string family = "AF_INET", type = "SOCK_DGRAM", address = server + ":53";
  const std::int64_t fd = co_await sys.socket(family, type);
  const auto id = static_cast<std::uint16_t>(sys.random() & 0xffff);
  const std::string question = dns_question(id, name);
  NameAnswer answer;
  if (fd < 0) co_return answer;
  co_await sys.connect(fd, address);
  for (int i = 0; i < tries && !answer.answered; ++i) {
    const std::string connected_to;
    const std::int64_t sent = co_await sys.sendto(fd, question, connected_to);
    if (sent < 0) break;
    auto waiting = wait_readable(sys, {fd}, patience_ms);
    const std::vector<bool> ready = co_await waiting;
    if (!ready.at(0)) continue;
    co_await sys.recvfrom(fd, 1024);
    const DnsMessage said = dns_read(sys.reply().data);
    answer.answered = said.readable && said.id == id;
    answer.code = said.code;
    answer.address = said.address;
  }
  co_await sys.close(fd);
  co_return answer;
}

Co<std::string> name_server(Sys sys) {
  auto reading = slurp_path(sys, "/etc/resolv.conf");
  const Slurped file = co_await reading;
  for (const std::string& line : split(file.text, '\n')) {
    if (starts_with(line, "nameserver ")) co_return std::string(trim(line.substr(11)));
  }
  co_return std::string("127.0.0.1");
}

Co<std::string> address_of_host(Sys sys, std::string name) {
  std::uint32_t number = 0;
  if (parse_address(name, number)) co_return name;
  auto reading = slurp_path(sys, "/etc/hosts");
  const Slurped hosts = co_await reading;
  const std::string known = found_in_hosts(hosts.text, name);
  if (!known.empty()) co_return known;
  auto finding = name_server(sys);
  const std::string server = co_await finding;
  auto asking = ask_server(sys, server, name);
  const NameAnswer answer = co_await asking;
  co_return answer.address;
}

Co<std::int64_t> open_stream(Sys sys, std::string address, std::string family) {
  const std::string type = "SOCK_STREAM";
  const std::int64_t fd = co_await sys.socket(family, type);
  if (fd < 0) co_return fd;
  const std::int64_t connected = co_await sys.connect(fd, address);
  if (connected >= 0) co_return fd;
  co_await sys.close(fd);
  co_return connected;
}

Co<Listener> listen_at(Sys sys, std::string address) {
  constexpr int reuse_address = 2;  // SO_REUSEADDR
  const std::string family = "AF_INET", type = "SOCK_STREAM";
  Listener listener;
  listener.fd = co_await sys.socket(family, type);
  if (listener.fd < 0) co_return Listener{listener.fd, "socket"};
  co_await sys.setsockopt(listener.fd, reuse_address, 1);
  const std::int64_t bound = co_await sys.bind(listener.fd, address);
  if (bound < 0) co_return Listener{bound, "bind"};
  const std::int64_t listening = co_await sys.listen(listener.fd);
  if (listening < 0) co_return Listener{listening, "listen"};
  co_return listener;
}

}  // namespace cutaway::sim
