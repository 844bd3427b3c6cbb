// Where ImGui keeps which context is current.
#include <imgui.h>

thread_local ImGuiContext* imgui_context_of_this_thread = nullptr;
