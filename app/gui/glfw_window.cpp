#include "app/gui/glfw_window.h"

#include <glad/gl.h>
// After glad.
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "viz/picture.h"
#include "viz/window.h"

namespace cutaway::app {
namespace {

// A window narrower than this in units would have to fold everything.
constexpr double kLeastWidth = 1024, kLeastHeight = 600;

constexpr const char* kHint = "sim, explain and render need no display";

/// GLFW says what went wrong through a callback that knows no object.
std::string& glfw_complaint() {
  static std::string words;
  return words;
}
void note_complaint(int, const char* words) { glfw_complaint() = words; }

/// Something came since it was asked last. Callbacks set it, and ImGui's own are chained behind.
bool& something_came() {
  static bool came = true;
  return came;
}

void listen(GLFWwindow* window) {
  glfwSetKeyCallback(window, [](GLFWwindow*, int, int, int, int) { something_came() = true; });
  glfwSetCharCallback(window, [](GLFWwindow*, unsigned) { something_came() = true; });
  glfwSetMouseButtonCallback(window, [](GLFWwindow*, int, int, int) { something_came() = true; });
  glfwSetCursorPosCallback(window, [](GLFWwindow*, double, double) { something_came() = true; });
  glfwSetScrollCallback(window, [](GLFWwindow*, double, double) { something_came() = true; });
  glfwSetWindowFocusCallback(window, [](GLFWwindow*, int) { something_came() = true; });
  glfwSetCursorEnterCallback(window, [](GLFWwindow*, int) { something_came() = true; });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow*, int, int) { something_came() = true; });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow*) { something_came() = true; });
}

}  // namespace

Result<std::unique_ptr<GlfwWindow>> GlfwWindow::open(int width, int height,
                                                     const std::string& title) {
  std::unique_ptr<GlfwWindow> window(new GlfwWindow());
  TRY(window->open_window(width, height, title));
  window->start_imgui();
  return window;
}

Status GlfwWindow::open_window(int width, int height, const std::string& title) {
  glfwSetErrorCallback(note_complaint);
  if (glfwInit() != GLFW_TRUE) {
    return fail(ErrorCode::Cannot, "open a window, there is no display: " + glfw_complaint(),
                kHint);
  }
  has_glfw_ = true;
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  window_ = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (window_ == nullptr) {
    return fail(ErrorCode::Cannot, "open a window with OpenGL 3.3: " + glfw_complaint(), kHint);
  }
  glfwMakeContextCurrent(window_);
  if (gladLoadGL(glfwGetProcAddress) == 0) {
    return fail(ErrorCode::Cannot, "draw: OpenGL 3.3 gives none of its functions", kHint);
  }
  glfwSwapInterval(1);
  return {};
}

void GlfwWindow::start_imgui() {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigInputTextCursorBlink = false;  // at rest nothing is drawn
  io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
  listen(window_);
  ImGui_ImplGlfw_InitForOpenGL(window_, true);
  ImGui_ImplOpenGL3_Init("#version 330 core");
  has_imgui_ = true;
  measure();
}

GlfwWindow::~GlfwWindow() {
  if (has_imgui_) {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
  }
  if (window_ != nullptr) glfwDestroyWindow(window_);
  if (has_glfw_) glfwTerminate();
}

bool GlfwWindow::closed() const { return glfwWindowShouldClose(window_) != 0; }

bool GlfwWindow::wait(double seconds) {
  if (seconds <= 0)
    glfwPollEvents();
  else
    glfwWaitEventsTimeout(seconds);
  const bool came = something_came();
  something_came() = false;
  return came;
}

double GlfwWindow::passed() {
  const double now = glfwGetTime();
  const double passed = now - last_time_;
  last_time_ = now;
  return passed;
}

/// Size in pixels, and how large a unit is: as the screen wishes, more in a large window, less
/// where the window would become too narrow for it.
void GlfwWindow::measure() {
  glfwGetFramebufferSize(window_, &width_, &height_);
  float wish_x = 1, wish_y = 1;
  glfwGetWindowContentScale(window_, &wish_x, &wish_y);
  const double room = std::min(width_ / kLeastWidth, height_ / kLeastHeight);
  const double wish = std::min(static_cast<double>(std::max(wish_x, wish_y)), room);
  const double usual = std::max({1.0, wish, viz::window_scale(width_, height_)});
  largest_ = static_cast<int>(room / usual * 100);
  const double scale = std::max(usual, std::min(usual * larger_, room));
  if (std::abs(scale - scale_) < 0.01) return;
  scale_ = scale;
  if (atlas_) ImGui_ImplOpenGL3_DestroyFontsTexture();
  atlas_ = viz::bake_atlas(*ImGui::GetIO().Fonts, viz::bundled_fonts(), scale_);
}

void GlfwWindow::begin_frame() {
  measure();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
}

void GlfwWindow::end_frame(viz::Color ground) {
  ImGui::Render();
  glViewport(0, 0, width_, height_);
  glClearColor(static_cast<float>(ground.r) / 255, static_cast<float>(ground.g) / 255,
               static_cast<float>(ground.b) / 255, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window_);
}

bool GlfwWindow::input_waits() const {
  return ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
}

void GlfwWindow::set_title(const std::string& title) {
  if (title == title_) return;
  title_ = title;
  glfwSetWindowTitle(window_, title.c_str());
}

}  // namespace cutaway::app
