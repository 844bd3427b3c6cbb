// httpd, wget, nc: servers and clients of streams.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/net_tools.h"
#include "sim/programs/options.h"
#include "trace/world/net_path.h"

namespace cutaway::sim {
namespace {

Program serve_in_background(Sys sys, State state) {
  const WebServer server = std::any_cast<WebServer>(state.more);
  co_await sys.setsid();
  auto serving = serve_web(sys, server);
  co_return co_await serving;
}

// "http://host:port/path"
struct Url {
  std::string host, path = "/";
  std::int64_t port = 80;
  bool known = false;
};
Url read_url(std::string text) {
  Url url;
  if (starts_with(text, "https://")) return url;
  if (starts_with(text, "http://")) text.erase(0, 7);
  const std::size_t slash = text.find('/');
  if (slash != std::string::npos) url.path = text.substr(slash);
  std::string host = text.substr(0, slash);
  const std::size_t colon = host.find(':');
  if (colon != std::string::npos && !parse_decimal(host.substr(colon + 1), url.port)) return url;
  url.host = host.substr(0, colon);
  url.known = !url.host.empty();
  return url;
}

struct Page {
  std::string status, body;
  bool timed_out = false;
};

// The whole answer; `seconds` is the patience between its pieces, 0 for ever.
Co<Page> fetch(Sys sys, std::int64_t fd, Url url, std::int64_t seconds) {
  const std::string host = url.host + (url.port == 80 ? "" : ":" + decimal(url.port));
  const std::string request = "GET " + url.path + " HTTP/1.1\r\nHost: " + host +
                              "\r\nUser-Agent: Wget\r\nConnection: close\r\n\r\n";
  auto asking = put(sys, fd, request);
  co_await asking;
  Page page;
  std::string answer;
  while (true) {
    if (seconds > 0) {
      auto waiting = wait_readable(sys, {fd}, seconds * 1000);
      const std::vector<bool> ready = co_await waiting;
      page.timed_out = !ready.at(0);
      if (page.timed_out) break;
    }
    const std::int64_t n = co_await sys.read(fd, 4096);
    if (n <= 0) break;
    answer += sys.reply().data;
  }
  const std::size_t end = answer.find("\r\n\r\n");
  page.status = answer.substr(0, answer.find("\r\n"));
  if (end != std::string::npos) page.body = answer.substr(end + 4);
  co_return page;
}

Co<int> save(Sys sys, std::string name, std::string body, bool quiet) {
  const bool out = name == "-";
  if (!quiet) {
    auto telling = fail_with(sys, out ? "writing to stdout\n" : "saving to '" + name + "'\n");
    co_await telling;
  }
  std::int64_t fd = 1;
  if (!out) fd = co_await sys.open(name, abi::o::kWronly | abi::o::kCreat | abi::o::kTrunc, 0666);
  if (fd < 0) {
    auto complaining = complain(sys, "wget", "can't open", name, fd);
    co_return co_await complaining;
  }
  auto writing = put(sys, fd, body);
  co_await writing;
  if (!out) co_await sys.close(fd);
  if (quiet) co_return 0;
  auto telling = fail_with(sys, out ? "written to stdout\n" : "'" + name + "' saved\n");
  co_await telling;
  co_return 0;
}

std::string file_name(const Url& url) {
  const std::string name = url.path.substr(url.path.rfind('/') + 1);
  return name.empty() ? "index.html" : name;
}

constexpr std::string_view kNcUsage =
    "[OPTIONS] HOST PORT  - connect\nnc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen\n\n\t-l\t"
    "Listen mode, for inbound connects\n\t-p PORT\tLocal port\n\t-w SEC\tTimeout for connects and "
    "final net reads";

// stdin to the stream and the stream to stdout, until the stream ends; `seconds` is the patience
// after the end of stdin, 0 for ever.
Co<int> carry_both_ways(Sys sys, std::int64_t fd, std::int64_t seconds) {
  constexpr int write_side = 1;  // SHUT_WR
  bool typing = true;
  while (true) {
    const std::int64_t patience = !typing && seconds > 0 ? seconds * 1000 : -1;
    auto waiting = wait_readable(sys, {typing ? 0 : -1, fd}, patience);
    const std::vector<bool> ready = co_await waiting;
    if (!ready.at(0) && !ready.at(1)) co_return 0;
    if (ready.at(1)) {
      const std::int64_t n = co_await sys.read(fd, 4096);
      if (n <= 0) co_return 0;
      auto writing = put(sys, 1, std::string(sys.reply().data));
      co_await writing;
    }
    if (!ready.at(0)) continue;
    const std::int64_t n = co_await sys.read(0, 4096);
    if (n <= 0) {
      typing = false;
      co_await sys.shutdown(fd, write_side);
      continue;
    }
    auto sending = put(sys, fd, std::string(sys.reply().data));
    co_await sending;
  }
}

Co<std::int64_t> accept_one(Sys sys, std::string port) {
  auto opening = listen_at(sys, "0.0.0.0:" + port);
  const Listener listener = co_await opening;
  if (listener.fd < 0) {
    auto telling = fail_with(sys, "nc: " + listener.failed + ": " + reason_of(listener.fd) + "\n");
    co_await telling;
    co_return -1;
  }
  const std::int64_t fd = co_await sys.accept(listener.fd);
  co_await sys.close(listener.fd);
  co_return fd;
}

Co<std::int64_t> connect_out(Sys sys, std::string host, std::string port) {
  auto resolving = address_of_host(sys, host);
  const std::string address = co_await resolving;
  if (address.empty()) {
    auto telling = fail_with(sys, "nc: bad address '" + host + "'\n");
    co_await telling;
    co_return -1;
  }
  auto connecting = open_stream(sys, address + ":" + port);
  const std::int64_t fd = co_await connecting;
  if (fd >= 0) co_return fd;
  auto telling =
      fail_with(sys, "nc: can't connect to remote host (" + address + "): " + reason_of(fd) + "\n");
  co_await telling;
  co_return -1;
}

}  // namespace

Co<int> applet_httpd(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, state.argv, "fivp:h:u:r:c:", "[-if] [-p [IP:]PORT] [-h HOME]", &options);
  if (!co_await taking) co_return 1;
  std::string port = options.value('p', "80");
  if (port.find(':') == std::string::npos) port = "0.0.0.0:" + port;
  auto opening = listen_at(sys, port);
  const Listener listener = co_await opening;
  if (listener.fd < 0) {
    auto telling =
        fail_with(sys, "httpd: " + listener.failed + ": " + reason_of(listener.fd) + "\n");
    co_return co_await telling;
  }
  const WebServer server{listener.fd, options.value('h', "."), ""};
  if (!options.has('f')) {
    State child;
    child.more = server;
    co_await sys.clone(abi::sig::kChld, serve_in_background, child);
    co_return 0;
  }
  auto serving = serve_web(sys, server);
  co_return co_await serving;
}

Co<int> applet_wget(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, state.argv, "qSO:T:U:c", "[-q] [-O FILE] [-T SEC] URL...", &options);
  if (!co_await taking) co_return 1;
  const Url url = read_url(options.rest.empty() ? "" : options.rest[0]);
  if (!url.known) {
    auto telling =
        fail_with(sys, "wget: not an http or ftp url: " +
                           (options.rest.empty() ? std::string() : options.rest[0]) + "\n");
    co_return co_await telling;
  }
  auto resolving = address_of_host(sys, url.host);
  const std::string address = co_await resolving;
  if (address.empty()) {
    auto telling = fail_with(sys, "wget: bad address '" + url.host + "'\n");
    co_return co_await telling;
  }
  const bool quiet = options.has('q');
  const std::string place = joined_address(address, url.port);
  if (!quiet) {
    const std::string shown = url.port == 80 ? url.host : joined_address(url.host, url.port);
    auto telling = fail_with(sys, "Connecting to " + shown + " (" + place + ")\n");
    co_await telling;
  }
  auto connecting = open_stream(sys, place);
  const std::int64_t fd = co_await connecting;
  if (fd < 0) {
    auto telling = fail_with(
        sys, "wget: can't connect to remote host (" + address + "): " + reason_of(fd) + "\n");
    co_return co_await telling;
  }
  std::int64_t seconds = 0;
  parse_decimal(options.value('T', "900"), seconds);
  auto fetching = fetch(sys, fd, url, seconds);
  const Page page = co_await fetching;
  co_await sys.close(fd);
  const bool good = page.status.find(" 200 ") != std::string::npos;
  if (!good) {
    auto telling =
        fail_with(sys, page.timed_out ? std::string("wget: download timed out\n")
                                      : "wget: server returned error: " + page.status + "\n");
    co_return co_await telling;
  }
  auto saving = save(sys, options.value('O', file_name(url)), page.body, quiet);
  co_return co_await saving;
}

Co<int> applet_nc(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "+lp:w:", kNcUsage, &options);
  if (!co_await taking) co_return 1;
  const bool listens = options.has('l');
  if (!listens && options.rest.size() < 2) {
    auto misusing = misused(sys, "nc", std::string(kNcUsage));
    co_return co_await misusing;
  }
  std::int64_t seconds = 0;
  parse_decimal(options.value('w', "0"), seconds);
  auto opening = listens ? accept_one(sys, options.value('p', "0"))
                         : connect_out(sys, options.rest[0], options.rest[1]);
  const std::int64_t fd = co_await opening;
  if (fd < 0) co_return 1;
  auto carrying = carry_both_ways(sys, fd, seconds);
  co_return co_await carrying;
}

}  // namespace cutaway::sim
