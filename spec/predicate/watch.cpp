// Judging a predicate while its timeline grows.
#include "base/text.h"
#include "spec/document.h"
#include "spec/predicate/node.h"

namespace cutaway::spec {

namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

std::string number(std::size_t n) { return decimal(static_cast<std::int64_t>(n)); }

// A container in a pattern may be given by name: the World of that moment knows its id.
bool matches_here(const EventPattern& pattern, Timeline& timeline, std::size_t n) {
  const Json& event = timeline.event(n);
  if (matches(pattern, event)) return true;
  const Json* fields = pattern.fields();
  if (fields == nullptr || !fields->contains("container") || !event.contains("container"))
    return false;
  const Json& name = (*fields)["container"];
  if (!name.is_string() || !event["container"].is_string()) return false;
  Json others = *fields;
  others["container"] = event["container"];
  if (!covers(others, event)) return false;
  const std::string pointer =
      pointer_join(pointer_join("/containers", name.get<std::string>()), "id");
  const Json id = event["container"];
  for (const std::size_t moment : {n + 1, n}) {  // after it was made, before it was removed
    if (timeline.part(moment, pointer) == std::optional<Json>(id)) return true;
  }
  return false;
}

/// One node's memory: how far it has looked, and what it found.
class Judge {
 public:
  explicit Judge(const PredicateNode* node) : node_(node) {
    if (node == nullptr) return;
    for (const Predicate& child : node->children) children_.emplace_back(child.node());
  }

  bool holds(Timeline& timeline) {
    if (node_ == nullptr) return true;
    switch (node_->kind) {
      case PredicateKind::Now:
        return passes_at(timeline, timeline.count());
      case PredicateKind::Ever:
        return look_for_world(timeline);
      case PredicateKind::Never:
        return !look_for_world(timeline);
      case PredicateKind::Before:
        return look_for_both(timeline);
      case PredicateKind::Count:
        return counts(timeline);
      case PredicateKind::All:
        return all(timeline);
      case PredicateKind::Any:
        return any(timeline);
    }
    return false;
  }

  // After holds() was false.
  std::string explain(Timeline& timeline) {
    switch (node_->kind) {
      case PredicateKind::Now:
        return explain_value(timeline, timeline.count());
      case PredicateKind::Ever:
        return node_->path + " was never " + wanted() + "; at the end " +
               explain_found(timeline, timeline.count());
      case PredicateKind::Never:
        return explain_value_forbidden(timeline);
      case PredicateKind::Before:
        return explain_before();
      case PredicateKind::Count:
        return explain_count();
      case PredicateKind::All:
        for (Judge& child : children_) {
          if (!child.holds(timeline)) return child.explain(timeline);
        }
        return "";
      case PredicateKind::Any:
        break;
    }
    std::string text = "none of these holds: ";
    for (std::size_t i = 0; i < children_.size(); ++i) {
      if (!children_[i].holds(timeline))
        text += (i == 0 ? "" : "; ") + children_[i].explain(timeline);
    }
    return text;
  }

 private:
  bool passes_at(Timeline& timeline, std::size_t n) const {
    const std::optional<Json> value = timeline.part(n, node_->path);
    for (const Test& test : node_->tests) {
      if (!passes(test, value ? &*value : nullptr)) return false;
    }
    return true;
  }

  bool look_for_world(Timeline& timeline) {
    for (; first_ == kNowhere && looked_ <= timeline.count(); ++looked_) {
      if (passes_at(timeline, looked_)) first_ = looked_;
    }
    return first_ != kNowhere;
  }

  bool look_for_both(Timeline& timeline) {
    for (; looked_ < timeline.count() && (first_ == kNowhere || second_ == kNowhere); ++looked_) {
      if (first_ == kNowhere && matches_here(node_->events[0], timeline, looked_)) first_ = looked_;
      if (second_ == kNowhere && matches_here(node_->events[1], timeline, looked_))
        second_ = looked_;
    }
    return first_ != kNowhere && second_ != kNowhere && first_ < second_;
  }

  bool counts(Timeline& timeline) {
    for (; looked_ < timeline.count(); ++looked_)
      count_ += matches_here(node_->events[0], timeline, looked_) ? 1 : 0;
    const Json value = count_;
    for (const Test& test : node_->tests) {
      if (!passes(test, &value)) return false;
    }
    return true;
  }

  bool all(Timeline& timeline) {
    for (Judge& child : children_) {
      if (!child.holds(timeline)) return false;
    }
    return true;
  }
  bool any(Timeline& timeline) {
    for (Judge& child : children_) {
      if (child.holds(timeline)) return true;
    }
    return false;
  }

  std::string wanted() const {
    std::vector<std::string> words;
    for (const Test& test : node_->tests) words.push_back(expectation(test));
    return join(words, " and ");
  }
  std::string explain_found(Timeline& timeline, std::size_t n) const {
    const std::optional<Json> value = timeline.part(n, node_->path);
    return value ? "it is " + shown(*value) : "there is nothing";
  }
  std::string explain_value(Timeline& timeline, std::size_t n) const {
    const std::optional<Json> value = timeline.part(n, node_->path);
    const std::string found = value ? " is " + shown(*value) : " does not exist";
    return node_->path + found + ", expected " + wanted();
  }
  std::string explain_value_forbidden(Timeline& timeline) const {
    const std::optional<Json> value = timeline.part(first_, node_->path);
    const std::string found = value ? "was " + shown(*value) : "was not there";
    return node_->path + " " + found + " after " + number(first_) + " events, expected never " +
           wanted();
  }
  std::string explain_before() const {
    for (const auto& [event, place] :
         {std::pair{&node_->events[0], first_}, {&node_->events[1], second_}}) {
      if (place == kNowhere) return "no event matches " + event->text();
    }
    return node_->events[0].text() + " first comes as event " + number(first_) +
           ", expected before " + node_->events[1].text() + ", which first comes as event " +
           number(second_);
  }
  std::string explain_count() const {
    return decimal(count_) + (count_ == 1 ? " event matches " : " events match ") +
           node_->events[0].text() + ", expected " + wanted();
  }

  const PredicateNode* node_;
  std::vector<Judge> children_;
  std::size_t looked_ = 0;  ///< worlds or events seen
  std::size_t first_ = kNowhere;
  std::size_t second_ = kNowhere;
  std::int64_t count_ = 0;
};

}  // namespace

struct Watch::State {
  explicit State(Predicate asked) : predicate(std::move(asked)), judge(predicate.node()) {}
  Predicate predicate;
  Judge judge;
  std::size_t length = 0;
};

Watch::Watch(Predicate predicate) : state_(std::make_unique<State>(std::move(predicate))) {}
Watch::Watch(Watch&&) noexcept = default;
Watch& Watch::operator=(Watch&&) noexcept = default;
Watch::~Watch() = default;

bool Watch::holds(Timeline& timeline) {
  if (timeline.count() < state_->length) state_->judge = Judge(state_->predicate.node());
  state_->length = timeline.count();
  return state_->judge.holds(timeline);
}

std::string Watch::explain(Timeline& timeline) {
  return holds(timeline) ? "" : state_->judge.explain(timeline);
}

Verdict judge(const Predicate& predicate, Timeline& timeline) {
  Watch watch(predicate);
  const bool holds = watch.holds(timeline);
  return {holds, holds ? "" : watch.explain(timeline)};
}

JsonTimeline::JsonTimeline(std::vector<Json> events, std::vector<Json> worlds)
    : events_(std::move(events)), worlds_(std::move(worlds)) {}
JsonTimeline::~JsonTimeline() = default;
std::size_t JsonTimeline::count() const { return events_.size(); }
const Json& JsonTimeline::event(std::size_t n) { return events_[n]; }
std::optional<Json> JsonTimeline::part(std::size_t n, std::string_view pointer) {
  const Json* value = n < worlds_.size() ? find_in_world(worlds_[n], pointer) : nullptr;
  if (value == nullptr) return std::nullopt;
  return *value;
}

}  // namespace cutaway::spec
