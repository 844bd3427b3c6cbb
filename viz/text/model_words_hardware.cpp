// The Hardware deck in words: cpus, memory, disk, network card.
#include <map>

#include "base/text.h"
#include "viz/text/model_words_parts.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

void tell_cpus(const HardwareModel& hardware, TextLines& lines) {
  for (std::size_t i = 0; i < hardware.cpus.size(); ++i) {
    std::map<std::pair<int, bool>, double> shares;
    for (const CpuSlice& slice : hardware.cpus[i]) {
      shares[{slice.slot, slice.throttled}] += slice.to - slice.from;
    }
    std::string said;
    for (const auto& [whose, share] : shares) {
      said += (said.empty() ? "" : ", ") + slot_words(whose.first) + " " + percent_words(share) +
              (whose.second ? " held back" : "");
    }
    const std::string name = "cpu" + decimal(static_cast<std::int64_t>(i));
    lines.add(name + " lately: " + (said.empty() ? "idle" : said) + ".", 2, 4);
  }
}

void tell_memory(const HardwareModel& hardware, TextLines& lines) {
  if (hardware.memory_total.empty()) return;
  std::string said = "memory: " + hardware.memory_total + ", " + hardware.memory_free;
  for (const MemoryShare& share : hardware.memory) {
    said += ", " + slot_words(share.slot) + " " + share.figure + " (" + percent_words(share.share) +
            (share.strong ? ", now)" : ")");
  }
  lines.add(said + ".", 2, 4);
}

std::string users_words(const std::vector<int>& users) {
  if (users.empty()) return "nobody stands on it";
  std::string said;
  for (const int slot : users) said += (said.empty() ? "" : ", ") + slot_words(slot);
  return "under " + said;
}

void tell_layer(const Layer& layer, TextLines& lines) {
  std::string said = "layer " + layer.label;
  if (!layer.note.empty()) said += ", " + layer.note;
  if (layer.level > 0) said += ", level " + decimal(layer.level);
  if (layer.fraction < 1) said += ", " + percent_words(layer.fraction) + " here";
  said += ", " + users_words(layer.users);
  if (layer.asker >= 0) said += ", asked by " + slot_words(layer.asker) + " now";
  lines.add(said + (layer.strong ? " (now)." : "."), 4, 6);
}

void tell_disk(const HardwareModel& hardware, TextLines& lines) {
  std::string files;
  for (const std::string& word : hardware.host_files) files += (files.empty() ? "" : " ") + word;
  lines.add("disk: " + (files.empty() ? std::string("unknown") : files) + ".", 2, 4);
  for (const Layer& layer : hardware.layers) tell_layer(layer, lines);
  for (const Top& top : hardware.tops) {
    std::string said = top.label + " of " + slot_words(top.slot);
    if (!top.figure.empty()) said += ", " + top.figure;
    lines.add(said + (top.strong ? " (now)." : "."), 4, 6);
  }
}

void tell_card(const HardwareModel& hardware, TextLines& lines) {
  if (hardware.card_name.empty()) return;
  std::string said = "network card: " + hardware.card_name;
  if (!hardware.card_address.empty()) said += ", " + hardware.card_address;
  for (const CardShare& use : hardware.card_use) {
    said += ", " + slot_words(use.slot) + " " + percent_words(use.share);
  }
  lines.add(said + ".", 2, 4);
}

}  // namespace

void tell_hardware(const ShipModel& model, const ShipWords& words, TextLines& lines) {
  tell_deck_name(model, words, Deck::Hardware, lines);
  tell_cpus(model.hardware, lines);
  tell_memory(model.hardware, lines);
  tell_disk(model.hardware, lines);
  tell_card(model.hardware, lines);
}

}  // namespace cutaway::viz
