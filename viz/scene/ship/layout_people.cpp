// Who stands where. A container keeps its row and its outline for life; only the capacity may grow.
#include "viz/scene/ship/layout_people.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "viz/theme/measures.h"

namespace cutaway::viz {
namespace {

constexpr double kOutlineMaxW = 590;
constexpr double kOutlineMinW = 112;
constexpr double kOutlinePad = 12;
constexpr double kGateInside = 16;  // of a gate below its outline
constexpr double kCardTop = 36;
constexpr double kCardGap = 10;
constexpr double kMoreW = 34;  // of "+ n", with air

double card_height(double outline_height) { return std::min(90.0, outline_height - 46); }

// Wide enough for a program's name; a card does not change its width when the name does.
double card_width(double outline_width, std::size_t tasks) {
  const double inner = outline_width - 2 * kOutlinePad;
  if (outline_width >= 540) return tasks <= 1 ? 216 : 174;
  if (outline_width >= 330) return 174;
  return std::min(inner - (tasks > 1 ? kMoreW : 0), 150.0);
}

void place_cards(ShipLayout& l, OutlineBox& outline) {
  const auto& tasks = outline.container->tasks;
  const Rect& box = outline.box;
  outline.card_w = card_width(box.w, tasks.size());
  const double right = box.right() - kOutlinePad;
  double x = box.x + kOutlinePad;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const bool last = i + 1 == tasks.size();
    // All but the last must leave room for "+ n".
    if (x + outline.card_w + (last ? 0 : kMoreW) > right + 1 && i > 0) break;
    l.tasks[tasks[i].id] = {x, box.y + kCardTop, outline.card_w, card_height(box.h)};
    x += outline.card_w + kCardGap;
    ++outline.cards;
  }
  outline.side_x = x;
}

double nearest_free_gap(const ShipLayout& l, double wanted, Span inside, std::set<int>& taken) {
  int best = -1;
  double best_cost = 1e9;
  for (int c = 0; c < kColumnCount - 1; ++c) {
    if (taken.count(c) > 0) continue;
    const double x = l.gap_after(static_cast<Column>(c));
    const bool within = x >= inside.x && x <= inside.right();
    const double cost = std::abs(x - wanted) + (within ? 0 : 2000);
    if (cost < best_cost) {
      best_cost = cost;
      best = c;
    }
  }
  // More gates than gaps: the nearest one is shared.
  if (best < 0) {
    for (int c = 0; c < kColumnCount - 1; ++c) {
      const double x = l.gap_after(static_cast<Column>(c));
      if (best < 0 ||
          std::abs(x - wanted) < std::abs(l.gap_after(static_cast<Column>(best)) - wanted))
        best = c;
    }
  }
  taken.insert(best);
  return l.gap_after(static_cast<Column>(best));
}

}  // namespace

Rect more_cards_box(const OutlineBox& outline) {
  constexpr double kW = 28, kH = 20;
  const double middle = outline.box.y + kCardTop + (outline.box.h - kCardTop - 8) / 2;
  return {outline.side_x - 4, middle - kH / 2, kW, kH};
}

std::optional<Rect> where_seen(const ShipLayout& l, const std::string& task) {
  const auto card = l.tasks.find(task);
  if (card != l.tasks.end()) return card->second;
  for (const OutlineBox& outline : l.outlines) {
    const std::vector<Task>& tasks = outline.container->tasks;
    const bool inside = std::any_of(tasks.begin(), tasks.end(),
                                    [&task](const Task& each) { return each.id == task; });
    if (inside) return more_cards_box(outline);
  }
  return std::nullopt;
}

std::size_t host_task_room(const ShipLayout& l) {
  return static_cast<std::size_t>(std::max(1.0, std::floor((l.proc_h - 40) / kHostTaskPitch)));
}

namespace {

// Whoever asks is seen: without a row of its own, in the one that stands for all such.
void seat_guest(ShipLayout& l, const ShipModel& model, int row) {
  if (!model.packet || l.seat_of(model.packet->slot) != nullptr) return;
  for (const Container& container : model.containers) {
    if (container.actor.slot != model.packet->slot) continue;
    l.seats.push_back({&container.actor, row});
    l.guest = true;
    --l.more;
  }
}

}  // namespace

void seat_actors(ShipLayout& l, const ShipModel& model, int rows_max) {
  l.seats = {{&model.host, 0}};
  l.more = 0;
  l.guest = false;
  // The last row is kept for "+ n more" when there are too many.
  const bool crowded = places_for(model) + 1 > rows_max;
  int next = 1;
  for (const Container& container : model.containers) {
    const int row = container.actor.row > 0 ? container.actor.row : next;
    if (row >= rows_max - (crowded ? 1 : 0)) {
      ++l.more;
      continue;
    }
    l.seats.push_back({&container.actor, row});
    next = std::max(next, row + 1);
  }
  if (l.more > 0) seat_guest(l, model, rows_max - 1);
}

int places_for(const ShipModel& model) {
  int places = model.capacity;
  int next = 1;
  for (const Container& container : model.containers) {
    const int row = container.actor.row > 0 ? container.actor.row : next;
    next = row + 1;
    places = std::max(places, row);
  }
  return places;
}

void place_outlines(ShipLayout& l, const ShipModel& model) {
  const double x0 = l.in_x + kOutlineX;
  const double room = l.in_x + l.in_w - 10 - x0;
  const int wanted = std::max(places_for(model), 1);
  const int fit = std::clamp(static_cast<int>((room + kOutlineGap) / (kOutlineMinW + kOutlineGap)),
                             1, kPlacesAtMost);
  const int shown = std::min(wanted, fit);
  const double share = (room - kOutlineGap * (shown - 1)) / shown;
  const double width = std::min(share, kOutlineMaxW + std::max(0.0, (room - 728) * 0.4));
  for (int i = 0; i < shown; ++i)
    l.places.push_back({x0 + i * (width + kOutlineGap), l.proc_y + 10, width, l.proc_h - 22});
  // The last place is kept for "+ n more" when there are too many.
  const int named = wanted > fit ? shown - 1 : shown;
  int next = 1;
  for (const Container& container : model.containers) {
    const int row = container.actor.row > 0 ? container.actor.row : next;
    next = row + 1;
    if (row > named) {
      ++l.more_outlines;
      continue;
    }
    OutlineBox outline;
    outline.container = &container;
    outline.box = l.places[static_cast<std::size_t>(row - 1)];
    place_cards(l, outline);
    l.outlines.push_back(outline);
  }
}

void place_host_tasks(ShipLayout& l, const ShipModel& model) {
  const std::size_t room = std::min(model.host_tasks.size(), host_task_room(l));
  std::vector<const Task*> shown;
  for (std::size_t i = 0; i < room; ++i) shown.push_back(&model.host_tasks[i]);
  // Whoever asks, or is meant by a signal, is seen: in the last place if need be.
  for (std::size_t i = room; room > 0 && i < model.host_tasks.size(); ++i) {
    const std::string& id = model.host_tasks[i].id;
    const bool meant =
        (model.packet && model.packet->task == id) || (model.signal && model.signal->task == id);
    if (meant) shown.back() = &model.host_tasks[i];
  }
  double y = l.proc_y + 32;
  for (const Task* task : shown) {
    l.tasks[task->id] = {l.in_x + kHostTaskX, y, kHostTaskW, kHostTaskH};
    y += kHostTaskPitch;
  }
}

// Every place has its gap in the plate, whether or not somebody stands there: a gate does not move
// because another one opens.
std::vector<double> gaps_of_places(const ShipLayout& l, std::set<int> taken) {
  std::vector<double> gaps;
  gaps.reserve(l.places.size());
  for (const Rect& box : l.places) {
    const double foot = box.x + kOutlinePad + std::min(kTaskFootX, box.w / 2 - kOutlinePad);
    gaps.push_back(
        nearest_free_gap(l, foot, {box.x + kGateInside, box.w - 2 * kGateInside}, taken));
  }
  return gaps;
}

int gap_at(const ShipLayout& l, double x) {
  for (int c = 0; c < kColumnCount - 1; ++c) {
    if (std::abs(l.gap_after(static_cast<Column>(c)) - x) < 1) return c;
  }
  return -1;
}

void place_gates(ShipLayout& l, const ShipModel& model) {
  constexpr int kHostGap = static_cast<int>(Column::Cpu);
  const std::vector<double> gaps = gaps_of_places(l, {kHostGap});
  if (model.host.gate) l.gates.push_back({&model.host, l.gap_after(Column::Cpu), measure::kGate});
  for (const OutlineBox& outline : l.outlines) {
    if (!outline.container->actor.gate) continue;
    for (std::size_t i = 0; i < l.places.size(); ++i) {
      if (l.places[i] == outline.box)
        l.gates.push_back({&outline.container->actor, gaps[i], measure::kGate});
    }
  }
  // Who has no outline of its own asks through the gap of the place that stands for all such.
  const Seat* asks = model.packet ? l.seat_of(model.packet->slot) : nullptr;
  if (asks != nullptr && asks->actor->gate && l.gate_of(*asks->actor) == nullptr && !gaps.empty())
    l.gates.push_back({asks->actor, gaps.back(), measure::kGate});
  if (!model.signal) return;
  std::set<int> taken;
  for (const GateBox& gate : l.gates) taken.insert(gap_at(l, gate.x));
  const Rect box = where_seen(l, model.signal->task).value_or(Rect{});
  l.signal_port = nearest_free_gap(l, box.mid_x(), {box.x, box.w}, taken);
}

}  // namespace cutaway::viz
