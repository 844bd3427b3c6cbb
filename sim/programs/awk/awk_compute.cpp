// Expressions of awk, and its functions.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "sim/programs/awk/awk_run.h"

namespace cutaway::sim {

namespace {

/// Debian's busybox is built without it.
constexpr const char* kNoMath = "cmd. line:1: Math support is not compiled in";

AwkValue truth(bool is) { return AwkValue::of(is ? 1 : 0); }

double computed(char sign, double left, double right) {
  switch (sign) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return std::fmod(left, right);
  }
}

std::string in_case(std::string text, bool lower) {
  for (char& c : text) {
    const int letter = static_cast<unsigned char>(c);
    c = static_cast<char>(lower ? std::tolower(letter) : std::toupper(letter));
  }
  return text;
}

}  // namespace

std::string AwkRun::convfmt() {
  const auto found = globals_.values.find("CONVFMT");
  return found == globals_.values.end() ? "%.6g" : found->second.text;
}

AwkValue AwkRun::get(const std::string& name) {
  if (!frames_.empty()) {
    const auto local = frames_.back().values.find(name);
    if (local != frames_.back().values.end()) return local->second;
  }
  if (name == "NF") {
    split_record();
    return AwkValue::of(static_cast<double>(fields_.size()));
  }
  const auto found = globals_.values.find(name);
  return found == globals_.values.end() ? AwkValue::nothing() : found->second;
}

void AwkRun::set(const std::string& name, AwkValue value) {
  if (!frames_.empty()) {
    const auto local = frames_.back().values.find(name);
    if (local != frames_.back().values.end()) {
      local->second = std::move(value);
      return;
    }
  }
  if (name == "NF") return set_field_count(static_cast<std::int64_t>(awk_number(value)));
  if (name == "FS") split_record();  // what is there was split by the old one
  globals_.values[name] = std::move(value);
}

AwkArray& AwkRun::array(const std::string& name) {
  if (!frames_.empty()) {
    Frame& frame = frames_.back();
    const auto local = frame.arrays.find(name);
    if (local != frame.arrays.end()) return *local->second;
    if (frame.values.count(name) != 0) return *(frame.arrays[name] = std::make_shared<AwkArray>());
  }
  std::shared_ptr<AwkArray>& found = globals_.arrays[name];
  if (found == nullptr) found = std::make_shared<AwkArray>();
  return *found;
}

std::string AwkRun::key_of(const std::vector<AwkTree>& kids) {
  std::string key;
  for (std::size_t i = 0; i < kids.size(); ++i)
    key += (i == 0 ? std::string() : awk_text(get("SUBSEP"), convfmt())) + text(kids[i]);
  return key;
}

Regex AwkRun::regex_of(const AwkTree& node) {
  if (node->kind == AwkKind::Regex) return node->regex;
  return Regex(text(node), Regex::kExtended);
}

void AwkRun::set_place(const AwkNode& place, AwkValue value) {
  if (place.kind == AwkKind::Name) return set(place.text, std::move(value));
  if (place.kind == AwkKind::Field)
    return set_field(static_cast<std::int64_t>(number(place.kids[0])), value);
  const std::string key = key_of(place.kids);
  array(place.array).at(key) = std::move(value);
}

AwkValue AwkRun::value(const AwkTree& tree) {
  if (tree == nullptr) return AwkValue::nothing();
  const Within within(*this);
  if (worked_too_long()) return AwkValue::nothing();
  const AwkNode& node = *tree;
  switch (node.kind) {
    case AwkKind::Number:
      return AwkValue::of(node.number);
    case AwkKind::Text:
      return AwkValue::of(node.text);
    case AwkKind::Regex: {
      Match found;
      return truth(node.regex.search(awk_text(field(0), convfmt()), 0, found));
    }
    case AwkKind::Name:
      return get(node.text);
    case AwkKind::Element: {
      const std::string key = key_of(node.kids);
      return array(node.array).at(key);
    }
    case AwkKind::Field:
      return field(static_cast<std::int64_t>(number(node.kids[0])));
    case AwkKind::Plain:
      return value(node.kids[0]);
    case AwkKind::Assign:
      return assign_to(node);
    case AwkKind::Condition:
      return value(node.kids[awk_truth(value(node.kids[0])) ? 1 : 2]);
    case AwkKind::And:
      return truth(awk_truth(value(node.kids[0])) && awk_truth(value(node.kids[1])));
    case AwkKind::Or:
      return truth(awk_truth(value(node.kids[0])) || awk_truth(value(node.kids[1])));
    case AwkKind::Not:
      return truth(!awk_truth(value(node.kids[0])));
    case AwkKind::Negate:
      return AwkValue::of(-number(node.kids[0]));
    case AwkKind::Plus:
      return AwkValue::of(number(node.kids[0]));
    case AwkKind::Binary:
      return arithmetic(node);
    case AwkKind::Compare:
    case AwkKind::Match:
      return compare(node);
    case AwkKind::Join: {
      const std::string left = text(node.kids[0]);
      return new_text(left + text(node.kids[1]));
    }
    case AwkKind::In:
      return truth(array(node.array).has(key_of(node.kids)));
    case AwkKind::Before:
    case AwkKind::After:
      return count(node);
    case AwkKind::Call:
      return call(node);
    case AwkKind::Builtin:
      return builtin(node);
    case AwkKind::GetLine:
      fail("getline is not modelled");
      return AwkValue::of(0);
    default:
      return AwkValue::nothing();
  }
}

AwkValue AwkRun::arithmetic(const AwkNode& node) {
  const double left = number(node.kids[0]);
  const double right = number(node.kids[1]);
  if ((node.text == "/" || node.text == "%") && right == 0) {
    fail("cmd. line:1: Division by zero");
    return AwkValue::nothing();
  }
  if (node.text == "^") fail(kNoMath);
  return AwkValue::of(computed(node.text[0], left, right));
}

AwkValue AwkRun::compare(const AwkNode& node) {
  if (node.kind == AwkKind::Match) {
    Match found;
    const std::string where = text(node.kids[0]);
    return truth(regex_of(node.kids[1]).search(where, 0, found) == (node.text == "~"));
  }
  const AwkValue left = value(node.kids[0]);
  const int order = awk_compare(left, value(node.kids[1]), convfmt());
  if (node.text == "==") return truth(order == 0);
  if (node.text == "!=") return truth(order != 0);
  if (node.text == "<") return truth(order < 0);
  if (node.text == "<=") return truth(order <= 0);
  return truth(node.text == ">" ? order > 0 : order >= 0);
}

AwkValue AwkRun::assign_to(const AwkNode& node) {
  AwkValue made = value(node.kids[1]);
  if (!node.text.empty()) {
    const double right = awk_number(made);
    const double left = number(node.kids[0]);
    if ((node.text == "/" || node.text == "%") && right == 0) {
      fail("cmd. line:1: Division by zero");
      return made;
    }
    if (node.text == "^") fail(kNoMath);
    made = AwkValue::of(computed(node.text[0], left, right));
  }
  set_place(*node.kids[0], made);
  return made;
}

AwkValue AwkRun::count(const AwkNode& node) {
  const double before = number(node.kids[0]);
  const double after = node.text == "+" ? before + 1 : before - 1;
  set_place(*node.kids[0], AwkValue::of(after));
  return AwkValue::of(node.kind == AwkKind::Before ? after : before);
}

/// Values go by value, arrays by reference; what was not given is local.
AwkValue AwkRun::call(const AwkNode& node) {
  const auto found = program_.functions.find(node.text);
  if (found == program_.functions.end()) {
    fail("cmd. line:1: Call to undefined function");
    return AwkValue::nothing();
  }
  const AwkFunction& function = found->second;
  Frame frame;
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const std::string& name = function.parameters[i];
    const AwkTree given = i < node.kids.size() ? node.kids[i] : nullptr;
    frame.values[name] = value(given);
    const bool bare = given != nullptr && given->kind == AwkKind::Name;
    if (!bare) continue;
    const Frame& outer = frames_.empty() ? globals_ : frames_.back();
    const bool is_array =
        outer.arrays.count(given->text) != 0 || globals_.arrays.count(given->text) != 0;
    if (!is_array && !frame.values[name].unset) continue;
    array(given->text);
    const Frame& owner = outer.arrays.count(given->text) != 0 ? outer : globals_;
    frame.arrays[name] = owner.arrays.at(given->text);
  }
  frames_.push_back(std::move(frame));
  returned_ = AwkValue::nothing();
  run(function.body);
  frames_.pop_back();
  return std::exchange(returned_, AwkValue::nothing());
}

AwkValue AwkRun::builtin(const AwkNode& node) {
  const std::string& name = node.text;
  if (name == "length") {
    const bool counts = node.kids.size() == 1 && node.kids[0]->kind == AwkKind::Name &&
                        globals_.arrays.count(node.kids[0]->text) != 0;
    if (counts) return AwkValue::of(static_cast<double>(array(node.kids[0]->text).size()));
    const std::string of = node.kids.empty() ? awk_text(field(0), convfmt()) : text(node.kids[0]);
    return AwkValue::of(static_cast<double>(of.size()));
  }
  if (name == "substr") return substring(node);
  if (name == "split") return split_into(node);
  if (name == "match") return match(node);
  if (name == "sub" || name == "gsub") return substitute(node, name == "gsub");
  if (name == "index") {
    const std::size_t at = argument(node, 0).find(argument(node, 1));
    return AwkValue::of(at == std::string::npos ? 0 : static_cast<double>(at) + 1);
  }
  if (name == "sprintf") {
    std::vector<AwkValue> values;
    values.reserve(node.kids.size());
    for (std::size_t i = 1; i < node.kids.size(); ++i) values.push_back(value(node.kids[i]));
    return new_text(awk_format(argument(node, 0), values, convfmt()));
  }
  if (name == "tolower" || name == "toupper")
    return AwkValue::of(in_case(argument(node, 0), name == "tolower"));
  if (name == "close" || name == "fflush") return AwkValue::of(0);
  return function_of_number(node);
}

AwkValue AwkRun::function_of_number(const AwkNode& node) {
  const std::string& name = node.text;
  const double x = node.kids.empty() ? 0 : number(node.kids[0]);
  const double y = node.kids.size() < 2 ? 0 : number(node.kids[1]);
  const auto bits = static_cast<std::uint64_t>(x), more = static_cast<std::uint64_t>(y);
  const auto whole = [](std::uint64_t value) { return AwkValue::of(static_cast<double>(value)); };
  if (name == "int") return AwkValue::of(std::trunc(x));
  for (const char* math : {"sqrt", "exp", "log", "sin", "cos", "atan2"}) {
    if (name != math) continue;
    fail(kNoMath);
    return AwkValue::nothing();
  }
  if (name == "and") return whole(bits & more);
  if (name == "or") return whole(bits | more);
  if (name == "xor") return whole(bits ^ more);
  if (name == "compl") return whole(~bits);
  if (name == "lshift") return whole(more < 64 ? bits << more : 0);
  if (name == "rshift") return whole(more < 64 ? bits >> more : 0);
  if (name == "srand") {
    random_ = bits;
    return AwkValue::of(static_cast<double>(std::exchange(seed_, bits)));
  }
  // Knuth's generator: the same numbers in every run, as all chance here.
  random_ = random_ * 6364136223846793005ULL + 1442695040888963407ULL;
  return AwkValue::of(static_cast<double>(random_ >> 11U) / 9007199254740992.0);
}

AwkValue AwkRun::substring(const AwkNode& node) {
  const std::string whole = argument(node, 0);
  const double begin = node.kids.size() > 1 ? std::round(number(node.kids[1])) : 1;
  const double size = static_cast<double>(whole.size());
  const double length = node.kids.size() > 2 ? std::round(number(node.kids[2])) : size + 1 - begin;
  const double from = std::max(begin, 1.0);
  const double to = std::min(begin + std::max(length, 0.0), size + 1);
  if (!(to > from)) return AwkValue::of(std::string());
  return AwkValue::of(
      whole.substr(static_cast<std::size_t>(from) - 1, static_cast<std::size_t>(to - from)));
}

AwkValue AwkRun::split_into(const AwkNode& node) {
  if (node.kids.size() < 2 || node.kids[1]->kind != AwkKind::Name) {
    fail("cmd. line:1: Not an array");
    return AwkValue::nothing();
  }
  const std::string whole = argument(node, 0);
  std::string separator = awk_text(get("FS"), convfmt());
  std::vector<std::string> parts;
  if (node.kids.size() > 2 && node.kids[2]->kind == AwkKind::Regex) {
    if (!whole.empty()) parts = awk_pieces(whole, node.kids[2]->regex);
  } else {
    if (node.kids.size() > 2) separator = text(node.kids[2]);
    parts = fields_of(whole, separator);
  }
  AwkArray& into = array(node.kids[1]->text);
  into.clear();
  for (std::size_t i = 0; i < parts.size(); ++i)
    into.at(decimal(static_cast<std::int64_t>(i) + 1)) = AwkValue::from_outside(parts[i]);
  return AwkValue::of(static_cast<double>(parts.size()));
}

AwkValue AwkRun::match(const AwkNode& node) {
  if (node.kids.size() < 2) return AwkValue::nothing();
  Match found;
  const std::string where = argument(node, 0);
  const bool is = regex_of(node.kids[1]).search(where, 0, found);
  const double start = is ? static_cast<double>(found.begin()) + 1 : 0;
  set("RSTART", AwkValue::of(start));
  set("RLENGTH", AwkValue::of(is ? static_cast<double>(found.end() - found.begin()) : -1));
  return AwkValue::of(start);
}

/// "&" stands for what was found, "\\&" for itself.
AwkValue AwkRun::substitute(const AwkNode& node, bool everywhere) {
  if (node.kids.size() < 2) return AwkValue::nothing();
  const Regex regex = regex_of(node.kids[0]);
  const std::string with = text(node.kids[1]);
  const bool on_record = node.kids.size() < 3;
  const std::string before = on_record ? awk_text(field(0), convfmt()) : text(node.kids[2]);
  std::string after;
  std::size_t at = 0;
  double count = 0;
  Match found;
  while (at <= before.size() && regex.search(before, at, found)) {
    ++count;
    after += before.substr(at, found.begin() - at);
    for (std::size_t i = 0; i < with.size(); ++i) {
      if (with[i] == '\\' && i + 1 < with.size() && (with[i + 1] == '&' || with[i + 1] == '\\'))
        after += with[++i];
      else if (with[i] == '&')
        after += before.substr(found.begin(), found.end() - found.begin());
      else
        after += with[i];
    }
    at = found.end();
    if (found.end() == found.begin()) {
      if (at < before.size()) after += before[at];
      ++at;
    }
    if (!everywhere) break;
  }
  if (at < before.size()) after += before.substr(at);
  if (count == 0) return AwkValue::of(0);
  const AwkValue changed = new_text(after);
  if (on_record)
    set_record(changed.text);
  else
    set_place(*node.kids[2], changed);
  return AwkValue::of(count);
}

}  // namespace cutaway::sim
