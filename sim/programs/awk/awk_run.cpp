// Rules, statements, records and fields of awk.
#include "sim/programs/awk/awk_run.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace cutaway::sim {

namespace {

/// A program that goes round for ever shall not stop the simulation.
constexpr std::uint64_t kMostSteps = 5'000'000;
/// Nor one that calls itself for ever: it is walked by recursion.
constexpr int kDeepestCall = 1'500;
constexpr std::int64_t kMostFields = 32'768;
/// Nor shall one that doubles a text for ever, or prints in BEGIN, take this machine's memory.
constexpr std::size_t kLongestText = 1U << 20U, kMostUnprinted = 32U << 20U;

}  // namespace

AwkRun::AwkRun(AwkProgram program) : program_(std::move(program)) {
  in_range_.resize(program_.rules.size());
  const std::pair<const char*, const char*> texts[] = {
      {"FS", " "},        {"OFS", " "},        {"ORS", "\n"},    {"RS", "\n"},
      {"SUBSEP", "\x1c"}, {"CONVFMT", "%.6g"}, {"OFMT", "%.6g"}, {"FILENAME", ""}};
  for (const auto& [name, text] : texts) globals_.values[name] = AwkValue::of(std::string(text));
  for (const char* name : {"NR", "FNR", "RSTART"}) globals_.values[name] = AwkValue::of(0);
  globals_.values["RLENGTH"] = AwkValue::of(-1);
}

void AwkRun::assign(const std::string& name, const std::string& text) {
  set(name, AwkValue::from_outside(text));
}

void AwkRun::set_array(const std::string& name,
                       const std::vector<std::pair<std::string, std::string>>& entries) {
  for (const auto& [key, text] : entries) array(name).at(key) = AwkValue::from_outside(text);
}

void AwkRun::begin() { run_rules(AwkRule::When::Begin); }

bool AwkRun::wants_records() const {
  return !exited_ &&
         std::any_of(program_.rules.begin(), program_.rules.end(),
                     [](const auto& rule) { return rule.when != AwkRule::When::Begin; });
}

void AwkRun::new_file(const std::string& name) {
  set("FILENAME", AwkValue::of(name));
  set("FNR", AwkValue::of(0));
}

bool AwkRun::record(const std::string& text) {
  for (const char* counter : {"NR", "FNR"})
    set(counter, AwkValue::of(awk_number(get(counter)) + 1));
  set_record(text);
  for (std::size_t n = 0; n < program_.rules.size() && !exited_; ++n) {
    const AwkRule& rule = program_.rules[n];
    if (rule.when != AwkRule::When::Line || !applies(n)) continue;
    static const AwkTree kPrint = [] {
      AwkNode node;
      node.kind = AwkKind::Print;
      return std::make_shared<const AwkNode>(std::move(node));
    }();
    const Flow flow = run(rule.action != nullptr ? rule.action : kPrint);
    if (flow == Flow::NextFile) return true;
    if (flow == Flow::Next || flow == Flow::Exit) break;
  }
  return false;
}

bool AwkRun::applies(std::size_t n) {
  const AwkRule& rule = program_.rules[n];
  if (rule.pattern == nullptr) return true;
  if (rule.until == nullptr) return awk_truth(value(rule.pattern));
  if (!in_range_[n]) in_range_[n] = awk_truth(value(rule.pattern));
  if (!in_range_[n]) return false;
  if (awk_truth(value(rule.until))) in_range_[n] = false;
  return true;
}

void AwkRun::end() {
  if (!error_.empty()) return;
  exited_ = false;  // `exit` in a rule still goes through END
  run_rules(AwkRule::When::End);
}

void AwkRun::run_rules(AwkRule::When when) {
  for (const AwkRule& rule : program_.rules) {
    if (exited_) return;
    if (rule.when == when) run(rule.action);
  }
}

std::string AwkRun::record_separator() { return awk_text(get("RS"), convfmt()); }

std::vector<AwkOutput> AwkRun::take_output() {
  unprinted_ = 0;
  return std::exchange(output_, {});
}

AwkValue AwkRun::new_text(std::string text) {
  if (text.size() <= kLongestText) return AwkValue::of(std::move(text));
  fail("stopped: a text of a mebibyte is too long for this simulation");
  return AwkValue::nothing();
}

void AwkRun::fail(const std::string& what) {
  if (error_.empty()) error_ = what;
  exited_ = true;
  status_ = 1;
}

AwkRun::Within::Within(AwkRun& run) : run_(run) {
  if (++run.deep_ > kDeepestCall) run.fail("stopped: a function calls itself too often");
}

bool AwkRun::worked_too_long() {
  if (++steps_ > kMostSteps) fail("stopped: this simulation ends what goes round for so long");
  return exited_;
}

AwkRun::Flow AwkRun::run(const AwkTree& tree) {
  if (tree == nullptr) return Flow::On;
  const Within within(*this);
  if (worked_too_long()) return Flow::Exit;
  const AwkNode& node = *tree;
  switch (node.kind) {
    case AwkKind::Print:
    case AwkKind::Printf:
      run_print(node);
      return exited_ ? Flow::Exit : Flow::On;
    case AwkKind::Block:
      return run_block(node);
    case AwkKind::If:
      if (awk_truth(value(node.kids[0]))) return run(node.kids[1]);
      return node.kids.size() > 2 ? run(node.kids[2]) : Flow::On;
    case AwkKind::While:
    case AwkKind::Do:
    case AwkKind::For:
      return run_loop(node);
    case AwkKind::ForIn:
      return run_for_keys(node);
    case AwkKind::Next:
      return Flow::Next;
    case AwkKind::NextFile:
      return Flow::NextFile;
    case AwkKind::Break:
      return Flow::Break;
    case AwkKind::Continue:
      return Flow::Continue;
    case AwkKind::Exit:
      return run_exit(node);
    case AwkKind::Return:
      returned_ = node.kids.empty() ? AwkValue::nothing() : value(node.kids[0]);
      return Flow::Return;
    case AwkKind::Delete:
      return run_delete(node);
    default:
      value(tree);
      return exited_ ? Flow::Exit : Flow::On;
  }
}

AwkRun::Flow AwkRun::run_block(const AwkNode& node) {
  for (const AwkTree& each : node.kids) {
    const Flow flow = run(each);
    if (flow != Flow::On) return flow;
  }
  return Flow::On;
}

AwkRun::Flow AwkRun::run_exit(const AwkNode& node) {
  if (!node.kids.empty()) status_ = static_cast<int>(number(node.kids[0])) & 0xff;
  exited_ = true;
  return Flow::Exit;
}

AwkRun::Flow AwkRun::run_delete(const AwkNode& node) {
  if (node.kids.empty())
    array(node.array).clear();
  else
    array(node.array).erase(key_of(node.kids));
  return Flow::On;
}

/// while (condition) body · do body while (condition) · for (first; condition; next) body
AwkRun::Flow AwkRun::run_loop(const AwkNode& node) {
  const bool counts = node.kind == AwkKind::For, late = node.kind == AwkKind::Do;
  const AwkTree condition = node.kids[counts || late ? 1 : 0];
  const AwkTree body = node.kids[counts ? 3 : late ? 0 : 1];
  if (counts) run(node.kids[0]);
  bool first = late;
  while (!worked_too_long()) {
    if (!first && condition != nullptr && !awk_truth(value(condition))) return Flow::On;
    first = false;
    const Flow flow = run(body);
    if (flow == Flow::Break) return Flow::On;
    if (flow != Flow::On && flow != Flow::Continue) return flow;
    if (counts) run(node.kids[2]);
  }
  return Flow::Exit;
}

AwkRun::Flow AwkRun::run_for_keys(const AwkNode& node) {
  for (const std::string& key : array(node.array).keys()) {
    set(node.text, AwkValue::from_outside(key));
    const Flow flow = run(node.kids[0]);
    if (flow == Flow::Break) break;
    if (flow != Flow::On && flow != Flow::Continue) return flow;
  }
  return Flow::On;
}

void AwkRun::run_print(const AwkNode& node) {
  AwkOutput made;
  if (node.target != nullptr) made.file = text(node.target);
  made.appends = node.appends;
  std::vector<AwkValue> values;
  values.reserve(node.kids.size());
  for (const AwkTree& each : node.kids) values.push_back(value(each));
  if (exited_) return;  // what was to be printed could not be computed
  if (node.kind == AwkKind::Printf) {
    if (values.empty()) return fail("printf: no format");
    const std::string format = awk_text(values[0], convfmt());
    values.erase(values.begin());
    made.text = awk_format(format, values, convfmt());
  } else {
    const std::string ofmt = awk_text(get("OFMT"), "%.6g");
    const std::string between = awk_text(get("OFS"), convfmt());
    for (std::size_t i = 0; i < values.size(); ++i)
      made.text += (i == 0 ? "" : between) + awk_text(values[i], ofmt);
    if (values.empty()) made.text = awk_text(field(0), convfmt());
    made.text += awk_text(get("ORS"), convfmt());
  }
  unprinted_ += made.text.size();
  if (unprinted_ > kMostUnprinted) return fail("stopped: it prints and prints, and never reads");
  const bool same = !output_.empty() && output_.back().file == made.file;
  if (same)
    output_.back().text += made.text;
  else
    output_.push_back(std::move(made));
}

// ---- records and fields

void AwkRun::set_record(const std::string& text) {
  record_ = text;
  joined_ = true;
  split_ = false;
}

std::vector<std::string> AwkRun::fields_of(const std::string& text, const std::string& separator) {
  std::vector<std::string> made;
  if (text.empty()) return made;
  if (separator == " ") {
    std::size_t at = text.find_first_not_of(" \t\n");
    while (at != std::string::npos) {
      const std::size_t end = std::min(text.find_first_of(" \t\n", at), text.size());
      made.push_back(text.substr(at, end - at));
      at = text.find_first_not_of(" \t\n", end);
    }
    return made;
  }
  if (separator.empty()) {
    for (const char c : text) made.emplace_back(1, c);
    return made;
  }
  if (separator.size() == 1 && separator != "\\") return split(text, separator[0]);
  return awk_pieces(text, Regex(separator, Regex::kExtended));
}

void AwkRun::split_record() {
  if (split_) return;
  split_ = true;
  fields_.clear();
  std::string separator = awk_text(get("FS"), convfmt());
  // Records of whole paragraphs end their fields at the line as well.
  if (record_separator().empty() && separator != " ") separator = "(" + separator + ")|\n";
  for (std::string& each : fields_of(record_, separator))
    fields_.push_back(AwkValue::from_outside(std::move(each)));
}

void AwkRun::join_record() {
  if (joined_) return;
  joined_ = true;
  const std::string between = awk_text(get("OFS"), convfmt());
  record_.clear();
  for (std::size_t i = 0; i < fields_.size(); ++i)
    record_ += (i == 0 ? "" : between) + awk_text(fields_[i], convfmt());
}

AwkValue AwkRun::field(std::int64_t n) {
  if (n == 0) {
    join_record();
    return AwkValue::from_outside(record_);
  }
  if (n < 0) {
    fail("cmd. line:1: Access to negative field");
    return AwkValue::nothing();
  }
  split_record();
  if (n > std::ssize(fields_)) return AwkValue::nothing();
  return fields_[static_cast<std::size_t>(n) - 1];
}

void AwkRun::set_field(std::int64_t n, const AwkValue& value) {
  if (n == 0) return set_record(awk_text(value, convfmt()));
  split_record();
  if (n > std::ssize(fields_)) set_field_count(n);
  if (n < 0 || n > std::ssize(fields_)) return;
  fields_[static_cast<std::size_t>(n) - 1] = value;
  joined_ = false;
}

void AwkRun::set_field_count(std::int64_t count) {
  split_record();
  if (count < 0 || count > kMostFields) return fail("cmd. line:1: too many fields");
  fields_.resize(static_cast<std::size_t>(count), AwkValue::from_outside(""));
  joined_ = false;
}

}  // namespace cutaway::sim
