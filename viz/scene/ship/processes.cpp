// The Processes deck: the host's tasks, and the containers' outlines with their tasks inside.
#include <algorithm>

#include "viz/scene/ship/draw.h"
#include "viz/scene/ship/layout_people.h"

namespace cutaway::viz {
namespace {

constexpr double kSideW = 128;     // least room for the notes of a container
constexpr double kCardWords = 84;  // … for a program's name beside its pid
constexpr double kNameLeast = 72;  // … for a container's name beside its state

void draw_host_task(const ShipDraw& d, const Task& task, const Rect& box) {
  const Theme& t = d.t();
  const bool acts = task.mode == TaskMode::Now || task.mode == TaskMode::Victim;
  const auto id = d.b.as(task.id);
  const Color edge = task.mode == TaskMode::Victim ? t.bad : acts ? t.host : t.line2;
  d.b.rect(box, 5,
           {acts ? t.raised : Color{},
            {edge, acts ? 1.5 : 1.0, task.mode == TaskMode::Ended ? Dash{4, 3} : Dash{}}});
  const TextStyle pid = {
      .size = type::kSmall, .color = acts ? t.text2 : t.text3, .mono = true, .anchor = Anchor::End};
  const double room =
      box.w - 18 - (task.pid_on_host.empty() ? 0 : d.b.width(task.pid_on_host, pid) + 6);
  d.b.text(
      {box.x + 9, box.y + 18}, task.comm,
      {.size = type::kSmall, .color = acts ? t.text : t.text2, .mono = true, .width_max = room});
  d.b.text({box.right() - 9, box.y + 18}, task.pid_on_host, pid);
  d.b.hit(task.id, box);
}

void draw_host_tasks(const ShipDraw& d) {
  const auto quiet = d.b.faded(d.strength(kHostSlot));
  const double x = d.l.in_x + kHostTaskX;
  const std::size_t room = host_task_room(d.l);
  const auto& tasks = d.model.host_tasks;
  std::string title = d.words.host_tasks;
  if (tasks.size() > room) title += " + " + std::to_string(tasks.size() - room);
  d.b.text({x, d.l.proc_y + 21}, title, {.size = type::kSmall, .color = d.t().text3});
  for (const Task& task : tasks) {
    const auto place = d.l.tasks.find(task.id);
    if (place != d.l.tasks.end()) draw_host_task(d, task, place->second);
  }
}

// The number here is large where it leaves the words their room; else it stands above them.
void draw_pid_afar(const ShipDraw& d, const Task& task, const Rect& box, Color color) {
  const bool live = task.mode != TaskMode::Ended;
  d.b.text({box.mid_x(), box.mid_y() + 8}, task.pid_here,
           {.color = live ? mix(color, d.t().text, 0.25) : d.t().text3,
            .bold = true,
            .anchor = Anchor::Middle,
            .afar = true});
}

void draw_task_card_words(const ShipDraw& d, const Task& task, const Rect& box, Color color) {
  const Theme& t = d.t();
  const bool live = task.mode != TaskMode::Ended;
  if (d.l.afar) return draw_pid_afar(d, task, box, color);
  const std::string host = task.pid_on_host + " " + d.words.on_the_host;
  TextStyle pid = {
      .size = type::kHuge, .color = live ? mix(color, t.text, 0.25) : t.text3, .bold = true};
  const bool loud = task.mode == TaskMode::Now || task.mode == TaskMode::Victim;
  TextStyle comm = {.color = loud ? t.text : live ? t.text2 : t.text3, .mono = true, .bold = true};
  TextStyle quiet = {.size = type::kSmall, .color = live ? t.text2 : t.text3};
  double left = std::max(d.b.width(task.pid_here, pid) + 24, 40.0);
  const double wanted = std::min(kCardWords, std::max(d.b.width(task.comm, comm), 50.0));
  if (box.w - left - 8 >= wanted) {
    comm.width_max = box.w - left - 8;
    quiet.width_max = box.w - left - 6;
    d.b.text({box.x + 12, box.mid_y() + 10}, task.pid_here, pid);
    d.b.text({box.x + left, box.mid_y() - 7}, task.comm, comm);
    d.b.text({box.x + left, box.mid_y() + 15}, host, quiet);
    return;
  }
  pid.size = type::kLarge;
  pid.width_max = comm.width_max = quiet.width_max = box.w - 14;
  d.b.text({box.x + 8, box.y + 21}, task.pid_here, pid);
  d.b.text({box.x + 8, box.y + 42}, task.comm, comm);
  if (box.h < 70) return d.b.note_cut(host, "");
  d.b.text({box.x + 8, box.y + 61}, host, quiet);
}

void draw_task_card(const ShipDraw& d, const Task& task, const Rect& box, Color color) {
  const Theme& t = d.t();
  const auto id = d.b.as(task.id);
  const bool live = task.mode != TaskMode::Ended;
  const bool loud = task.mode == TaskMode::Now || task.mode == TaskMode::Victim;
  const Color edge = task.mode == TaskMode::Victim ? t.bad : live ? color : t.text3;
  d.b.rect(box, measure::kRadiusTask, {t.deck[1], {}});
  d.b.rect(
      box, measure::kRadiusTask,
      {live ? color.faded(0.16) : Color{}, {edge, loud ? 2.5 : 1.2, live ? Dash{} : Dash{4, 4}}});
  draw_task_card_words(d, task, box, color);
  if (!live) d.b.line({box.x + 8, box.bottom() - 8}, {box.right() - 8, box.y + 8}, {t.bad, 2, {}});
  d.b.hit(task.id, box);
}

void draw_head(const ShipDraw& d, const Container& c, const Rect& box) {
  const Theme& t = d.t();
  const TagSize tag_size = {.letter = 18};
  const double tag_end = tag(d.b, {box.x + 12, box.y + 9}, c.actor.slot, tag_size);
  const TextStyle state = {.size = type::kSmall,
                           .color = c.state_is_bad ? t.bad : t.text2,
                           .bold = c.state_is_bad,
                           .anchor = Anchor::End};
  const double state_w = c.state.empty() ? 0 : d.b.width(c.state, state);
  const double right = box.right() - 12;
  const double left = d.l.afar ? tag_end + 9 : box.x + 20 + tag_width(c.actor.slot, tag_size);
  TextStyle name = {.size = d.l.afar ? type::kMedium : type::kLarge,
                    .color = acts(d, c) ? t.text : t.text2,
                    .bold = true,
                    .width_max = right - 2 - left,
                    .afar = true};
  if (d.l.afar) {
    d.b.text({left, box.y + 24}, c.actor.name, name);
    return;
  }
  // A long name gives way to the state, a narrow outline has its name alone.
  const bool both = d.b.width(c.actor.name, name) + 16 + state_w <= right - left;
  const bool cut = !both && right - left - 16 - state_w >= kNameLeast;
  if (cut) name.width_max = right - left - 16 - state_w;
  const double end = d.b.text({left, box.y + 24}, c.actor.name, name);
  if (!both && !cut) return d.b.note_cut(c.image + ", " + c.state, "");
  d.b.text({right, box.y + 24}, c.state, state);
  const double room = right - state_w - 12 - (end + 10);
  if (room <= 30) return d.b.note_cut(c.image, "");
  d.b.text({end + 10, box.y + 24}, c.image,
           {.size = type::kSmall, .color = t.text2, .mono = true, .width_max = room});
}

// Notes for which there is no room, for whoever points at the container.
void tell_notes(const ShipDraw& d, const Container& c, std::size_t from) {
  for (std::size_t i = from; i < c.notes.size(); ++i) d.b.note_cut(c.notes[i], "");
}

void draw_notes(const ShipDraw& d, const Container& c, const OutlineBox& outline, double right) {
  const double x = outline.side_x + 2;
  std::size_t drawn = 0;
  double y = outline.box.y + 60;
  const bool room = right - x >= kSideW;
  for (; room && drawn < c.notes.size() && y < outline.box.bottom() - 4; ++drawn) {
    d.b.text({x, y}, c.notes[drawn],
             {.size = type::kSmall,
              .color = drawn == 0 ? d.t().text2 : d.t().text3,
              .width_max = right - x});
    y += 19;
  }
  tell_notes(d, c, drawn);
}

void draw_plugs(const ShipDraw& d, const Container& c, double x, const Rect& box) {
  const Theme& t = d.t();
  const double pitch = std::min(24.0, (box.h - 46) / 3);
  double y = box.y + 34 + pitch;
  for (const Plug& p : c.plugs) {
    if (y > box.bottom() - 10) return;
    const std::string name = "fd:" + c.actor.id + "/" + std::to_string(p.fd);
    const auto id = d.b.as(name);
    d.b.hit(name, {x - 2, y - pitch / 2, box.right() - 6 - x, pitch});
    plug(d.b, {x + 9, y}, p.fd, t.text3, false);
    d.b.text({x + 26, y + 4.8}, p.name, {.size = type::kSmall, .color = t.text2});
    d.b.text({x + 74, y + 4.8}, p.to,
             {.size = type::kSmall, .color = t.text3, .width_max = box.right() - 8 - (x + 74)});
    y += pitch;
  }
}

void draw_more_cards(const ShipDraw& d, const OutlineBox& outline) {
  const std::vector<Task>& tasks = outline.container->tasks;
  const std::size_t hidden = tasks.size() - outline.cards;
  if (hidden == 0) return;
  std::string whole;
  for (std::size_t i = outline.cards; i < tasks.size(); ++i)
    whole += (whole.empty() ? "" : "\n") + tasks[i].pid_here + " " + tasks[i].comm;
  const Rect box = more_cards_box(outline);
  d.b.text({box.x + 2, box.mid_y() + 5}, "+" + std::to_string(hidden),
           {.color = d.t().text2, .bold = true, .whole = whole});
}

void draw_outline(const ShipDraw& d, const OutlineBox& outline) {
  const Container& c = *outline.container;
  const Color color = d.color(c.actor.slot);
  const auto quiet = d.b.faded(d.strength(c.actor.slot));
  const auto id = d.b.as("container:" + c.actor.id);
  const Rect& box = outline.box;
  d.b.rect(box, measure::kRadiusContainer,
           {color.faded(0.07), {color, measure::kOutline, c.solid ? Dash{} : Dash{6, 5}}});
  d.b.hit("container:" + c.actor.id, box);
  draw_head(d, c, box);
  for (std::size_t i = 0; i < outline.cards; ++i)
    draw_task_card(d, c.tasks[i], d.l.tasks.at(c.tasks[i].id), color);
  draw_more_cards(d, outline);
  const double side = outline.side_x + (c.tasks.size() > outline.cards ? 40 : 0);
  const bool clock = d.model.grace && d.model.grace->slot == c.actor.slot && !d.l.afar;
  if (clock && draw_grace(d, {side + 4, box.y + 34, box.right() - side - 16, box.h - 40}))
    return tell_notes(d, c, 0);
  const double plugs_x = box.right() - kPlugsW - 12;
  const bool plugs = !d.l.afar && !c.plugs.empty() && plugs_x > side + 8;
  if (plugs) draw_plugs(d, c, plugs_x, box);
  if (c.tasks.size() != outline.cards) return tell_notes(d, c, 0);
  draw_notes(d, c, outline, (plugs ? plugs_x : box.right()) - 10);
}

}  // namespace

bool acts(const ShipDraw& d, const Container& c) {
  if (d.model.packet && d.model.packet->slot == c.actor.slot) return true;
  return std::any_of(c.tasks.begin(), c.tasks.end(), [](const Task& task) {
    return task.mode == TaskMode::Now || task.mode == TaskMode::Victim;
  });
}

void draw_processes(const ShipDraw& d) {
  draw_host_tasks(d);
  for (const OutlineBox& outline : d.l.outlines) draw_outline(d, outline);
  if (d.l.more_outlines == 0) return;
  const Rect& box = d.l.places.back();
  d.b.rect(box, measure::kRadiusContainer, {{}, {d.t().text3, 1.2, {6, 5}}});
  d.b.text({box.mid_x(), box.mid_y() + 5},
           "+ " + std::to_string(d.l.more_outlines) + " " + d.words.more,
           {.color = d.t().text2, .bold = true, .anchor = Anchor::Middle});
}

}  // namespace cutaway::viz
