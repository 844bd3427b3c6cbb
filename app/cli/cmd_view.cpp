// cutaway view: the app.
#include "app/cli/input.h"
#include "app/cli/lesson_files.h"
#include "app/cli/live_options.h"
#include "app/cli/moment_file.h"
#include "app/cli/options.h"
#include "app/cli/other_future.h"
#include "app/cli/picture.h"
#include "app/cli/when.h"
#include "app/export/desk.h"
#include "app/gui/gui.h"
#include "app/lesson/window_lessons.h"
#include "app/live/view_live.h"

namespace cutaway::app {

namespace {

void take_style(GuiOptions& gui, const StyleOptions& style) {
  read_step_size(style.step, gui.size);
  if (!style.theme.empty()) gui.theme = viz::theme_choice(style.theme);
  gui.presenter = style.presenter;
  const LookOptions& look = style.look;
  gui.looks = !(look.view.empty() && look.near.empty() && look.of.empty() && look.beside.empty());
}

/// Whom to look at can be said of a moment only.
Result<viz::Look> look_of(const StyleOptions& style, const GuiOptions& gui, const Trace& trace) {
  if (!gui.position && !(style.look.of.empty() && style.look.beside.empty()))
    return fail(ErrorCode::Usage, "--of and --beside need --at: who is there, changes");
  return look_at(style.look, trace, gui.position.value_or(0));
}

struct LessonWish {
  std::string which, learner, hand_in;
};

struct ViewWish {
  WhenOptions when;
  StyleOptions style;
  GuiOptions gui;
  LessonWish lesson;
};

void add_lesson_options(CLI::App& options, GuiOptions& gui, LessonWish& lesson) {
  CLI::Option* which =
      options.add_option("--lesson", lesson.which, "play this lesson: its number, id or folder");
  options.add_flag("--lessons", gui.list_lessons, "begin with the list of all lessons (L)")
      ->excludes(which);
  options.add_option("--lang", gui.language, "of lessons: en, de, …");
  options.add_option("--learner", lesson.learner, "of lessons: any name; it chooses your own seed");
  options.add_option("--hand-in", lesson.hand_in, "of a lesson: where to write what you have done")
      ->needs(which);
}

/// Better here than in a window that shows something else.
Status check_lesson_wish(const LessonWish& wish, const std::string& language) {
  if (wish.which.empty()) return {};
  TRY_ASSIGN(const lessons::Lesson lesson, load_lesson(wish.which));
  if (lesson.texts.count(language) != 0) return {};
  return fail(ErrorCode::Usage, "lesson " + lesson.id + " has no words in '" + language + "'");
}

Status view_run(const InputOptions& input, ViewWish wish, const Invocation& invocation) {
  TRY_ASSIGN(Run run, load(input, invocation));
  settle_style(wish.style, run);
  take_style(wish.gui, wish.style);
  if (!wish.when.at.empty() || !wish.when.at_first.empty() || run.opened) {
    TRY_ASSIGN(wish.gui.position, moment_of(wish.when, run));
  }
  // What is typed goes on from there.
  if (input.empty && !wish.gui.position) wish.gui.position = run.trace().size();
  TRY_ASSIGN(wish.gui.look, look_of(wish.style, wish.gui, run.trace()));
  wish.gui.origin = run.origin;
  wish.gui.cards = greeting_cards(run.trace());
  OtherFutures futures(input, invocation);
  if (run.side && run.side->kind() == SideKind::Sim) wish.gui.fork = &futures;
  Desk desk(wish.gui.cards);
  wish.gui.exporter = &desk;
  WindowLessons lessons(wish.lesson.learner, wish.lesson.hand_in);
  wish.gui.lessons = &lessons;
  if (!wish.lesson.which.empty()) wish.gui.lesson = wish.lesson.which;
  return run_gui(take_trace(std::move(run)), wish.gui);
}

}  // namespace

int cmd_view(const Invocation& invocation) {
  InputOptions input;
  GuiOptions gui;
  WhenOptions when;
  StyleOptions style;
  LiveChoice live;
  LessonWish lesson;
  CLI::App options(
      "Shows INPUT (default: run-echo) in a window: play, step forwards and backwards, look "
      "around.",
      "cutaway view");
  add_input_options(options, input);
  add_when_options(options, when);
  add_style_options(options, style);
  options.add_flag("--print-position", gui.print_position,
                   "tell on stdout where it is (for tests)");
  options.add_flag("--fresh", gui.fresh,
                   "panels, theme and sizes as usual, not as they were left last time");
  add_live_option(options, live,
                  "watch a real run while it goes on: one that is there (cutaway real --live), or "
                  "INPUT, run now");
  add_break_option(options, live);
  options.add_flag("--empty", input.empty,
                   "instead of INPUT: a machine on which nothing was typed yet; $ types in its "
                   "terminal");
  add_lesson_options(options, gui, lesson);
  if (const auto done = parse_options(options, invocation)) return *done;
  const Status known = check_lesson_wish(lesson, gui.language);
  if (!known) return report(known.error());

  const Status settled = settle_live(options, live, input.what);
  const bool nothing_named = input.what.empty() && input.commands.empty() && !invocation.has_dashes;
  if (input.empty && !(nothing_named && input.side == "sim" && !live.live))
    return report({ErrorCode::Usage, "--empty is a simulation of its own",
                   "leave INPUT, -e, --side and --live away"});
  if (!settled) return report(settled.error());
  if (input.empty && style.step.empty()) style.step = "beat";
  live.state = input.state;
  if (live.live) {
    settle_style(style, {});
    take_style(gui, style);
    return view_live({std::move(input), std::move(live), gui}, invocation);
  }
  if (!live.break_at.empty())
    return report({ErrorCode::Usage, "--break stops a real run", "with --live"});
  if (nothing_named && !input.empty) input.what = "run-echo";
  const Status shown = view_run(
      input, {std::move(when), std::move(style), std::move(gui), std::move(lesson)}, invocation);
  return shown ? 0 : report(shown.error());
}

}  // namespace cutaway::app
