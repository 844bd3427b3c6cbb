// The stations of the large Engine: what each says in its own words, the images that are here, the
// hub's shelf.
#include <algorithm>

#include "viz/scene/ship/large_engine.h"
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

constexpr double kStationPad = 14;
constexpr double kBrickH = 32;
constexpr double kBrickPitch = 42;

Stroke contour_of(const LargeDraw& g, StationId id) {
  const StationState state = g.engine().station(id).state;
  if (state == StationState::Active) return {g.t().text, 2.5, {}};
  return state == StationState::Visited ? Stroke{g.t().text2, 1.5, {}} : Stroke{g.t().line2, 1, {}};
}

double title(const LargeDraw& g, const Rect& box, const std::string& words, StationId id) {
  const Color color = name_color(g.t(), g.engine().station(id).state);
  return g.d.b.text({box.x + kStationPad, box.y + 27}, words,
                    {.size = type::kLarge, .color = color, .bold = true});
}

// Says something at the right end of a title's line, if there is room for it.
void beside(const LargeDraw& g, const Rect& box, double from, const std::string& words,
            TextStyle style) {
  style.anchor = Anchor::End;
  if (from + 12 + g.d.b.width(words, style) <= box.right() - kStationPad) {
    g.d.b.text({box.right() - kStationPad, box.y + 27}, words, style);
  }
}

// A terminal breaks its lines where its window ends, in the middle of a word if need be.
std::vector<TerminalLine> terminal_lines(const LargeDraw& g, double size, double width) {
  const double cell = g.d.b.metrics().width("m", {size, true, false});
  const auto columns = static_cast<std::size_t>(std::max(8.0, width / cell));
  std::vector<TerminalLine> lines;
  for (const TerminalLine& line : g.engine().terminal) {
    TerminalLine part = {"", line.tone};
    std::size_t cells = 0;
    for (std::size_t at = 0; at < line.text.size();) {
      const std::size_t from = at;
      (void)next_code_point(line.text, at);
      if (cells == columns) {
        lines.push_back(part);
        part.text.clear();
        cells = 0;
      }
      part.text += line.text.substr(from, at - from);
      ++cells;
    }
    lines.push_back(part);
  }
  return lines;
}

void draw_terminal(const LargeDraw& g) {
  const Theme& t = g.t();
  const Rect& box = g.l.terminal;
  const auto id = g.d.b.as("station:terminal");
  g.d.b.rect(box, 8, {t.inset, contour_of(g, StationId::Terminal)});
  beside(g, box, title(g, box, g.d.words.station[0], StationId::Terminal), g.d.words.you,
         {.color = t.text3});
  g.d.b.hit("station:terminal", box);
  if (box.w < kTerminalReads) {
    g.d.b.text({box.x + kStationPad, box.y + 49}, g.engine().station(StationId::Terminal).sub,
               {.size = type::kSmall, .color = t.text2, .mono = true, .width_max = box.w - 20});
    return;
  }
  const double size = box.w < 250 ? type::kSmall : type::kMedium;
  const auto lines = terminal_lines(g, size, box.w - 24);
  const double air = (box.h - 62) / static_cast<double>(std::max<std::size_t>(lines.size(), 1));
  const double pitch = std::clamp(air, 20.0, 30.0);
  const auto room = static_cast<std::size_t>(std::max(1.0, (box.h - 62 + 8) / pitch));
  double y = box.y + 62;
  for (std::size_t i = lines.size() > room ? lines.size() - room : 0; i < lines.size(); ++i) {
    const bool typed = lines[i].tone == TerminalLine::Tone::Typed;
    const bool quiet = lines[i].tone != TerminalLine::Tone::Newest;
    g.d.b.text({box.x + kStationPad, y}, lines[i].text,
               {.size = size, .color = quiet ? t.text2 : t.text, .mono = true, .bold = typed});
    y += pitch;
  }
}

void draw_client(const LargeDraw& g) {
  const Theme& t = g.t();
  const Rect& box = g.l.client;
  const auto id = g.d.b.as("station:client");
  g.d.b.rect(box, 8, {t.raised, contour_of(g, StationId::Client)});
  title(g, box, g.d.words.station[1], StationId::Client);
  g.d.b.text({box.x + kStationPad, box.y + 49}, g.d.words.client_program,
             {.color = t.text2, .mono = true});
  double y = box.y + 92;
  for (const std::string& words : g.engine().client_words) {
    g.d.b.text({box.x + kStationPad, y}, words, {.color = t.text2, .width_max = box.w - 20});
    y += 22;
  }
  g.d.b.hit("station:client", box);
}

void draw_stored(const LargeDraw& g, const Rect& box, const StoredImage& image) {
  const auto id = g.d.b.as(image.id);
  brick(g.d.b, box, {image.name, image.figure, image.fraction, false});
  g.d.b.hit(image.id, box);
}

// The last note that fits under the shelf of the cache, in up to two lines.
void draw_cache_note(const LargeDraw& g, double y) {
  const Rect& box = g.l.cache;
  const TextStyle style = {.color = g.t().text2};
  for (const std::string& line :
       wrap_text(g.d.b.metrics(), g.engine().cache_note, style.font(), box.w - 22)) {
    if (y > box.bottom() - 6) return;
    g.d.b.text({box.x + 12, y}, line, style);
    y += 20;
  }
}

void draw_cache(const LargeDraw& g) {
  const Theme& t = g.t();
  const Rect& box = g.l.cache;
  const auto id = g.d.b.as("station:cache");
  g.d.b.rect(box, 6, {t.inset, {t.line2, 1, {}}});
  const double end =
      g.d.b.text({box.x + 12, box.y + 25}, g.d.words.station[index_of(StationId::Cache)],
                 {.color = t.text2, .bold = true});
  const TextStyle quiet = {.color = t.text3, .anchor = Anchor::End};
  if (end + 12 + g.d.b.width(g.d.words.local_images, quiet) < box.right() - 12) {
    g.d.b.text({box.right() - 12, box.y + 25}, g.d.words.local_images, quiet);
  }
  double y = box.y + 40;
  std::size_t shown = 0;
  const auto& images = g.engine().cached;
  for (; shown < images.size() && y + kBrickH < box.bottom() - 4; ++shown) {
    draw_stored(g, {box.x + 12, y, box.w - 24, kBrickH}, images[shown]);
    y += kBrickH + 4;
    g.d.b.line({box.x + 12, y}, {box.right() - 12, y}, {t.line2, 2, {}});
    y += 6;
  }
  draw_cache_note(g, std::max(y + 24, box.y + 106));
  g.d.b.hit("station:cache", box);
}

void draw_server(const LargeDraw& g) {
  const Theme& t = g.t();
  const Rect& box = g.l.server;
  const auto id = g.d.b.as("station:server");
  g.d.b.rect(box, 8, {t.raised, contour_of(g, StationId::Server)});
  const double end = title(g, box, g.d.words.server, StationId::Server);
  const double after = g.d.b.text({end + 12, box.y + 27}, g.d.words.daemon, {.color = t.text2});
  beside(g, box, after, g.d.words.server_program, {.color = t.text2, .mono = true});
  g.d.b.text({box.right() - kStationPad, box.y + 71}, g.engine().server_says,
             {.bold = true, .anchor = Anchor::End, .width_max = box.w - 2 * kStationPad});
  g.d.b.hit("station:server", box);
  draw_cache(g);
}

void draw_large_hub(const LargeDraw& g) {
  const Theme& t = g.t();
  const Rect& box = g.l.hub;
  const auto id = g.d.b.as("station:hub");
  const bool asked = g.engine().station(StationId::Hub).state != StationState::Idle;
  g.d.b.rect(box, measure::kRadiusKeel,
             {asked ? t.panel : Color{}, {asked ? t.text : t.line2, asked ? 2.0 : 1.2, {6, 5}}});
  const double end =
      g.d.b.text({box.x + 22, box.y + 29}, g.d.words.station[index_of(StationId::Hub)],
                 {.size = type::kLarge,
                  .color = name_color(t, g.engine().station(StationId::Hub).state),
                  .bold = true});
  Rect head = box;
  head.w -= 8;
  beside(g, {head.x, head.y + 2, head.w, head.h}, end, g.d.words.far_away,
         {.size = type::kSmall, .color = t.text2});
  double y = box.y + 116;
  for (const StoredImage& image : g.engine().shelf) {
    if (y + kBrickH > box.bottom() - 8) return;
    draw_stored(g, {box.x + 22, y, box.w - 44, kBrickH}, image);
    y += kBrickPitch;
  }
  g.d.b.hit("station:hub", box);
}

}  // namespace

void draw_large_stations(const LargeDraw& g) {
  draw_terminal(g);
  draw_client(g);
  draw_server(g);
  draw_large_hub(g);
}

}  // namespace cutaway::viz
