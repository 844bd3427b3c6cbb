#include "viz/text/explain_look.h"

#include "viz/scene/channels_from_world.h"
#include "viz/scene/closeup_from_world.h"
#include "viz/scene/layers_from_world.h"
#include "viz/scene/lens_from_world.h"
#include "viz/scene/matrix_from_world.h"
#include "viz/scene/ship_from_world.h"
#include "viz/scene/tree_from_world.h"
#include "viz/text/closeup_words.h"
#include "viz/text/explain.h"
#include "viz/text/people.h"
#include "viz/text/view_words.h"

namespace cutaway::viz {
namespace {

void tell_sentence(const Caption& caption, TextLines& lines) {
  lines.add({{caption.what, Ink::Strong}, {caption.why, Ink::Plain}});
}

/// Who is named; nobody named: who has just acted, else the newest container.
Result<Sight> sight_at(const World& world, const std::optional<Happening>& now, const Look& look) {
  if (!look.of.empty()) return sight_named(world, look.of);
  Sight sight;
  const cutaway::Task* task = now ? world.tasks.find(now->caller) : nullptr;
  const cutaway::Container* home = task == nullptr ? nullptr : home_of(world, *task);
  const auto containers = containers_by_slot(world);
  if (home == nullptr && task == nullptr && !containers.empty()) home = containers.back();
  if (home != nullptr) {
    sight.container = true;
    sight.slot = home->slot;
  }
  if (task != nullptr) sight.task = task->id;
  return sight;
}

PictureOptions later(const Look& look) {
  PictureOptions options;
  options.later_ns = look.later_ns;
  return options;
}

Status tell_lenses(const World& world, int slot, const Look& look, TextLines& lines) {
  Sight beside;
  if (!look.beside.empty()) {
    TRY_ASSIGN(beside, sight_named(world, look.beside));
  }
  const cutaway::Task* left = lens_eye(world, slot);
  const cutaway::Task* right = lens_eye(world, beside.slot);
  if (left == nullptr || right == nullptr) {
    return fail(ErrorCode::Failed, "nobody is alive in there, so nobody looks out",
                "choose another moment with --at");
  }
  tell_sentence(lens_caption(world, *left), lines);
  tell_lens(lens_of(world, *left), lens_of(world, *right), lines);
  return {};
}

Status tell_close(const Trace& trace, const World& world, std::size_t position, const Look& look,
                  const Sight& sight, TextLines& lines) {
  const auto now = happening_at(trace, position);
  Closeup closeup;
  const cutaway::Task* task = world.tasks.find(sight.task);
  if (look.near == Nearness::Syscall && now) closeup.syscall = syscall_closeup(world, *now);
  if (look.near == Nearness::Process && task != nullptr)
    closeup.process = process_closeup(world, *task);
  if (look.near == Nearness::Container)
    closeup.container = container_closeup(world, ship_model(trace, world, position), sight.slot);
  if (closeup.empty()) return fail(nothing_so_near());
  tell_closeup(closeup, lines);
  return {};
}

}  // namespace

Result<std::string> explain_look(const Trace& trace, std::size_t position, const Look& look,
                                 int columns) {
  if (look.view == View::Ship && look.near <= Nearness::Deck)
    return explain(trace, position, columns, later(look));
  const World world = trace.world_at(position);
  const auto now = happening_at(trace, position);
  TextLines lines(columns);
  TRY_ASSIGN(const Sight sight, sight_at(world, now, look));
  if (look.view == View::Lens) {
    TRY(tell_lenses(world, sight.slot, look, lines));
  } else if (look.view == View::Matrix) {
    const Matrix matrix = matrix_of(world);
    tell_sentence(matrix_caption(matrix), lines);
    tell_matrix(matrix, lines);
  } else if (look.view == View::Channels) {
    const Channels channels = channels_of(trace, world, position);
    tell_sentence(channels_caption(channels), lines);
    tell_channels(channels, lines);
  } else if (look.view == View::Layers) {
    const Layers layers = layers_of(trace, world, position);
    tell_sentence(layers_caption(layers), lines);
    tell_layers(layers, lines);
  } else if (look.view == View::Tree) {
    const ProcessTree tree = tree_of(world, now ? now->caller : TaskId());
    tell_sentence(tree_caption(tree), lines);
    tell_tree(tree, lines);
  } else {
    TRY(tell_close(trace, world, position, look, sight, lines));
  }
  return lines.take();
}

}  // namespace cutaway::viz
