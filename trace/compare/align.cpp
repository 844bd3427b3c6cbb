#include "trace/compare/align.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/text.h"
#include "trace/compare/families.h"

namespace cutaway {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::string call_key(const CollectedCall& call, const std::string& rest) {
  return decimal(static_cast<std::int64_t>(call.call.sys)) + "\x1f" + rest;
}

std::size_t equal_arguments(const NormalCall& a, const NormalCall& b) {
  std::size_t equal = 0;
  for (std::size_t i = 0; i < a.args.size() && i < b.args.size(); ++i)
    equal += a.args[i].known && b.args[i].known && a.args[i].normal == b.args[i].normal ? 1U : 0U;
  return equal;
}

/// Pairs what is most alike first, so that one missing call does not shift all that follow.
class Pairing {
 public:
  Pairing(const CallList& a, const CallList& b)
      : a_(a), b_(b), of_a_(a.size(), kNone), of_b_(b.size(), kNone) {}

  std::vector<CallPair> run() {
    by_key([](const CollectedCall& call) { return call.normal.literal_key(); });
    by_key([](const CollectedCall& call) { return call.normal.normal_key(); });
    by_key([](const CollectedCall& call) { return call.normal.normal_args(); });
    by_likeness([](const CollectedCall& a, const CollectedCall& b) {
      return a.call.sys == b.call.sys && same_arguments(a.normal, b.normal);
    });
    by_likeness(
        [](const CollectedCall& a, const CollectedCall& b) { return a.call.sys == b.call.sys; });
    by_likeness([](const CollectedCall& a, const CollectedCall& b) {
      return are_equivalent(a.call.sys, b.call.sys);
    });
    return merged();
  }

 private:
  void pair(std::size_t i, std::size_t j) {
    of_a_[i] = j;
    of_b_[j] = i;
  }

  /// Equal keys, first with first.
  template <class Key>
  void by_key(Key key) {
    std::map<std::string, std::vector<std::size_t>> waiting;
    for (std::size_t j = b_.size(); j > 0; --j) {
      if (of_b_[j - 1] == kNone) waiting[call_key(*b_[j - 1], key(*b_[j - 1]))].push_back(j - 1);
    }
    for (std::size_t i = 0; i < a_.size(); ++i) {
      if (of_a_[i] != kNone) continue;
      const auto found = waiting.find(call_key(*a_[i], key(*a_[i])));
      if (found == waiting.end() || found->second.empty()) continue;
      pair(i, found->second.back());
      found->second.pop_back();
    }
  }

  /// Each with the one that shares most of its arguments; the earliest of equals.
  template <class May>
  void by_likeness(May may) {
    std::vector<std::size_t> free;
    for (std::size_t j = 0; j < b_.size(); ++j) {
      if (of_b_[j] == kNone) free.push_back(j);
    }
    for (std::size_t i = 0; i < a_.size() && !free.empty(); ++i) {
      if (of_a_[i] != kNone) continue;
      auto best = free.end();
      std::size_t most = 0;
      for (auto each = free.begin(); each != free.end(); ++each) {
        if (!may(*a_[i], *b_[*each])) continue;
        const std::size_t equal = equal_arguments(a_[i]->normal, b_[*each]->normal);
        if (best != free.end() && equal <= most) continue;
        best = each;
        most = equal;
      }
      if (best == free.end()) continue;
      pair(i, *best);
      free.erase(best);
    }
  }

  std::vector<CallPair> merged() const {
    std::vector<CallPair> pairs;
    std::size_t next = 0;  // of b, not yet placed
    const auto take_alone = [&](std::size_t until) {
      for (; next < until; ++next) {
        if (of_b_[next] == kNone) pairs.push_back({nullptr, b_[next]});
      }
    };
    for (std::size_t i = 0; i < a_.size(); ++i) {
      if (of_a_[i] != kNone) take_alone(of_a_[i]);
      pairs.push_back({a_[i], of_a_[i] == kNone ? nullptr : b_[of_a_[i]]});
    }
    take_alone(b_.size());
    return pairs;
  }

  const CallList& a_;
  const CallList& b_;
  std::vector<std::size_t> of_a_, of_b_;  // partner's index
};

}  // namespace

bool same_arguments(const NormalCall& a, const NormalCall& b) {
  const std::size_t common = std::min(a.args.size(), b.args.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (!may_be_same(a.args[i], b.args[i])) return false;
  }
  return true;
}

std::vector<CallPair> pair_calls(const CallList& a, const CallList& b) {
  return Pairing(a, b).run();
}

}  // namespace cutaway
