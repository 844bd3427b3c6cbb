// netstat: the sockets of this network namespace, out of /proc/net.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/options.h"
#include "trace/world/net_path.h"

namespace cutaway::sim {
namespace {

struct ShownSocket {
  bool listening = false, others = true;
};

std::string left(const std::string& text, std::size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

// "0100007F:0050": 127.0.0.1:80; port 0 is "*".
std::string address_of(std::string_view text) {
  std::uint64_t host = 0, port = 0;
  parse_unsigned(text.substr(0, 8), 16, host);
  parse_unsigned(text.substr(9), 16, port);
  std::string shown;
  for (int shift = 0; shift < 32; shift += 8)
    shown += (shown.empty() ? "" : ".") + decimal(static_cast<std::int64_t>(host >> shift & 0xff));
  return shown + ":" + (port == 0 ? "*" : decimal(static_cast<std::int64_t>(port)));
}

std::string_view state_name(std::string_view number) {
  if (number == "01") return "ESTABLISHED";
  return number == "0A" ? "LISTEN" : "";
}

std::string rows_of(const std::string& text, const std::string& protocol, ShownSocket shown) {
  std::string rows;
  for (const std::string& line : split(text, '\n')) {
    std::vector<std::string> words;
    for (const std::string& word : split(line, ' ')) {
      if (!word.empty()) words.push_back(word);
    }
    if (words.size() < 4 || words[0] == "sl") continue;
    const bool waits = words[3] != "01";
    if (waits ? !shown.listening : !shown.others) continue;
    rows += protocol + "        0      0 " + left(address_of(words[1]), 23) + " " +
            left(address_of(words[2]), 23) + " " + left(std::string(state_name(words[3])), 12) +
            "\n";
  }
  return rows;
}

}  // namespace

Co<int> applet_netstat(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "laentup", "[-al] [-tu] [-n]", &options);
  if (!co_await taking) co_return 1;
  const bool all = options.has('a'), servers = options.has('l');
  const ShownSocket shown{all || servers, all || !servers};
  const bool chosen = options.has('t') || options.has('u');
  std::string text = std::string("Active Internet connections ") +
                     (all       ? "(servers and established)"
                      : servers ? "(only servers)"
                                : "(w/o servers)") +
                     "\nProto Recv-Q Send-Q " + left("Local Address", 23) + " " +
                     left("Foreign Address", 23) + " State       \n";
  for (const char* protocol : {"tcp", "udp"}) {
    if (chosen && !options.has(protocol[0])) continue;
    auto reading = slurp_path(sys, std::string("/proc/net/") + protocol);
    const Slurped file = co_await reading;
    text += rows_of(file.text, protocol, shown);
  }
  auto telling = put(sys, 1, text);
  co_return co_await telling;
}

}  // namespace cutaway::sim
