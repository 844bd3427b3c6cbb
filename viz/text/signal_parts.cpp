#include "viz/text/signal_parts.h"

#include "base/text.h"
#include "trace/world/lookup.h"
#include "viz/text/call_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

using NewsKind = SignalNews::Kind;

constexpr std::string_view kCallSign = "(2)";  // of a rule that names a call: "kill(2)"
constexpr std::string_view kSpared = "pid 1 without a handler";

struct NewsReader {
  std::optional<SignalNews> operator()(const SignalSent& b) const {
    return SignalNews{NewsKind::Sent, b.sig, b.from, b.to, b.rule};
  }
  std::optional<SignalNews> operator()(const SignalDelivered& b) const {
    return SignalNews{NewsKind::Delivered, b.sig, b.from, b.to, b.rule};
  }
  std::optional<SignalNews> operator()(const SignalIgnored& b) const {
    return SignalNews{NewsKind::Dropped, b.sig, b.from, b.to, b.rule};
  }
  template <class Other>
  std::optional<SignalNews> operator()(const Other&) const {
    return std::nullopt;
  }
};

/// An answer to a signal (dropped, delivered) does not repeat who sent it; the stop knows.
TaskId sender_of(const SignalNews& news, const std::optional<StopWait>& stop) {
  if (news.from || !stop) return news.from;
  return stop->init == news.to && stop->signal == news.signal ? stop->from : news.from;
}

std::string sender_words(const World& world, const SignalNews& news, TaskId from) {
  const std::string tag = task_tag(world, from);
  if (tag.empty()) return from ? "a task that is gone" : "the kernel: " + news.rule;
  return tag;
}

CaptionPart door_part(const spec::Words& words, const SignalNews& news) {
  const std::string& head = words["text.part.delivered"].what;
  switch (news.kind) {
    case NewsKind::Sent:
      return {0, head, words["text.next"].what, PartState::Next};
    case NewsKind::Delivered:
      return {0, head, news.rule, PartState::Ok};
    case NewsKind::Dropped:
      return {0, head, "no: " + news.rule, PartState::Bad};
  }
  return {};
}

CaptionPart clock_part(const spec::Words& words, const Grace& grace) {
  const bool ended = grace.end == GraceEnd::Ended;
  return {0, words["text.part.grace"].what, grace_passed_words(grace),
          ended ? PartState::Ok : PartState::Limit};
}

std::string patience_words(const StopWait& stop) {
  return whole_seconds_words(stop.patience) + " s";
}

std::string value_of(const World& world, const StopWait& stop, std::string_view name) {
  const cutaway::Task* task = world.tasks.find(stop.init);
  const cutaway::Container* container = world.containers.find(stop.container);
  if (name == "sig") return abi::signal_name(stop.signal);
  if (name == "comm") return task == nullptr ? "pid 1" : task->comm;
  if (name == "patience") return patience_words(stop);
  if (name == "waited") return seconds_words(stop.until - stop.since) + " s";
  if (name == "from") return stop.from ? task_tag(world, stop.from) : "the server";
  if (name == "container") return container == nullptr ? "" : container_name(world, *container);
  return {};
}

spec::Sentence filled(const spec::Sentence& said, const World& world, const StopWait& stop) {
  const auto value = [&](std::string_view name) { return value_of(world, stop, name); };
  return {fill(said.what, value), fill(said.why, value)};
}

/// What the daemon does meanwhile.
std::string meanwhile(const spec::Words& words, const World& world, const StopWait& stop) {
  const spec::Sentence said = filled(words["text.stop.waits"], world, stop);
  return stop.patience < 0 ? said.why : said.what;
}

std::optional<spec::Sentence> spared_sentence(const spec::Words& words, const World& world,
                                              const SignalNews& news,
                                              const std::optional<StopWait>& stop) {
  if (news.kind != NewsKind::Dropped || news.rule != kSpared) return std::nullopt;
  const cutaway::Task* task = world.tasks.find(news.to);
  const auto value = [&](std::string_view name) {
    if (name == "sig") return abi::signal_name(news.signal);
    return task == nullptr ? std::string("it") : task->comm;
  };
  const spec::Sentence& said = words["text.signal.spared"];
  spec::Sentence told = {fill(said.what, value), fill(said.why, value)};
  const bool its_stop = stop && stop->init == news.to && stop->signal == news.signal;
  if (its_stop && stop->end == GraceEnd::Waits) told.why += " " + meanwhile(words, world, *stop);
  return told;
}

}  // namespace

std::optional<SignalNews> signal_news(const Body& body) { return std::visit(NewsReader{}, body); }

std::string sending_call(const World& world, const SignalNews& news) {
  if (!ends_with(news.rule, kCallSign)) return {};
  const cutaway::Task* to = process_of(world, news.to);
  const std::string name = news.rule.substr(0, news.rule.size() - kCallSign.size());
  const std::string pid = to == nullptr ? "" : decimal(to->pid()) + ", ";
  return name + "(" + pid + abi::signal_name(news.signal) + ")";
}

std::string both_pids(const World& world, TaskId id) {
  const cutaway::Task* task = process_of(world, id);
  if (task == nullptr) return {};
  const cutaway::Container* home = home_of(world, *task);
  if (home == nullptr || own_pid(*task) == task->pid()) return decimal(task->pid());
  return decimal(task->pid()) + " is " + decimal(own_pid(*task)) + " in " +
         container_name(world, *home);
}

std::vector<SignalPart> signal_way(const spec::Words& words, const World& world,
                                   const Happening& now, const std::optional<StopWait>& stop) {
  const auto news = signal_news(now.event.body);
  if (!news) return {};
  std::vector<SignalPart> way;
  const auto add = [&way](SignalAt at, CaptionPart part) {
    part.number = static_cast<int>(way.size()) + 1;
    way.push_back({at, std::move(part)});
  };
  const TaskId from = sender_of(*news, stop);
  add(SignalAt::Sender,
      {0, words["text.part.sender"].what, sender_words(world, *news, from), PartState::Ok});
  add(SignalAt::Table,
      {0, words["text.which.pid"].what, both_pids(world, news->to), PartState::Ok});
  add(SignalAt::Door, door_part(words, *news));
  if (stop && stop->init == news->to)
    add(SignalAt::Clock, clock_part(words, grace_of(world, *stop)));
  return way;
}

std::optional<spec::Sentence> signal_sentence(const spec::Words& words, const World& world,
                                              const Happening& now,
                                              const std::optional<StopWait>& stop) {
  const auto news = signal_news(now.event.body);
  if (news) {
    if (auto spared = spared_sentence(words, world, *news, stop)) return spared;
  }
  if (!stop) return std::nullopt;
  if (news && news->kind == NewsKind::Sent && now.index == stop->sent) {
    spec::Sentence said = filled(words["text.stop.sent"], world, *stop);
    said.why = said.why + " " + meanwhile(words, world, *stop);
    return said;
  }
  if (now.index != stop->over) return std::nullopt;
  return filled(words[stop->end == GraceEnd::Killed ? "text.stop.killed" : "text.stop.ended"],
                world, *stop);
}

void tell_grace(Caption& caption, const Grace& grace) {
  for (CaptionPart& part : caption.parts) {
    if (grace.number > 0 && part.number == grace.number) part.value = grace_passed_words(grace);
  }
}

}  // namespace cutaway::viz
