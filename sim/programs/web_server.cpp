// Files over HTTP, for busybox's httpd and the stand-in for nginx.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/net_tools.h"

namespace cutaway::sim {
namespace {

struct Connection {
  WebServer server;
  std::int64_t fd = -1;
};

std::string head(const WebServer& server, std::string_view status, std::int64_t length) {
  std::string text = "HTTP/1.1 " + std::string(status) + "\r\n";
  if (!server.software.empty()) text += "Server: " + server.software + "\r\n";
  text += "Connection: close\r\nContent-type: text/html\r\n";
  text += "Content-Length: " + decimal(length) + "\r\n\r\n";
  return text;
}

std::string page(std::string_view status) {
  return "<HTML><HEAD><TITLE>" + std::string(status) + "</TITLE></HEAD>\n<BODY><H1>" +
         std::string(status) + "</H1>\nThe requested URL was not found\n</BODY></HTML>\n";
}

// "GET /a/b HTTP/1.1": a path that cannot climb out of the folder; empty: not understood.
std::string requested_path(const std::string& request) {
  const std::vector<std::string> words = split(request.substr(0, request.find("\r\n")), ' ');
  if (words.size() < 2 || (words[0] != "GET" && words[0] != "HEAD")) return {};
  std::string path = words[1].substr(0, words[1].find('?'));
  if (path.empty() || path[0] != '/' || path.find("/../") != std::string::npos) return {};
  return path.back() == '/' ? path + "index.html" : path;
}

Co<std::string> whole_request(Sys sys, std::int64_t fd) {
  std::string request;
  while (request.find("\r\n\r\n") == std::string::npos) {
    const std::int64_t n = co_await sys.read(fd, 4096);
    if (n <= 0) break;
    request += sys.reply().data;
  }
  co_return request;
}

Program serve_connection(Sys sys, State state) {
  const Connection connection = std::any_cast<Connection>(state.more);
  co_await sys.close(connection.server.listener);
  auto receiving = whole_request(sys, connection.fd);
  const std::string request = co_await receiving;
  const std::string path = requested_path(request);
  Slurped file;
  file.err = static_cast<int>(abi::Errno::kENOENT);
  if (!path.empty()) {
    auto reading = slurp_path(sys, connection.server.root + path);
    file = co_await reading;
  }
  const std::string status = path.empty()    ? "400 Bad Request"
                             : file.err == 0 ? "200 OK"
                                             : "404 Not Found";
  const std::string body = file.err == 0 ? file.text : page(status);
  const auto length = static_cast<std::int64_t>(body.size());
  std::string answer = head(connection.server, status, length);
  if (!starts_with(request, "HEAD ")) answer += body;
  auto answering = put(sys, connection.fd, answer);
  co_await answering;
  co_return 0;
}

}  // namespace

Co<int> serve_web(Sys sys, WebServer server) {
  constexpr std::uint64_t no_hang = 1;
  while (true) {
    const std::int64_t fd = co_await sys.accept(server.listener);
    if (fd < 0) break;
    State state;
    state.more = Connection{server, fd};
    co_await sys.clone(abi::sig::kChld, serve_connection, state);
    co_await sys.close(fd);
    while (co_await sys.wait4(-1, no_hang) > 0) {
    }
  }
  co_return 1;
}

}  // namespace cutaway::sim
