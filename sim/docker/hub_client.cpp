#include "sim/docker/hub_client.h"

#include "base/text.h"
#include "sim/docker/http.h"
#include "sim/programs/net_tools.h"
#include "sim/registry/hub.h"

namespace cutaway::sim {

namespace {

std::int64_t length_of(std::string_view head) {
  constexpr std::string_view kLength = "Content-Length: ";
  const std::size_t at = head.find(kLength);
  if (at == std::string_view::npos) return 0;
  const std::string_view rest = head.substr(at + kLength.size());
  std::int64_t length = 0;
  parse_decimal(rest.substr(0, rest.find("\r\n")), length);
  return length;
}

// In pieces; a broken connection ends it early.
Co<Fetched> read_answer(Sys sys, std::int64_t fd, HubRequest request) {
  Fetched fetched;
  std::string text;
  std::int64_t arrived = 0;
  std::int64_t head = 0;
  while (true) {
    const std::int64_t n = co_await sys.read(fd, 262144);
    if (n <= 0) break;
    arrived += n;
    text += sys.reply().data;
    if (head == 0 && text.find("\r\n\r\n") != std::string::npos) {
      fetched.status = http_parse(text).status;
      head = static_cast<std::int64_t>(text.find("\r\n\r\n")) + 4;
      fetched.size = length_of(text);
    }
    if (head == 0) continue;
    if (!request.layer.empty() && fetched.status / 100 == 2)
      sys.emit(LayerFetched{request.layer, request.from + arrived - head, request.layer_size});
    if (arrived - head >= fetched.size) break;
  }
  if (head > 0) fetched.body = text.substr(static_cast<std::size_t>(head));
  fetched.arrived = head > 0 ? arrived - head : 0;
  co_return fetched;
}

std::string request_text(const HubRequest& request) {
  std::string text =
      request.method + " " + request.path + " HTTP/1.1\r\nHost: registry-1.docker.io\r\n";
  if (!request.authorization.empty()) text += "Authorization: " + request.authorization + "\r\n";
  if (request.from > 0) text += "Range: bytes=" + decimal(request.from) + "-\r\n";
  return text + "\r\n" + request.body;
}

}  // namespace

Co<std::int64_t> connect_hub(Sys sys) {
  auto connecting = open_stream(sys, std::string(Hub::kAddress));
  co_return co_await connecting;
}

Co<Fetched> ask_hub(Sys sys, std::int64_t fd, HubRequest request) {
  const std::string text = request_text(request);
  auto writing = write_all(sys, fd, text);
  co_await writing;
  auto reading = read_answer(sys, fd, request);
  co_return co_await reading;
}

Co<Fetched> ask_hub_once(Sys sys, HubRequest request) {
  auto connecting = connect_hub(sys);
  const std::int64_t fd = co_await connecting;
  Fetched fetched;
  if (fd < 0) co_return fetched;
  auto asking = ask_hub(sys, fd, request);
  fetched = co_await asking;
  co_await sys.close(fd);
  co_return fetched;
}

}  // namespace cutaway::sim
