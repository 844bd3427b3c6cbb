// cutaway render: the picture of one moment, without a window.
#include "app/cli/input.h"
#include "app/cli/look_options.h"
#include "app/cli/options.h"
#include "app/cli/picture.h"
#include "base/os/files.h"
#include "base/text.h"
#include "viz/picture.h"
#include "viz/window.h"

namespace cutaway::app {

namespace {

struct RenderOptions {
  InputOptions input;
  LookOptions looks;
  std::string at = "last", out, size = "1600x900", theme = "dark", step = "syscall", video;
  bool presenter = false;
};

// Picture and sentence as text that scales; the panels around them are the window's.
std::string picture_svg(const Trace& trace, const viz::WindowShot& shot,
                        const viz::PictureSource& pictures) {
  const viz::SceneStyle style{viz::theme_of(shot.theme), viz::FontMetrics::bundled()};
  const viz::WindowLayout layout =
      viz::window_layout(shot.width, shot.height, {false, false, shot.presenter});
  const World world = trace.world_at(shot.position);
  viz::Moment moment;
  moment.position = shot.position;
  moment.focus = shot.position == 0 ? kNoEvent : static_cast<EventIndex>(shot.position - 1);
  moment.size = shot.size;
  std::vector<viz::Scene> scenes;
  scenes.push_back(viz::ship_scene(
      pictures.ship(trace, world, moment, {shot.presenter, viz::Berths(trace).count()}), style,
      layout.picture));
  scenes.push_back(
      viz::caption_scene(pictures.caption(trace, world, moment), style, layout.caption,
                         {layout.sentence_size, layout.part_size, layout.sentence_lines}));
  return viz::svg(scenes, shot.width, shot.height);
}

}  // namespace

int cmd_render(const Invocation& invocation) {
  RenderOptions asked;
  CLI::App options(
      "Draws one moment into a file, without a window: the whole window as .png, picture and "
      "sentence as .svg.",
      "cutaway render");
  add_input_options(options, asked.input);
  options.add_option("--at", asked.at, "how many events have happened, or last");
  options.add_option("-o,--output", asked.out, "x.png or x.svg");
  options.add_option("--size", asked.size, "WIDTHxHEIGHT in pixels");
  options.add_option("--theme", asked.theme, "dark, light or projector")
      ->check(CLI::IsMember({"dark", "light", "projector"}));
  options.add_option("--step", asked.step,
                     "what the sentence is about: command, beat, step, syscall or effect");
  add_look_options(options, asked.looks);
  options.add_flag("--presenter", asked.presenter, "large, without panels");
  options.add_option("--video", asked.video, "x.mp4 or x.gif");
  if (const auto done = parse_options(options, invocation)) return *done;

  if (!asked.video.empty()) return report({ErrorCode::NotYet, "cutaway render --video", {}});
  viz::WindowShot shot;
  const Status sized = read_size(asked.size, shot.width, shot.height);
  if (!sized) return report(sized.error());
  if (!read_step_size(asked.step, shot.size))
    return report({ErrorCode::Usage,
                   "--step " + asked.step + ": command, beat, step, syscall or effect was expected",
                   {}});
  const bool png = ends_with(asked.out, ".png");
  if (!png && !ends_with(asked.out, ".svg"))
    return report({ErrorCode::Usage,
                   (asked.out.empty() ? std::string("-o is missing") : "-o '" + asked.out + "'") +
                       ": a file .png or .svg was expected",
                   "cutaway render run-echo -o picture.png"});
  const auto run = load(asked.input, invocation);
  if (!run) return report(run.error());
  const auto n = position(asked.at, run->trace());
  if (!n) return report(n.error());
  shot.position = *n;
  const auto look = look_at(asked.looks, run->trace(), *n);
  if (!look) return report(look.error());
  shot.look = *look;
  shot.theme = viz::theme_choice(asked.theme);
  shot.presenter = asked.presenter;
  const viz::PictureSource pictures = viz::world_pictures(greeting_cards(run->trace()));
  const Status written =
      os::write_file(asked.out, png ? viz::window_png(run->trace(), shot, pictures)
                                    : picture_svg(run->trace(), shot, pictures));
  return written ? 0 : report(written.error());
}

}  // namespace cutaway::app
