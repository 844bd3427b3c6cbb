// The embedded DNS server: on networks of one's own the daemon answers questions about names, at
// 127.0.0.11 in the container's network namespace.
#include "sim/core/poll.h"
#include "sim/docker/network.h"
#include "sim/programs/dns.h"

namespace cutaway::sim {

Program resolver(Sys sys, State state) {
  const ResolverJob job = std::any_cast<ResolverJob>(state.more);
  sys.step("net.resolve");
  Arg both;
  both.tag = ArgTag::List;
  both.items = {polled(job.socket), polled(job.stop)};
  const std::vector<Arg> args = {both, Arg::integer(2), Arg::integer(-1)};
  while (true) {
    co_await sys.call(abi::Sys::poll, args);
    const bool asked = !sys.reply().out.empty() && sys.reply().out.at(0) != 0;
    if (!asked) break;
    co_await sys.recvfrom(job.socket, 512);
    const DnsMessage question = dns_read(sys.reply().data);
    const std::string from = sys.reply().texts.empty() ? "" : sys.reply().texts.front();
    if (!question.readable || from.empty()) continue;
    const std::string address = address_of_name(sys.world(), job.container, question.name);
    const std::string reply = dns_answer(question, address);
    co_await sys.sendto(job.socket, reply, from);
  }
  co_await sys.close(job.socket);
  co_await sys.close(job.stop);
  co_return 0;
}

}  // namespace cutaway::sim
