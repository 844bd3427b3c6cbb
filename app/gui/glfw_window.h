// A GLFW window with an OpenGL 3.3 context and ImGui in it. One at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "viz/window.h"

struct GLFWwindow;

namespace cutaway::app {

/// ImGui needs a frame or two after an event until hover and layout have settled.
inline constexpr int kFramesAfterEvent = 3;
inline constexpr double kIdleSeconds = 0.5;
inline constexpr double kLongestPause = 1;  ///< a machine that was asleep does not jump ahead

class GlfwWindow {
 public:
  static Result<std::unique_ptr<GlfwWindow>> open(int width, int height, const std::string& title);
  ~GlfwWindow();
  GlfwWindow(const GlfwWindow&) = delete;
  GlfwWindow& operator=(const GlfwWindow&) = delete;

  bool closed() const;
  /// Waits at most so long; true when something came (a key, the pointer, a new size).
  bool wait(double seconds);
  /// Seconds since the last call.
  double passed();
  /// The frame between these two is drawn at scale().
  void begin_frame();
  void end_frame(viz::Color ground);
  /// Has more been typed than a frame takes in? ImGui takes a press and its release apart, so that
  /// none is lost, and keeps the rest for the frames to come.
  bool input_waits() const;

  void set_title(const std::string& title);
  /// Everything so much larger than what fits the window, in percent, as far as there is room.
  void enlarge(int percent) { larger_ = percent / 100.0; }
  /// The most that it has room for.
  int largest() const { return largest_; }
  int width() const { return width_; }
  int height() const { return height_; }
  double scale() const { return scale_; }
  const viz::PictureAtlas& atlas() const { return *atlas_; }

 private:
  GlfwWindow() = default;
  Status open_window(int width, int height, const std::string& title);
  void start_imgui();
  void measure();

  GLFWwindow* window_ = nullptr;
  bool has_glfw_ = false;
  bool has_imgui_ = false;
  int width_ = 0, height_ = 0;  ///< pixels
  double scale_ = 0;
  double larger_ = 1;
  int largest_ = 100;
  double last_time_ = 0;
  std::optional<viz::PictureAtlas> atlas_;
  std::string title_;
};

}  // namespace cutaway::app
