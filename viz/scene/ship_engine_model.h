// The Engine's part of a ShipModel: terminal, client, server with its image cache, and the hub
// ashore.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace cutaway::viz {

enum class StationId { Terminal, Client, Server, Cache, Hub };
inline constexpr int kStationCount = 5;
inline constexpr std::array<const char*, kStationCount> kStationIds = {"terminal", "client",
                                                                       "server", "cache", "hub"};
constexpr std::size_t index_of(StationId id) { return static_cast<std::size_t>(id); }

// Idle: there, not asked. Visited: this command has been there. Active: it works just now.
enum class StationState { Idle, Visited, Active };

struct StationModel {
  std::string sub;  // "docker run …", "dockerd", "busybox ✓", "not asked"
  StationState state = StationState::Idle;
  double waiting = 0;  // 0 … 1 of a grace period; 0: it does not wait
};

// The stretch of way after the station of the same number: terminal-client, client-server,
// server-cache, cache-hub.
inline constexpr int kLinkCount = 4;
enum class Link { TerminalClient, ClientServer, ServerCache, Hub };
constexpr std::size_t index_of(Link link) { return static_cast<std::size_t>(link); }

enum class Step { Ahead, Now, Done };
enum class MessageKind { Request, Answer, Refusal, Words, Layers };

struct LinkModel {
  std::string label;  // the verb of what goes there now; only shown where there is room
  bool travelled = false;
  bool back = false;  // the last one went from right to left
  MessageKind kind = MessageKind::Request;
  bool moving = false;  // in this step: it is on its way
};

// Something said between two stations. Large arrangement only.
struct Message {
  Link link = Link::ClientServer;
  bool back = false;  // from right to left
  MessageKind kind = MessageKind::Request;
  std::string label;  // "create", "404 no such image"
  int number = 0;     // of its balloon; 0: none
  Step step = Step::Done;
};

struct StoredImage {
  std::string id;
  std::string name;     // "hello-world"
  std::string figure;   // "1.5 of 2.4 kB"
  double fraction = 0;  // of it here; 0: only its place
};

struct TerminalLine {
  std::string text;
  enum class Tone { Typed, Printed, Newest } tone = Tone::Printed;
};

// One sentence of the greeting: it lights up when it has come true.
struct SayCard {
  std::string words;
  std::string beat;  // "fetch"
  Step step = Step::Ahead;
};

struct EngineModel {
  std::array<StationModel, kStationCount> stations;
  std::array<LinkModel, kLinkCount> links;

  // The large arrangement.
  std::vector<TerminalLine> terminal;
  std::vector<std::string> client_words;  // "asks,", "waits,", …
  std::string server_says;                // "asks for hello-world"
  std::vector<Message> messages;          // in order
  std::vector<StoredImage> cached;
  std::string cache_note;
  std::vector<StoredImage> shelf;  // what the hub has
  std::string cards_title;
  std::string cards_note;
  std::vector<SayCard> cards;

  [[nodiscard]] const StationModel& station(StationId id) const { return stations[index_of(id)]; }
  [[nodiscard]] StationModel& station(StationId id) { return stations[index_of(id)]; }
  [[nodiscard]] const LinkModel& link(Link l) const { return links[index_of(l)]; }
  [[nodiscard]] LinkModel& link(Link l) { return links[index_of(l)]; }
};

}  // namespace cutaway::viz
