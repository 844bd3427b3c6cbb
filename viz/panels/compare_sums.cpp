// The sentence of the step at hand, and how many rows agree.
#include "base/text.h"
#include "spec/words.h"
#include "viz/draw/draw_scene.h"
#include "viz/panels/compare_parts.h"

namespace cutaway::viz {
namespace {

struct SumBox {
  std::string_view sign, words;
  std::int64_t count = 0;
  Color color;
};

void draw_sum(SceneBuilder& b, const Rect& box, const SumBox& sum) {
  const Theme& t = b.theme();
  b.rect(box, 6, {t.panel, {t.line, 1, {}}});
  b.text({box.x + 14, box.y + 38}, sum.sign, {.size = 22, .color = sum.color, .bold = true});
  b.text({box.right() - 14, box.y + 40}, decimal(sum.count),
         {.size = type::kHuge, .bold = true, .anchor = Anchor::End});
  b.text({box.x + 14, box.bottom() - 14}, sum.words, {.size = type::kMedium, .color = t.text2});
}

/// Returns where the boxes begin.
double draw_sums(SceneBuilder& b, const Rect& box, const CompareSums& sums) {
  const Theme& t = b.theme();
  const auto of = [](std::size_t count) { return static_cast<std::int64_t>(count); };
  const SumBox boxes[] = {{"=", "agree", of(sums.agree), t.ok},
                          {"≈", "explained", of(sums.explained), t.limit},
                          {"≠", "unexplained", of(sums.open), t.bad},
                          {"○", "events lost", sums.lost, t.lost}};
  constexpr double kWidth = 128;
  constexpr double kGap = 10;
  double x = box.right() - 4 * kWidth - 3 * kGap;
  const double begin = x;
  for (const SumBox& each : boxes) {
    draw_sum(b, {x, box.y + 12, kWidth, 84}, each);
    x += kWidth + kGap;
  }
  return begin;
}

}  // namespace

Caption compare_caption(const CompareWindowState& state) {
  Caption caption;
  const CompareLine* selected = state.line();
  if (selected == nullptr) {
    caption.what = "There is nothing to compare.";
    return caption;
  }
  const CompareLine& line = *selected;
  const CompareRow& row = state.comparison.rows[line.row];
  const spec::Sentence& step = spec::Words::of()["step." + row.step];
  caption.what = step.what.empty() ? row.step : step.what;
  caption.why = line.difference && !line.why.empty() ? line.why : step.why;
  return caption;
}

namespace {

/// As large as all of it fits; the words beside the sums are never cut off.
Scene sentence_scene(const Caption& caption, const Ui& ui, const Rect& box) {
  constexpr double kPitch = 1.32;  // of a line, in sizes
  constexpr double kEdges = 1.5;   // above the first and below the last
  Scene scene;
  for (const double size :
       {type::kWide, type::kSentence, type::kLarge, type::kMedium, type::kSmall}) {
    const int lines = 1 + static_cast<int>((box.h / size - kEdges) / kPitch);
    scene = caption_scene(caption, {ui.theme, ui.metrics}, box, {size, type::kSmall, lines});
    if (scene.cuts.empty()) break;
  }
  return scene;
}

}  // namespace

void draw_summary(const CompareWindowState& state, const Ui& ui, const Rect& box) {
  Pane pane(ui, "Sums", box, {});
  const double begin = draw_sums(pane.ink(), box, state.list.sums);
  pane.flush();
  const Rect words = {box.x + 4, box.y, begin - box.x - 28, box.h};
  Scene scene = sentence_scene(compare_caption(state), ui, words);
  draw_scene(scene, *ImGui::GetWindowDrawList(), ui.atlas, {{0, 0}, ui.scale});
  if (ui.record != nullptr) ui.record->push_back(std::move(scene));
}

}  // namespace cutaway::viz
