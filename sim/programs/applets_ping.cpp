// ping, nslookup, netstat.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/dns.h"
#include "sim/programs/net_tools.h"
#include "sim/programs/options.h"

namespace cutaway::sim {
namespace {

Co<std::int64_t> clock_now(Sys sys) {
  const std::vector<Arg> clock = {Arg::integer(1), Arg{}};  // CLOCK_MONOTONIC
  co_await sys.call(abi::Sys::clock_gettime, clock);
  const std::vector<std::int64_t>& out = sys.reply().out;
  co_return out.size() < 2 ? 0 : out[0] * kSecond + out[1];
}

// "0.066": microseconds as milliseconds.
std::string milliseconds(std::int64_t us) {
  const std::string rest = decimal(us % 1000);
  return decimal(us / 1000) + "." + std::string(3 - rest.size(), '0') + rest;
}

struct Pings {
  std::string host, address;
  std::int64_t count = -1, wait_s = 10;
  bool quiet = false;
  std::int64_t sent = 0, received = 0, least = 0, most = 0, sum = 0;
};

void note(Pings* pings, std::int64_t us) {
  pings->least = pings->received == 0 ? us : std::min(pings->least, us);
  pings->most = std::max(pings->most, us);
  pings->sum += us;
  ++pings->received;
}

std::string summary(const Pings& pings) {
  const std::int64_t lost = pings.sent == 0 ? 0 : (pings.sent - pings.received) * 100 / pings.sent;
  std::string text = "\n--- " + pings.host + " ping statistics ---\n" + decimal(pings.sent) +
                     " packets transmitted, " + decimal(pings.received) + " packets received, " +
                     decimal(lost) + "% packet loss\n";
  if (pings.received > 0)
    text += "round-trip min/avg/max = " + milliseconds(pings.least) + "/" +
            milliseconds(pings.sum / pings.received) + "/" + milliseconds(pings.most) + " ms\n";
  return text;
}

// icmp(7): type 8, code 0, 56 bytes of data behind the header of 8.
std::string echo_request() {
  std::string bytes(64, '\0');
  bytes[0] = 8;
  return bytes;
}

// One request and its answer; 0, or −errno of what could not be sent.
Co<std::int64_t> ping_once(Sys sys, std::int64_t fd, Pings* pings) {
  auto before = clock_now(sys);
  const std::int64_t begun = co_await before;
  const std::string request = echo_request(), to = pings->address + ":0";
  const std::int64_t sent = co_await sys.sendto(fd, request, to);
  if (sent < 0) co_return sent;
  ++pings->sent;
  const bool last = pings->sent == pings->count;
  auto waiting = wait_readable(sys, {fd}, last ? pings->wait_s * 1000 : 1000);
  const std::vector<bool> ready = co_await waiting;
  if (!ready.at(0)) co_return 0;
  co_await sys.recvfrom(fd, 192);
  auto after = clock_now(sys);
  const std::int64_t us = (co_await after - begun) / 1000;
  const std::string line = "64 bytes from " + pings->address + ": seq=" + decimal(pings->sent - 1) +
                           " ttl=64 time=" + milliseconds(us) + " ms\n";
  note(pings, us);
  if (!pings->quiet) {
    auto telling = put(sys, 1, line);
    co_await telling;
  }
  if (!last) co_await sys.nanosleep(kSecond);
  co_return 0;
}

std::string lookup_text(const std::string& name, const std::string& server,
                        const NameAnswer& answer) {
  std::string text = "Server:\t\t" + server + "\nAddress:\t" + server + ":53\n\n";
  if (!answer.address.empty())
    return text + "Non-authoritative answer:\nName:\t" + name + "\nAddress: " + answer.address +
           "\n\n";
  return text + "** server can't find " + name +
         (answer.code == kNameError ? ": NXDOMAIN\n\n" : ": SERVFAIL\n\n");
}

}  // namespace

Co<int> applet_ping(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "c:W:w:qs:i:I:t:4", "[OPTIONS] HOST", &options);
  if (!co_await taking) co_return 1;
  if (options.rest.empty()) {
    auto misusing = misused(sys, "ping", "[OPTIONS] HOST");
    co_return co_await misusing;
  }
  Pings pings;
  pings.host = options.rest[0];
  pings.quiet = options.has('q');
  parse_decimal(options.value('c', "-1"), pings.count);
  parse_decimal(options.value('W', "10"), pings.wait_s);
  auto resolving = address_of_host(sys, pings.host);
  pings.address = co_await resolving;
  if (pings.address.empty()) {
    auto failing = fail_with(sys, "ping: bad address '" + pings.host + "'\n");
    co_return co_await failing;
  }
  const std::string family = "AF_INET", type = "SOCK_RAW";
  const std::int64_t fd = co_await sys.socket(family, type);
  if (fd < 0) {
    auto failing = fail_with(sys, "ping: permission denied (are you root?)\n");
    co_return co_await failing;
  }
  auto greeting = put(sys, 1, "PING " + pings.host + " (" + pings.address + "): 56 data bytes\n");
  co_await greeting;
  while (pings.count < 0 || pings.sent < pings.count) {
    auto pinging = ping_once(sys, fd, &pings);
    const std::int64_t went = co_await pinging;
    if (went >= 0) continue;
    auto failing = fail_with(sys, "ping: sendto: " + reason_of(went) + "\n");
    co_return co_await failing;
  }
  auto telling = put(sys, 1, summary(pings));
  co_await telling;
  co_return pings.received > 0 ? 0 : 1;
}

Co<int> applet_nslookup(Sys sys, State state) {
  if (state.argv.size() < 2) {
    auto misusing = misused(sys, "nslookup", "HOST [DNS_SERVER]");
    co_return co_await misusing;
  }
  const std::string name = state.argv[1];
  std::string server = state.argv.size() > 2 ? state.argv[2] : std::string();
  if (server.empty()) {
    auto finding = name_server(sys);
    server = co_await finding;
  }
  auto asking = ask_server(sys, server, name);
  const NameAnswer answer = co_await asking;
  if (!answer.answered) {
    auto telling = put(sys, 1, ";; connection timed out; no servers could be reached\n\n");
    co_await telling;
    co_return 1;
  }
  auto telling = put(sys, 1, lookup_text(name, server, answer));
  co_await telling;
  co_return answer.address.empty() ? 1 : 0;
}

}  // namespace cutaway::sim
