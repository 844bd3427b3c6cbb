// Front door: PRED and EV of the contract, one language for expectations, goals, run-until, --break
// and trace filter. Parsed from JSON with errors that name the place; judged over a Timeline.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace cutaway::spec {

/// EV: every field given equals the event's (objects as subsets, lists whole).
class EventPattern {
 public:
  EventPattern() = default;  ///< matches every event
  explicit EventPattern(std::shared_ptr<const Json> fields) : fields_(std::move(fields)) {}
  const Json* fields() const { return fields_.get(); }
  /// As it was written, for messages.
  std::string text() const;

 private:
  std::shared_ptr<const Json> fields_;
};

/// From a command line: `{"kind":"container","op":"exited"}`. "{}" matches every event.
Result<EventPattern> parse_event_pattern(std::string_view text);
bool matches(const EventPattern& pattern, const Json& event);

/// What stands at a JSON pointer into `cutaway world --json`; containers also by name. Null:
/// nothing.
const Json* find_in_world(const Json& world, std::string_view pointer);

/// What a predicate is judged over: a log that grows, and the World at each of its positions.
class Timeline {
 public:
  virtual ~Timeline() = default;
  virtual std::size_t count() const = 0;
  /// Event n, 0 ≤ n < count, in the form of CONTRACT §2. Valid until the next call.
  virtual const Json& event(std::size_t n) = 0;
  /// What stands at `pointer` in the World after the first n events, 0 ≤ n ≤ count (containers also
  /// by name). Asked for ascending n, wherever it can be.
  virtual std::optional<Json> part(std::size_t n, std::string_view pointer) = 0;
};

struct PredicateNode;

/// A parsed PRED. A value; copies share the tree.
class Predicate {
 public:
  Predicate() = default;  ///< always holds
  explicit Predicate(std::shared_ptr<const PredicateNode> node) : node_(std::move(node)) {}
  const PredicateNode* node() const { return node_.get(); }

 private:
  std::shared_ptr<const PredicateNode> node_;
};

Result<Predicate> parse_predicate(const JsonDocument& document, std::string_view pointer = "");
/// From a command line (`--break`).
Result<Predicate> parse_predicate_text(std::string_view text);

/// An event that matches has happened.
Predicate happens(EventPattern event);
/// From a command line: a PRED, or an EV that must have happened.
Result<Predicate> parse_predicate_or_event(std::string_view text);

struct Verdict {
  bool holds = true;
  std::string why;  ///< one sentence when it does not hold, else empty
};

/// Judges the same predicate again and again while its timeline grows; looks at each event once.
class Watch {
 public:
  explicit Watch(Predicate predicate);
  Watch(Watch&&) noexcept;
  Watch& operator=(Watch&&) noexcept;
  ~Watch();
  /// Over all that there is by now. A timeline that became shorter (undo) is looked at anew.
  bool holds(Timeline& timeline);
  /// One sentence why it does not hold; empty if it does.
  std::string explain(Timeline& timeline);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Verdict judge(const Predicate& predicate, Timeline& timeline);

/// A timeline of JSON values, for tests and for traces read from files: worlds[n] is the World
/// after n events; there is one more than events.
class JsonTimeline : public Timeline {
 public:
  JsonTimeline(std::vector<Json> events, std::vector<Json> worlds);
  ~JsonTimeline() override;
  std::size_t count() const override;
  const Json& event(std::size_t n) override;
  std::optional<Json> part(std::size_t n, std::string_view pointer) override;

 private:
  std::vector<Json> events_;
  std::vector<Json> worlds_;
};

}  // namespace cutaway::spec
