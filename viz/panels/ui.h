// What panels are drawn with: marks in units of the tokens, and places that can be pressed.
//
//   Pane pane(ui, "Terminal", box);
//   pane.ink().text({x, y}, "Terminal", {.bold = true});
//   if (pane.press("Fold", head).clicked) state.open = !state.open;
#pragma once

#include <imgui.h>

#include <optional>
#include <string_view>
#include <vector>

#include "viz/draw/atlas.h"
#include "viz/scene/builder.h"

namespace cutaway::viz {

struct Ui {
  const Theme& theme;
  const FontMetrics& metrics;
  const PictureAtlas& atlas;
  double scale = 1;                      ///< pixels per unit
  std::vector<Scene>* record = nullptr;  ///< tests: all that was drawn in a frame
};

ImVec2 pixels(const Ui& ui, Point at);
ImU32 packed(Color color);
/// Where the pointer is, in units.
Point pointer(const Ui& ui);

/// ImGui's own widgets (text field, tooltip, scroll bar) in our colours and measures.
void apply_style(const Theme& theme, double scale);

/// The window of the whole frame, and its ground; ImGui::End() ends it.
void begin_window(const Ui& ui, const char* name, double width, double height);

struct Press {
  bool hovered = false;
  bool held = false;
  bool clicked = false;
};

enum class Scrolling { None, Vertical };

/// A part of the window. Later panes lie above earlier ones and take the pointer there.
class Pane {
 public:
  Pane(const Ui& ui, const char* name, const Rect& box, Color ground,
       Scrolling scrolling = Scrolling::None);
  ~Pane();
  Pane(const Pane&) = delete;
  Pane& operator=(const Pane&) = delete;

  const Ui& ui() const { return ui_; }
  const Theme& theme() const { return ui_.theme; }
  const Rect& box() const { return box_; }
  SceneBuilder& ink() { return *ink_; }

  /// A place to press. The label is its name for tests, and what a tooltip says when given.
  Press press(const char* label, const Rect& box, std::string_view tip = {});
  /// Draws what has been inked so far, beneath what is drawn by ImGui next.
  void flush();

 private:
  const Ui& ui_;
  Rect box_;
  std::optional<SceneBuilder> ink_;
};

/// Words beside the pointer.
void tooltip(const Ui& ui, std::string_view words, bool mono = false);
/// What had to be cut where the pointer is, in whole.
void tell_cut(const Ui& ui, const Scene& scene);

/// Colours of something that can be pressed.
Color button_text(const Theme& theme, const Press& press, bool on);

}  // namespace cutaway::viz
