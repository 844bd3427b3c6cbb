// What ImGui tells about the items that it lays out: a test sets `imgui_test_hooks` and learns
// where a button with some label is. Each context must ask for it:
// ImGui::GetCurrentContext()->TestEngineHookItems = true (imgui_internal.h). The app never does,
// and leaves the pointer null.
#pragma once

#include <imgui.h>

struct ImGuiTestHooks {
  void* user = nullptr;
  /// An item has been placed. `id` is 0 for text and other things that nobody can press.
  void (*item_add)(void* user, ImGuiID id, ImVec2 min, ImVec2 max) = nullptr;
  /// Follows for items that have a label; it still carries its "##id" part. Flags:
  /// ImGuiItemStatusFlags_.
  void (*item_info)(void* user, ImGuiID id, const char* label, int flags) = nullptr;
};

extern const ImGuiTestHooks* imgui_test_hooks;
