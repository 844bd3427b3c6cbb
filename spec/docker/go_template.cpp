// Go's text/template over JSON, the part that people write behind --format: a recursive walk over
// the text; values are JSON, printed as Go's fmt prints them.
#include <algorithm>

#include "base/json_text.h"
#include "base/text.h"
#include "spec/docker/values.h"
#include "spec/docker_inspect.h"

namespace cutaway::spec {

namespace {

using Value = OrderedJson;

// fmt's %v: strings bare, [a b], map[k:v], <nil>.
std::string go_text(const Value& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return "<nil>";
  if (!value.is_structured()) return json_text(value);
  std::string text = value.is_object() ? "map[" : "[";
  std::vector<std::string> parts;
  for (auto item = value.begin(); item != value.end(); ++item)
    parts.push_back((value.is_object() ? item.key() + ":" : std::string()) + go_text(*item));
  if (value.is_object()) std::sort(parts.begin(), parts.end());
  return text + join(parts, " ") + "]";
}

bool truth(const Value& value) {
  if (value.is_null()) return false;
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number()) return value != 0;
  return value.is_string() ? !value.get_ref<const std::string&>().empty() : !value.empty();
}

class Template {
 public:
  explicit Template(std::string_view format) : format_(format) {}

  Result<std::string> apply(const Value& object) {
    std::string out;
    at_ = 0;
    const std::string stopped = walk(object, true, out);
    if (error_.empty() && !stopped.empty()) error_ = "template: :1: unexpected {{" + stopped + "}}";
    // What cannot be read is wrong whatever it is applied to.
    const bool unreadable = error_.find(": executing ") == std::string::npos;
    if (!error_.empty())
      return fail(unreadable ? ErrorCode::Usage : ErrorCode::Failed,
                  "template parsing error: " + error_);
    return out;
  }

 private:
  // Up to {{end}} or {{else}} (which is returned) or the end of the text.
  std::string walk(const Value& dot, bool runs, std::string& out) {
    while (error_.empty() && at_ < format_.size()) {
      const std::size_t open = format_.find("{{", at_);
      if (runs) out += format_.substr(at_, open - at_);
      if (open == std::string_view::npos) {
        at_ = format_.size();
        return {};
      }
      const std::size_t close = format_.find("}}", open);
      if (close == std::string_view::npos) {
        error_ = "template: :1: unclosed action";
        return {};
      }
      std::string_view action = format_.substr(open + 2, close - open - 2);
      at_ = close + 2;
      if (starts_with(action, "-")) action.remove_prefix(1);
      const std::string said(trim(action));
      if (said == "end" || said == "else") return said;
      act(said, dot, runs, out);
    }
    return {};
  }

  void act(const std::string& said, const Value& dot, bool runs, std::string& out) {
    if (starts_with(said, "if "))
      return branch(evaluate_if(runs, said.substr(3), dot), dot, runs, out);
    if (starts_with(said, "range "))
      return range(evaluate_if(runs, said.substr(6), dot), dot, runs, out);
    if (starts_with(said, "with ")) {
      const Value value = evaluate_if(runs, said.substr(5), dot);
      return branch(value, value, runs, out);
    }
    if (runs) out += go_text(evaluate(said, dot));
  }

  Value evaluate_if(bool runs, const std::string& said, const Value& dot) {
    return runs ? evaluate(said, dot) : Value();
  }

  void branch(const Value& condition, const Value& dot, bool runs, std::string& out) {
    const bool yes = runs && truth(condition);
    std::string stopped = walk(dot, yes, out);
    if (stopped == "else") stopped = walk(dot, runs && !yes, out);
    expect_end(stopped);
  }

  void range(const Value& items, const Value& dot, bool runs, std::string& out) {
    const std::size_t body = at_;
    std::string ignored;
    std::string stopped = walk(dot, false, ignored);
    const std::size_t behind_body = at_;
    const bool any = runs && items.is_structured() && !items.empty();
    if (any) {
      for (const Value& item : items) {
        at_ = body;
        walk(item, true, out);
      }
      at_ = behind_body;
    }
    if (stopped == "else") stopped = walk(dot, runs && !any, out);
    expect_end(stopped);
  }

  void expect_end(const std::string& stopped) {
    if (stopped != "end" && error_.empty()) error_ = "template: :1: unexpected EOF";
  }

  // "json .A", ".A.B | upper", "index .A 0": the words of each part, the last argument of a piped
  // one is what came before.
  Value evaluate(const std::string& said, const Value& dot) {
    Value value;
    bool first = true;
    for (const std::string& part : pipe_parts(said)) {
      std::vector<Value> arguments;
      std::vector<std::string> words = words_of(part);
      if (words.empty()) {
        error_ = "template: :1: missing value for command";
        return {};
      }
      for (std::size_t i = 1; i < words.size(); ++i) arguments.push_back(operand(words[i], dot));
      if (!first) arguments.push_back(value);
      value = arguments.empty() ? operand(words[0], dot) : call(words[0], arguments);
      first = false;
      if (!error_.empty()) return {};
    }
    return value;
  }

  static std::vector<std::string> pipe_parts(const std::string& said) {
    std::vector<std::string> parts(1);
    bool quoted = false;
    for (const char c : said) {
      if (c == '"') quoted = !quoted;
      if (c == '|' && !quoted)
        parts.emplace_back();
      else
        parts.back() += c;
    }
    return parts;
  }
  // Blanks part words, but not in quotes or parentheses.
  static std::vector<std::string> words_of(const std::string& part) {
    std::vector<std::string> words;
    bool quoted = false;
    int depth = 0;
    bool fresh = true;
    for (const char c : part) {
      if (c == '"') quoted = !quoted;
      if (!quoted && c == '(') ++depth;
      if (!quoted && c == ')') --depth;
      if (c == ' ' && !quoted && depth == 0) {
        fresh = true;
        continue;
      }
      if (fresh) words.emplace_back();
      fresh = false;
      words.back() += c;
    }
    return words;
  }

  Value operand(const std::string& word, const Value& dot) {
    if (word.front() == '"' && word.size() > 1) return word.substr(1, word.size() - 2);
    if (word.front() == '(') return evaluate(word.substr(1, word.size() - 2), dot);
    std::int64_t number = 0;
    if (parse_decimal(word, number)) return number;
    if (word.front() == '.' || word.front() == '$') return field(word, dot);
    error_ = "template: :1: function " + go_quote(word) + " not defined";
    return {};
  }

  /// Maps whose keys are people's: of one that is not there Go says "<no value>". Of all else it is
  /// an error, as if there were no such field.
  static bool is_open(const std::string& name) {
    return name == "Labels" || name == "Attributes" || name == "Options" || name == "Annotations";
  }

  Value field(const std::string& path, const Value& dot) {
    Value value = dot;
    std::string inside;
    for (const std::string& name : split(path.substr(path[0] == '$' ? 1 : 0), '.')) {
      if (name.empty()) continue;
      if (value.is_null()) return value;
      if (is_open(inside) && value.is_object() && !value.contains(name)) return "<no value>";
      if (!value.is_object() || !value.contains(name)) {
        error_ = "template: :1:2: executing \"\" at <" + path + ">: map has no entry for key " +
                 go_quote(name);
        return {};
      }
      value = Value(value[name]);
      inside = name;
    }
    return value;
  }

  Value call(const std::string& name, const std::vector<Value>& arguments) {
    using Function = Value (*)(const std::vector<Value>&);
    struct Row {
      std::string_view name;
      Function run;
    };
    static constexpr Row kFunctions[] = {
        {"json", [](const std::vector<Value>& a) { return Value(json_text(a[0])); }},
        {"len",
         [](const std::vector<Value>& a) {
           return Value(a[0].is_string() ? a[0].get_ref<const std::string&>().size() : a[0].size());
         }},
        {"index", index},
        {"join", joined},
        {"upper", [](const std::vector<Value>& a) { return Value(upper(go_text(a[0]))); }},
        {"lower", [](const std::vector<Value>& a) { return Value(lower(go_text(a[0]))); }},
        {"print", [](const std::vector<Value>& a) { return Value(go_text(a[0])); }},
        {"println", [](const std::vector<Value>& a) { return Value(go_text(a[0]) + "\n"); }},
        {"eq", [](const std::vector<Value>& a) { return Value(a.size() > 1 && a[0] == a[1]); }},
        {"ne", [](const std::vector<Value>& a) { return Value(a.size() > 1 && a[0] != a[1]); }},
        {"not", [](const std::vector<Value>& a) { return Value(!truth(a[0])); }},
    };
    for (const Row& row : kFunctions) {
      if (row.name == name) return row.run(arguments);
    }
    error_ = "template: :1: function " + go_quote(name) + " not defined";
    return {};
  }

  static Value index(const std::vector<Value>& arguments) {
    Value value = arguments[0];
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      const Value& key = arguments[i];
      const bool at = value.is_array() && key.is_number() && key.get<std::size_t>() < value.size();
      if (at)
        value = Value(value[key.get<std::size_t>()]);
      else if (value.is_object() && key.is_string() && value.contains(key.get<std::string>()))
        value = Value(value[key.get<std::string>()]);
      else
        return {};
    }
    return value;
  }
  static Value joined(const std::vector<Value>& arguments) {
    std::vector<std::string> parts;
    for (const Value& item : arguments[0]) parts.push_back(go_text(item));
    return join(parts, arguments.size() > 1 ? go_text(arguments[1]) : "");
  }

  std::string_view format_;
  std::size_t at_ = 0;
  std::string error_;
};

}  // namespace

Result<std::string> apply_template(std::string_view format, const OrderedJson& object) {
  const std::string text = format == "json" ? "{{json .}}" : unescaped(format);
  return Template(text).apply(object);
}

std::optional<std::string> unreadable_template(std::string_view format) {
  if (format.empty() || format == "json") return std::nullopt;
  const auto text = apply_template(format, OrderedJson::object());
  if (text || text.error().code != ErrorCode::Usage) return std::nullopt;
  return text.error().message;
}

Result<std::string> inspect_text(std::string_view format, const std::vector<OrderedJson>& objects) {
  if (format.empty() || format == "json") {
    const OrderedJson all(objects);
    return (format.empty() ? all.dump(4) : json_text(all)) + "\n";
  }
  std::string text;
  for (const OrderedJson& object : objects) {
    TRY_ASSIGN(const std::string line, apply_template(format, object));
    text += line + "\n";
  }
  return text;
}

}  // namespace cutaway::spec
