// stop, restart, kill, update, rm, wait: what the client asks and prints, one name after the other.

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"

namespace cutaway::sim {

namespace {

/// "?t=3&signal=INT", of what was given.
std::string stop_query(const spec::StopOptions& options) {
  std::vector<std::string> parts;
  if (!options.signal.empty()) parts.push_back("signal=" + options.signal);
  if (options.timeout_s) parts.push_back("t=" + decimal(*options.timeout_s));
  return parts.empty() ? std::string() : "?" + join(parts, "&");
}

/// What is asked about each of the names that were typed.
struct EachRequest {
  std::string step, method, behind;  ///< METHOD /containers/NAME`behind`
  bool missing_is_fine = false;      ///< one that is not there is told, and no failure
  std::string body = {};
};

/// Names of those that went well, or had nothing left to be done, are printed.
Co<int> ask_for_each(Sys sys, ClientCommand given, EachRequest request) {
  int exit = 0;
  for (const std::string& name : given.command.names) {
    auto asking = ask(sys, request.step, request.method, "/containers/" + name + request.behind,
                      request.body);
    const HttpMessage answer = co_await asking;
    const bool ok = (answer.status >= 200 && answer.status < 300) || answer.status == 304;
    auto telling =
        ok ? print(sys, 1, name + "\n") : refuse(sys, given.command, error_message(answer));
    co_await telling;
    if (!ok && !(request.missing_is_fine && answer.status == 404)) exit = 1;
  }
  co_return exit;
}

}  // namespace

Co<int> client_stop(Sys sys, ClientCommand given) {
  const std::string query = stop_query(given.command.get<spec::StopOptions>());
  auto asking = ask_for_each(sys, given, {"api.stop", "POST", "/stop" + query});
  co_return co_await asking;
}

Co<int> client_restart(Sys sys, ClientCommand given) {
  const std::string query = stop_query(given.command.get<spec::StopOptions>());
  auto asking = ask_for_each(sys, given, {"api.restart", "POST", "/restart" + query});
  co_return co_await asking;
}

// With --force one that is not there is no failure (docker's rm.go).
Co<int> client_rm(Sys sys, ClientCommand given) {
  const spec::RmOptions& options = given.command.get<spec::RmOptions>();
  std::string query = options.force ? "?force=1" : "";
  if (options.volumes) query += query.empty() ? "?v=1" : "&v=1";
  auto asking = ask_for_each(sys, given, {"api.remove", "DELETE", query, options.force});
  co_return co_await asking;
}

Co<int> client_update(Sys sys, ClientCommand given) {
  EachRequest request = {"api.update", "POST", "/update"};
  request.body = json_text(Json{{"Words", given.words}});
  auto asking = ask_for_each(sys, given, request);
  co_return co_await asking;
}

Co<int> client_kill(Sys sys, ClientCommand given) {
  const std::string signal = given.command.get<spec::KillOptions>().signal;
  auto asking = ask_for_each(
      sys, given, {"api.kill", "POST", signal.empty() ? "/kill" : "/kill?signal=" + signal});
  co_return co_await asking;
}

Co<int> client_wait(Sys sys, ClientCommand given) {
  int exit = 0;
  for (const std::string& name : given.command.names) {
    auto asking = ask(sys, "api.wait", "POST", "/containers/" + name + "/wait", "");
    const HttpMessage answer = co_await asking;
    const auto body = parse_json(answer.body);
    const bool ok = answer.status == 200 && body && body->is_object();
    auto telling = ok ? print(sys, 1, decimal(body->value("StatusCode", std::int64_t{0})) + "\n")
                      : refuse(sys, given.command, error_message(answer));
    co_await telling;
    if (!ok) exit = 1;
  }
  co_return exit;
}

}  // namespace cutaway::sim
