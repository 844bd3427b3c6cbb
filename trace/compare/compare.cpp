#include "trace/compare/compare.h"

#include <algorithm>
#include <set>
#include <utility>

#include "trace/compare/align.h"
#include "trace/compare/lcs.h"
#include "trace/compare/results.h"
#include "trace/compare/rules.h"

namespace cutaway {

namespace {

constexpr std::int64_t kWhole = 1'000'000;

std::int64_t ppm(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? kWhole : part * kWhole / whole;
}

/// What is the engine's is counted nowhere, and its calls are not laid side by side.
bool is_engine_role(Role role) {
  return role == Role::Host || role == Role::Client || role == Role::Daemon;
}

struct Group {
  CallList a, b;
  bool counted = false;
};

class Comparer {
 public:
  Comparer(const Trace& a, const Trace& b, const CompareOptions& options)
      : counted_(options.compared_steps.begin(), options.compared_steps.end()),
        a_(collect(a)),
        b_(collect(b)) {
    found_.a = {a.header.side, options.name_a};
    found_.b = {b.header.side, options.name_b};
    group(a_, &Group::a);
    group(b_, &Group::b);
    for (const GroupKey& key : order_) compare_group(key, groups_[key]);
    for (CompareRow& row : compare_results(a, b, a_.facts, b_.facts)) {
      found_.results.count(row.status);
      found_.rows.push_back(std::move(row));
    }
    found_.steps_ppm = ppm(found_.steps.matched, found_.steps.all());
    found_.syscalls_ppm = ppm(found_.syscalls.matched, found_.syscalls.all());
    found_.workload_ppm = workload_ppm();
  }

  Comparison take() { return std::move(found_); }

 private:
  bool is_counted(const GroupKey& key) const {
    return !is_engine_role(key.role) && counted_.count(key.step) != 0;
  }

  /// Groups stand in the order of a's calls; what only b has, behind what came before it there.
  void group(const Collected& side, CallList Group::*calls) {
    std::size_t place = 0;  // behind the last group that was met
    for (const CollectedCall& call : side.calls) {
      const bool counted = is_counted(call.key);
      // The engine's steps are shown once for each role: how it shares its work is its own affair.
      const GroupKey key = counted ? call.key : GroupKey{0, call.key.role, {}, call.key.step};
      const auto found = groups_.find(key);
      if (found == groups_.end()) {
        order_.insert(order_.begin() + static_cast<std::ptrdiff_t>(place), key);
        ++place;
      } else if ((found->second.*calls).empty()) {
        const auto at = std::find_if(order_.begin(), order_.end(), [&key](const GroupKey& each) {
          return !(each < key) && !(key < each);
        });
        place = static_cast<std::size_t>(at - order_.begin()) + 1;
      }
      Group& group = groups_[key];
      group.counted = counted;
      (group.*calls).push_back(&call);
    }
  }

  static RowStatus presence(const Group& group) {
    if (group.b.empty()) return RowStatus::OnlyA;
    return group.a.empty() ? RowStatus::OnlyB : RowStatus::Matched;
  }

  void compare_group(const GroupKey& key, const Group& group) {
    const std::size_t at = found_.rows.size();
    CompareRow step;
    step.level = RowLevel::Step;
    step.status = presence(group);
    step.role = key.role;
    step.step = key.step;
    step.name = key.step;
    if (!group.a.empty()) step.a = group.a.front()->n;
    if (!group.b.empty()) step.b = group.b.front()->n;
    found_.rows.push_back(step);
    if (!group.counted) {
      found_.rows[at].row_class = RowClass::Engine;
      found_.rows[at].why = why_key("engine");
      return;
    }
    for (const CallPair& pair : pair_calls(group.a, group.b)) add_call(key, pair);
    sum_up(at);
    found_.steps.count(found_.rows[at].status);
  }

  void add_call(const GroupKey& key, const CallPair& pair) {
    const Difference difference = {pair, a_.facts, b_.facts};
    Explanation told = explain_pair(difference);
    CompareRow row;
    row.status = told.status;
    row.role = key.role;
    row.step = key.step;
    row.name = std::string(abi::sys_name(difference.any().call.sys));
    if (pair.a != nullptr) row.a = pair.a->n;
    if (pair.b != nullptr) row.b = pair.b->n;
    row.row_class = told.row_class;
    row.why = std::move(told.why);
    row.values = std::move(told.values);
    found_.syscalls.count(row.status);
    if (is_workload(key.role)) found_.workload.count(row.status);
    found_.rows.push_back(std::move(row));
  }

  /// A step is what its calls are. Differences that are explained leave it matched, and it says
  /// which explanation; one that is not makes it differ. A step that only one side takes has its
  /// first call's explanation.
  void sum_up(std::size_t at) {
    CompareRow& step = found_.rows[at];
    const CompareRow* worst = nullptr;
    for (std::size_t i = at + 1; i < found_.rows.size(); ++i) {
      const CompareRow& row = found_.rows[i];
      if (row.row_class == RowClass::None) continue;
      const auto weight = [](const CompareRow& each) {
        if (is_open(each.row_class)) return 2;
        return each.status == RowStatus::Matched ? 0 : 1;
      };
      if (worst == nullptr || weight(row) > weight(*worst)) worst = &row;
    }
    if (worst == nullptr) return;
    if (step.status == RowStatus::Matched && is_open(worst->row_class))
      step.status = RowStatus::Different;
    step.row_class = worst->row_class;
    step.why = worst->why;
    step.values = worst->values;
  }

  /// Task by task, so that it makes no difference how tasks took turns.
  std::vector<std::uint32_t> workload_names(CallList Group::*calls) const {
    std::map<std::pair<std::size_t, std::string>, CallList> by_task;
    for (const auto& each : groups_) {
      if (!is_workload(each.first.role) || !each.second.counted) continue;
      const std::string role = each.first.role == Role::Exec ? "exec " : "";
      CallList& list = by_task[{each.first.container, role + each.first.task}];
      list.insert(list.end(), (each.second.*calls).begin(), (each.second.*calls).end());
    }
    std::vector<std::uint32_t> names;
    for (auto& each : by_task) {
      std::sort(each.second.begin(), each.second.end(),
                [](const CollectedCall* x, const CollectedCall* y) { return x->n < y->n; });
      for (const CollectedCall* call : each.second)
        names.push_back(static_cast<std::uint32_t>(call->call.sys));
    }
    return collapsed(names);
  }

  std::int64_t workload_ppm() const {
    const std::vector<std::uint32_t> a = workload_names(&Group::a);
    const std::vector<std::uint32_t> b = workload_names(&Group::b);
    const bool a_is_real = found_.a.side == SideKind::Real && found_.b.side != SideKind::Real;
    const std::size_t whole = a_is_real ? a.size() : b.size();
    if (whole == 0) return a.empty() && b.empty() ? kWhole : 0;
    return ppm(lcs_length(a, b), static_cast<std::int64_t>(whole));
  }

  std::set<std::string, std::less<>> counted_;
  Collected a_, b_;
  std::map<GroupKey, Group> groups_;
  std::vector<GroupKey> order_;
  Comparison found_;
};

}  // namespace

void Tally::count(RowStatus status) {
  switch (status) {
    case RowStatus::Matched:
      ++matched;
      break;
    case RowStatus::Different:
      ++different;
      break;
    case RowStatus::OnlyA:
      ++only_a;
      break;
    case RowStatus::OnlyB:
      ++only_b;
      break;
  }
}

Comparison compare(const Trace& a, const Trace& b, const CompareOptions& options) {
  return Comparer(a, b, options).take();
}

bool is_open(RowClass row_class) {
  return row_class == RowClass::SimulatorWrong || row_class == RowClass::Unexplained;
}

bool agrees(const Comparison& comparison) {
  return std::none_of(comparison.rows.begin(), comparison.rows.end(),
                      [](const CompareRow& row) { return is_open(row.row_class); });
}

}  // namespace cutaway
