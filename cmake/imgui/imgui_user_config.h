// How we compile Dear ImGui; it includes this file itself.
#pragma once

// Tells imgui_test_hooks.cpp about every item, so that tests find buttons by label.
#define IMGUI_ENABLE_TEST_ENGINE

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_OBSOLETE_KEYIO

// A long timeline has more than 65536 vertices in one list.
#define ImDrawIdx unsigned int
