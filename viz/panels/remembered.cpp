#include "viz/panels/remembered.h"

#include <optional>

#include "base/json_value.h"

namespace cutaway::viz {
namespace {

constexpr const char* kVersionKey = "cutaway_window";
constexpr int kVersion = 1;

/// A number that makes sense only between these.
struct Range {
  int least = 0, most = 0;
};
constexpr Range kLarger = {kLargerLeast, kLargerMost};
constexpr Range kSpeed = {25, 400};

/// Each field once: codec, comparison and merging go through here.
template <class R, class Visit>
void each_field(R& r, Visit&& visit) {
  visit("theme", r.theme, Range());
  visit("view", r.view, Range());
  visit("reduced_motion", r.reduced_motion, Range());
  visit("larger", r.larger, kLarger);
  visit("speed", r.speed, kSpeed);
  visit("terminal", r.terminal, Range());
  visit("events", r.events, Range());
  visit("inspector", r.inspector, Range());
  visit("left", r.left, Range());
  visit("right", r.right, Range());
  visit("left_width", r.left_width, Range{kColumnLeast, kColumnMost});
  visit("right_width", r.right_width, Range{kColumnLeast, kColumnMost});
  visit("rows", r.rows, Range());
}

Json json_of(bool value) { return value; }
Json json_of(int value) { return value; }
Json json_of(ThemeChoice value) { return theme_of(value).name; }
Json json_of(View value) { return view_name(value); }

/// Takes the value, or says what was expected.
std::optional<std::string> take(const Json& json, bool& value, Range) {
  if (!json.is_boolean()) return "true or false";
  value = json.get<bool>();
  return std::nullopt;
}

std::optional<std::string> take(const Json& json, int& value, Range range) {
  const bool fits = json.is_number_integer() && json.get<std::int64_t>() >= range.least &&
                    json.get<std::int64_t>() <= range.most;
  if (!fits)
    return "a number from " + std::to_string(range.least) + " to " + std::to_string(range.most);
  value = json.get<int>();
  return std::nullopt;
}

std::optional<std::string> take(const Json& json, ThemeChoice& value, Range) {
  const std::string name = json.is_string() ? json.get<std::string>() : "";
  if (theme_of(theme_choice(name)).name != name) return "dark, light or projector";
  value = theme_choice(name);
  return std::nullopt;
}

std::optional<std::string> take(const Json& json, View& value, Range) {
  const auto view = view_named(json.is_string() ? json.get<std::string>() : "");
  if (!view) return "ship, lens, matrix or tree";
  value = *view;
  return std::nullopt;
}

Json json_of(const Remembered& remembered) {
  Json json = {{kVersionKey, kVersion}};
  each_field(remembered,
             [&json](const char* key, const auto& value, Range) { json[key] = json_of(value); });
  return json;
}

Status check_version(const JsonDocument& document) {
  const Json& json = document.value();
  if (!json.is_object()) return fail(document.error("", "is no object"));
  const auto version = json.find(kVersionKey);
  const std::string pointer = pointer_join("", kVersionKey);
  if (version == json.end() || !version->is_number_integer())
    return fail(document.error(pointer, "is missing, expected " + std::to_string(kVersion)));
  if (*version != kVersion)
    return fail(document.error(
        pointer, "is " + version->dump() + ", this program reads " + std::to_string(kVersion)));
  return {};
}

void show_column(SideState& side, bool beside, int width) {
  side.beside = beside;
  side.width = width;
}

}  // namespace

bool operator==(const Remembered& a, const Remembered& b) { return json_of(a) == json_of(b); }

Remembered remembered_of(const WindowState& state) {
  Remembered r;
  r.theme = state.theme;
  r.view = state.stage.view;
  r.reduced_motion = state.tools.reduced_motion;
  r.larger = state.larger;
  r.speed = static_cast<int>(state.player.speed() * 100);
  r.terminal = state.terminal.open;
  r.events = state.events.open;
  r.inspector = state.inspector.open;
  r.left = state.left.beside;
  r.right = state.lesson.playing() ? state.lesson.inspector : state.right.beside;
  r.left_width = static_cast<int>(state.left.width);
  r.right_width = static_cast<int>(state.right.width);
  return r;
}

void recall(const Remembered& kept, WindowState& state) {
  state.theme = kept.theme;
  state.stage.view = kept.view;
  state.tools.reduced_motion = kept.reduced_motion;
  state.larger = kept.larger;
  state.player.set_speed(kept.speed / 100.0);
  state.terminal.open = kept.terminal;
  state.events.open = kept.events;
  state.inspector.open = kept.inspector;
  show_column(state.left, kept.left, kept.left_width);
  show_column(state.right, kept.right, kept.right_width);
}

Remembered merged(const Remembered& kept, const Remembered& begun, const Remembered& now) {
  const Json was = json_of(begun);
  Remembered result = kept;
  const Json is = json_of(now);
  each_field(result, [&](const char* key, auto& value, Range range) {
    if (was[key] != is[key]) take(is[key], value, range);
  });
  return result;
}

std::string remembered_text(const Remembered& remembered) {
  return json_of(remembered).dump(2) + "\n";
}

Result<Remembered> remembered_from(const std::string& name, std::string_view text) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(name, text));
  TRY(check_version(document));
  const Json& json = document.value();
  Remembered r;
  Status good;
  each_field(r, [&](const char* key, auto& value, Range range) {
    const auto found = json.find(key);
    if (found == json.end() || !good) return;
    const auto expected = take(*found, value, range);
    if (expected)
      good = fail(
          document.error(pointer_join("", key), "is " + found->dump() + ", expected " + *expected));
  });
  TRY(good);
  return r;
}

}  // namespace cutaway::viz
