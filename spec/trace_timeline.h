// Front door: a trace as the timeline that predicates are judged over.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/json_value.h"
#include "spec/predicate.h"
#include "trace/log/trace.h"
#include "trace/world/world.h"

namespace cutaway::spec {

/// The trace may grow while it is looked at. Going forward is quick; going back seeks.
class TraceTimeline : public Timeline {
 public:
  explicit TraceTimeline(const Trace& trace);
  ~TraceTimeline() override;
  std::size_t count() const override;
  const Json& event(std::size_t n) override;
  std::optional<Json> part(std::size_t n, std::string_view pointer) override;

 private:
  const World& world(std::size_t n);

  const Trace& trace_;
  World world_;
  std::size_t at_ = 0;      ///< world_ is the World after so many events
  std::vector<Json> kept_;  ///< the first events, in JSON: most predicates look at all of them
  Json beyond_;             ///< one of those behind them
};

/// What a timeline shows after its first `count` events, from event `first` on.
class TimelineWindow : public Timeline {
 public:
  TimelineWindow(Timeline& whole, std::size_t first, std::size_t count)
      : whole_(whole), first_(first), count_(count) {}
  std::size_t count() const override { return count_ - first_; }
  const Json& event(std::size_t n) override { return whole_.event(n + first_); }
  std::optional<Json> part(std::size_t n, std::string_view pointer) override {
    return whole_.part(n + first_, pointer);
  }
  /// Looks further: `count` is that of the whole.
  void extend(std::size_t count) { count_ = count; }

 private:
  Timeline& whole_;
  std::size_t first_, count_;
};

/// The smallest n ≥ first such that the predicate holds of events first … n−1 and the World after
/// them; nothing when it never does.
std::optional<std::size_t> first_position(const Predicate& predicate, Timeline& timeline,
                                          std::size_t first = 0);

}  // namespace cutaway::spec
