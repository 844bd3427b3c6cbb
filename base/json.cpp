#include "base/json_value.h"

#include <memory>
#include <utility>
#include <vector>

#include "base/text.h"

namespace cutaway {

namespace {

/// Hands out characters and counts the newlines passed. nlohmann's lexer reads one character ahead
/// after a number, so a number that ends its line counts that line's newline too soon: a member's
/// line is therefore taken at its key.
struct LineCounter {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at = nullptr;
  int* line = nullptr;

  reference operator*() const { return *at; }
  LineCounter& operator++() {
    if (*at == '\n') ++*line;
    ++at;
    return *this;
  }
  LineCounter operator++(int) {
    LineCounter old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const LineCounter& a, const LineCounter& b) { return a.at == b.at; }
};

/// Builds the value and notes on which line each pointer begins. Also refuses a key given twice,
/// which JSON allows and nobody means.
class Builder : public nlohmann::json_sax<Json> {
 public:
  Builder(std::map<std::string, int, std::less<>>& lines, const int& line)
      : lines_(lines), line_(line) {}

  Json root;
  std::string error_text;
  int error_line = 0;

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(value); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    if (stack_.back().value->contains(name)) {
      error_text = "the key \"" + name + "\" stands here twice";
      error_line = line_;
      return false;
    }
    stack_.back().key = name;
    lines_[here()] = line_;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& e) override {
    error_line = line_;
    error_text = e.what();
    const std::size_t colon =
        error_text.rfind(": ");  // "[json.exception…] parse error at …: syntax error …"
    const std::size_t syntax = error_text.find("syntax error");
    if (syntax != std::string::npos)
      error_text = error_text.substr(syntax);
    else if (colon != std::string::npos)
      error_text = error_text.substr(colon + 2);
    return false;
  }

 private:
  struct Level {
    Json* value;
    std::string pointer;
    std::string key;
  };

  std::string here() const {
    if (stack_.empty()) return "";
    const Level& top = stack_.back();
    return pointer_join(top.pointer, top.value->is_array()
                                         ? decimal(static_cast<std::int64_t>(top.value->size()))
                                         : top.key);
  }
  Json* place(Json value) {
    lines_.emplace(here(), line_);
    if (stack_.empty()) {
      root = std::move(value);
      return &root;
    }
    Json& parent = *stack_.back().value;
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    Json& slot = parent[stack_.back().key];
    slot = std::move(value);
    return &slot;
  }
  bool add(Json value) {
    place(std::move(value));
    return true;
  }
  bool open(Json value) {
    std::string pointer = here();
    Json* placed = place(std::move(value));
    stack_.push_back({placed, std::move(pointer), {}});
    return true;
  }
  bool close() {
    stack_.pop_back();
    return true;
  }

  std::map<std::string, int, std::less<>>& lines_;
  const int& line_;
  std::vector<Level> stack_;
};

}  // namespace

JsonDocument::JsonDocument() : value_(new Json) {}
JsonDocument::~JsonDocument() { delete value_; }
JsonDocument::JsonDocument(JsonDocument&& other) noexcept
    : name_(std::move(other.name_)),
      value_(std::exchange(other.value_, nullptr)),
      lines_(std::move(other.lines_)) {}
JsonDocument& JsonDocument::operator=(JsonDocument&& other) noexcept {
  std::swap(name_, other.name_);
  std::swap(value_, other.value_);
  std::swap(lines_, other.lines_);
  return *this;
}

Result<JsonDocument> JsonDocument::parse(std::string name, std::string_view text) {
  JsonDocument document;
  document.name_ = std::move(name);
  int line = 1;
  Builder builder(document.lines_, line);
  const LineCounter begin{text.data(), &line};
  const LineCounter end{text.data() + text.size(), &line};
  if (!Json::sax_parse(begin, end, &builder)) {
    return fail(ErrorCode::Usage, document.name_ + ":" + decimal(builder.error_line) +
                                      ": not JSON: " + builder.error_text);
  }
  *document.value_ = std::move(builder.root);
  return document;
}

int JsonDocument::line_of(std::string_view pointer) const {
  while (true) {
    const auto found = lines_.find(pointer);
    if (found != lines_.end()) return found->second;
    const std::size_t slash = pointer.rfind('/');
    if (slash == std::string_view::npos) return 1;
    pointer = pointer.substr(0, slash);
  }
}

Error JsonDocument::error(std::string_view pointer, std::string_view message) const {
  std::string text = name_ + ":" + decimal(line_of(pointer)) + ": ";
  text += pointer.empty() ? "/" : std::string(pointer);
  text += ": ";
  text += message;
  return Error{ErrorCode::Usage, std::move(text), {}};
}

Result<Json> parse_json(std::string_view text) {
  Json value = Json::parse(text.begin(), text.end(), nullptr, false);
  if (value.is_discarded()) return fail(ErrorCode::Usage, "not JSON");
  return value;
}

std::string pointer_join(std::string_view pointer, std::string_view key) {
  std::string joined(pointer);
  joined += '/';
  for (const char c : key) {
    if (c == '~')
      joined += "~0";
    else if (c == '/')
      joined += "~1";
    else
      joined += c;
  }
  return joined;
}

}  // namespace cutaway
