// The Engine at its usual size: four stations on deck, the hub ashore; or at rest, folded to one
// line.
#include <algorithm>

#include "viz/scene/ship/draw.h"

namespace cutaway::viz {
namespace {

constexpr int kAboard = 4;  // stations on the ship; the hub is ashore
constexpr std::array<double, kAboard> kStationW = {136, 100, 146, 150};
constexpr double kStationH = 56;
constexpr double kSocketW = 216;  // of the way in from outside

}  // namespace

Color name_color(const Theme& t, StationState state) {
  return state == StationState::Active    ? t.text
         : state == StationState::Visited ? t.text2
                                          : t.text3;
}

namespace {

// From afar "Server (daemon)" is "Server": the word in brackets is for those who read closely.
std::string short_name(const ShipDraw& d, std::size_t i) {
  const std::string& name = d.words.station[i];
  return name.substr(0, name.find(" ("));
}

void draw_name_afar(const ShipDraw& d, const Rect& box, std::size_t i) {
  const StationState state = d.model.engine.stations[i].state;
  d.b.text({box.mid_x(), box.mid_y() + 6 * d.b.words_scale()}, short_name(d, i),
           {.size = type::kSmall,
            .color = name_color(d.t(), state),
            .bold = state == StationState::Active,
            .anchor = Anchor::Middle,
            .width_max = box.w - 8,
            .afar = true});
}

void draw_station(const ShipDraw& d, const Rect& box, std::size_t i) {
  const Theme& t = d.t();
  const StationModel& station = d.model.engine.stations[i];
  const bool asked = station.state != StationState::Idle;
  const bool active = station.state == StationState::Active;
  const auto id = d.b.as(std::string("station:") + kStationIds[i]);
  const Stroke contour = {active  ? t.text
                          : asked ? t.text2
                                  : t.line2,
                          active  ? 2.0
                          : asked ? 1.5
                                  : 1.0,
                          {}};
  d.b.rect(box, measure::kRadiusNode, {asked ? t.raised : Color{}, contour});
  if (d.l.afar) return draw_name_afar(d, box, i);
  d.b.text({box.x + 12, box.y + 23}, d.words.station[i],
           {.color = name_color(t, station.state), .bold = true, .width_max = box.w - 20});
  d.b.text({box.x + 12, box.y + 43}, station.sub,
           {.size = type::kSmall,
            .color = asked ? t.text2 : t.text3,
            .mono = true,
            .width_max = box.w - 20});
  if (station.waiting > 0) {
    const Rect bar = {box.x + 8, box.bottom() - 7, box.w - 16, 3};
    d.b.rect(bar, 1, {t.line2, {}});
    d.b.rect({bar.x, bar.y, bar.w * station.waiting, bar.h}, 1, {t.limit, {}});
  }
  d.b.hit(std::string("station:") + kStationIds[i], box);
}

// What is on its way: a square with a request, a ring with an answer, a cross with a refusal, a
// brick of a layer.
void draw_parcel(const ShipDraw& d, Point from, Point to, const LinkModel& link, Color color) {
  if (!link.moving || d.motion.rest) return;
  const double share = std::clamp(d.motion.at, 0.0, 1.0);
  const Point at = {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
  switch (link.kind) {
    case MessageKind::Request:
      d.b.rect({at.x - 6, at.y - 6, 12, 12}, 2, {color, {d.t().deck[0], 2, {}}});
      return;
    case MessageKind::Refusal:
      cross_mark(d.b, at, 5, {color, 2.5, {}});
      return;
    case MessageKind::Layers:
      brick(d.b, {at.x - 12, at.y - 11, 24, 22}, {});
      return;
    case MessageKind::Answer:
    case MessageKind::Words:
      d.b.circle(at, 6, {d.t().deck[0], {color, 2.5, {}}});
      return;
  }
}

void draw_link(const ShipDraw& d, Point left, Point right, const LinkModel& link) {
  const Theme& t = d.t();
  const Point from = link.back ? right : left;
  const Point to = link.back ? left : right;
  const Color color = link.kind == MessageKind::Refusal ? t.bad : link.moving ? t.text : t.text2;
  const Stroke stroke =
      link.travelled ? Stroke{color, link.moving ? 2.5 : 1.5, {}} : Stroke{t.line2, 1, {3, 4}};
  d.b.path({from, to}, stroke, {.arrow = 7});
  draw_parcel(d, from, to, link, color);
  const TextStyle style = {
      .size = type::kSmall, .color = t.text2, .mono = true, .anchor = Anchor::Middle};
  // A word that does not fit between two stations is told by the sentence; here it would lie on
  // them.
  if (!link.label.empty() && d.b.width(link.label, style) < right.x - left.x) {
    d.b.text({(left.x + right.x) / 2, left.y - 8}, link.label, style);
  }
}

void draw_hub(const ShipDraw& d, double from_x, double y) {
  const Theme& t = d.t();
  const ShipLayout& l = d.l;
  const StationModel& hub = d.model.engine.station(StationId::Hub);
  const bool asked = hub.state != StationState::Idle;
  const Rect box = {l.hull_x + l.engine_w + 46, y, l.hull_w - l.engine_w - 50, kStationH};
  LinkModel link = d.model.engine.link(Link::Hub);
  draw_link(d, {from_x, y + kStationH / 2}, {box.x - 4, y + kStationH / 2}, link);
  const auto id = d.b.as("station:hub");
  const bool active = hub.state == StationState::Active;
  d.b.rect(box, 28,
           {{},
            {active  ? t.text
             : asked ? t.text2
                     : t.line2,
             active ? 2.0 : 1.2,
             {5, 4}}});
  if (d.l.afar) draw_name_afar(d, box, index_of(StationId::Hub));
  d.b.text({box.mid_x(), y + 23}, d.words.station[index_of(StationId::Hub)],
           {.color = name_color(t, hub.state), .bold = true, .anchor = Anchor::Middle});
  d.b.text(
      {box.mid_x(), y + 43}, hub.sub,
      {.size = type::kSmall, .color = t.text3, .anchor = Anchor::Middle, .width_max = box.w - 16});
  d.b.hit("station:hub", box);
}

// Terminal and client stay outside of a virtual machine.
std::size_t first_aboard(const ShipDraw& d) {
  return d.model.outside ? index_of(StationId::Server) : 0;
}

// The one hole in its hull: the client's way to the server.
void draw_socket(const ShipDraw& d, double server_x, double y) {
  const Theme& t = d.t();
  const LinkModel& link = d.model.engine.link(Link::ClientServer);
  const Stroke stroke = {link.travelled ? t.text2 : t.line2, link.travelled ? 2.0 : 1.0,
                         link.travelled ? Dash{} : Dash{3, 4}};
  const auto id = d.b.as("outside:socket");
  const double from = server_x > d.l.in_x ? d.l.area.x - 6 : d.l.hull_x - 10;
  d.b.path({{from, y}, {std::max(server_x - 4, d.l.in_x + 8), y}}, stroke, {.arrow = 7});
  const Rect hole = {d.l.hull_x - 5, y - 11, 16, 22};
  d.b.rect(hole, 4, {t.raised, {t.text, 1.8, {}}});
  d.b.circle({hole.mid_x(), y}, 3, {t.text, {}});
  d.b.hit("outside:socket", hole);
  if (server_x <= d.l.in_x) return;
  d.b.text({d.l.in_x + 16, y - 9}, d.words.one_socket,
           {.size = type::kSmall, .color = t.text2, .width_max = server_x - d.l.in_x - 24});
}

void draw_station_strip(const ShipDraw& d) {
  const Theme& t = d.t();
  const double y = d.l.engine_y + d.l.engine_h / 2;
  double x = d.l.in_x + 12;
  const auto id = d.b.as("deck:engine");
  const std::size_t first = first_aboard(d);
  if (first > 0) draw_socket(d, 0, y);  // the line itself would lie on the deck's name
  if (first > 0) x += 16;
  for (std::size_t i = first; i < kStationCount; ++i) {
    const StationModel& station = d.model.engine.stations[i];
    const bool active = station.state == StationState::Active;
    if (i > first) {
      d.b.path({{x, y}, {x + 24, y}}, {t.line2, 1.2, {}}, {.arrow = 7});
      x += 32;
    }
    const double below = d.l.afar ? 4 * d.b.words_scale() : 5;  // of their middle
    x = d.b.text({x, y + below}, d.l.afar ? short_name(d, i) : d.words.station[i],
                 {.size = d.l.afar ? type::kSmall : type::kMedium,
                  .color = active ? t.text : t.text2,
                  .bold = active,
                  .afar = true}) +
        8;
  }
  const std::string& quiet = d.model.quiet[0].empty() ? d.words.at_rest : d.model.quiet[0];
  const double room = d.l.hull_x + d.l.engine_w - 18 - (x + 20);
  if (room > 40) {
    d.b.text({x + 20, y + 5}, quiet, {.size = type::kSmall, .color = t.text3, .width_max = room});
  }
  d.b.hit("deck:engine", {d.l.in_x, d.l.engine_y, d.l.engine_w, d.l.engine_h});
}

}  // namespace

void draw_engine(const ShipDraw& d) {
  if (d.l.engine_folded) {
    draw_station_strip(d);
    return;
  }
  const std::size_t first = first_aboard(d);
  const double taken = first > 0 ? kSocketW : 0;
  double widths = taken;
  for (std::size_t i = first; i < kAboard; ++i) widths += kStationW[i];
  const double gaps = static_cast<double>(kAboard - 1 - first);
  const double gap = (d.l.engine_w - 2 * measure::kWall - 24 - widths) / gaps;
  const double y = d.l.engine_y + (d.l.engine_h - kStationH) / 2;
  double x = d.l.in_x + 12 + taken;
  if (first > 0) draw_socket(d, x, y + kStationH / 2);
  for (std::size_t i = first; i < kAboard; ++i) {
    const Rect box = {x, y, kStationW[i], kStationH};
    draw_station(d, box, i);
    if (i + 1 < kAboard) {
      draw_link(d, {box.right() + 3, box.mid_y()}, {box.right() + gap - 4, box.mid_y()},
                d.model.engine.links[i]);
    }
    x += kStationW[i] + gap;
  }
  draw_hub(d, x - gap + 3, y);
}

}  // namespace cutaway::viz
