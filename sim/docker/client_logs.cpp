// docker logs: which lines are wanted, and printing them as they come.
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

// The daemon takes moments as ns of its clock. What cannot be read is docker's complaint.
Result<std::string> logs_query(const spec::LogsOptions& options, std::int64_t now) {
  std::string query = "?stdout=1&stderr=1";
  if (options.follow) query += "&follow=1";
  if (options.timestamps) query += "&timestamps=1";
  std::int64_t tail = -1;
  if (parse_decimal(options.tail, tail) && tail >= 0) query += "&tail=" + options.tail;
  const std::pair<const char*, std::string> moments[] = {{"since", options.since},
                                                         {"until", options.until}};
  for (const auto& [name, said] : moments) {
    const auto moment = moment_of(said, now);
    if (!moment)
      return fail(ErrorCode::Usage, "invalid value for \"" + std::string(name) +
                                        "\": failed to parse value as time or duration: \"" + said +
                                        "\"");
    if (!moment->empty()) query += "&" + std::string(name) + "=" + *moment;
  }
  return query;
}

}  // namespace

Co<int> client_logs(Sys sys, ClientCommand given) {
  const std::string name = given.command.names.at(0);
  const auto query = logs_query(given.command.get<spec::LogsOptions>(), sys.now());
  if (!query) {
    auto printing = print(sys, 2, query.error().message + "\n");
    co_await printing;
    co_return 1;
  }
  auto inspecting = inspect_container(sys, name);
  const InspectedContainer found = co_await inspecting;
  if (found.id.empty()) {
    auto refusing = refuse(sys, given.command, error_message(found.answer));
    co_return co_await refusing;
  }
  auto sending =
      send_request(sys, "api.logs", "GET", "/containers/" + found.id + "/logs" + *query, "");
  const std::int64_t stream = co_await sending;
  auto receiving = http_receive_head(sys, stream);
  const HttpMessage head = co_await receiving;
  const Stream bytes{stream, head.body, false, found.tty, {}, true, {}};
  auto carrying = carry(sys, bytes);
  co_await carrying;
  co_return static_cast<int>(co_await sys.close(stream));
}

}  // namespace cutaway::sim
