// commit, history: what the client asks and prints.

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "spec/docker_views.h"

namespace cutaway::sim {

Co<int> client_commit(Sys sys, ClientCommand given) {
  const std::vector<std::string>& names = given.command.names;
  const std::string body = json_text(Json{{"Repo", names.size() > 1 ? names[1] : std::string()},
                                          {"Comment", flag_text(given.command, "message")},
                                          {"Author", flag_text(given.command, "author")},
                                          {"Changes", flag_values(given.command, "change")}});
  auto asking = ask(sys, "api.commit", "POST", "/containers/" + names.at(0) + "/commit", body);
  const HttpMessage answer = co_await asking;
  if (answer.status != 201) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  auto printing = print(sys, 1, parse_json(answer.body)->value("Id", std::string()) + "\n");
  co_return co_await printing;
}

Co<int> client_history(Sys sys, ClientCommand given) {
  auto asking =
      ask(sys, "api.images", "GET", "/images/" + given.command.names.at(0) + "/history", "");
  const HttpMessage answer = co_await asking;
  const auto body = parse_json(answer.body);
  if (answer.status != 200 || !body) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  std::vector<spec::HistoryRow> rows;
  for (const Json& layer : *body)
    rows.push_back({layer.value("Id", std::string()), layer.value("CreatedBy", std::string()), 0,
                    layer.value("Size", std::int64_t{0}), layer.value("Comment", std::string())});
  auto printing =
      print(sys, 1,
            spec::history_table(rows, has_flag(given.command, "quiet"),
                                has_flag(given.command, "no-trunc"), sys.now() / 1'000'000'000));
  co_return co_await printing;
}

}  // namespace cutaway::sim
