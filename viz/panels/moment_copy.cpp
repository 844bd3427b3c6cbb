// The present moment as a document, and as a line for the clipboard.
#include "base/text.h"
#include "viz/panels/export_overlay.h"
#include "viz/theme/slots.h"

namespace cutaway::viz {
namespace {

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

Result<spec::SavedMoment> moment_of_window(const WindowState& state) {
  if (!state.origin)
    return fail(ErrorCode::Failed, "a real run cannot be run again as it was",
                "cutaway real --trace x.cut records it");
  const ForkState& fork = state.fork;
  if (fork.shown > 0 && state.player.position() > fork.futures[fork.shown].from)
    return fail(ErrorCode::Failed, "only the first future can be opened again",
                "this one was typed here");
  spec::SavedMoment moment = *state.origin;
  moment.at = static_cast<std::int64_t>(state.player.position());
  moment.events = static_cast<std::int64_t>(state.player.count());
  moment.step = step_size_word(state.player.size());
  moment.theme = std::string(theme_of(state.theme).name);
  moment.presenter = state.presenter;
  say_look(state, moment);
  return moment;
}

void copy_moment(WindowState& state) {
  const Result<spec::SavedMoment> moment = moment_of_window(state);
  if (!moment) return state.notice.say(moment.error().message + ": " + moment.error().hint);
  const std::string line = spec::moment_line(*moment);
  ImGui::SetClipboardText(line.c_str());
  state.notice.say("copied: " + line);
}

}  // namespace cutaway::viz
