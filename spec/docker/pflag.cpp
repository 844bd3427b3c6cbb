#include "spec/docker/pflag.h"

#include "base/text.h"
#include "spec/docker/values.h"

namespace cutaway::spec {

namespace {

constexpr FlagRow kHelp{"help"};

class Parser {
 public:
  Parser(const std::vector<const FlagRow*>& rows, const std::vector<std::string>& words,
         PflagStyle style)
      : rows_(rows), words_(words), style_(style) {}

  FlagParse run() {
    while (at_ < words_.size() && result_.error.empty()) {
      const std::string& word = words_[at_];
      if (word == "--") {
        ++at_;
        break;
      }
      if (word.size() < 2 || word[0] != '-') {
        if (!style_.interspersed) break;
        result_.rest.push_back(word);
        ++at_;
        continue;
      }
      ++at_;
      if (word[1] == '-')
        long_flag(word);
      else
        letters(std::string_view(word).substr(1));
    }
    while (at_ < words_.size()) result_.rest.push_back(words_[at_++]);
    return result_;
  }

 private:
  const FlagRow* find(std::string_view name) const {
    for (const FlagRow* row : rows_) {
      if (row->name == name) return row;
    }
    return name == "help" ? &kHelp : nullptr;
  }
  const FlagRow* find(char letter) const {
    for (const FlagRow* row : rows_) {
      if (row->letter == letter) return row;
    }
    return letter == 'h' && !style_.has_h ? &kHelp : nullptr;
  }

  void long_flag(std::string_view word) {
    std::string_view name, value;
    const bool has_value = cut(word.substr(2), '=', name, value);
    if (name.empty() || name[0] == '-') return fail("bad flag syntax: " + std::string(word));
    const FlagRow* row = find(name);
    if (row == nullptr) return fail("unknown flag: --" + std::string(name));
    if (has_value) return set(*row, value);
    if (row->kind == FlagKind::Bool) return set(*row, "true");
    if (at_ == words_.size()) return fail("flag needs an argument: " + std::string(word));
    set(*row, words_[at_++]);
  }

  // "-it", "-eFOO", "-e=FOO", "-e FOO": letters up to the first that takes a value.
  void letters(std::string_view group) {
    for (; !group.empty() && result_.error.empty(); group.remove_prefix(1)) {
      const FlagRow* row = find(group[0]);
      if (row == nullptr) {
        return fail("unknown shorthand flag: '" + std::string(1, group[0]) + "' in -" +
                    std::string(group));
      }
      if (row == &kHelp) result_.warning += "Flag shorthand -h has been deprecated, use --help\n";
      if (group.size() > 2 && group[1] == '=') return set(*row, group.substr(2));
      if (row->kind == FlagKind::Bool) {
        set(*row, "true");
        continue;
      }
      if (group.size() > 1) return set(*row, group.substr(1));
      if (at_ < words_.size()) return set(*row, words_[at_++]);
      return fail("flag needs an argument: '" + std::string(1, group[0]) + "' in -" +
                  std::string(group));
    }
  }

  void set(const FlagRow& row, std::string_view value) {
    const std::string wrong = check_flag_value(row, value);
    if (!wrong.empty()) {
      std::string name = "--" + std::string(row.name);
      if (row.letter != 0) name = "-" + std::string(1, row.letter) + ", " + name;
      return fail("invalid argument " + go_quote(value) + " for " + go_quote(name) +
                  " flag: " + wrong);
    }
    if (row.name == "help") parse_bool(value, result_.help);
    if (row.name == "time")
      result_.warning += "Flag --time has been deprecated, use --timeout instead\n";
    const std::string_view stored = row.stands_for.empty() ? row.name : row.stands_for;
    result_.given.push_back({std::string(stored), std::string(value)});
  }

  void fail(std::string message) { result_.error = std::move(message); }

  const std::vector<const FlagRow*>& rows_;
  const std::vector<std::string>& words_;
  PflagStyle style_;
  std::size_t at_ = 0;
  FlagParse result_;
};

}  // namespace

FlagParse parse_flags(const std::vector<const FlagRow*>& rows,
                      const std::vector<std::string>& words, PflagStyle style) {
  return Parser(rows, words, style).run();
}

bool FlagParse::has(std::string_view name) const {
  for (const FlagGiven& flag : given) {
    if (flag.name == name) return true;
  }
  return false;
}

std::string FlagParse::text(std::string_view name, std::string_view fallback) const {
  std::string value(fallback);
  for (const FlagGiven& flag : given) {
    if (flag.name == name) value = flag.value;
  }
  return value;
}

bool FlagParse::on(std::string_view name, bool fallback) const {
  bool value = fallback;
  parse_bool(text(name, fallback ? "true" : "false"), value);
  return value;
}

std::vector<std::string> FlagParse::list(std::string_view name) const {
  std::vector<std::string> values;
  for (const FlagGiven& flag : given) {
    if (flag.name == name) values.push_back(flag.value);
  }
  return values;
}

namespace {

struct KindRow {
  FlagKind kind;
  std::string_view word;
  ValueCheck check;
};

std::string no_check(std::string_view) { return ""; }

template <auto parse, class Value>
std::string checked(std::string_view text) {
  Value value{};
  return parse(text, value);
}
std::string check_uint16(std::string_view text) {
  std::uint64_t value = 0;
  return parse_uint(text, 16, value);
}
std::string check_uint64(std::string_view text) {
  std::uint64_t value = 0;
  return parse_uint(text, 64, value);
}
std::string check_network(std::string_view text);

constexpr KindRow kKindRows[] = {
    {FlagKind::Bool, "", checked<parse_bool, bool>},
    {FlagKind::Text, "string", no_check},
    {FlagKind::List, "list", no_check},
    {FlagKind::Strings, "strings", no_check},
    {FlagKind::Map, "map", no_check},
    {FlagKind::Filter, "filter", no_check},
    {FlagKind::Network, "network", check_network},
    {FlagKind::Mount, "mount", no_check},
    {FlagKind::Gpu, "gpu-request", no_check},
    {FlagKind::Ulimit, "ulimit", no_check},
    {FlagKind::Int, "int", checked<parse_int, std::int64_t>},
    {FlagKind::Uint16, "uint16", check_uint16},
    {FlagKind::Uint64, "uint", check_uint64},
    {FlagKind::Bytes, "bytes", checked<parse_bytes, std::int64_t>},
    {FlagKind::SwapBytes, "bytes", checked<parse_swap_bytes, std::int64_t>},
    {FlagKind::Decimal, "decimal", checked<parse_nano_cpus, std::int64_t>},
    {FlagKind::Duration, "duration", checked<parse_duration, std::int64_t>},
};

// "mynet", or "name=mynet,alias=db,ip=…".
std::string check_network(std::string_view text) {
  if (text.find('=') == std::string_view::npos) return "";
  bool named = false;
  for (const std::string& field : csv_fields(text)) {
    std::string_view key, value;
    if (!cut(field, '=', key, value)) return "invalid field " + field;
    named = named || key == "name";
    bool known = false;
    for (const std::string_view one : {"name", "alias", "ip", "ip6", "mac-address", "link-local-ip",
                                       "driver-opt", "gw-priority"}) {
      known = known || key == one;
    }
    if (!known) return "invalid field key " + std::string(key);
    if (key == "driver-opt" && value.find('=') == std::string_view::npos)
      return "invalid key value pair format in driver options";
  }
  return named ? "" : "network name/id is not specified";
}

}  // namespace

std::string_view flag_kind_word(FlagKind kind) {
  return kKindRows[static_cast<std::size_t>(kind)].word;
}

std::string check_flag_value(const FlagRow& row, std::string_view value) {
  const std::string wrong = kKindRows[static_cast<std::size_t>(row.kind)].check(value);
  return !wrong.empty() || row.check == nullptr ? wrong : row.check(value);
}

}  // namespace cutaway::spec
