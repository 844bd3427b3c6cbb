#include "viz/text/model_words.h"

#include <cmath>

#include "base/text.h"
#include "viz/scene/ship.h"
#include "viz/text/model_words_parts.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

std::string_view where_words(Where where) {
  switch (where) {
    case Where::Task:
      return "at the task";
    case Where::Gate:
      return "at the gate";
    case Where::Rights:
      return "at the check of rights";
    case Where::Row:
      return "in the row of the one who asks";
    case Where::Table:
      return "in the table";
    case Where::Hardware:
      return "in the hardware";
    case Where::Answer:
      return "back at the task";
  }
  return {};
}

void tell_packet(const Packet& packet, const ShipWords& words, TextLines& lines) {
  std::string said =
      packet.label + ", from " + packet.task + " in the row of " + slot_words(packet.slot);
  if (packet.column) said += ", in column " + words.column[index_of(*packet.column)];
  said += packet.refused ? "; stopped " : "; gets as far as ";
  said += std::string(where_words(packet.reach));
  said += packet.answer ? "; answer " + *packet.answer : "; not answered yet";
  if (packet.stream) said += "; one of many in a row";
  lines.add({{"On its way:", Ink::Strong}, {said + ".", Ink::Plain}}, 2, 4);
  std::string stations;
  for (const Station& station : packet.stations) {
    if (station.number == 0) continue;
    stations += (stations.empty() ? "" : ", ") + decimal(station.number) + " " +
                std::string(where_words(station.where)) + (station.done ? "" : " (next)");
  }
  if (!stations.empty()) lines.add("Balloons: " + stations + ".", 4, 6);
}

std::string port_words(const std::optional<int>& slot) {
  return slot ? slot_words(*slot) : std::string("outside");
}

void tell_frame(const Frame& frame, TextLines& lines) {
  std::string said = frame.label + ": " + port_words(frame.from) + " to " + port_words(frame.to);
  if (!frame.way.empty()) said += ", by " + frame.way;
  if (frame.dropped) said += "; dropped";
  if (!frame.why.empty()) said += ", " + frame.why;
  lines.add(said + ".", 2, 4);
}

void tell_signal(const Signal& signal, TextLines& lines) {
  std::string said = signal.label;
  if (!signal.from.empty()) said += ", from " + signal.from;
  said += ", for " + signal.task + " of " + slot_words(signal.slot);
  if (signal.from_lid) said += ", because the lid of its memory is reached";
  if (signal.choice > 0) said += "; on its way balloon " + decimal(signal.choice);
  if (signal.dropped) said += ", without effect: it lies before the door";
  if (signal.number > 0) said += "; balloon " + decimal(signal.number);
  lines.add({{"Signal:", Ink::Strong}, {said + ".", Ink::Plain}}, 2, 4);
}

void tell_grace(const Grace& grace, TextLines& lines) {
  std::string said = slot_words(grace.slot) + ", " + grace.id + ": " + grace_words(grace);
  if (grace.number > 0) said += "; balloon " + decimal(grace.number);
  lines.add({{"Clock:", Ink::Strong}, {said + ".", Ink::Plain}}, 2, 4);
}

}  // namespace

std::string slot_words(int slot) { return slot < 0 ? "the host" : slot_letter(slot); }

std::string percent_words(double share) {
  const long tenths = std::lround(share * 1000);
  if (tenths == 0 && share > 0) return "less than 0.1 %";
  const std::string whole = decimal(tenths / 10);
  return tenths % 10 == 0 ? whole + " %" : whole + "." + decimal(tenths % 10) + " %";
}

void tell_deck_name(const ShipModel& model, const ShipWords& words, Deck deck, TextLines& lines) {
  const auto n = static_cast<std::size_t>(deck);
  std::string does;
  for (const std::string& line : words.deck_does[n]) does += (does.empty() ? "" : " ") + line;
  std::string said = words.deck[n] + " (" + does + ")";
  if (model.size[n] == ShipModel::Size::Folded) said += ", folded: " + model.quiet[n];
  lines.blank();
  lines.add({{said, Ink::Strong}});
}

namespace {

void tell_outside(const OutsideModel& outside, const ShipWords& words, TextLines& lines) {
  lines.blank();
  lines.add({{outside.name + " (" + words.outside + ")", Ink::Strong}});
  lines.add(words.station[0] + " and " + words.station[1] + " are programs of it; " +
                words.one_socket + ".",
            2, 4);
  const auto behind = [](const char* sign, const std::string& text) {
    return text.empty() ? std::string() : sign + text;
  };
  lines.add(outside.vm_process + behind(": ", outside.vm_uses) + ". " + words.laptop_hardware +
                behind(", ", outside.vm_limit) + ".",
            2, 4);
  lines.add(outside.kernel + " " + outside.kernel_does + ".", 2, 4);
  lines.add("The ship: " + outside.hull + ".", 2, 4);
  lines.add(outside.note, 2, 4);
}

}  // namespace

void tell_model(const ShipModel& model, const ShipWords& given, TextLines& lines) {
  const ShipWords words = words_inside(model, given);
  if (model.outside) tell_outside(*model.outside, words, lines);
  tell_engine(model, words, lines);
  tell_processes(model, words, lines);
  tell_kernel(model, words, lines);
  tell_hardware(model, words, lines);
  if (!model.packet && !model.signal && !model.frame && !model.grace && model.lost == 0) return;
  lines.blank();
  if (model.packet) tell_packet(*model.packet, words, lines);
  if (model.signal) tell_signal(*model.signal, lines);
  if (model.frame) tell_frame(*model.frame, lines);
  if (model.grace) tell_grace(*model.grace, lines);
  if (model.lost > 0)
    lines.add(decimal(model.lost) + " " + words.lost + " just before: nobody knows what they were.",
              2, 4);
}

}  // namespace cutaway::viz
