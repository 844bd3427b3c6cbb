// docker events: what the daemon did, told to whoever asks, from the past and as it happens.
#include <algorithm>

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"

namespace cutaway::sim {

namespace {

constexpr std::string_view kWord = "events";

Json event_json(const DaemonEvent& event) {
  Json attributes = Json::object();
  for (const auto& [name, value] : event.attributes) attributes[name] = value;
  return {{"Type", event.type},
          {"Action", event.action},
          {"Actor", {{"ID", event.id}, {"Attributes", attributes}}},
          {"timeNano", event.t}};
}

// Those that were noted between `from` and `until`, beginning at the `next`-th.
std::string lines_of(const SharedList<DaemonEvent>& events, std::size_t next, std::int64_t from,
                     std::int64_t until) {
  std::string text;
  for (; next < events.size(); ++next) {
    if (events[next].t < from || (until >= 0 && events[next].t > until)) continue;
    text += json_text(event_json(events[next])) + "\n";
  }
  return text;
}

// −1 where it says nothing.
std::int64_t moment(const ApiRequestIn& request, std::string_view key) {
  std::int64_t value = -1;
  return parse_decimal(http_query(request.message.path, key), value) ? value : -1;
}

}  // namespace

Co<int> tell_event(Sys sys, DaemonEvent event) {
  DaemonState& state = sys.shared<DaemonState>();
  event.t = sys.now();
  state.events.push_back(std::move(event));
  if (state.listeners == 0) co_return 0;
  const std::string word(kWord);
  co_return static_cast<int>(co_await sys.futex_wake(word));
}

Co<int> tell_container(Sys sys, std::string action, ContainerId number,
                       std::map<std::string, std::string> more) {
  const Container* container = sys.world().containers.find(number);
  if (container == nullptr) co_return 0;
  DaemonEvent event{0, "container", action, container->id, std::move(more)};
  event.attributes["image"] = container->image;
  event.attributes["name"] = container->name;
  auto telling = tell_event(sys, event);
  co_return co_await telling;
}

// Until the moment that was asked for, or until the client goes.
Co<int> handle_events(Sys sys, ApiRequestIn request) {
  sys.step("api.events");
  const std::int64_t since = moment(request, "since"), until = moment(request, "until");
  const std::int64_t from = since >= 0 ? since : sys.now();
  sys.emit(ApiAnswered{RequestId(static_cast<std::uint32_t>(request.message.request)), 200});
  const std::string head = http_stream_head(200);
  auto heading = write_all(sys, request.fd, head);
  co_await heading;
  const std::string word(kWord);
  std::size_t next = 0;
  ++sys.shared<DaemonState>().listeners;
  while (true) {
    const std::string text = lines_of(sys.shared<DaemonState>().events, next, from, until);
    next = sys.shared<DaemonState>().events.size();
    std::int64_t written = 0;
    if (!text.empty()) written = co_await sys.write(request.fd, text);
    const std::int64_t left = until < 0 ? -1 : until - sys.now();
    if (written < 0 || (until >= 0 && left <= 0)) break;
    if (sys.shared<DaemonState>().events.size() == next) co_await sys.futex_wait(word, left);
  }
  --sys.shared<DaemonState>().listeners;
  co_return 0;
}

}  // namespace cutaway::sim
