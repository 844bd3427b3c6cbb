#include "sim/docker/client_parts.h"

#include <algorithm>

#include "base/text.h"

namespace cutaway::sim {

std::map<std::string, std::string> labels_given(const spec::Command& command) {
  std::map<std::string, std::string> labels;
  for (const std::string& label : flag_values(command, "label")) {
    const std::size_t equal = label.find('=');
    labels[label.substr(0, equal)] =
        equal == std::string::npos ? std::string() : label.substr(equal + 1);
  }
  return labels;
}

Co<bool> agrees(Sys sys, std::string question) {
  auto asking = print(sys, 1, question);
  co_await asking;
  const std::int64_t n = co_await sys.read(0, 4096);
  const std::string said(n > 0 ? trim(sys.reply().data) : "");
  co_return said == "y" || said == "Y";
}

Co<int> print_inspected(Sys sys, std::string format, std::vector<spec::OrderedJson> objects,
                        std::string wrong) {
  const auto text = spec::inspect_text(format, objects);
  if (!text) wrong += text.error().message + "\n";
  // Docker prints the array even when nothing stands in it.
  auto out = print(sys, 1, text ? *text : std::string("\n"));
  co_await out;
  auto err = print(sys, 2, wrong);
  co_await err;
  co_return wrong.empty() ? 0 : 1;
}

Co<int> inspect_each(Sys sys, ClientCommand given, NamedThings things) {
  std::vector<spec::OrderedJson> objects;
  std::string wrong;
  for (const std::string& name : given.command.names) {
    auto asking = ask(sys, things.step, "GET", things.place + name, "");
    const HttpMessage answer = co_await asking;
    if (answer.status == 200)
      objects.push_back(spec::parse_ordered(answer.body));
    else
      wrong += "Error response from daemon: " + error_message(answer) + "\n";
  }
  auto printing = print_inspected(sys, flag_text(given.command, "format"), objects, wrong);
  co_return co_await printing;
}

Co<int> remove_each(Sys sys, ClientCommand given, NamedThings things, std::string query) {
  int exit = 0;
  for (const std::string& name : given.command.names) {
    auto asking = ask(sys, things.step, "DELETE", things.place + name + query, "");
    const HttpMessage answer = co_await asking;
    const bool ok = answer.status == 204;
    if (answer.status == 404 && has_flag(given.command, "force")) continue;
    auto telling =
        ok ? print(sys, 1, name + "\n") : refuse(sys, given.command, error_message(answer));
    co_await telling;
    if (!ok) exit = 1;
  }
  co_return exit;
}

std::optional<std::string> moment_of(const std::string& said, std::int64_t now) {
  if (said.empty()) return said;
  std::int64_t number = 0;
  if (parse_decimal(said, number)) return decimal(number * kSecond);
  const char unit = said.back();
  const std::int64_t each = unit == 'h' ? 3600 : unit == 'm' ? 60 : unit == 's' ? 1 : 0;
  if (each == 0 || !parse_decimal(said.substr(0, said.size() - 1), number)) return std::nullopt;
  return decimal(std::max<std::int64_t>(now - number * each * kSecond, 0));
}

}  // namespace cutaway::sim
