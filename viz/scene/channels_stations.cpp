// The stations of one container's channels: its name, terminal, client, server, and the log.
#include <algorithm>

#include "viz/scene/channels_ink.h"

namespace cutaway::viz {
namespace {

class StationsPicture {
 public:
  StationsPicture(SceneBuilder& b, const ChannelColumn& c, const ChannelPlaces& p)
      : b_(b), c_(c), p_(p), color_(slot_color(b.theme(), c.slot)) {}

  void draw() {
    draw_head();
    draw_terminal();
    draw_client();
    draw_server();
    draw_log();
  }

 private:
  [[nodiscard]] const Theme& t() const { return b_.theme(); }

  void draw_head() {
    const double x = tag(b_, {p_.head.x, p_.head.y + 6}, c_.slot, {.letter = 18}) + 10;
    const TextStyle name = {.size = type::kLarge, .bold = true, .width_max = p_.head.w * 0.5};
    const double end = b_.text({x, p_.head.y + 22}, c_.id, name);
    const TextStyle flags = {.color = t().text2, .mono = true};
    double after = end;
    const TextStyle said = {.size = type::kSmall, .color = t().text2, .anchor = Anchor::End};
    const double room = p_.head.right() - b_.width(c_.said, said) - 14;
    if (end + 12 + b_.width(c_.flags, flags) < room)
      after = b_.text({end + 12, p_.head.y + 22}, c_.flags, flags);
    else
      b_.note_cut(c_.flags, "", p_.head);
    if (after + 10 < room + 14)
      b_.text({p_.head.right(), p_.head.y + 22}, c_.said, said);
    else
      b_.note_cut(c_.said, "", p_.head);
  }

  void draw_terminal() {
    const Rect& box = p_.terminal;
    const Dash dash = c_.attached ? Dash{} : Dash{5, 4};
    b_.rect(box, measure::kRadiusNode,
            {t().inset, {c_.attached ? t().text2 : t().line2, 1.2, dash}});
    b_.hit("station:terminal", box);
    const auto fit = static_cast<std::size_t>(std::max(0.0, (box.h - 10) / kChannelLine));
    const TextStyle name = {.size = type::kSmall, .color = t().text3, .anchor = Anchor::End};
    const double name_w = b_.width("Terminal", name);
    const std::size_t from = c_.terminal.size() > fit ? c_.terminal.size() - fit : 0;
    double y = box.y + 18;
    for (std::size_t i = from; i < c_.terminal.size(); ++i, y += kChannelLine) {
      const bool typed = c_.terminal[i].rfind("$ ", 0) == 0;
      const bool beside = y + kChannelLine > box.bottom() - 6;  // the name stands at the foot
      b_.text({box.x + 12, y}, c_.terminal[i],
              {.size = type::kSmall,
               .color = typed ? t().text2 : t().text,
               .mono = true,
               .bold = !typed,
               .width_max = box.w - 24 - (beside ? name_w + 10 : 0)});
    }
    b_.text({box.right() - 12, box.bottom() - 9}, "Terminal", name);
  }

  void draw_station(const Rect& box, const char* id, const std::string& name,
                    const std::string& sub, bool there) {
    b_.rect(box, measure::kRadiusNode,
            {there ? t().raised : Color{},
             {there ? t().text2 : t().line2, there ? 1.5 : 1.0, there ? Dash{} : Dash{5, 4}}});
    b_.hit(id, box);
    const double right = box.right() - 12;
    b_.text({right, box.y + 22}, name,
            {.color = there ? t().text : t().text3, .bold = true, .anchor = Anchor::End});
    const TextStyle quiet = {.size = type::kSmall, .color = t().text2, .mono = true};
    if (box.h > 40 && !sub.empty()) {
      TextStyle below = quiet;
      below.anchor = Anchor::End;
      below.width_max = box.w - 24;
      b_.text({right, box.y + 38}, sub, below);
    } else if (!sub.empty() && b_.width(sub, quiet) + 90 < box.w) {
      b_.text({box.x + 12, box.y + 22}, sub, quiet);
    } else {
      b_.note_cut(sub, "", box);
    }
  }

  void draw_client() {
    draw_station(p_.client, "station:client", "Client", c_.attached ? c_.client : "not attached",
                 c_.attached);
  }
  void draw_server() {
    draw_station(p_.server, "station:server", "Server", c_.server, !c_.server.empty());
  }

  // The log: a sheet, each line with its channel.
  void draw_log() {
    const Rect& box = p_.log;
    const double y = p_.server.mid_y();
    const bool lit = c_.move && c_.move->hop == Hop::Log;
    b_.path({{p_.server.right(), y}, {box.x - 3, y}}, {color_, lit ? 3.0 : 1.5, {}},
            {.arrow = 7, .travelled = lit});
    b_.rect(box, measure::kRadiusSlice, {t().inset, {t().text2, 1, {}}});
    b_.text({box.x + 10, box.y + 18}, "json log",
            {.size = type::kSmall, .color = t().text2, .bold = true, .width_max = box.w - 20});
    b_.line({box.x + 10, box.y + 24}, {box.right() - 10, box.y + 24}, {t().line2, 1, {}});
    const auto fit = static_cast<std::size_t>(std::max(0.0, (box.h - 28) / (2 * 16.0)));
    const std::size_t from = c_.log.size() > fit ? c_.log.size() - fit : 0;
    double line = box.y + 40;
    for (std::size_t i = from; i < c_.log.size(); ++i, line += 32) {
      b_.text({box.x + 10, line}, c_.log[i].text,
              {.size = type::kSmall, .mono = true, .width_max = box.w - 18});
      b_.text({box.x + 10, line + 15}, kChannelNames[c_.log[i].channel],
              {.size = type::kSmall, .color = t().text3, .width_max = box.w - 18});
    }
  }

  SceneBuilder& b_;
  const ChannelColumn& c_;
  const ChannelPlaces& p_;
  Color color_;
};

}  // namespace

void draw_channel_stations(SceneBuilder& b, const ChannelColumn& column,
                           const ChannelPlaces& places) {
  StationsPicture(b, column, places).draw();
}

}  // namespace cutaway::viz
