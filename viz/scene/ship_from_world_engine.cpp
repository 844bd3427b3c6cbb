// The stations of the engine and the ways between them.
#include "base/text.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/engine_told.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

const CommandRecord* command_now(const Picture& p) {
  const auto& commands = p.world.engine->commands;
  return p.story.typed_at == kNowhere || commands.empty() ? nullptr : &commands.back();
}

// "docker run …": what fits a station.
std::string short_line(const std::string& line) {
  const std::vector<std::string> words = split(line, ' ');
  if (words.size() <= 2) return line;
  return words[0] + " " + words[1] + " …";
}

const cutaway::Task* task_with_role(const World& world, Role role) {
  return world.tasks.first([role](const cutaway::Task& task) {
    return task.role == role && !task.zombie() && task.leader == task.id;
  });
}

bool acts(const Picture& p, Role role) {
  if (!p.now) return false;
  const cutaway::Task* task = p.world.tasks.find(p.now->caller);
  return task != nullptr && task->role == role;
}

StationModel station(std::string sub, bool there, bool active) {
  StationModel made;
  made.sub = std::move(sub);
  made.state = active ? StationState::Active : there ? StationState::Visited : StationState::Idle;
  return made;
}

StationModel terminal_station(const Picture& p) {
  const CommandRecord* command = command_now(p);
  if (command == nullptr) return station("your shell", false, false);
  const bool active =
      p.now && (p.now->index == p.story.typed_at || p.now->caller == command->client);
  return station(short_line(command->line), true, active);
}

constexpr const char* kNoProcess = "no process";

StationModel client_station(const Picture& p) {
  const CommandRecord* command = command_now(p);
  if (command == nullptr) return station(kNoProcess, false, false);
  const cutaway::Task* client = task_with_role(p.world, Role::Client);
  if (command->done) return station("exit " + decimal(command->exit), true, false);
  // On the real side one program is client and server.
  const cutaway::Task* daemon = task_with_role(p.world, Role::Daemon);
  const bool both = p.trace.header.side == SideKind::Real && daemon != nullptr;
  if (client == nullptr && both) return station(daemon->comm, true, acts(p, Role::Daemon));
  if (client == nullptr) return station(kNoProcess, false, false);
  return station(client->comm, true, acts(p, Role::Client));
}

StationModel server_station(const Picture& p) {
  const cutaway::Task* daemon = task_with_role(p.world, Role::Daemon);
  if (daemon == nullptr) return station(kNoProcess, false, false);
  return station(daemon->comm, !p.world.engine->requests.empty(), acts(p, Role::Daemon));
}

bool looks_now(const Picture& p) {
  return p.story.step != nullptr && p.story.step->beat == spec::Beat::Look;
}

std::string percent_of(std::int64_t part, std::int64_t whole) {
  return decimal(whole > 0 ? part * 100 / whole : 0) + " %";
}

std::string cache_words(const Picture& p) {
  const std::string wanted = wanted_image(p.world);
  const bool here = p.world.images->count(p.world.engine->last_lookup) > 0;
  if (!wanted.empty() && here) return wanted + " ✓";
  const Fetching coming = fetching(p.world);
  if (!coming.layers.empty()) return wanted + " " + percent_of(coming.here, coming.all);
  if (p.story.looked && !wanted.empty()) return "no " + wanted;
  const std::size_t count = p.world.images->size();
  return count == 0 ? "empty" : counted(static_cast<std::int64_t>(count), "image");
}

StationModel cache_station(const Picture& p) {
  return station(cache_words(p), p.story.looked || p.story.hub_asked, looks_now(p));
}

StationModel hub_station(const Picture& p) {
  if (!p.story.hub_asked) return station("not asked", false, false);
  const std::string step = p.story.step == nullptr ? "" : std::string(p.story.step->id);
  const bool sends = step == "layer.fetch";
  const bool active = sends || step == "hub.resolve";
  return station(sends ? "sends " + wanted_image(p.world) : "asked", true, active);
}

// The last question that is on its way, or its answer.
std::string last_request(const Picture& p) {
  const auto& requests = p.world.engine->requests;
  if (requests.empty() || p.story.done) return {};
  const ApiCall& last = requests.back();
  const std::string verb = request_verb(last);
  return last.status >= 400 ? verb + " " + decimal(last.status) : verb;
}

}  // namespace

EngineModel engine_model(const Picture& p) {
  EngineModel engine;
  engine.station(StationId::Terminal) = terminal_station(p);
  engine.station(StationId::Client) = client_station(p);
  engine.station(StationId::Server) = server_station(p);
  engine.station(StationId::Cache) = cache_station(p);
  engine.station(StationId::Hub) = hub_station(p);
  const auto been = [&engine](StationId id) {
    return engine.station(id).state != StationState::Idle;
  };
  engine.link(Link::TerminalClient).travelled = been(StationId::Client);
  engine.link(Link::ClientServer) = {last_request(p), !p.world.engine->requests.empty()};
  engine.link(Link::ServerCache).travelled = been(StationId::Cache);
  engine.link(Link::Hub).travelled = been(StationId::Hub);
  return engine;
}

}  // namespace cutaway::viz
