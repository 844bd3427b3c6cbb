#include "tests/viz_text/model_strings.h"

namespace cutaway::viz {

namespace {

using Strings = std::vector<std::string>;

void add_actor(const Actor& actor, Strings& all) {
  all.push_back(actor.name);
  if (actor.cpu) all.push_back(actor.cpu->label);
  if (actor.memory) all.push_back(actor.memory->label);
  for (const auto& table : actor.tables) {
    for (const TableEntry& entry : table) {
      all.push_back(entry.text);
      all.push_back(entry.sub);
    }
  }
}

void add_task(const Task& task, Strings& all) {
  all.push_back(task.comm);
  all.push_back(task.pid_on_host);
}

void add_container(const Container& container, Strings& all) {
  add_actor(container.actor, all);
  all.push_back(container.image);
  all.push_back(container.state);
  for (const Task& task : container.tasks) {
    add_task(task, all);
    all.push_back(task.pid_here + " " + task.comm);
  }
  for (const std::string& note : container.notes) all.push_back(note);
  for (const Plug& plug : container.plugs) all.push_back(plug.name + " is " + plug.to);
}

void add_large(const EngineModel& engine, Strings& all) {
  for (const TerminalLine& line : engine.terminal) all.push_back(line.text);
  for (const std::string& word : engine.client_words) all.push_back(word);
  all.push_back(engine.server_says);
  for (const Message& message : engine.messages) all.push_back(message.label);
  for (const auto* list : {&engine.cached, &engine.shelf}) {
    for (const StoredImage& image : *list) {
      all.push_back(image.name);
      all.push_back(image.figure);
    }
  }
  all.push_back(engine.cache_note);
  all.push_back(engine.cards_title);
  all.push_back(engine.cards_note);
  for (const SayCard& card : engine.cards) {
    all.push_back(card.words);
    all.push_back(card.beat);
  }
}

void add_hardware(const HardwareModel& hardware, Strings& all) {
  for (const MemoryShare& share : hardware.memory) all.push_back(share.figure);
  all.push_back(hardware.memory_total);
  all.push_back(hardware.memory_free);
  for (const std::string& word : hardware.host_files) all.push_back(word);
  for (const Top& top : hardware.tops) {
    all.push_back(top.label);
    all.push_back(top.figure);
  }
  for (const Layer& layer : hardware.layers) {
    all.push_back(layer.label);
    all.push_back(layer.note);
  }
  all.push_back(hardware.card_name);
  all.push_back(hardware.card_address);
}

}  // namespace

std::vector<std::string> strings_of(const ShipModel& model) {
  Strings all;
  for (const StationModel& station : model.engine.stations) all.push_back(station.sub);
  for (const LinkModel& link : model.engine.links) all.push_back(link.label);
  for (const std::string& quiet : model.quiet) all.push_back(quiet);
  if (model.size[0] == ShipModel::Size::Large) add_large(model.engine, all);
  add_actor(model.host, all);
  for (const Task& task : model.host_tasks) add_task(task, all);
  for (const Container& container : model.containers) add_container(container, all);
  add_hardware(model.hardware, all);
  if (model.packet) {
    all.push_back(model.packet->label);
    all.push_back(model.packet->task);
    if (model.packet->answer) all.push_back(*model.packet->answer);
  }
  if (model.signal) all.push_back(model.signal->label);
  if (model.frame) all.push_back(model.frame->label);
  return all;
}

std::string one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (blank && (line.empty() || line.back() == ' ')) continue;
    line += blank ? ' ' : c;
  }
  return line;
}

}  // namespace cutaway::viz
