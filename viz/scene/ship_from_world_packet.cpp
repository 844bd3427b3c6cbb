// The call that happens just now, on its way through gate and table; and a signal on its way up.
#include "trace/abi/abi.h"
#include "trace/world/outside.h"
#include "viz/player/event_class.h"
#include "viz/player/step_index.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/call_parts.h"
#include "viz/text/call_words.h"
#include "viz/text/oom_parts.h"
#include "viz/text/people.h"
#include "viz/text/signal_parts.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kStorm = 20;         // calls of one kind in a step …
constexpr std::size_t kStormSecond = 30;   // … or in a second
constexpr std::size_t kStormBack = 65536;  // events that are looked at

// How many calls of this kind the caller has made: in this step, or in the last second where that
// is a storm and the step is none. 0: no storm.
std::size_t storm_of(const Trace& trace, const StepIndex* index, const Happening& now) {
  const Record& last = trace.record(now.call_index);
  std::size_t in_step = 0;
  std::size_t in_second = 0;
  bool same_step = true;
  const std::size_t stop = now.index > kStormBack ? now.index - kStormBack : 0;
  for (std::size_t n = now.index + 1; n > stop; --n) {
    if (index != nullptr && !index->may_be_by(TaskId(last.task), n - 1)) continue;
    const Record& record = trace.record(n - 1);
    if (!is<Syscall>(record) || record.task != last.task) continue;
    const bool in_time = last.t - record.t < kSecondNs;
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

// As the parts list of the sentence numbers them. On the way into hardware the table is passed.
std::vector<Station> stations_of(const Picture& p, bool answered) {
  std::vector<Station> stations;
  for (const WayPart& each : call_way(p.words, p.world, *p.now)) {
    const bool same_place = !stations.empty() && stations.back().where == each.where;
    if (each.where == Where::Answer || same_place) continue;
    const bool last = each.where == p.path.reach && each.where >= Where::Table;
    if (each.where == Where::Hardware) stations.push_back({0, Where::Table, true});
    stations.push_back({each.part.number, each.where, !last || answered});
  }
  return stations;
}

int number_at(const Picture& p, SignalAt at) {
  if (!p.now) return 0;
  for (const SignalPart& part : signal_way(p.words, p.world, *p.now, p.stop)) {
    if (part.at == at) return part.part.number;
  }
  return 0;
}

std::optional<Signal> signal_for(const Picture& p, const SignalNews& news) {
  const cutaway::Task* task = process_of(p.world, news.to);
  // Programs around a VM signal one another by another kernel.
  if (task == nullptr || is_outside(p.world, *task)) return std::nullopt;
  const cutaway::Container* home = home_of(p.world, *task);
  const bool dropped = news.kind == SignalNews::Kind::Dropped;
  Signal signal;
  signal.slot = home == nullptr ? kHostSlot : home->slot;
  signal.task = task_id(*task);
  signal.label = abi::signal_name(news.signal) + (dropped ? ", dropped" : "");
  signal.dropped = dropped;
  signal.from = task_tag(p.world, news.from);
  return signal;
}

// What was dropped lies before the door for as long as the grace lasts.
std::optional<Signal> signal_at_the_door(const Picture& p) {
  if (!p.stop || !p.stop->dropped || p.stop->end != GraceEnd::Waits) return std::nullopt;
  SignalNews news{SignalNews::Kind::Dropped, p.stop->signal, p.stop->from, p.stop->init, {}};
  return signal_for(p, news);
}

// A signal whose sender made no call that is in the trace: its way down is told by the event alone.
std::optional<Packet> sender_packet(const Picture& p, const SignalNews& news) {
  const TaskId sender = news.from || !p.stop ? news.from : p.stop->from;
  const cutaway::Task* from = process_of(p.world, sender);
  std::string call = sending_call(p.world, news);
  // What was dropped says why; which call had sent it the stop knows.
  if (call.empty() && p.stop && p.stop->init == news.to)
    call = sending_call(p.world, {news.kind, news.signal, news.from, news.to, p.stop->rule});
  if (from == nullptr || call.empty()) return std::nullopt;
  const cutaway::Container* home = home_of(p.world, *from);
  Packet packet;
  packet.slot = home == nullptr ? kHostSlot : home->slot;
  packet.task = task_id(*from);
  packet.label = call;
  packet.column = Column::Pid;
  packet.reach = Where::Table;
  return packet;
}

// A page that found no room: its toucher's way to the meter.
std::optional<Packet> fault_packet(const Picture& p, const OomNews& news) {
  const cutaway::Task* task = process_of(p.world, news.toucher);
  if (task == nullptr) return std::nullopt;
  const cutaway::Container* home = home_of(p.world, *task);
  Packet packet;
  packet.slot = home == nullptr ? kHostSlot : home->slot;
  packet.task = task_id(*task);
  packet.label = p.now->call ? call_label(*p.now->call) : p.words["text.page.fault"].what;
  packet.column = Column::Memory;
  packet.reach = Where::Table;
  for (const OomPart& part : oom_way(p.words, p.world, news)) {
    if (part.at == OomPart::At::Toucher)
      packet.stations.push_back({part.part.number, Where::Task, true});
    if (part.at == OomPart::At::Lid)
      packet.stations.push_back({part.part.number, Where::Table, true});
  }
  return packet;
}

std::vector<Station> signal_stations(const Picture& p) {
  return {{number_at(p, SignalAt::Sender), Where::Task, true},
          {number_at(p, SignalAt::Table), Where::Table, true}};
}

}  // namespace

std::optional<Packet> packet_model(const Picture& p) {
  if (!p.now) return std::nullopt;
  const auto oom = oom_news(p.trace, p.world, p.now->event);
  if (oom && oom->toucher) return fault_packet(p, *oom);
  const auto news = signal_news(p.now->event.body);
  // A signal is the sender's packet, whatever call the receiver is in meanwhile.
  if (news) {
    std::optional<Packet> packet = sender_packet(p, *news);
    if (packet) packet->stations = signal_stations(p);
    if (packet || !p.now->call) return packet;
  }
  if (!p.now->call) return std::nullopt;
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
  packet.rights = p.path.rights;
  packet.stations = news ? signal_stations(p) : stations_of(p, answered);
  if (oom) packet.stations.clear();  // the parts told are those of the memory, not of this call
  if (const std::size_t storm = storm_of(p.trace, p.options.index, *p.now); storm > 0) {
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
  const auto news = p.now ? signal_news(p.now->event.body) : std::nullopt;
  if (!news) return signal_at_the_door(p);
  std::optional<Signal> signal = signal_for(p, *news);
  if (!signal) return signal;
  signal->number = number_at(p, SignalAt::Door);
  const auto oom = oom_news(p.trace, p.world, p.now->event);
  if (!oom) return signal;
  signal->from_lid = true;
  for (const OomPart& part : oom_way(p.words, p.world, *oom)) {
    if (part.at == OomPart::At::Choice) signal->choice = part.part.number;
    if (part.at == OomPart::At::Door) signal->number = part.part.number;
  }
  return signal;
}

std::optional<Grace> grace_model(const Picture& p) {
  if (!p.stop) return std::nullopt;
  Grace grace = grace_of(p.world, *p.stop);
  grace.number = number_at(p, SignalAt::Clock);
  return grace;
}

}  // namespace cutaway::viz
