#include "viz/panels/export_overlay.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace cutaway::viz {
namespace {

constexpr double kExportWidth = 640;
constexpr double kExportHeight = 298;
constexpr double kExportPad = 24;
constexpr double kExportGap = 12;
constexpr double kExportButton = 58;  // height
constexpr double kSegment = 26;

struct FormRow {
  ExportForm form;
  Action key;
  const char* cap;
  const char* name;
  const char* what;
};
constexpr std::array<FormRow, 6> kForms = {{
    {ExportForm::Png, Action::SizeCommand, "1", "PNG", "the whole window"},
    {ExportForm::Svg, Action::SizeBeat, "2", "SVG", "ship and sentence"},
    {ExportForm::Moment, Action::SizeEngineStep, "3", "Moment", "a file that reopens it"},
    {ExportForm::Line, Action::CopyMoment, "m", "Line", "the same, to paste"},
    {ExportForm::Mp4, Action::SizeSyscall, "4", "MP4", "a video"},
    {ExportForm::Gif, Action::SizeEffect, "5", "GIF", "for a page or a slide"},
}};

constexpr std::array<const char*, 3> kRanges = {"whole story", "this command", "this beat"};

void draw_cap(SceneBuilder& b, Point at, const char* name) {
  b.rect({at.x, at.y, 22, 22}, 4, {b.theme().inset, {b.theme().line2, 1, {}}});
  b.text({at.x + 11, at.y + 16}, name,
         {.size = type::kSmall, .mono = true, .bold = true, .anchor = Anchor::Middle});
}

bool draw_form(Pane& pane, const Rect& box, const FormRow& row, bool works) {
  const Theme& t = pane.theme();
  const Press press = pane.press(row.name, box);
  const bool lit = press.hovered && works;
  pane.ink().rect(box, 6, {lit ? t.inset : Color{}, {lit ? t.line2 : t.line, 1, {}}});
  draw_cap(pane.ink(), {box.x + 10, box.y + 9}, row.cap);
  pane.ink().text({box.x + 40, box.y + 25}, row.name,
                  {.size = type::kMedium, .color = works ? t.text : t.text3, .bold = true});
  pane.ink().text({box.x + 10, box.y + 48}, row.what,
                  {.size = type::kSmall, .color = t.text2, .width_max = box.w - 16});
  return press.clicked && works;
}

void draw_ranges(Pane& pane, Point at, double width, ExportRange& range) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  b.rect({at.x, at.y, width, kSegment}, 6, {t.inset, {t.line2, 1, {}}});
  for (std::size_t i = 0; i < kRanges.size(); ++i) {
    const double part = width / static_cast<double>(kRanges.size());
    const Rect box = {at.x + part * static_cast<double>(i) + 2, at.y + 2, part - 4, kSegment - 4};
    const Press press = pane.press(kRanges[i], box, "← →");
    const bool on = static_cast<std::size_t>(range) == i;
    if (on || press.hovered) b.rect(box, 5, {on ? t.text : t.raised, {}});
    b.text({box.mid_x(), box.y + 15.5}, kRanges[i],
           {.size = type::kSmall,
            .color = on ? t.bg : button_text(t, press, false),
            .bold = on,
            .anchor = Anchor::Middle});
    if (press.clicked) range = static_cast<ExportRange>(i);
  }
}

/// "events 412 to 690".
std::string stretch_words(const Player& player, ExportRange range) {
  const Stretch at = export_stretch(player, range);
  return "events " + decimal(static_cast<std::int64_t>(at.from)) + " to " +
         decimal(static_cast<std::int64_t>(at.to));
}

void choose_form(WindowState& state, ExportForm form) {
  if (form == ExportForm::Line)
    copy_moment(state);
  else
    ask_export(state.saving, state.player, form);
}

void draw_forms(Pane& pane, const Rect& card, double top, bool films, WindowState& state) {
  const auto count =
      static_cast<double>(std::count_if(kForms.begin(), kForms.end(), [films](const FormRow& row) {
        return is_film(row.form) == films;
      }));
  const double width = (card.w - 2 * kExportPad - (count - 1) * kExportGap) / count;
  double x = card.x + kExportPad;
  for (const FormRow& row : kForms) {
    if (is_film(row.form) != films) continue;
    const bool works = !films || !state.saving.job;
    if (draw_form(pane, {x, top, width, kExportButton}, row, works)) choose_form(state, row.form);
    x += width + kExportGap;
  }
}

struct Pill {
  Rect box;
  double text_x = 0;
};

Pill draw_pill(Pane& pane, const Rect& picture, const std::string& words, double more) {
  const Theme& t = pane.theme();
  const double room = picture.w - 60 - more;
  const double width =
      std::min(pane.ink().width(words, {.size = type::kSmall, .mono = true}), room);
  const double whole = width + 32 + more;
  const Rect box = {picture.mid_x() - whole / 2, picture.y + 10, whole, 34};
  pane.ink().rect(box, 17, {t.raised, {t.line2, 1, {}}});
  pane.ink().text({box.x + 16, box.y + 22}, words,
                  {.size = type::kSmall, .color = t.text, .mono = true, .width_max = room});
  return {box, box.x + 16 + width};
}

void draw_job(Pane& pane, const Rect& picture, ExportState& saving) {
  constexpr double kMore = 90;
  const ExportJob& job = *saving.job;
  const std::size_t percent = job.all == 0 ? 0 : job.done * 100 / job.all;
  const std::string words =
      "writing " + job.file + "  " + decimal(static_cast<std::int64_t>(percent)) + " %";
  const Pill pill = draw_pill(pane, picture, words, kMore);
  const Rect button = {pill.box.right() - 82, pill.box.y + 4, 76, 26};
  const Press press = pane.press("Cancel export", button, "Stop; nothing is left behind");
  const Theme& t = pane.theme();
  pane.ink().rect(button, 13, {press.hovered ? t.inset : Color{}, {t.line2, 1, {}}});
  pane.ink().text(
      {button.mid_x(), button.y + 17.5}, saving.cancel ? "stopping" : "Cancel",
      {.size = type::kSmall, .color = button_text(t, press, false), .anchor = Anchor::Middle});
  const double done = pill.box.w * static_cast<double>(percent) / 100;
  pane.ink().rect({pill.box.x + 17, pill.box.bottom() - 3, std::max(0.0, done - 34), 2}, 1,
                  {t.text2, {}});
  saving.cancel = saving.cancel || press.clicked;
}

}  // namespace

void draw_export_overlay(const Ui& ui, const Rect& picture, WindowState& state) {
  if (!state.saving.open) return;
  const Rect card = {picture.mid_x() - kExportWidth / 2, picture.y + 56, kExportWidth,
                     kExportHeight};
  Pane pane(ui, "Export", card, {});
  SceneBuilder& b = pane.ink();
  const Theme& t = ui.theme;
  b.rect(card, 10, {t.panel, {t.line2, 1, {}}});
  const double x = card.x + kExportPad;
  b.text({x, card.y + 34}, "Save this moment", {.size = type::kLarge, .bold = true});
  b.text({card.right() - kExportPad, card.y + 34}, "Esc closes this",
         {.size = type::kSmall, .color = t.text3, .anchor = Anchor::End});
  draw_forms(pane, card, card.y + 50, false, state);
  b.text({x, card.y + 142}, "Save a film", {.size = type::kLarge, .bold = true});
  b.text({card.right() - kExportPad, card.y + 142}, stretch_words(state.player, state.saving.range),
         {.size = type::kSmall, .color = t.text3, .mono = true, .anchor = Anchor::End});
  draw_ranges(pane, {x, card.y + 156}, card.w - 2 * kExportPad, state.saving.range);
  draw_forms(pane, card, card.y + 194, true, state);
  b.text({x, card.y + 278}, "into the folder that cutaway was started in",
         {.size = type::kSmall, .color = t.text3});
}

void draw_notice(const Ui& ui, const Rect& picture, WindowState& state) {
  if (!state.saving.job && !state.notice.shown()) return;
  Pane pane(ui, "Notice", {picture.x, picture.y + 8, picture.w, 38}, {});
  if (state.notice.shown())
    draw_pill(pane, picture, state.notice.words, 0);
  else
    draw_job(pane, picture, state.saving);
}

bool apply_export_action(WindowState& state, Action action) {
  ExportState& saving = state.saving;
  if (!saving.open) return false;
  for (const FormRow& row : kForms) {
    if (row.key != action) continue;
    choose_form(state, row.form);
    return true;
  }
  if (action != Action::Forward && action != Action::Back) return false;
  saving.range = next_range(saving.range, action == Action::Forward ? 1 : -1);
  return true;
}

}  // namespace cutaway::viz
