#include "sim/docker/daemon.h"

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/network.h"
#include "spec/docker_messages.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

namespace {

// "*" stands for a container's or image's name; what matches it becomes the request's target.
struct ApiRoute {
  std::string_view method, pattern;
  Handler handler;
  bool keeps_connection;  ///< attach: the connection lives on as the container's output
};

constexpr ApiRoute kRoutes[] = {
    {"HEAD", "/_ping", handle_ping, false},
    {"POST", "/containers/create", handle_create, false},
    {"POST", "/images/create", handle_pull, false},
    {"POST", "/containers/*/attach", handle_attach, true},
    {"POST", "/containers/*/wait", handle_wait, false},
    {"POST", "/containers/*/start", handle_start, false},
    {"POST", "/containers/*/stop", handle_stop, false},
    {"POST", "/containers/*/restart", handle_restart, false},
    {"POST", "/containers/*/update", handle_update, false},
    {"POST", "/containers/*/kill", handle_kill, false},
    {"POST", "/containers/*/exec", handle_exec_create, false},
    {"POST", "/exec/*/start", handle_exec_start, true},
    {"POST", "/exec/*/resize", handle_exec_resize, false},
    {"POST", "/containers/*/resize", handle_resize, false},
    {"GET", "/exec/*/json", handle_exec_inspect, false},
    {"GET", "/containers/json", handle_list, false},
    {"GET", "/containers/*/json", handle_inspect, false},
    {"GET", "/containers/*/logs", handle_logs, false},
    {"DELETE", "/containers/*", handle_remove, false},
    {"GET", "/containers/*/top", handle_top, false},
    {"GET", "/containers/*/changes", handle_changes, false},
    {"POST", "/containers/*/pause", handle_pause, false},
    {"POST", "/containers/*/unpause", handle_unpause, false},
    {"POST", "/containers/*/rename", handle_rename, false},
    {"POST", "/containers/prune", handle_prune_containers, false},
    {"POST", "/images/prune", handle_prune_images, false},
    {"GET", "/images/json", handle_images, false},
    {"GET", "/images/*/json", handle_image_inspect, false},
    {"POST", "/images/*/tag", handle_tag, false},
    {"DELETE", "/images/*", handle_image_remove, false},
    {"HEAD", "/containers/*/archive", handle_archive_stat, false},
    {"GET", "/containers/*/archive", handle_archive_get, false},
    {"PUT", "/containers/*/archive", handle_archive_put, false},
    {"GET", "/containers/*/export", handle_export, false},
    {"POST", "/containers/*/commit", handle_commit, false},
    {"GET", "/images/get", handle_save, false},
    {"POST", "/images/load", handle_load, false},
    {"POST", "/images/import", handle_import, false},
    {"GET", "/images/*/history", handle_history, false},
    {"GET", "/containers/*/stats", handle_stats, false},
    {"POST", "/images/*/push", handle_push, false},
    {"POST", "/auth", handle_auth, false},
    {"GET", "/images/search", handle_search, false},
    {"GET", "/volumes", handle_volumes, false},
    {"POST", "/volumes/create", handle_volume_create, false},
    {"POST", "/volumes/prune", handle_prune_volumes, false},
    {"GET", "/volumes/*", handle_volume_inspect, false},
    {"DELETE", "/volumes/*", handle_volume_remove, false},
    {"GET", "/version", handle_version, false},
    {"GET", "/info", handle_info, false},
    {"GET", "/events", handle_events, false},
    {"GET", "/system/df", handle_disk_usage, false},
    {"POST", "/networks/create", handle_network_create, false},
    {"POST", "/networks/prune", handle_network_prune, false},
    {"POST", "/networks/*/connect", handle_network_connect, false},
    {"POST", "/networks/*/disconnect", handle_network_disconnect, false},
    {"GET", "/networks", handle_network_list, false},
    {"GET", "/networks/*", handle_network_inspect, false},
    {"DELETE", "/networks/*", handle_network_remove, false},
};

bool matches(std::string_view pattern, std::string_view path, std::string& target) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return path == pattern;
  const std::string_view head = pattern.substr(0, star);
  const std::string_view tail = pattern.substr(star + 1);
  if (!starts_with(path, head) || !ends_with(path, tail) ||
      path.size() <= head.size() + tail.size())
    return false;
  target = std::string(path.substr(head.size(), path.size() - head.size() - tail.size()));
  return tail.empty() || starts_with(pattern, "/images/") || target.find('/') == std::string::npos;
}

const ApiRoute* find_route(const HttpMessage& message, std::string& target) {
  const std::string path = message.path.substr(0, message.path.find('?'));
  for (const ApiRoute& route : kRoutes) {
    if (route.method == message.method && matches(route.pattern, path, target)) return &route;
  }
  return nullptr;
}

// One connection, one request: a thread of the daemon.
Program serve(Sys sys, State state) {
  const auto fd = std::any_cast<std::int64_t>(state.more);
  auto receiving = http_receive(sys, fd);
  ApiRequestIn request;
  request.message = co_await receiving;
  request.fd = fd;
  if (!request.message.whole) {
    co_await sys.close(fd);
    co_return 0;
  }
  const ApiRoute* route = find_route(request.message, request.target);
  if (route == nullptr) {
    auto refusing = answer_error(sys, request, 404, "page not found");
    co_await refusing;
  } else {
    auto handling = route->handler(sys, request);
    co_await handling;
  }
  if (route == nullptr || !route->keeps_connection) co_await sys.close(fd);
  co_return 0;
}

}  // namespace

namespace {

/// state.more: the descriptor it listens at.
Program accept_connections(Sys sys, State listening) {
  const auto listener = std::any_cast<std::int64_t>(listening.more);
  while (true) {
    sys.at_top(accept_connections, listening);
    const std::int64_t fd = co_await sys.accept(listener);
    if (fd < 0) co_return 1;
    State state;
    state.more = fd;
    co_await sys.clone(kThreadFlags, serve, state);
  }
}

}  // namespace

Program dockerd(Sys sys, State) {
  sys.role(Role::Daemon);
  const std::string address(kDockerSocket);
  const std::string family = "AF_UNIX";
  const std::string type = "SOCK_STREAM";
  const std::int64_t listener = co_await sys.socket(family, type);
  co_await sys.bind(listener, address);
  co_await sys.listen(listener);
  State listening;
  listening.more = listener;
  auto accepting = accept_connections(sys, listening);
  co_return co_await accepting;
}

Co<int> answer(Sys sys, ApiRequestIn request, int status, std::string body) {
  if (request.message.request > 0) {
    sys.emit(ApiAnswered{RequestId(static_cast<std::uint32_t>(request.message.request)), status});
  }
  const std::string text = http_answer(status, body);
  auto writing = write_all(sys, request.fd, text);
  co_await writing;
  co_return status;
}

Co<int> answer_error(Sys sys, ApiRequestIn request, int status, std::string message) {
  const std::string body = json_text(Json{{"message", message}});
  auto answering = answer(sys, request, status, body);
  co_return co_await answering;
}

Co<int> refuse_container(Sys sys, ApiRequestIn request) {
  auto refusing = answer_error(sys, request, 404, spec::say::no_such_container(request.target));
  co_return co_await refusing;
}

Co<int> handle_ping(Sys sys, ApiRequestIn request) {
  sys.step("api.ping");
  auto answering = answer(sys, request, 200, "");
  co_return co_await answering;
}

// As os.MkdirAll: mostly all is there but the last, so that is tried first.
Co<int> make_folders(Sys sys, std::string path, std::uint32_t mode) {
  const std::int64_t last = co_await sys.mkdir(path, mode);
  if (last == 0 || last == -static_cast<std::int64_t>(abi::Errno::kEEXIST)) co_return 0;
  for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const std::string folder = path.substr(0, slash);
    const std::int64_t made = co_await sys.mkdir(folder, mode);
    if (made < 0 && made != -static_cast<std::int64_t>(abi::Errno::kEEXIST))
      co_return static_cast<int>(made);
    if (slash == std::string::npos) co_return 0;
  }
}

spec::Parsed read_words(const std::vector<std::string>& words) {
  spec::ClientContext context;
  context.stdin_is_terminal = true;
  return spec::parse_docker(words, context);
}

const Container* find_container(Sys sys, std::string_view target) {
  return container_by_name(sys.world(), target);
}

std::string layer_folder(std::string_view digest) {
  return std::string(kDockerRoot) + "/overlay2/" +
         std::string(digest.substr(7, 64));  // behind "sha256:"
}

std::string futex_word(ContainerId number) { return "live:" + decimal(number.value); }

}  // namespace cutaway::sim
