// Patterns to calls: see spec/fuzz/grammar.h.
#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "spec/fuzz/grammar.h"

namespace cutaway::spec::fuzz {

namespace {

constexpr std::string_view kNames[] = {"a", "b", "c", "n"};
/// How often a descriptor, or a path, is what was made last: what follows is then about it.
constexpr std::uint64_t kNewestPercent = 40;

/// "fd" is also "fd.pipe".
bool is_kind(const std::string& kind, std::string_view wanted) {
  return starts_with(kind, wanted) && (kind.size() == wanted.size() || kind[wanted.size()] == '.');
}

const Grammar::Alternative& by_weight(const std::vector<Grammar::Alternative>& all,
                                      std::uint64_t random) {
  std::uint64_t sum = 0;
  for (const Grammar::Alternative& each : all) sum += each.weight;
  std::uint64_t left = random % sum;
  for (const Grammar::Alternative& each : all) {
    if (left < each.weight) return each;
    left -= each.weight;
  }
  return all.back();
}

std::string as_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

bool Model::expand_symbol(std::string_view symbol, Json& made) {
  const auto* alternatives = Grammar::of().find(symbol);
  CHECK(alternatives != nullptr);
  return expand(by_weight(*alternatives, prng_.next()).pattern, made);
}

bool Model::expand(const Json& pattern, Json& made) {
  if (pattern.is_string()) return expand_text(pattern.get_ref<const std::string&>(), made);
  made = pattern;
  if (!pattern.is_structured()) return true;
  for (auto& part : made) {
    const Json before = part;
    if (!expand(before, part)) return false;
  }
  return true;
}

/// A text that is one hole is replaced by what comes, whatever it is; else its text is put in.
bool Model::expand_text(const std::string& text, Json& made) {
  const std::size_t open = text.find('<');
  const std::size_t close = text.find('>', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos || close == open + 1 ||
      text[open + 1] == ' ') {
    made = text;
    return true;
  }
  const std::string name = text.substr(open + 1, close - open - 1);
  if (open == 0 && close + 1 == text.size()) return hole(name, made);
  Json inner, rest;
  if (!hole(name, inner) || !expand_text(text.substr(close + 1), rest)) return false;
  made = text.substr(0, open) + as_text(inner) + as_text(rest);
  return true;
}

bool Model::hole(std::string_view name, Json& made) {
  const std::string_view rest = name.substr(1);
  switch (name.front()) {
    case '#':
      return number(rest, made);
    case '$':
      return variable(rest, made);
    case '@':
      return path(rest, made);
    case '+':
      fresh(std::string(rest), made);
      return true;
    case '=':
      return last_name(rest, made);
    case '!':
      made = child_;
      return true;
    default:
      return expand_symbol(name, made);
  }
}

bool Model::number(std::string_view range, Json& made) {
  const std::size_t dash = range.find('-', 1);
  std::int64_t low = 0, high = 0;
  const bool good = dash != std::string_view::npos && parse_decimal(range.substr(0, dash), low) &&
                    parse_decimal(range.substr(dash + 1), high);
  CHECK(good && low <= high);
  made = low + static_cast<std::int64_t>(prng_.below(static_cast<std::uint64_t>(high - low + 1)));
  return true;
}

bool Model::variable(std::string_view kind, Json& made) {
  std::vector<const std::string*> found;
  for (const auto& [of, text] : variables_) {
    if (is_kind(of, kind)) found.push_back(&text);
  }
  if (found.empty()) return false;
  made = percent(kNewestPercent) ? *found.back()
                                 : *found[static_cast<std::size_t>(prng_.below(found.size()))];
  return true;
}

bool Model::last_name(std::string_view kind, Json& made) const {
  for (const auto* all : {&pending_, &variables_}) {
    const auto found = std::find_if(all->rbegin(), all->rend(),
                                    [kind](const auto& each) { return is_kind(each.first, kind); });
    if (found == all->rend()) continue;
    made = found->second.substr(1, found->second.find('.') - 1);
    return true;
  }
  return false;
}

bool Model::path(std::string_view kind, Json& made) {
  if (kind == "new") {
    made = new_path();
    return true;
  }
  std::vector<const std::string*> found;
  for (const auto& [path, of] : paths_) {
    if (kind == "any" || is_kind(of, kind)) found.push_back(&path);
  }
  if (found.empty()) return false;
  made = *found[static_cast<std::size_t>(prng_.below(found.size()))];
  return true;
}

std::string Model::new_path() {
  std::vector<std::string> folders;
  for (const auto& [path, of] : paths_) {
    if (of == "dir") folders.push_back(path);
  }
  folders.emplace_back();
  for (int tries = 0;; ++tries) {
    const std::string& folder = folders[static_cast<std::size_t>(prng_.below(folders.size()))];
    const std::string_view name = kNames[prng_.below(std::size(kNames))];
    std::string path = folder + "/" + std::string(name);
    if (paths_.count(path) == 0 || tries > 8) return path;
  }
}

void Model::fresh(const std::string& kind, Json& made) {
  const std::string name = kind.substr(0, kind.find('.')) + decimal(++numbered_);
  made = name;
  if (kind != "pipe" && kind != "pair") {
    pending_.emplace_back(kind, "$" + name);
    return;
  }
  const bool pipe = kind == "pipe";
  pending_.emplace_back(pipe ? "fd.read" : "fd.socket", "$" + name + ".0");
  pending_.emplace_back(pipe ? "fd.write" : "fd.socket", "$" + name + ".1");
}

void Model::note(Json& step) {
  std::move(pending_.begin(), pending_.end(), std::back_inserter(variables_));
  pending_.clear();
  if (!step.is_object() || !step.contains("~")) return;
  const Json leads_to = step["~"];
  step.erase("~");
  const auto argument = [&step](const std::string& name) {
    const Json value = step.value(name, Json());
    return value.is_string() ? value.get<std::string>() : std::string();
  };
  for (const Json& each : leads_to) {
    const std::vector<std::string> words = split(each.get<std::string>(), ' ');
    const std::string path = argument(words.at(1));
    if (words[0] == "-") paths_.erase(path);
    if (words[0][0] == '+' && starts_with(path, "/")) paths_[path] = words[0].substr(1);
    if (words[0] != ">" || paths_.count(path) == 0) continue;
    paths_[argument(words.at(2))] = paths_[path];
    paths_.erase(path);
  }
}

void Model::forget(Known known) {
  paths_ = std::move(known.paths);
  variables_ = std::move(known.variables);
  pending_.clear();
}

}  // namespace cutaway::spec::fuzz
