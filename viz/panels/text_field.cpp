#include "viz/panels/text_field.h"

#include <imgui_stdlib.h>

namespace cutaway::viz {

bool draw_text_field(Pane& pane, const Rect& box, const TextField& field, std::string& text,
                     bool& focus) {
  const Theme& t = pane.theme();
  const Ui& ui = pane.ui();
  pane.ink().rect(box, 5, {t.inset, {t.line, 1, {}}});
  pane.flush();
  const BakedFont& font = ui.atlas.font({type::kSmall, true, false});
  const double line = static_cast<double>(font.line_px()) / ui.scale;
  ImGui::PushFont(font.font);
  ImGui::SetCursorScreenPos(pixels(ui, {box.x + 10, box.y + (box.h - line) / 2}));
  ImGui::SetNextItemWidth(pixels(ui, {box.w - 20, 0}).x);
  if (focus) {
    ImGui::SetWindowFocus();  // else the wish is dropped while another panel has the focus
    ImGui::SetKeyboardFocusHere();
  }
  focus = false;
  const bool entered = ImGui::InputTextWithHint(field.label, field.hint, &text,
                                                ImGuiInputTextFlags_EnterReturnsTrue);
  if (ImGui::IsItemActive()) pane.ink().rect(box.inset(-3), 7, {{}, {t.text, 2, {}}});
  ImGui::PopFont();
  return entered;
}

}  // namespace cutaway::viz
