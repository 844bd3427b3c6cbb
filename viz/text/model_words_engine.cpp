// The Engine deck in words: stations, what is said between them, cache, hub, the greeting's cards.
#include "base/text.h"
#include "viz/text/model_words_parts.h"

namespace cutaway::viz {

namespace {

std::string_view state_of(StationState state) {
  switch (state) {
    case StationState::Idle:
      return "at rest";
    case StationState::Visited:
      return "took part";
    case StationState::Active:
      return "at work now";
  }
  return {};
}

std::string_view when(Step step) {
  return step == Step::Ahead ? "to come" : step == Step::Now ? "now" : "done";
}

std::string_view kind_of_message(MessageKind kind) {
  switch (kind) {
    case MessageKind::Request:
      return "asks";
    case MessageKind::Answer:
      return "answers";
    case MessageKind::Refusal:
      return "refuses";
    case MessageKind::Words:
      return "tells";
    case MessageKind::Layers:
      return "sends layers";
  }
  return {};
}

void tell_stations(const EngineModel& engine, const ShipWords& words, TextLines& lines) {
  for (std::size_t i = 0; i < kStationCount; ++i) {
    const StationModel& station = engine.stations[i];
    std::string said =
        words.station[i] + ": " + station.sub + "; " + std::string(state_of(station.state));
    if (i < kLinkCount) {
      const LinkModel& link = engine.links[i];
      said += link.travelled ? "; has asked " : "; has not asked ";
      said += words.station[i + 1];
      if (!link.label.empty()) said += ", last: " + link.label;
    }
    lines.add(said + ".", 2, 4);
  }
}

void tell_message(const Message& message, const ShipWords& words, TextLines& lines) {
  const auto link = static_cast<std::size_t>(message.link);
  // From the cache's side the way to the hub is the server's.
  const std::size_t left = message.link == Link::Hub ? index_of(StationId::Server) : link;
  const std::size_t right = message.link == Link::Hub ? index_of(StationId::Hub) : link + 1;
  const std::string& from = words.station[message.back ? right : left];
  const std::string& to = words.station[message.back ? left : right];
  std::string said = message.number > 0 ? decimal(message.number) + " " : "";
  said += from + " " + std::string(kind_of_message(message.kind)) + " " + to;
  if (!message.label.empty()) said += ": " + message.label;
  lines.add(said + " (" + std::string(when(message.step)) + ").", 4, 6);
}

void tell_images(const std::vector<StoredImage>& images, const std::string& where,
                 TextLines& lines) {
  for (const StoredImage& image : images) {
    std::string said = where + ": " + image.name;
    if (!image.figure.empty()) said += ", " + image.figure;
    if (image.fraction > 0 && image.fraction < 1)
      said += ", " + percent_words(image.fraction) + " here";
    lines.add(said + ".", 4, 6);
  }
}

void tell_cards(const EngineModel& engine, TextLines& lines) {
  if (engine.cards.empty()) return;
  lines.add(engine.cards_title + " (" + engine.cards_note + "):", 2, 4);
  for (std::size_t i = 0; i < engine.cards.size(); ++i) {
    const SayCard& card = engine.cards[i];
    lines.add(decimal(static_cast<std::int64_t>(i) + 1) + " " + card.words + " [" + card.beat +
                  ", " + std::string(when(card.step)) + "]",
              4, 6);
  }
}

void tell_large(const EngineModel& engine, const ShipWords& words, TextLines& lines) {
  for (const TerminalLine& line : engine.terminal) lines.add("│ " + line.text, 4, 6);
  std::string client;
  for (const std::string& word : engine.client_words) client += (client.empty() ? "" : " ") + word;
  if (!client.empty()) lines.add(words.station[1] + ": " + client + ".", 4, 6);
  if (!engine.server_says.empty())
    lines.add(words.station[2] + ": " + engine.server_says + ".", 4, 6);
  for (const Message& message : engine.messages) tell_message(message, words, lines);
  tell_images(engine.cached, words.station[3], lines);
  if (!engine.cache_note.empty()) lines.add(engine.cache_note, 4, 6);
  tell_images(engine.shelf, words.station[4], lines);
  tell_cards(engine, lines);
}

}  // namespace

void tell_engine(const ShipModel& model, const ShipWords& words, TextLines& lines) {
  tell_deck_name(model, words, Deck::Engine, lines);
  tell_stations(model.engine, words, lines);
  if (model.size[0] == ShipModel::Size::Large) tell_large(model.engine, words, lines);
}

}  // namespace cutaway::viz
