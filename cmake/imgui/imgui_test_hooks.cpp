// The four functions that an ImGui with IMGUI_ENABLE_TEST_ENGINE calls. They must be in the same
// library: every program that links it needs them.
#include "imgui_test_hooks.h"

#include <imgui_internal.h>

const ImGuiTestHooks* imgui_test_hooks = nullptr;

void ImGuiTestEngineHook_ItemAdd(ImGuiContext*, ImGuiID id, const ImRect& box,
                                 const ImGuiLastItemData*) {
  if (imgui_test_hooks && imgui_test_hooks->item_add)
    imgui_test_hooks->item_add(imgui_test_hooks->user, id, box.Min, box.Max);
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID id, const char* label,
                                  ImGuiItemStatusFlags flags) {
  if (imgui_test_hooks && imgui_test_hooks->item_info)
    imgui_test_hooks->item_info(imgui_test_hooks->user, id, label, flags);
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }
