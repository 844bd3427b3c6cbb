// What moves in a ship made up at random: a packet, a signal, the clock of a grace.
#include "tests/viz_layout/random_ship.h"

namespace cutaway::viz {
namespace {

const std::vector<std::string> kAnswers = {"= 0", "= 3", "EPERM", "= 18446744073709551615",
                                           "ENAMETOOLONG"};

// Who has a gate can ask: the host, and a container that runs.
std::vector<const Container*> who_can_ask(const ShipModel& model) {
  std::vector<const Container*> askers = {nullptr, nullptr};
  for (const Container& c : model.containers) {
    if (c.actor.gate) askers.push_back(&c);
  }
  return askers;
}

const Task* any_task(Dice& dice, const ShipModel& model, const Container* asker) {
  const std::vector<Task>& tasks = asker == nullptr ? model.host_tasks : asker->tasks;
  return tasks.empty() ? nullptr : &dice.one_of(tasks);
}

// As ship_from_world numbers them.
void number_stations(Packet& packet, bool answered) {
  int number = 0;
  const auto add = [&](Where where, bool done) {
    packet.stations.push_back({++number, where, done});
  };
  add(Where::Task, true);
  add(Where::Gate, true);
  if (packet.reach == Where::Gate) return;
  if (packet.rights) add(Where::Rights, true);
  if (packet.reach == Where::Rights) return;
  add(Where::Row, true);
  if (packet.column && packet.reach == Where::Table) add(Where::Table, answered);
  if (packet.column && packet.reach == Where::Hardware) add(Where::Hardware, answered);
}

Where random_reach(Dice& dice, const Packet& packet) {
  static const std::vector<Where> kFar = {Where::Gate, Where::Rights, Where::Row, Where::Table,
                                          Where::Hardware};
  if (packet.column) return dice.one_of(kFar);
  return dice.chance(30) ? Where::Gate : Where::Row;
}

}  // namespace

void send_packet(Dice& dice, ShipModel& model) {
  const Container* asker = dice.one_of(who_can_ask(model));
  const Task* from = any_task(dice, model, asker);
  if (from == nullptr) return;
  Packet packet;
  packet.slot = asker == nullptr ? kHostSlot : asker->actor.slot;
  packet.task = from->id;
  packet.label = dice.one_of(random_calls());
  if (dice.chance(85)) packet.column = static_cast<Column>(dice.below(kColumnCount));
  packet.reach = random_reach(dice, packet);
  packet.rights = packet.reach == Where::Rights || (packet.reach >= Where::Row && dice.chance(40));
  // What the kernel keeps in tables of its own needs no hardware.
  const bool table =
      packet.column && static_cast<int>(*packet.column) >= static_cast<int>(Column::Pid);
  if (table && packet.reach == Where::Hardware) packet.reach = Where::Table;
  if (dice.chance(75)) packet.answer = dice.one_of(kAnswers);
  packet.refused = dice.chance(25);
  packet.stream = dice.chance(10);
  number_stations(packet, packet.answer.has_value());
  model.packet = packet;
}

void give_grace(Dice& dice, ShipModel& model) {
  const Container* to = dice.one_of(who_can_ask(model));
  if (to == nullptr) return;
  Grace grace;
  grace.slot = to->actor.slot;
  grace.id = to->actor.id;
  grace.signal = "SIGTERM";
  grace.next = "SIGKILL";
  grace.patience_ns =
      dice.chance(20) ? -1 : static_cast<std::int64_t>(dice.below(400)) * 1'000'000'000;
  grace.waited_ns = static_cast<std::int64_t>(dice.share() * 10e9);
  grace.end = static_cast<GraceEnd>(dice.below(3));
  grace.number = dice.chance(60) ? 4 : 0;
  model.grace = grace;
  tell_grace(model);
}

// Between two who have interfaces, or with the outside.
void send_frame(Dice& dice, ShipModel& model) {
  std::vector<std::optional<int>> ends = {std::nullopt, kHostSlot};
  for (const Container& c : model.containers) {
    if (!c.actor.table(Column::Net).empty()) ends.emplace_back(c.actor.slot);
  }
  Frame frame;
  frame.from = dice.one_of(ends);
  frame.to = dice.one_of(ends);
  frame.label = "tcp, SYN, from 172.17.0.3:40000 to 172.17.0.2:80";
  frame.dropped = dice.chance(20);
  model.frame = frame;
}

void send_signal(Dice& dice, ShipModel& model) {
  const Container* to = dice.one_of(who_can_ask(model));
  const Task* task = any_task(dice, model, to);
  if (task == nullptr) return;
  const bool dropped = dice.chance(50);
  model.signal = Signal{to == nullptr ? kHostSlot : to->actor.slot, task->id,
                        dropped ? "SIGTERM, dropped" : "SIGKILL", dropped};
}

}  // namespace cutaway::viz
