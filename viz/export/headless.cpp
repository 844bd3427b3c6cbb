// Context, atlas, frame, pixels.
#include "viz/export/headless.h"

namespace cutaway::viz {
namespace {

class Current {
 public:
  explicit Current(ImGuiContext* context) : before_(ImGui::GetCurrentContext()) {
    ImGui::SetCurrentContext(context);
  }
  ~Current() { ImGui::SetCurrentContext(before_); }
  Current(const Current&) = delete;
  Current& operator=(const Current&) = delete;

 private:
  ImGuiContext* before_;
};

ImGuiContext* new_context() {
  const Current unchanged(ImGui::GetCurrentContext());
  return ImGui::CreateContext();
}

void set_up(const FrameSize& size) {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
  io.DeltaTime = 1.0F / 60;
  io.ConfigInputTextCursorBlink = false;
}

}  // namespace

Headless::Headless(const FrameSize& size, const FontFiles& fonts, Color ground)
    : own_(new_context()) {
  const Current current(own_);
  set_up(size);
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas_ = bake_atlas(atlas, fonts, size.scale);
  AlphaTexture texture;
  unsigned char* pixels = nullptr;
  atlas.GetTexDataAsAlpha8(&pixels, &texture.width, &texture.height);
  texture.alpha = pixels;
  raster_.emplace(size.width, size.height, texture, ground);
}

Headless::~Headless() {
  const Current current(ImGui::GetCurrentContext() == own_ ? nullptr : ImGui::GetCurrentContext());
  ImGui::DestroyContext(own_);
}

bool Headless::paint(const std::function<void(const PictureAtlas&)>& draw, int frames) {
  const Current current(own_);
  for (int i = 0; i < frames; ++i) {
    ImGui::NewFrame();
    draw(*atlas_);
    ImGui::Render();
  }
  return raster_->draw(*ImGui::GetDrawData()) > 0;
}

Image headless_frame(const FrameSize& size, const FontFiles& fonts, Color ground,
                     const std::function<void(const PictureAtlas&)>& draw) {
  Headless window(size, fonts, ground);
  window.paint(draw, size.frames);
  return window.image();
}

}  // namespace cutaway::viz
