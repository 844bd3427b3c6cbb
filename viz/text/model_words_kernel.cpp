// The Kernel deck in words: for each row its gate, meters, and tables.
#include "viz/text/model_words_parts.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

constexpr Column kTables[] = {Column::Mount, Column::Net, Column::Pid, Column::User, Column::Uts};

std::string gauge_words(const Gauge& gauge) {
  std::string said = gauge.label + ", " + percent_words(gauge.used);
  said += gauge.limited ? " of its limit" : " of the machine, no limit";
  if (gauge.full) said += ", full";
  if (gauge.peak > 0) said += ", peak " + percent_words(gauge.peak);
  return said;
}

std::string entry_words(const TableEntry& entry) {
  std::string said = entry.text;
  if (!entry.sub.empty()) said += " " + entry.sub;
  return entry.strong ? said + " (now)" : said;
}

void tell_table(const Actor& actor, Column column, const ShipWords& words, TextLines& lines) {
  const NsKind kind = actor.ns[index_of(column)];
  if (kind == NsKind::Absent) return;
  const std::string& head = words.column[index_of(column)];
  std::string said = head + ": " + (kind == NsKind::Own ? "own" : "the host's");
  const std::vector<TableEntry>& table = actor.table(column);
  for (std::size_t i = 0; i < table.size(); ++i) {
    said += (i == 0 ? ": " : ", ") + entry_words(table[i]);
  }
  lines.add(said + ".", 4, 6);
}

void tell_actor(const Actor& actor, const ShipWords& words, TextLines& lines) {
  std::string head = actor.slot < 0 ? actor.name : slot_words(actor.slot) + " " + actor.name;
  if (!actor.gate)
    head += ": has no gate, nothing of it runs";
  else
    head += actor.mesh ? ": its gate has a syscall filter" : ": its gate is open";
  lines.add(head + ".", 2, 4);
  const auto tell_gauge = [&](Column column, const std::optional<Gauge>& gauge) {
    if (gauge) lines.add(words.column[index_of(column)] + ": " + gauge_words(*gauge) + ".", 4, 6);
  };
  tell_gauge(Column::Cpu, actor.cpu);
  tell_gauge(Column::Memory, actor.memory);
  for (const Column column : kTables) tell_table(actor, column, words, lines);
}

}  // namespace

void tell_kernel(const ShipModel& model, const ShipWords& words, TextLines& lines) {
  tell_deck_name(model, words, Deck::Kernel, lines);
  tell_actor(model.host, words, lines);
  for (const Container& container : model.containers) tell_actor(container.actor, words, lines);
}

}  // namespace cutaway::viz
