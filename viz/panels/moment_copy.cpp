// The present moment as a document, and as a line for the clipboard.
#include "base/text.h"
#include "viz/panels/export_overlay.h"
#include "viz/theme/slots.h"

namespace cutaway::viz {
namespace {

/// The words of the command line, as documents have them.
constexpr const char* kSteps[kStepSizeCount] = {"command", "beat", "step", "syscall", "effect"};

/// As `--of` and `--beside` name whoever has this slot.
std::string name_of(int slot) { return slot == kHostSlot ? "host" : slot_letter(slot); }

void say_look(const WindowState& state, spec::SavedMoment& moment) {
  const StageState& stage = state.stage;
  if (stage.view != View::Ship) moment.view = view_name(stage.view);
  if (stage.view == View::Lens && stage.left != StageState::kNobody) {
    moment.of = name_of(stage.left);
    moment.beside = name_of(stage.right);
  }
  if (stage.view != View::Ship || state.camera.at() == Nearness::Deck) return;
  moment.near = nearness_name(state.camera.at());
  const cutaway::Task* task = state.player.world().tasks.find(state.camera.task());
  if (state.camera.at() > Nearness::Container && task != nullptr)
    moment.of = decimal(task->pid());
  else if (state.camera.at() > Nearness::Deck)
    moment.of = name_of(state.camera.slot());
}

}  // namespace

spec::SavedMoment moment_of_window(const WindowState& state) {
  spec::SavedMoment moment = state.origin.value_or(spec::SavedMoment());
  moment.at = static_cast<std::int64_t>(state.player.position());
  moment.events = static_cast<std::int64_t>(state.player.count());
  moment.step = kSteps[index_of(state.player.size())];
  moment.theme = std::string(theme_of(state.theme).name);
  moment.presenter = state.presenter;
  say_look(state, moment);
  return moment;
}

void copy_moment(WindowState& state) {
  if (!state.origin) {
    state.notice.say("a real run cannot be run again as it was: record it with --trace");
    return;
  }
  const ForkState& fork = state.fork;
  if (fork.shown > 0 && state.player.position() > fork.futures[fork.shown].from) {
    state.notice.say("a line opens the first future only: this one was typed here");
    return;
  }
  const std::string line = spec::moment_line(moment_of_window(state));
  ImGui::SetClipboardText(line.c_str());
  state.notice.say("copied: " + line);
}

}  // namespace cutaway::viz
