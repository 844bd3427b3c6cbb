// Drives the window as a hand would: frames without a display, items found by their labels, real
// mouse and keyboard events.
#pragma once

#include <imgui.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cmake/imgui/imgui_test_hooks.h"
#include "viz/panels/window.h"

namespace cutaway::viz {

class WindowDriver {
 public:
  WindowDriver(const Trace& trace, int width, int height, double scale = 1);
  ~WindowDriver();
  WindowDriver(const WindowDriver&) = delete;
  WindowDriver& operator=(const WindowDriver&) = delete;

  WindowState& state() { return state_; }
  Player& player() { return state_.player; }
  void frame();
  /// Done before each frame: what the app does for the window.
  std::function<void(WindowState&)> serve;

  /// Where the item with this label is, in units; none: it is not there.
  std::optional<Rect> find(const std::string& label) const;
  /// The middle of an item. Fails the test when it is not there.
  bool click(const std::string& label);
  void click_at(Point at);
  void hover(Point at);
  void drag(Point from, Point to);
  void wheel(Point at, float notches);
  void key(ImGuiKey key, bool shift = false);
  void type(const std::string& text);
  /// With Ctrl held down.
  void control(ImGuiKey key);

  /// All words on the screen, and what had to be shortened, as of the last frame.
  std::string words() const;
  std::vector<Scene> scenes() const { return scenes_; }
  bool shows(const std::string& text) const { return words().find(text) != std::string::npos; }
  /// The same of a sentence that may have been broken into lines.
  bool tells(const std::string& sentence) const {
    std::string all = words();
    std::replace(all.begin(), all.end(), '\n', ' ');
    return all.find(sentence) != std::string::npos;
  }

 private:
  static void note_item(void* self, ImGuiID id, ImVec2 min, ImVec2 max);
  static void note_label(void* self, ImGuiID id, const char* label, int flags);
  void move(Point at);
  /// Other drivers may be at work: makes ours the window that ImGui speaks of.
  ImGuiIO& own_io();

  ImGuiContext* context_;
  std::optional<PictureAtlas> atlas_;
  double scale_;
  WindowState state_;
  ImGuiTestHooks hooks_;
  std::map<ImGuiID, Rect> boxes_;
  std::map<std::string, Rect> labels_;
  std::vector<Scene> scenes_;
};

}  // namespace cutaway::viz
