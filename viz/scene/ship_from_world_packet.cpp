// The call that happens just now, on its way through gate and table; and a signal on its way up.
#include "trace/abi/abi.h"
#include "viz/player/event_class.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/call_words.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kStorm = 20;       // calls of one kind in a row
constexpr std::size_t kStormBack = 400;  // events

// How many calls of this kind the caller has made in a row, in this step.
std::size_t row_of_calls(const Trace& trace, const Happening& now) {
  const Record& last = trace.record(now.call_index);
  std::size_t count = 0;
  const std::size_t stop = now.index > kStormBack ? now.index - kStormBack : 0;
  for (std::size_t n = now.index + 1; n > stop; --n) {
    const Record& record = trace.record(n - 1);
    if (!is<Syscall>(record) || record.task != last.task) continue;
    if (record.sys != last.sys || record.step != last.step) break;
    ++count;
  }
  return count;
}

// As the parts list of the sentence numbers them.
std::vector<Station> stations_of(const CallPath& path, bool answered) {
  std::vector<Station> stations = {
      {1, Where::Task, true}, {2, Where::Gate, true}, {3, Where::Row, true}};
  if (path.column && path.reach == Where::Table) stations.push_back({4, Where::Table, answered});
  if (path.column && path.reach == Where::Hardware) {
    stations.push_back({0, Where::Table, true});
    stations.push_back({4, Where::Hardware, answered});
  }
  return stations;
}

struct SignalReader {
  const Picture& p;

  std::optional<Signal> operator()(const SignalSent& b) const { return up(b.to, b.sig, false); }
  std::optional<Signal> operator()(const SignalDelivered& b) const {
    return up(b.to, b.sig, false);
  }
  std::optional<Signal> operator()(const SignalIgnored& b) const { return up(b.to, b.sig, true); }
  template <class Other>
  std::optional<Signal> operator()(const Other&) const {
    return std::nullopt;
  }

  std::optional<Signal> up(TaskId to, std::int32_t sig, bool dropped) const {
    const cutaway::Task* task = process_of(p.world, to);
    if (task == nullptr) return std::nullopt;
    const cutaway::Container* home = home_of(p.world, *task);
    Signal signal;
    signal.slot = home == nullptr ? kHostSlot : home->slot;
    signal.task = task_id(*task);
    signal.label = abi::signal_name(sig) + (dropped ? ", dropped" : "");
    signal.dropped = dropped;
    return signal;
  }
};

}  // namespace

std::optional<Packet> packet_model(const Picture& p) {
  if (!p.now || !p.now->call) return std::nullopt;
  const cutaway::Task* task = process_of(p.world, p.now->caller);
  if (task == nullptr) return std::nullopt;
  const Syscall& call = *p.now->call;
  const cutaway::Container* home = home_of(p.world, *task);
  Packet packet;
  packet.slot = home == nullptr ? kHostSlot : home->slot;
  packet.task = task_id(*task);
  packet.label = call_label(call);
  packet.column = p.path.column;
  packet.reach = p.path.reach;
  const bool answered = p.now->answered && call.returned;
  if (answered) packet.answer = answer_label(call);
  packet.refused = p.path.refused;
  packet.stations = stations_of(p.path, answered);
  const std::size_t row = row_of_calls(p.trace, *p.now);
  if (row > kStorm) {
    packet.stream = true;
    packet.label = std::string(abi::sys_name(call.sys)) + " × " + std::to_string(row);
  }
  return packet;
}

std::optional<Signal> signal_model(const Picture& p) {
  if (!p.now) return std::nullopt;
  return std::visit(SignalReader{p}, p.now->event.body);
}

}  // namespace cutaway::viz
