#include "viz/scene/channels_scene.h"

#include <algorithm>

#include "viz/scene/channels_ink.h"
#include "viz/scene/sections.h"

namespace cutaway::viz {
namespace {

void draw_channel_hull(SceneBuilder& b, const Rect& area, const ChannelDecks& decks) {
  const Theme& t = b.theme();
  const Rect hull = {area.x + decks.gutter, area.y, area.w - decks.gutter, area.h};
  b.rect(hull, 14, {t.cut, {}});
  b.pattern(corners_of(hull, 14), Pattern::Hatch, t.hatch);
  b.rect(hull, 14, {{}, {t.edge, 1.5, {}}});
  const Rect* rooms[] = {&decks.engine, &decks.processes, &decks.kernel};
  const char* names[] = {"Engine", "Processes", "Kernel"};
  const char* does[] = {"carries", "speak", "pipes, ptys"};
  for (std::size_t i = 0; i < 3; ++i) {
    b.rect(*rooms[i], 4, {t.deck[i], {}});
    if (decks.gutter <= 0) continue;
    b.text({hull.x - 12, rooms[i]->y + 22}, names[i],
           {.size = type::kLarge, .bold = true, .anchor = Anchor::End});
    b.text({hull.x - 12, rooms[i]->y + 40}, does[i],
           {.size = type::kSmall, .color = t.text3, .anchor = Anchor::End});
  }
}

// Where there is no room for a picture: what each plug leads to, line by line.
void draw_lines(SceneBuilder& b, const Channels& channels, const Rect& area) {
  std::vector<Section> sections;
  for (const ChannelColumn& column : channels.columns) {
    Section section = {column.id + " " + column.flags, column.said, {}, column.slot};
    for (std::size_t k = 0; k < kChannelCount && !column.task.empty(); ++k) {
      const ChannelPlug& plug = column.plugs[k];
      const bool closed = plug.kind == PlugKind::Closed;
      section.facts.push_back({std::to_string(k) + " " + kChannelNames[k],
                               closed ? "closed" : plug.is, "",
                               column.move && column.move->channel == k});
    }
    sections.push_back(std::move(section));
  }
  const Heading heading = {"Channels", "what 0, 1 and 2 lead to", type::kMedium};
  draw_sections_card(b, area, {kHostSlot, false, heading}, sections);
}

// As many as have room: who moves bytes first, then in their order.
std::vector<const ChannelColumn*> shown_columns(const Channels& channels, double width) {
  const auto room = static_cast<std::size_t>(std::max(1.0, width / kChannelLeastW));
  std::vector<const ChannelColumn*> shown;
  for (const ChannelColumn& column : channels.columns) shown.push_back(&column);
  while (shown.size() > room) {
    const auto quiet =
        std::find_if(shown.begin(), shown.end(), [](const ChannelColumn* c) { return !c->move; });
    shown.erase(quiet == shown.end() ? shown.end() - 1 : quiet);
  }
  return shown;
}

void draw_columns(SceneBuilder& b, const Channels& channels, const Rect& area, double phase) {
  const ChannelDecks decks = channel_decks(area);
  draw_channel_hull(b, area, decks);
  const auto shown = shown_columns(channels, decks.engine.w);
  const double width = decks.engine.w / static_cast<double>(std::max<std::size_t>(shown.size(), 1));
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const double x = decks.engine.x + width * static_cast<double>(i);
    if (i > 0)
      b.line({x, decks.engine.y + 8}, {x, decks.processes.bottom()}, {b.theme().line, 1, {}});
    const ChannelPlaces places = channel_places(decks, {x, decks.engine.y, width, area.h});
    draw_channel_column(b, *shown[i], places, phase);
  }
  const std::size_t more = channels.more + channels.columns.size() - shown.size();
  const std::string words = "+ " + std::to_string(more) + " more";
  if (more > 0 && decks.gutter > 0)
    b.text({area.x + decks.gutter - 12, decks.engine.y + 64}, words,
           {.size = type::kSmall, .color = b.theme().text2, .anchor = Anchor::End});
  else if (more > 0)
    b.note_cut(words, "", area);
}

}  // namespace

Scene channels_scene(const Channels& channels, const SceneStyle& style, const Rect& area,
                     double phase) {
  SceneBuilder b(style.theme, style.metrics, area);
  if (area.w < kChannelLeastW + 16 || area.h < kChannelLeastH)
    draw_lines(b, channels, area);
  else
    draw_columns(b, channels, area, phase);
  return b.take();
}

}  // namespace cutaway::viz
