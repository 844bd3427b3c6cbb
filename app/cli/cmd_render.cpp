// cutaway render: the picture of one moment, or a film of many, without a window.
#include <utility>

#include "app/cli/input.h"
#include "app/cli/moment_file.h"
#include "app/cli/options.h"
#include "app/cli/picture.h"
#include "app/cli/progress.h"
#include "app/cli/when.h"
#include "app/export/still.h"
#include "app/export/video.h"
#include "app/lesson/lesson_picture.h"
#include "base/os/files.h"
#include "base/text.h"

namespace cutaway::app {

namespace {

struct RenderOptions {
  InputOptions input;
  WhenOptions when;
  StyleOptions style;
  std::string out, size = "1600x900";
  std::string video, from, to;
  LessonShot lesson;
  double seconds = 0;
  int fps = 0;
};

void add_render_options(CLI::App& options, RenderOptions& asked) {
  add_input_options(options, asked.input);
  add_when_options(options, asked.when);
  options.add_option("-o,--output", asked.out,
                     "x.png, x.svg, or x.moment.json, which opens it again");
  options.add_option("--size", asked.size, "WIDTHxHEIGHT in pixels");
  add_style_options(options, asked.style);
  CLI::Option* lesson = options.add_option("--lesson", asked.lesson.which,
                                           "a page of this lesson: number, id, folder");
  options
      .add_option("--page", asked.lesson.page, "its number, \"step.ID\", \"exercise.ID\", \"list\"")
      ->needs(lesson);
  options.add_option("--lang", asked.lesson.language, "of the lesson: en, de, …")->needs(lesson);
  CLI::Option* video = options.add_option("--video", asked.video, "x.mp4 or x.gif, step by step");
  options.add_option("--from", asked.from, "of a video: where it begins (the story's beginning)")
      ->needs(video);
  options.add_option("--to", asked.to, "of a video: where it ends (last)")->needs(video);
  options.add_option("--seconds", asked.seconds, "of a video: its length (as the app would play)")
      ->needs(video)
      ->check(CLI::Range(0.1, 3600.0));
  options.add_option("--fps", asked.fps, "of a video: frames a second (30, of a gif 15)")
      ->needs(video)
      ->check(CLI::Range(1, 120));
}

Result<viz::WindowShot> shot_of(const RenderOptions& asked) {
  viz::WindowShot shot;
  TRY(read_size(asked.size, shot.width, shot.height));
  read_step_size(asked.style.step, shot.size);
  shot.theme = viz::theme_choice(asked.style.theme);
  shot.presenter = asked.style.presenter;
  return shot;
}

Status check_names(const RenderOptions& asked) {
  if (!asked.video.empty() && !asked.out.empty())
    return fail(ErrorCode::Usage, "give either -o or --video, not both");
  if (!asked.video.empty() && !is_video(asked.video))
    return fail(ErrorCode::Usage,
                "--video '" + asked.video + "': a file .mp4 or .gif was expected");
  const bool picture =
      ends_with(asked.out, ".png") || ends_with(asked.out, ".svg") || is_moment_file(asked.out);
  if (picture || !asked.video.empty()) return {};
  return fail(ErrorCode::Usage,
              (asked.out.empty() ? std::string("-o is missing") : "-o '" + asked.out + "'") +
                  ": a file .png or .svg was expected",
              "cutaway render run-echo -o picture.png");
}

Result<viz::FilmWish> wish_of(const RenderOptions& asked, viz::WindowShot shot,
                              const Trace& trace) {
  viz::FilmWish wish;
  wish.shot = std::move(shot);
  wish.from = viz::StepIndex(trace).beginning();
  wish.to = trace.size();
  if (!asked.from.empty()) {
    TRY_ASSIGN(wish.from, position(asked.from, trace, "--from"));
  }
  if (!asked.to.empty()) {
    TRY_ASSIGN(wish.to, position(asked.to, trace, "--to"));
  }
  if (wish.from > wish.to)
    return fail(ErrorCode::Usage, "--from " + asked.from + " --to " + asked.to +
                                      ": the end of a video comes after its beginning");
  wish.pace = {asked.fps > 0 ? asked.fps : usual_fps(asked.video), asked.seconds};
  return wish;
}

/// The exit status.
Result<int> render_video(const RenderOptions& asked, const viz::WindowShot& shot,
                         const Trace& trace, const viz::PictureSource& pictures) {
  TRY_ASSIGN(viz::FilmWish wish, wish_of(asked, shot, trace));
  TRY_ASSIGN(wish.shot.look, look_at(asked.style.look, trace, wish.from));
  Progress progress(asked.video);
  note_interrupts();
  const auto tell = [&progress](std::size_t done, std::size_t all) {
    progress.tell(done, all);
    return !interrupted();
  };
  TRY_ASSIGN(const bool whole, write_video(trace, wish, pictures, asked.video, tell));
  return whole ? 0 : kInterrupted;
}

Status render_moment(const RenderOptions& asked, viz::WindowShot shot, const Run& run,
                     const viz::PictureSource& pictures) {
  const Trace& trace = run.trace();
  TRY_ASSIGN(shot.position, moment_of(asked.when, run));
  TRY_ASSIGN(shot.look, look_at(asked.style.look, trace, shot.position));
  TRY(viz::check_shot(trace, shot, pictures));
  if (is_moment_file(asked.out)) {
    TRY_ASSIGN(spec::SavedMoment moment, save_moment(run, shot.position, asked.style));
    return write_moment(asked.out, std::move(moment));
  }
  if (ends_with(asked.out, ".png"))
    return os::write_file(asked.out, viz::window_png(trace, shot, pictures));
  const bool ship = shot.look.view == viz::View::Ship && shot.look.near == viz::Nearness::Deck;
  if (!ship) return fail(ErrorCode::NotYet, "an SVG of anything but the ship (a .png shows it)");
  return os::write_file(asked.out, picture_svg(trace, shot, pictures));
}

Status render_lesson(const RenderOptions& asked, const viz::WindowShot& shot) {
  if (!ends_with(asked.out, ".png"))
    return fail(ErrorCode::NotYet, "a lesson as anything but a .png");
  LessonShot lesson = asked.lesson;
  lesson.window = shot;
  TRY_ASSIGN(const std::string bytes, lesson_png(lesson));
  return os::write_file(asked.out, bytes);
}

Result<int> render(RenderOptions& asked, const Invocation& invocation) {
  TRY(check_names(asked));
  viz::WindowShot sized;
  TRY(read_size(asked.size, sized.width, sized.height));
  if (!asked.lesson.which.empty()) {
    TRY_ASSIGN(const viz::WindowShot window, shot_of(asked));
    TRY(render_lesson(asked, window));
    return 0;
  }
  TRY_ASSIGN(const Run run, load(asked.input, invocation));
  settle_style(asked.style, run);
  TRY_ASSIGN(const viz::WindowShot shot, shot_of(asked));
  const viz::PictureSource pictures = viz::world_pictures(greeting_cards(run.trace()));
  if (!asked.video.empty()) return render_video(asked, shot, run.trace(), pictures);
  TRY(render_moment(asked, shot, run, pictures));
  return 0;
}

}  // namespace

int cmd_render(const Invocation& invocation) {
  RenderOptions asked;
  CLI::App options(
      "Draws one moment into a file, without a window: the whole window as .png, picture and "
      "sentence as .svg; or a film of a stretch, as .mp4 or .gif. INPUT may be a .moment.json.",
      "cutaway render");
  add_render_options(options, asked);
  if (const auto done = parse_options(options, invocation)) return *done;
  const Result<int> status = render(asked, invocation);
  return status ? *status : report(status.error());
}

}  // namespace cutaway::app
