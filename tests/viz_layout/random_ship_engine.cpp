// The Engine's part of a random ship.
#include "tests/viz_layout/random_ship.h"

namespace cutaway::viz {
namespace {

const std::vector<std::string> kSubs = {"",
                                        "docker run …",
                                        "not running",
                                        "dockerd",
                                        "no registry.example.org/a/b",
                                        "empty",
                                        "exit 137",
                                        "6.4 of 10 s",
                                        "12 images",
                                        "your shell",
                                        "busybox ✓",
                                        "sends hello-world:1.2",
                                        "docker-compose-cli",
                                        "not asked"};
const std::vector<std::string> kVerbs = {"",     "create",           "pull",      "pull 404",
                                         "wait", "containers prune", "start 500", "logs"};
const std::vector<std::string> kSays = {
    "",
    "hi",
    "Unable to find image 'hello-world:latest' locally",
    "17eec7bbc9d7: Downloading [=====>      ]  1.5kB/2.4kB",
    "bring me the image of hello-world",
    "makes a container of registry.example.org:5000/group/image"};

MessageKind any_kind(Dice& dice) { return static_cast<MessageKind>(dice.below(5)); }
Step any_step(Dice& dice) { return static_cast<Step>(dice.below(3)); }

// As a command's story gives them: one typed line, any number of questions to the server, one to
// the hub.
void fill_messages(Dice& dice, EngineModel& engine) {
  int number = 0;
  const auto next = [&] { return dice.chance(50) ? ++number : 0; };
  engine.messages.push_back(
      {Link::TerminalClient, false, MessageKind::Request, "", next(), any_step(dice)});
  const std::size_t count = dice.below(8);
  for (std::size_t i = 0; i < count; ++i) {
    const bool back = dice.chance(50);
    const MessageKind answer = dice.chance(50) ? MessageKind::Refusal : MessageKind::Words;
    engine.messages.push_back({Link::ClientServer, back, back ? answer : MessageKind::Request,
                               dice.one_of(kVerbs), next(), any_step(dice)});
  }
  if (dice.chance(50))
    engine.messages.push_back({Link::TerminalClient, true, MessageKind::Words, "", 0, Step::Done});
  if (dice.chance(50)) return;
  engine.messages.push_back({Link::Hub, false, MessageKind::Request, "", next(), any_step(dice)});
  if (dice.chance(50))
    engine.messages.push_back({Link::Hub, true, MessageKind::Layers, "", next(), any_step(dice)});
}

std::vector<StoredImage> images(Dice& dice, const std::string& kind) {
  std::vector<StoredImage> list;
  const std::size_t count = dice.below(7);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = random_name(dice);
    list.push_back({kind + name + std::to_string(i), name,
                    dice.chance(50) ? "1023.9 of 1024.0 MB" : "", dice.share()});
  }
  return list;
}

void fill_large(Dice& dice, EngineModel& engine) {
  const std::size_t lines = dice.below(14);
  for (std::size_t i = 0; i < lines; ++i)
    engine.terminal.push_back({dice.one_of(kSays), static_cast<TerminalLine::Tone>(dice.below(3))});
  engine.client_words = {"asks,", "waits,", "prints", "what it", "is told"};
  engine.server_says = dice.one_of(kSays);
  fill_messages(dice, engine);
  engine.cached = images(dice, "image:");
  engine.cache_note = dice.one_of(kSays);
  engine.shelf = images(dice, "hub:");
  if (dice.chance(50)) return;
  engine.cards_title = "The four sentences that " + random_name(dice) + " will say";
  engine.cards_note = "each is a part of this picture; it lights up when it has come true";
  const std::size_t cards = 1 + dice.below(4);
  for (std::size_t i = 0; i < cards; ++i)
    engine.cards.push_back(
        {dice.one_of(kSays), dice.chance(50) ? "fetch" : "create, start", any_step(dice)});
}

}  // namespace

EngineModel random_engine(Dice& dice, bool large) {
  EngineModel engine;
  for (StationModel& station : engine.stations) {
    station = {dice.one_of(kSubs), static_cast<StationState>(dice.below(3)),
               dice.chance(20) ? dice.share() : 0};
  }
  for (LinkModel& link : engine.links)
    link = {dice.one_of(kVerbs), dice.chance(60), dice.chance(50), any_kind(dice), dice.chance(20)};
  if (large) fill_large(dice, engine);
  return engine;
}

}  // namespace cutaway::viz
