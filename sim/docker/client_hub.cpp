// login, logout, push, search: the client keeps the credentials, the daemon talks to the hub.

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "spec/docker_lists.h"
#include "spec/docker_messages.h"
#include "spec/reference.h"

namespace cutaway::sim {

namespace {

constexpr std::string_view kFolder = "/root/.docker", kFile = "/root/.docker/config.json";
constexpr std::string_view kServer = "https://index.docker.io/v1/";

// "Basic …" of the stored credentials; empty: not logged in.
Co<std::string> stored_authorization(Sys sys) {
  auto reading = read_file(sys, std::string(kFile));
  const std::string text = co_await reading;
  const auto json = parse_json(text);
  if (!json || !json->is_object() || !json->contains("auths")) co_return std::string();
  const Json server = (*json)["auths"].value(std::string(kServer), Json::object());
  const std::string auth = server.value("auth", std::string());
  co_return auth.empty() ? std::string() : "Basic " + auth;
}

Co<int> store(Sys sys, std::string auth) {
  co_await sys.mkdir(std::string(kFolder), 0700);
  Json auths = Json::object();
  if (!auth.empty()) auths[std::string(kServer)] = {{"auth", auth}};
  const std::string text = Json{{"auths", auths}}.dump(1, '\t') + "\n";
  auto writing = write_file(sys, std::string(kFile), text, 0600);
  co_return static_cast<int>(co_await writing);
}

// From the flag, or from stdin.
Co<std::string> password_of(Sys sys, spec::Command command) {
  std::string password = flag_text(command, "password");
  if (!has_flag(command, "password-stdin")) co_return password;
  while (co_await sys.read(0, 4096) > 0) password += sys.reply().data;
  while (!password.empty() && (password.back() == '\n' || password.back() == '\r'))
    password.pop_back();
  co_return password;
}

Co<int> complain(Sys sys, std::string text) {
  auto printing = print(sys, 2, text);
  co_await printing;
  co_return 1;
}

}  // namespace

Co<int> client_login(Sys sys, ClientCommand given) {
  const std::string user = flag_text(given.command, "username");
  const bool insecure = !flag_text(given.command, "password").empty();
  auto asking_password = password_of(sys, given.command);
  const std::string password = co_await asking_password;
  if (user.empty() || password.empty()) {
    auto refusing =
        complain(sys, "Error: Cannot perform an interactive login from a non TTY device\n");
    co_return co_await refusing;
  }
  if (insecure) {
    auto warning =
        print(sys, 2, "WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n");
    co_await warning;
  }
  const std::string auth = base64_encode(user + ":" + password);
  const std::string body = json_text(Json{{"Auth", "Basic " + auth}});
  auto asking = ask(sys, "api.login", "POST", "/auth", body);
  const HttpMessage answer = co_await asking;
  if (answer.status != 200) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  auto storing = store(sys, auth);
  co_await storing;
  auto warning = print(sys, 2, spec::stored_unencrypted(kFile));
  co_await warning;
  auto printing = print(sys, 1, "\nLogin Succeeded\n");
  co_return co_await printing;
}

Co<int> client_logout(Sys sys, ClientCommand) {
  auto reading = stored_authorization(sys);
  const std::string known = co_await reading;
  const std::string server(kServer);
  if (known.empty()) {
    auto printing = print(sys, 1, "Not logged in to " + server + "\n");
    co_return co_await printing;
  }
  auto printing = print(sys, 1, "Removing login credentials for " + server + "\n");
  co_await printing;
  auto storing = store(sys, "");
  co_return co_await storing;
}

Co<int> client_push(Sys sys, ClientCommand given) {
  const std::string name = given.command.names.at(0);
  const auto reference = spec::parse_reference(name);
  if (!reference) {
    auto refusing = complain(sys, reference.error().message + "\n");
    co_return co_await refusing;
  }
  const bool quiet = has_flag(given.command, "quiet");
  if (!quiet && name.find(':') == std::string::npos) {
    auto telling = print(sys, 1, spec::using_default_tag());
    co_await telling;
  }
  auto reading = stored_authorization(sys);
  const std::string authorization = co_await reading;
  const std::string body = json_text(Json{{"Auth", authorization}});
  auto pushing = carry_progress(
      sys, {"api.push", "/images/" + reference->familiar() + "/push", body, 1, quiet});
  const std::string wrong = co_await pushing;
  if (!wrong.empty()) {
    auto refusing = complain(sys, wrong + "\n");
    co_return co_await refusing;
  }
  if (!quiet) co_return 0;
  auto printing = print(sys, 1, reference->canonical() + "\n");
  co_return co_await printing;
}

Co<int> client_search(Sys sys, ClientCommand given) {
  auto asking = ask(sys, "api.search", "GET",
                    "/images/search?term=" + http_escape(given.command.names.at(0)), "");
  const HttpMessage answer = co_await asking;
  const auto names = parse_json(answer.body);
  if (answer.status != 200 || !names) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  static const std::vector<spec::ListColumn> kColumns = {{"Name", "NAME", true},
                                                         {"Description", "DESCRIPTION", true},
                                                         {"StarCount", "STARS", true},
                                                         {"IsOfficial", "OFFICIAL", true}};
  std::vector<spec::OrderedJson> rows;
  for (const Json& name : *names) {
    const auto text = name.get<std::string>();
    const bool official = text.find('/') == std::string::npos;
    rows.push_back({{"Name", text},
                    {"Description", ""},
                    {"StarCount", "0"},
                    {"IsOfficial", official ? "[OK]" : ""}});
  }
  const spec::ListShown how{flag_text(given.command, "format"), false, "Name"};
  auto printing = print_list(sys, spec::list_text(kColumns, rows, how));
  co_return co_await printing;
}

}  // namespace cutaway::sim
