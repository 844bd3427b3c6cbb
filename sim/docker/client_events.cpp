// docker events: prints what the daemon tells, until a moment or without end.
#include <iterator>

#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "spec/docker_inspect.h"
#include "spec/docker_lists.h"

namespace cutaway::sim {

namespace {

// The query of the request; the Error is docker's message.
Result<std::string> events_path(const spec::Command& command, std::int64_t now) {
  std::string path = "/events?";
  for (const char* name : {"since", "until"}) {
    const std::string said = flag_text(command, name);
    const auto moment = moment_of(said, now);
    if (!moment)
      return fail(ErrorCode::Usage, "failed to parse value as time or duration: \"" + said + "\"");
    if (!moment->empty()) path += std::string(name) + "=" + *moment + "&";
  }
  return path;
}

constexpr const char* kEventFilters[] = {"type",    "event",  "container",
                                         "network", "volume", "image"};

/// As the daemon's filter does it: an id or a name may be the beginning of one (FuzzyMatch in
/// daemon/events/filter.go).
bool event_fits(const spec::OrderedJson& event, const spec::Filters& filters) {
  const spec::OrderedJson& actor = event["Actor"];
  const auto said = [&actor](const char* attribute) {
    return actor["Attributes"].value(attribute, std::string());
  };
  const auto is = [&event](const char* field) {
    return [text = event[field].get<std::string>()](const std::string& value) {
      return text == value;
    };
  };
  const auto begins = [&](const std::string& value) {
    return starts_with(actor["ID"].get<std::string>(), value) || starts_with(said("name"), value);
  };
  const auto of_image = [&](const std::string& value) {
    return begins(value) || said("image") == value || said("image") == value + ":latest";
  };
  return filters.any("type", is("Type")) && filters.any("event", is("Action")) &&
         filters.any("container", begins) && filters.any("network", begins) &&
         filters.any("volume", begins) && filters.any("image", of_image);
}

/// Empty: it is not asked for.
std::string shown_event(const std::string& line, const std::string& format,
                        const spec::Filters& filters) {
  const auto json = spec::parse_ordered(line);
  if (json.is_discarded() || !event_fits(json, filters)) return {};
  if (!format.empty()) {
    const auto text = spec::apply_template(format, json);
    return (text ? *text : text.error().message) + "\n";
  }
  const spec::OrderedJson& actor = json["Actor"];
  std::vector<std::string> attributes;
  for (const auto& item : actor["Attributes"].items())
    attributes.push_back(item.key() + "=" + item.value().get<std::string>());
  return spec::rfc3339(json["timeNano"].get<std::int64_t>()) + " " +
         json["Type"].get<std::string>() + " " + json["Action"].get<std::string>() + " " +
         actor["ID"].get<std::string>() + " (" + join(attributes, ", ") + ")\n";
}

}  // namespace

Co<int> client_events(Sys sys, ClientCommand given) {
  const spec::Filters filters(flag_values(given.command, "filter"));
  const auto path = events_path(given.command, sys.now());
  if (!path) {
    auto complaining = print(sys, 2, path.error().message + "\n");
    co_await complaining;
    co_return 1;
  }
  auto knowing = knows_filters(sys, filters, {std::begin(kEventFilters), std::end(kEventFilters)});
  if (!co_await knowing) co_return 1;
  auto sending = send_request(sys, "api.events", "GET", *path, "");
  const std::int64_t stream = co_await sending;
  auto receiving = http_receive_head(sys, stream);
  const HttpMessage head = co_await receiving;
  const std::string format = flag_text(given.command, "format");
  std::string pending = head.body;
  while (true) {
    const std::size_t end = pending.find('\n');
    if (end != std::string::npos) {
      const std::string line = shown_event(pending.substr(0, end), format, filters);
      pending.erase(0, end + 1);
      auto printing = print(sys, 1, line);
      co_await printing;
      continue;
    }
    const std::int64_t n = co_await sys.read(stream, 65536);
    if (n <= 0) co_return 0;
    pending += sys.reply().data;
  }
}

}  // namespace cutaway::sim
