#include "viz/panels/typed_line.h"

#include <imgui_stdlib.h>

#include <utility>

#include "base/text.h"

namespace cutaway::viz {
namespace {

/// Keys that are no letters, and what a terminal sends for them (console_codes(4)).
struct KeyBytes {
  ImGuiKey key;
  const char* bytes;
};
constexpr KeyBytes kKeys[] = {
    {ImGuiKey_Enter, "\r"},         {ImGuiKey_KeypadEnter, "\r"},   {ImGuiKey_Backspace, "\x7f"},
    {ImGuiKey_UpArrow, "\x1b[A"},   {ImGuiKey_DownArrow, "\x1b[B"}, {ImGuiKey_RightArrow, "\x1b[C"},
    {ImGuiKey_LeftArrow, "\x1b[D"}, {ImGuiKey_Home, "\x1b[H"},      {ImGuiKey_End, "\x1b[F"},
    {ImGuiKey_Delete, "\x1b[3~"},
};

/// Ctrl and a letter are one byte.
std::string control_bytes() {
  std::string bytes;
  if (!ImGui::GetIO().KeyCtrl) return bytes;
  for (int letter = 0; letter < 26; ++letter) {
    if (ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_A + letter)))
      bytes += static_cast<char>(letter + 1);
  }
  return bytes;
}

struct Hands {
  TypedLine& line;
  const TerminalMemory& memory;
};

void replace_all(ImGuiInputTextCallbackData& data, const std::string& text) {
  data.DeleteChars(0, data.BufTextLen);
  data.InsertChars(0, text.c_str());
}

/// As in a shell: the lines that were typed before, and back to the one that was begun.
void look_back(ImGuiInputTextCallbackData& data, Hands& hands) {
  const std::vector<std::string> typed = hands.memory.recall().typed;
  TypedLine& line = hands.line;
  const bool earlier = data.EventKey == ImGuiKey_UpArrow;
  if (earlier ? line.back >= typed.size() : line.back == 0) return;
  if (line.back == 0) line.begun.assign(data.Buf, static_cast<std::size_t>(data.BufTextLen));
  line.back = earlier ? line.back + 1 : line.back - 1;
  replace_all(data, line.back == 0 ? line.begun : typed[typed.size() - line.back]);
}

/// One candidate is typed to its end; of several what they have in common.
void complete(ImGuiInputTextCallbackData& data, const Hands& hands) {
  const std::string_view typed(data.Buf, static_cast<std::size_t>(data.CursorPos));
  const std::vector<std::string> found =
      spec::docker_candidates(typed, hands.memory.recall().names);
  if (found.empty()) return;
  const std::size_t begun = typed.size() - (typed.rfind(' ') + 1);
  std::string more = spec::common_beginning(found).substr(begun);
  if (found.size() == 1) more += " ";
  data.InsertChars(data.CursorPos, more.c_str());
}

int line_events(ImGuiInputTextCallbackData* data) {
  Hands& hands = *static_cast<Hands*>(data->UserData);
  if (data->EventFlag == ImGuiInputTextFlags_CallbackHistory) look_back(*data, hands);
  if (data->EventFlag == ImGuiInputTextFlags_CallbackCompletion) complete(*data, hands);
  return 0;
}

int take_letters(ImGuiInputTextCallbackData* data) {
  auto& keys = *static_cast<std::string*>(data->UserData);
  keys.append(data->Buf, static_cast<std::size_t>(data->BufTextLen));
  data->DeleteChars(0, data->BufTextLen);
  return 0;
}

/// A field in the look of the terminal: no frame, the letters of its rows.
class Field {
 public:
  Field(Pane& pane, Point at, double width, TypedLine& line) : line_(line) {
    const Ui& ui = pane.ui();
    pane.flush();
    const BakedFont& font = ui.atlas.font({type::kSmall, true, false});
    ImGui::PushFont(font.font);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(0, 0));
    ImGui::PushStyleColor(ImGuiCol_FrameBg, 0U);
    ImGui::SetCursorScreenPos(pixels(ui, {at.x, at.y - 14}));
    ImGui::SetNextItemWidth(pixels(ui, {width, 0}).x);
    if (line.focus) {
      ImGui::SetWindowFocus();
      ImGui::SetKeyboardFocusHere();
    }
    line.focus = false;
  }
  ~Field() {
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
    ImGui::PopFont();
  }
  Field(const Field&) = delete;
  Field& operator=(const Field&) = delete;

  /// After the field was drawn: does it still have the keyboard?
  void settle(bool entered) {
    if (ImGui::IsItemActive()) line_.active = true;
    if (ImGui::IsItemDeactivated() && !entered) line_.leave();
  }

 private:
  TypedLine& line_;
};

}  // namespace

TerminalTyped draw_typed_line(Pane& pane, Point at, double width, TypedLine& line,
                              const TerminalMemory& memory) {
  Field field(pane, at, width, line);
  Hands hands = {line, memory};
  constexpr auto kFlags = ImGuiInputTextFlags_EnterReturnsTrue |
                          ImGuiInputTextFlags_CallbackHistory |
                          ImGuiInputTextFlags_CallbackCompletion;
  const char* hint = line.active ? "" : "type here ($)";
  const bool entered =
      ImGui::InputTextWithHint("##Terminal line", hint, &line.text, kFlags, line_events, &hands);
  field.settle(entered);
  TerminalTyped typed;
  if (!entered) return typed;
  line.back = 0;
  line.focus = trim(line.text).empty();
  if (line.focus) return typed;
  typed.line = std::exchange(line.text, {});
  line.active = false;
  line.returns = true;
  return typed;
}

TerminalTyped catch_keys(Pane& pane, Point at, TypedLine& line) {
  TerminalTyped typed;
  Field field(pane, at, 8, line);
  std::string nothing;
  ImGui::PushStyleColor(ImGuiCol_Text, 0U);
  constexpr auto kFlags = ImGuiInputTextFlags_EnterReturnsTrue |
                          ImGuiInputTextFlags_CallbackAlways | ImGuiInputTextFlags_AllowTabInput |
                          ImGuiInputTextFlags_NoUndoRedo;
  const bool entered =
      ImGui::InputText("##Terminal keys", &nothing, kFlags, take_letters, &typed.keys);
  ImGui::PopStyleColor();
  const bool active = ImGui::IsItemActive() || entered;
  field.settle(entered);
  line.focus = line.focus || entered;
  if (!active) return typed;
  if (ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(ImGuiKey_RightBracket)) {
    line.leave();
    ImGui::SetWindowFocus(nullptr);
    return typed;
  }
  typed.keys += control_bytes();
  for (const KeyBytes& each : kKeys) {
    if (ImGui::IsKeyPressed(each.key)) typed.keys += each.bytes;
  }
  line.returns = line.returns || !typed.keys.empty();
  return typed;
}

}  // namespace cutaway::viz
