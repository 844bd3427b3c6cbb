// cutaway view: the app.
#include "app/cli/input.h"
#include "app/cli/live_options.h"
#include "app/cli/look_options.h"
#include "app/cli/options.h"
#include "app/cli/other_future.h"
#include "app/cli/picture.h"
#include "app/gui/gui.h"
#include "app/live/view_live.h"

namespace cutaway::app {

int cmd_view(const Invocation& invocation) {
  InputOptions input;
  GuiOptions gui;
  std::string at;
  std::string theme = "dark";
  std::string step = "syscall";
  LiveChoice live;
  LookOptions looks;
  CLI::App options(
      "Shows INPUT (default: run-echo) in a window: play, step forwards and backwards, look "
      "around.",
      "cutaway view");
  add_input_options(options, input);
  options.add_option("--at", at, "where to begin: how many events have happened, or last");
  options.add_option("--theme", theme, "dark, light or projector")
      ->check(CLI::IsMember({"dark", "light", "projector"}));
  options.add_option("--step", step, "command, beat, step, syscall or effect");
  add_look_options(options, looks);
  options.add_flag("--presenter", gui.presenter, "large, without panels");
  options.add_flag("--print-position", gui.print_position,
                   "tell on stdout where it is (for tests)");
  add_live_option(options, live,
                  "watch a real run while it goes on: one that is there (cutaway real --live), or "
                  "INPUT, run now");
  add_break_option(options, live);
  if (const auto done = parse_options(options, invocation)) return *done;

  if (!read_step_size(step, gui.size))
    return report({ErrorCode::Usage,
                   "--step " + step + ": command, beat, step, syscall or effect was expected",
                   {}});
  gui.theme = viz::theme_choice(theme);
  const Status settled = settle_live(options, live, input.what);
  if (!settled) return report(settled.error());
  live.state = input.state;
  if (live.live) return view_live({std::move(input), std::move(live), gui}, invocation);
  if (!live.break_at.empty())
    return report({ErrorCode::Usage, "--break stops a real run", "with --live"});
  const bool nothing_named = input.what.empty() && input.commands.empty() && !invocation.has_dashes;
  if (nothing_named) input.what = "run-echo";
  auto run = load(input, invocation);
  if (!run) return report(run.error());
  if (!at.empty()) {
    const auto n = position(at, run->trace());
    if (!n) return report(n.error());
    gui.position = *n;
  }
  if (!gui.position && !(looks.of.empty() && looks.beside.empty()))
    return report({ErrorCode::Usage, "--of and --beside need --at: who is there, changes", {}});
  const auto look = look_at(looks, run->trace(), gui.position.value_or(0));
  if (!look) return report(look.error());
  gui.look = *look;
  gui.cards = greeting_cards(run->trace());
  OtherFutures futures(input, invocation);
  if (run->side && run->side->kind() == SideKind::Sim) gui.fork = &futures;
  const Status shown = run_gui(take_trace(std::move(*run)), gui);
  return shown ? 0 : report(shown.error());
}

}  // namespace cutaway::app
