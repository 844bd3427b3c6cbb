#include "viz/text/about.h"

#include <algorithm>

#include "base/text.h"
#include "spec/words.h"
#include "viz/player/changes.h"
#include "viz/player/inspection.h"
#include "viz/player/player.h"
#include "viz/scene/ship.h"
#include "viz/scene/ship_from_world.h"
#include "viz/text/text_lines.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kKeyColumns = 20;
/// Room for all that a picture may show; nothing is drawn.
constexpr Rect kArea = {0, 0, 1600, 700};

std::string padded(const std::string& text) {
  const std::size_t length = text_length(text);
  return text + std::string(length < kKeyColumns ? kKeyColumns - length : 1, ' ');
}

void tell_row(const InspectionRow& row, TextLines& lines) {
  switch (row.kind) {
    case InspectionRow::Kind::Title:
      lines.blank();
      return lines.add({{row.key, Ink::Strong}});
    case InspectionRow::Kind::Value:
      return lines.line({{padded(row.key), Ink::Quiet}, {row.value, Ink::Plain}}, 2);
    case InspectionRow::Kind::Words:
      return lines.add(row.key, 2);
    case InspectionRow::Kind::Jump:
      return lines.add("[" + row.value + "] " + row.key, 2, 4);
  }
}

/// What the inspector's controls show, in words.
void tell_changeable(const World& world, const Subject& subject, TextLines& lines) {
  const bool has_limits =
      subject.kind == SubjectKind::Container || subject.kind == SubjectKind::Cgroup;
  if (!has_limits) return;
  const Changeable what = changeable(world, subject.container);
  const auto words = [](std::string_view key) { return spec::Words::of()[key].what; };
  lines.blank();
  lines.add({{words("change.title"), Ink::Strong}});
  for (const LimitSlider& slider : what.sliders) {
    std::string now = slider.now().words;
    if (!slider.used.empty()) now += ", " + words("change.used") + " " + slider.used;
    const std::string name(change_name(slider.what));
    lines.line({{padded(name), Ink::Quiet}, {now, Ink::Plain}}, 2);
  }
  if (!what.why_not.empty()) return lines.add(what.why_not, 2);
  const LimitSlider& first = what.sliders.front();
  lines.add(words("change.told"), 2);
  lines.add(docker_line({first.what, first.stops[first.stops.size() / 2].value, what.name}), 4);
  for (const std::string& signal : offered_signals())
    lines.add(docker_line({ChangeKind::Signal, signal, what.name}), 4);
}

std::vector<HitArea> areas_at(const Trace& trace, const World& world, std::size_t position) {
  const FontMetrics metrics = FontMetrics::bundled();
  const ShipModel model = ship_model(trace, world, position);
  return ship_scene(model, {kDark, metrics}, kArea).hits;
}

}  // namespace

std::vector<std::string> ids_in_picture(const Trace& trace, std::size_t position) {
  Player player(trace);
  player.jump(position);
  const std::vector<HitArea> areas = areas_at(trace, player.world(), position);
  std::vector<std::string> ids;
  Subject at;
  while (true) {
    std::string id = next_in_picture(player.world(), player.moment(), areas, at, true);
    if (id.empty() || std::find(ids.begin(), ids.end(), id) != ids.end()) return ids;
    at = subject_of(player.world(), player.moment(), id);
    ids.push_back(std::move(id));
  }
}

Result<std::string> explain_about(const Trace& trace, std::size_t position, std::string_view id,
                                  int columns) {
  Player player(trace);
  player.jump(position);
  const Subject subject = subject_of(player.world(), player.moment(), id);
  if (!subject) {
    return fail(ErrorCode::Usage,
                "--about " + std::string(id) + ": there is no such thing after event " +
                    decimal(static_cast<std::int64_t>(position)),
                "there are: " + join(ids_in_picture(trace, position), " "));
  }
  const Inspection found = inspect(trace, player.index(), player.world(), player.moment(), subject);
  TextLines lines(columns);
  lines.add({{found.subject, Ink::Strong},
             {"after event " + decimal(static_cast<std::int64_t>(position)) + ", " +
                  clock_words(player.world().now) + ".",
              Ink::Plain}});
  tell_changeable(player.world(), subject, lines);
  for (const InspectionRow& row : found.rows) tell_row(row, lines);
  return lines.take();
}

}  // namespace cutaway::viz
