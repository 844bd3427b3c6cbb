// The call that happens just now, on its way through gate and table; and a signal on its way up.
#include "trace/abi/abi.h"
#include "viz/player/event_class.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/call_words.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kStorm = 20;        // calls of one kind in a step …
constexpr std::size_t kStormSecond = 30;  // … or in a second
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::size_t kStormBack = 65536;  // events that are looked at

// How many calls of this kind the caller has made: in this step, or in the last second where that
// is a storm and the step is none. 0: no storm.
std::size_t storm_of(const Trace& trace, const Happening& now) {
  const Record& last = trace.record(now.call_index);
  std::size_t in_step = 0;
  std::size_t in_second = 0;
  bool same_step = true;
  const std::size_t stop = now.index > kStormBack ? now.index - kStormBack : 0;
  for (std::size_t n = now.index + 1; n > stop; --n) {
    const Record& record = trace.record(n - 1);
    if (!is<Syscall>(record) || record.task != last.task) continue;
    const bool in_time = last.t - record.t < kSecond;
    same_step = same_step && record.step == last.step;
    if (!same_step && !in_time) break;
    if (record.sys != last.sys) continue;
    in_step += same_step ? 1 : 0;
    in_second += in_time ? 1 : 0;
  }
  if (in_step > kStorm) return in_step;
  return in_second > kStormSecond ? in_second : 0;
}

// "4 812": groups of three, apart.
std::string grouped(std::size_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, " ");
  return digits;
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
  if (const std::size_t storm = storm_of(p.trace, *p.now); storm > 0) {
    packet.stream = true;
    packet.label = std::string(abi::sys_name(call.sys)) + " × " + grouped(storm);
  }
  return packet;
}

std::int64_t lost_lately(const Picture& p) {
  if (!p.now) return 0;
  // Between the present call and the one before it, whoever made that.
  const bool is_loss = std::holds_alternative<Loss>(p.now->event.body);
  const bool call = p.now->call && p.now->call_index != kNowhere && !is_loss;
  std::int64_t lost = 0;
  const std::size_t from = call ? p.now->call_index : p.now->index + 1;
  const std::size_t stop = from > kStormBack ? from - kStormBack : 0;
  for (std::size_t n = from; n > stop; --n) {
    const Record& record = p.trace.record(n - 1);
    if (is<Syscall>(record)) break;
    if (is<Loss>(record)) lost += std::get<Loss>(p.trace.event(n - 1).body).count;
  }
  return lost;
}

std::optional<Signal> signal_model(const Picture& p) {
  if (!p.now) return std::nullopt;
  return std::visit(SignalReader{p}, p.now->event.body);
}

}  // namespace cutaway::viz
