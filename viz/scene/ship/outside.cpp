// Mac and Windows: the hull is a small Linux machine, and around it lies the laptop, unhatched: its
// terminal and client, its own kernel, its hardware. One socket pierces the hull.
#include <algorithm>

#include "viz/scene/ship.h"
#include "viz/scene/ship/draw.h"
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

constexpr double kColumnW = 176;
constexpr double kEdge = 10;
constexpr double kTop = 8;
constexpr double kBandH = 30;
constexpr double kBandGap = 5;
constexpr double kOutsideCardH = 46;
constexpr double kVmH = 32;

Rect column_card(const Rect& area, double y, double h) { return {area.x + kEdge, y, kColumnW, h}; }

// Around the hull; the hub stays ashore.
void draw_contour(const ShipDraw& d, const Rect& area) {
  const Theme& t = d.t();
  const double bow = d.l.hull_x + d.l.engine_w + 14;
  const double shoulder = d.l.proc_y - measure::kWall - 6;
  d.b.shape({{area.x, area.y, 14},
             {bow, area.y, 14},
             {bow, shoulder, 0},
             {area.right(), shoulder, 14},
             {area.right(), area.bottom(), 18},
             {area.x, area.bottom(), 18}},
            {t.panel, {t.edge, 1.5, {}}});
}

void draw_station_outside(const ShipDraw& d, const Rect& box, StationId id) {
  const Theme& t = d.t();
  const StationModel& station = d.model.engine.station(id);
  const std::string name = std::string("station:") + kStationIds[index_of(id)];
  const auto scope = d.b.as(name);
  const bool asked = station.state != StationState::Idle;
  const bool active = station.state == StationState::Active;
  d.b.rect(box, measure::kRadiusNode,
           {asked ? t.raised : Color{}, {active ? t.text : t.text2, active ? 2.0 : 1.2, {}}});
  d.b.text({box.x + 12, box.y + 19}, d.words.station[index_of(id)],
           {.color = name_color(t, station.state), .bold = true, .width_max = box.w - 20});
  d.b.text({box.x + 12, box.y + 37}, station.sub,
           {.size = type::kSmall, .color = t.text2, .mono = true, .width_max = box.w - 20});
  d.b.hit(name, box);
}

// To the laptop all of the hull is one of its programs.
void draw_vm_process(const ShipDraw& d, const Rect& box) {
  const Theme& t = d.t();
  const OutsideModel& o = *d.model.outside;
  const auto id = d.b.as("outside:vm");
  d.b.rect(box, measure::kRadiusNode, {t.raised, {t.text2, 1.8, {}}});
  const TextStyle uses = {.size = type::kSmall, .color = t.text2, .anchor = Anchor::End};
  d.b.text({box.right() - 10, box.mid_y() + 4.8}, o.vm_uses, uses);
  d.b.text({box.x + 12, box.mid_y() + 4.8}, o.vm_process,
           {.size = type::kSmall,
            .color = t.text2,
            .bold = true,
            .width_max = box.w - 30 - d.b.width(o.vm_uses, uses)});
  d.b.path({{box.right() + 3, box.mid_y()}, {d.l.hull_x - 4, box.mid_y()}}, {t.text3, 1.5, {2, 4}},
           {.arrow = 7});
  d.b.hit("outside:vm", box);
}

void draw_note(const ShipDraw& d, const Rect& room) {
  const TextStyle style = {.size = type::kSmall, .color = d.t().text2};
  double y = room.y + 14;
  for (const std::string& line :
       wrap_text(d.b.metrics(), d.model.outside->note, style.font(), room.w)) {
    if (y > room.bottom() - 3) return d.b.note_cut(d.model.outside->note, "");
    d.b.text({room.x, y}, line, style);
    y += 18;
  }
}

void draw_column(const ShipDraw& d, const Rect& area) {
  const Theme& t = d.t();
  const OutsideModel& o = *d.model.outside;
  const double middle = d.l.engine_folded ? d.l.engine_y + 40 : d.l.engine_y + d.l.engine_h / 2;
  const Rect client = column_card(area, middle - kOutsideCardH / 2, kOutsideCardH);
  const TextStyle quiet = {.size = type::kSmall, .color = t.text3, .anchor = Anchor::End};
  d.b.text({client.right(), client.y - 9}, d.words.outside, quiet);
  d.b.text({client.x, client.y - 9}, o.name,
           {.bold = true, .width_max = client.w - 10 - d.b.width(d.words.outside, quiet)});
  draw_station_outside(d, client, StationId::Client);
  const Rect terminal = column_card(area, client.bottom() + 18, kOutsideCardH);
  d.b.path({{terminal.x + 40, terminal.y - 2}, {terminal.x + 40, client.bottom() + 3}},
           {t.text2, 1.5, {}}, {.arrow = 7});
  draw_station_outside(d, terminal, StationId::Terminal);
  const Rect vm =
      column_card(area, std::max(terminal.bottom() + 24, d.l.row_y(0) - kVmH * 2), kVmH);
  draw_vm_process(d, vm);
  draw_note(d, {vm.x, vm.bottom() + 16, vm.w, d.l.bottom - vm.bottom() - 16});
}

void draw_kernel_band(const ShipDraw& d, const Rect& box) {
  const Theme& t = d.t();
  const OutsideModel& o = *d.model.outside;
  const auto id = d.b.as("outside:kernel");
  d.b.rect(box, measure::kRadiusNode, {t.deck[2], {t.edge, 1.2, {}}});
  const double y = box.mid_y() + 4.8;
  const double end = d.b.text({box.x + 14, y}, o.kernel,
                              {.color = t.text2, .bold = true, .width_max = box.w - 28});
  d.b.text({end + 16, y}, o.kernel_does,
           {.size = type::kSmall, .color = t.text2, .width_max = box.right() - 14 - end - 16});
  d.b.hit("outside:kernel", box);
}

// A lid on the laptop's memory: what the VM may have at most, and what it uses of that.
void draw_hardware_band(const ShipDraw& d, const Rect& box) {
  const Theme& t = d.t();
  const OutsideModel& o = *d.model.outside;
  const auto id = d.b.as("outside:hardware");
  d.b.rect(box, measure::kRadiusNode, {t.deck[3], {t.edge, 1.2, {}}});
  const double y = box.mid_y() + 4.8;
  const double end = d.b.text({box.x + 14, y}, d.words.laptop_hardware,
                              {.color = t.text2, .bold = true, .width_max = box.w - 28});
  d.b.hit("outside:hardware", box);
  const TextStyle words = {.size = type::kSmall, .color = t.text2};
  const double bar = std::min(260.0, box.right() - 40 - end - d.b.width(o.vm_limit, words));
  if (o.vm_limit.empty() || bar < 60) return d.b.note_cut(o.vm_limit, "");
  meter(d.b, {end + 24, box.mid_y()}, bar, {.used = o.vm_share, .limited = true, .color = t.host});
  d.b.text({end + 24 + bar + 14, y}, o.vm_limit, words);
}

}  // namespace

Rect hull_area(const ShipModel& model, const Rect& area) {
  if (!model.outside) return area;
  const double bands = 2 * (kBandH + kBandGap) + kBandGap;
  const double x = area.x + kEdge + kColumnW + 6;
  return {x, area.y + kTop, area.right() - kEdge - x, area.h - kTop - bands};
}

ShipWords words_inside(const ShipModel& model, const ShipWords& words) {
  ShipWords inside = words;
  if (!model.outside) return inside;
  inside.host = words.vm;
  inside.host_tasks = words.vm_tasks;
  inside.on_the_host = words.in_the_vm;
  inside.deck_does[0].clear();  // the socket's line passes there
  inside.deck_does[3] = {words.vm_share};
  return inside;
}

void draw_outside(const ShipDraw& d, const Rect& area) {
  if (!d.model.outside) return;
  draw_contour(d, area);
  draw_column(d, area);
  const double y = area.bottom() - 2 * (kBandH + kBandGap);
  draw_kernel_band(d, {area.x + kEdge, y, area.w - 2 * kEdge, kBandH});
  draw_hardware_band(d, {area.x + kEdge, y + kBandH + kBandGap, area.w - 2 * kEdge, kBandH});
}

}  // namespace cutaway::viz
