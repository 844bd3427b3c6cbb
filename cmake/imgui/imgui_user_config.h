// How we compile Dear ImGui; it includes this file itself.
#pragma once

// Tells imgui_test_hooks.cpp about every item, so that tests find buttons by label.
#define IMGUI_ENABLE_TEST_ENGINE

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_OBSOLETE_KEYIO

// A long timeline has more than 65536 vertices in one list.
#define ImDrawIdx unsigned int

// Each thread has a context of its own: a film is drawn while the window is (imgui_context.cpp).
struct ImGuiContext;
extern thread_local ImGuiContext* imgui_context_of_this_thread;
#define GImGui imgui_context_of_this_thread
