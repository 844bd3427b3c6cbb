#include "spec/document_parts.h"

#include <algorithm>

#include "base/text.h"
#include "spec/predicate/node.h"
#include "trace/event/event.h"
#include "trace/event/kind.h"

namespace cutaway::spec {

namespace {

const Keys kForms = {"now", "ever", "never", "before", "count", "all", "any"};

struct ComparisonRow {
  const char* key;
  Comparison comparison;
};
constexpr ComparisonRow kComparisons[] = {{"is", Comparison::Is},   {"not", Comparison::Not},
                                          {"lt", Comparison::Lt},   {"gt", Comparison::Gt},
                                          {"has", Comparison::Has}, {"exists", Comparison::Exists}};

// Kinds and their ops, as the events have them. Bytes are written or read, over 0, 1, 2 or another
// descriptor.
std::vector<KindOp> kinds() {
  std::vector<KindOp> all = {
      {"io", "read"}, {"io", "written"}, {"file", "read"}, {"file", "written"}};
  for (std::size_t index = 0; index < std::variant_size_v<BodyVariant>; ++index)
    all.push_back(kind_of(empty_body(index)));
  return all;
}

void check_kind(Problems& problems, const Json& event, const std::string& pointer) {
  static const std::vector<KindOp> all = kinds();
  const auto kind = event.find("kind");
  if (kind == event.end()) return;
  std::vector<std::string> names, ops;
  for (const KindOp& one : all) {
    if (std::find(names.begin(), names.end(), one.kind) == names.end())
      names.emplace_back(one.kind);
    if (kind->is_string() && *kind == Json(one.kind)) ops.emplace_back(one.op);
  }
  if (!kind->is_string())
    return problems.wrong(pointer_join(pointer, "kind"), *kind, "one of " + join(names, ", "));
  if (ops.empty())
    return problems.add(pointer_join(pointer, "kind"), unknown_word("kind", *kind, names));
  const auto op = event.find("op");
  if (op == event.end()) return;
  const bool known =
      op->is_string() && std::find(ops.begin(), ops.end(), op->get<std::string>()) != ops.end();
  if (known) return;
  if (ops.front().empty())
    return problems.add(pointer_join(pointer, "op"),
                        "events of kind " + shown(*kind) + " have no op, expected none");
  problems.add(pointer_join(pointer, "op"),
               unknown_word("op", op->is_string() ? op->get<std::string>() : shown(*op), ops));
}

class PredicateReader {
 public:
  explicit PredicateReader(Problems& problems) : problems_(problems) {}

  Predicate read(const Json& value, const std::string& pointer) {
    auto node = std::make_shared<PredicateNode>();
    if (!value.is_object()) {
      problems_.wrong(pointer, value, "a predicate: an object with one of " + join(kForms, ", "));
      return {};
    }
    struct Form {
      const char* key;
      PredicateKind kind;
      void (PredicateReader::*read)(const Json&, const std::string&, PredicateNode&);
    };
    static constexpr Form kReaders[] = {{"now", PredicateKind::Now, &PredicateReader::path},
                                        {"ever", PredicateKind::Ever, &PredicateReader::path},
                                        {"never", PredicateKind::Never, &PredicateReader::path},
                                        {"before", PredicateKind::Before, &PredicateReader::before},
                                        {"count", PredicateKind::Count, &PredicateReader::count},
                                        {"all", PredicateKind::All, &PredicateReader::children},
                                        {"any", PredicateKind::Any, &PredicateReader::children}};
    for (const Form& form : kReaders) {
      if (!value.contains(form.key)) continue;
      node->kind = form.kind;
      (this->*form.read)(value, pointer, *node);
      return Predicate(std::move(node));
    }
    const std::string first = value.empty() ? "" : value.begin().key();
    problems_.add(value.empty() ? pointer : pointer_join(pointer, first),
                  value.empty() ? "is {}, expected one of " + join(kForms, ", ")
                                : unknown_word("predicate", first, kForms));
    return {};
  }

 private:
  void only(const Json& value, const std::string& pointer, const Keys& keys) {
    ObjectReader(problems_, value, pointer, keys);
  }

  void tests(const ObjectReader& reader, PredicateNode& node, const Keys& allowed) {
    for (const ComparisonRow& row : kComparisons) {
      const Json* value = reader.find(row.key);
      if (value == nullptr || std::find(allowed.begin(), allowed.end(), row.key) == allowed.end())
        continue;
      const bool number = row.comparison == Comparison::Lt || row.comparison == Comparison::Gt;
      if (number && !value->is_number_integer())
        reader.wrong(row.key, "a whole number");
      else if (row.comparison == Comparison::Exists && !value->is_boolean())
        reader.wrong(row.key, "true or false");
      else
        node.tests.push_back({row.comparison, *value});
    }
    if (node.tests.empty() && reader.is_object()) {
      problems_.add(reader.pointer(),
                    "compares with nothing, expected one of " + join(allowed, ", "));
    }
  }

  void path(const Json& value, const std::string& pointer, PredicateNode& node) {
    const std::string key = value.begin().key();
    only(value, pointer, {"now", "ever", "never"});
    if (value.size() != 1)
      return problems_.add(pointer, "has several forms at once, expected one of now, ever, never");
    const ObjectReader reader(problems_, value.begin().value(), pointer_join(pointer, key),
                              {"path", "is", "not", "lt", "gt", "has", "exists"});
    reader.require("path", "a JSON pointer into the World, such as \"/containers/r1/exit_code\"");
    if (reader.text("path", node.path) && node.path[0] != '/')
      reader.wrong("path", "a JSON pointer that begins with /");
    tests(reader, node, {"is", "not", "lt", "gt", "has", "exists"});
  }

  void before(const Json& value, const std::string& pointer, PredicateNode& node) {
    only(value, pointer, {"before"});
    const Json& pair = value["before"];
    const std::string at = pointer_join(pointer, "before");
    if (!pair.is_array() || pair.size() != 2) return problems_.wrong(at, pair, "two events");
    node.events = {read_event_pattern(problems_, pair[0], at + "/0"),
                   read_event_pattern(problems_, pair[1], at + "/1")};
  }

  void count(const Json& value, const std::string& pointer, PredicateNode& node) {
    const ObjectReader reader(problems_, value, pointer, {"count", "is", "gt", "lt"});
    node.events = {read_event_pattern(problems_, value["count"], pointer_join(pointer, "count"))};
    if (reader.has("is") && !reader.find("is")->is_number_integer())
      reader.wrong("is", "a whole number");
    tests(reader, node, {"is", "gt", "lt"});
  }

  void children(const Json& value, const std::string& pointer, PredicateNode& node) {
    const std::string key = node.kind == PredicateKind::All ? "all" : "any";
    only(value, pointer, {key});
    const std::string at = pointer_join(pointer, key);
    if (!value[key].is_array() || value[key].empty())
      return problems_.wrong(at, value[key], "a list of predicates");
    for (std::size_t i = 0; i < value[key].size(); ++i) {
      node.children.push_back(
          read(value[key][i], pointer_join(at, decimal(static_cast<std::int64_t>(i)))));
    }
    std::stable_sort(node.children.begin(), node.children.end(),
                     [](const Predicate& a, const Predicate& b) { return cost(a) < cost(b); });
  }

  // The last World alone, events, every World.
  static int cost(const Predicate& predicate) {
    const PredicateNode* node = predicate.node();
    if (node == nullptr || node->kind == PredicateKind::Now) return 0;
    if (node->kind == PredicateKind::Before || node->kind == PredicateKind::Count) return 1;
    int most = node->children.empty() ? 2 : 0;
    for (const Predicate& child : node->children) most = std::max(most, cost(child));
    return most;
  }

  Problems& problems_;
};

}  // namespace

EventPattern read_event_pattern(Problems& problems, const Json& value, const std::string& pointer) {
  if (!value.is_object() || value.empty()) {
    problems.wrong(pointer, value, "an event: {\"kind\":…, \"op\":…, field:value…}");
    return {};
  }
  check_kind(problems, value, pointer);
  return EventPattern(std::make_shared<const Json>(value));
}

Predicate read_predicate(Problems& problems, const Json& value, const std::string& pointer) {
  return PredicateReader(problems).read(value, pointer);
}

Predicate happens(EventPattern event) {
  auto node = std::make_shared<PredicateNode>();
  node->kind = PredicateKind::Count;
  node->tests.push_back({Comparison::Gt, 0});
  node->events.push_back(std::move(event));
  return Predicate(std::move(node));
}

Result<Predicate> parse_predicate_or_event(std::string_view text) {
  const Result<Json> json = parse_json(text);
  if (!json || !json->is_object() || !json->contains("kind")) return parse_predicate_text(text);
  TRY_ASSIGN(EventPattern event, parse_event_pattern(text));
  return happens(std::move(event));
}

Result<Predicate> parse_predicate(const JsonDocument& document, std::string_view pointer) {
  Problems problems(document);
  const Json* value = find_in_world(document.value(), pointer);
  if (value == nullptr)
    return fail(document.error(pointer, "there is nothing here, expected a predicate"));
  Predicate predicate = read_predicate(problems, *value, std::string(pointer));
  if (!problems.errors().empty()) return fail(problems.errors().front());
  return predicate;
}

Result<Predicate> parse_predicate_text(std::string_view text) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse("predicate", text));
  return parse_predicate(document);
}

Result<EventPattern> parse_event_pattern(std::string_view text) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse("pattern", text));
  if (document.value() == Json::object()) return EventPattern();
  Problems problems(document);
  EventPattern pattern = read_event_pattern(problems, document.value(), "");
  if (!problems.errors().empty()) return fail(problems.errors().front());
  return pattern;
}

}  // namespace cutaway::spec
