// What goes between the stations of the large Engine, in order from above; and the greeting's
// sentence cards.
#include <algorithm>
#include <cmath>

#include "viz/scene/ship/large_engine.h"
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

constexpr double kFirstY = 60;  // of a message, from the top of the stations
constexpr double kHubRequestY = 66;
constexpr double kLayersY = 172;
constexpr std::size_t kMessagesMax = 4;

struct MessageLook {
  Color color;
  double width = 1.8;
  Dash dash;
};

MessageLook look_of(const LargeDraw& g, const Message& message) {
  const Theme& t = g.t();
  if (message.step == Step::Ahead) return {t.text3, 1.5, {3, 4}};
  if (message.kind == MessageKind::Refusal) return {t.bad, 1.8, {}};
  if (message.kind == MessageKind::Words) return {t.text2, 1.5, {2, 4}};
  return {message.step == Step::Now ? t.text : t.text2, message.step == Step::Now ? 2.5 : 1.8, {}};
}

void draw_arrow(const LargeDraw& g, Span between, double y, const Message& message,
                const MessageLook& look) {
  // A numbered message begins at its balloon.
  const double from = message.number > 0 && between.w > 100 ? 16 : 4;
  const Point left = {between.x + (message.back ? 5 : from), y};
  const Point right = {between.right() - (message.back ? from : 5), y};
  const std::vector<Point> way =
      message.back ? std::vector<Point>{right, left} : std::vector<Point>{left, right};
  g.d.b.path(way, {look.color, look.width, look.dash}, {.arrow = 7});
}

// A request is a square with its verb, an error a cross with its words.
void draw_label(const LargeDraw& g, Span between, double y, const Message& message,
                const MessageLook& look) {
  const bool sign = message.kind == MessageKind::Request || message.kind == MessageKind::Refusal;
  const TextStyle style = {
      .color = look.color, .mono = true, .bold = true, .width_max = between.w - 24};
  const double w = std::min(g.d.b.width(message.label, style), style.width_max);
  const double x = between.mid() - w / 2 + (sign ? 9 : 0);
  // Above the balloon, where the two would meet.
  const double base = message.number > 0 && w > between.w - 84 ? y - 13 : y - 9;
  g.d.b.text({x, base}, message.label, style);
  if (message.kind == MessageKind::Refusal)
    cross_mark(g.d.b, {x - 14, base - 5}, 5, {look.color, 2.5, {}});
  if (message.kind == MessageKind::Request)
    g.d.b.rect({x - 20, base - 11, 11, 11}, 2, {look.color, {}});
}

void draw_number(const LargeDraw& g, Point at, const Message& message) {
  if (message.number > 0) balloon(g.d.b, at, message.number, message.step == Step::Done);
}

std::vector<const Message*> messages_on(const LargeDraw& g, Link link) {
  std::vector<const Message*> found;
  for (const Message& message : g.engine().messages) {
    if (message.link == link) found.push_back(&message);
  }
  // The newest are told; what came before them is in the list of events.
  if (found.size() > kMessagesMax)
    found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(kMessagesMax));
  return found;
}

void draw_terminal_side(const LargeDraw& g, double last_y) {
  const Span between = {g.l.terminal.right(), g.l.client.x - g.l.terminal.right()};
  for (const Message* message : messages_on(g, Link::TerminalClient)) {
    const auto id = g.d.b.as("message:terminal");
    const double y = message->back ? last_y : g.l.terminal.y + kFirstY;
    const MessageLook look = look_of(g, *message);
    if (y > g.l.terminal.bottom()) {
      // A small terminal hangs above: the answer turns up to it.
      const double x = g.l.terminal.mid_x();
      g.d.b.path({{between.right() - 4, y}, {x, y}, {x, g.l.terminal.bottom() + 5}},
                 {look.color, look.width, look.dash}, {.bend = 10, .arrow = 7});
      continue;
    }
    draw_arrow(g, between, y, *message, look);
    draw_number(g, {between.x + 10, y}, *message);
  }
}

// Answers that a stream of words gives belong to the foot, where the terminal prints them.
double row_y(const LargeDraw& g, std::size_t i, std::size_t count) {
  const double first = g.l.client.y + kFirstY;
  const double last = g.l.client.bottom() - 22;
  const double pitch = count > 1 ? (last - first) / static_cast<double>(count - 1) : 0;
  return first + std::min(pitch, 64.0) * static_cast<double>(i);
}

double draw_server_side(const LargeDraw& g) {
  const Span between = {g.l.client.right(), g.l.server.x - g.l.client.right()};
  const auto messages = messages_on(g, Link::ClientServer);
  double y = g.l.client.y + kFirstY;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const Message& message = *messages[i];
    const auto id = g.d.b.as("message:server/" + std::to_string(i));
    y = row_y(g, i, messages.size());
    const MessageLook look = look_of(g, message);
    draw_arrow(g, between, y, message, look);
    draw_label(g, between, y, message, look);
    draw_number(g, {message.back ? between.right() - 16 : between.x + 18, y}, message);
  }
  return y;
}

// Layers come as bricks on a thick wire; the hub keeps its own.
void draw_layers_in_flight(const LargeDraw& g, Span between, const Message& message) {
  const Theme& t = g.t();
  const double y = g.l.server.y + kLayersY;
  const bool here = message.step != Step::Ahead;
  const Color color = here ? t.text : t.text3;
  g.d.b.path({{between.right() - 3, y}, {between.x + 14, y}},
             {color, here ? 5.0 : 1.5, here ? Dash{} : Dash{3, 4}}, {});
  const double tip = between.x + 4;
  g.d.b.shape({{tip, y, 0}, {tip + 12, y - 7, 0}, {tip + 12, y + 7, 0}}, {color, {}});
  if (message.step == Step::Now) {
    for (int i = 0; i < 2 && between.w > 50 + 28 * i; ++i) {
      const Rect box = {between.right() - 27 - i * 28, y - 11, 24, 22};
      g.d.b.rect(box, 3, {t.panel, {}});
      brick(g.d.b, box, {});
    }
  }
  draw_number(g, {between.right() - 32, y + 30}, message);
}

void draw_hub_side(const LargeDraw& g) {
  const Span between = {g.l.server.right(), g.l.hub.x - g.l.server.right()};
  for (const Message* message : messages_on(g, Link::Hub)) {
    const auto id = g.d.b.as("message:hub");
    if (message->kind == MessageKind::Layers) {
      draw_layers_in_flight(g, between, *message);
      continue;
    }
    const double y = g.l.server.y + (message->back ? kHubRequestY + 34 : kHubRequestY);
    MessageLook look = look_of(g, *message);
    if (message->kind == MessageKind::Request && message->step != Step::Ahead)
      look = {g.t().text, 3, {}};
    draw_arrow(g, between, y, *message, look);
    draw_number(g, {between.mid() - 2, y}, *message);
  }
}

void draw_message_card(const LargeDraw& g, const Rect& box, std::size_t i) {
  const Theme& t = g.t();
  const SayCard& card = g.engine().cards[i];
  const bool ahead = card.step == Step::Ahead;
  const bool now = card.step == Step::Now;
  const auto id = g.d.b.as("say:" + std::to_string(i + 1));
  const Color ink = ahead ? t.text3 : now ? t.text : t.text2;
  g.d.b.rect(box, 8,
             {ahead ? Color{} : t.raised,
              {now     ? t.text
               : ahead ? t.text3
                       : t.text2,
               now ? 2.5 : 1.2, ahead ? Dash{6, 5} : Dash{}}});
  const double end = g.d.b.text({box.x + 14, box.y + 25}, std::to_string(i + 1),
                                {.size = type::kLarge, .color = ink, .bold = true});
  if (card.step == Step::Done) check_mark(g.d.b, {end + 10, box.y + 19}, 1.15, {t.ok, 2.5, {}});
  g.d.b.text(
      {box.right() - 12, box.y + 24}, card.beat,
      {.color = ink, .mono = true, .bold = now, .anchor = Anchor::End, .width_max = box.w - 70});
  const bool low = box.h < 100;
  double y = box.y + (low ? 45 : 48);
  const TextStyle style = {.color = ink};
  for (const std::string& line : wrap_text(g.d.b.metrics(), card.words, style.font(), box.w - 22)) {
    g.d.b.text({box.x + 14, y}, line, style);
    y += low ? 18 : 20;
  }
}

}  // namespace

void draw_large_messages(const LargeDraw& g) {
  const double last_y = draw_server_side(g);
  draw_terminal_side(g, last_y);
  draw_hub_side(g);
}

void draw_large_cards(const LargeDraw& g) {
  const EngineModel& engine = g.engine();
  const double x = g.l.terminal.x;
  const double y = g.l.cards_y;
  const double right = g.l.server.right();
  const double end = g.d.b.text({x, y}, engine.cards_title,
                                {.size = type::kLarge, .bold = true, .width_max = right - x});
  const TextStyle note = {.color = g.t().text2};
  if (g.d.b.width(engine.cards_note, note) <= right - end - 12)
    g.d.b.text({end + 12, y}, engine.cards_note, note);
  const auto n = static_cast<double>(engine.cards.size());
  const double w = (right - x - 12 * (n - 1)) / n;
  const double h = std::min(102.0, g.l.engine.bottom() - 14 - (y + 14));
  for (std::size_t i = 0; i < engine.cards.size(); ++i) {
    draw_message_card(g, {x + static_cast<double>(i) * (w + 12), y + 14, w, h}, i);
  }
}

}  // namespace cutaway::viz
