#include "spec/fuzz/grammar.h"

#include "base/check.h"

namespace cutaway::spec::fuzz {

Grammar::Grammar() {
  for (const auto& rules :
       {common_rules(), file_rules(), mount_rules(), task_rules(), user_rules(), channel_rules(),
        time_rules(), exec_rules(), event_rules(), message_rules(), block_rules(), thread_rules()})
    add(rules);
}

void Grammar::add(const std::vector<Rule>& rules) {
  for (const Rule& rule : rules) {
    Result<Json> pattern = parse_json(rule.pattern);
    CHECK(pattern.has_value());
    symbols_[std::string(rule.symbol)].push_back({rule.weight, std::move(*pattern)});
  }
}

const Grammar& Grammar::of() {
  static const Grammar made;
  return made;
}

const std::vector<Grammar::Alternative>* Grammar::find(std::string_view symbol) const {
  const auto found = symbols_.find(symbol);
  return found == symbols_.end() ? nullptr : &found->second;
}

}  // namespace cutaway::spec::fuzz
