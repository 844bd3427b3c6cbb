// Context, atlas, frame, pixels.
#include "viz/export/headless.h"

#include "viz/export/raster.h"

namespace cutaway::viz {
namespace {

class OwnContext {
 public:
  OwnContext() : before_(ImGui::GetCurrentContext()), own_(ImGui::CreateContext()) {
    ImGui::SetCurrentContext(own_);
  }
  ~OwnContext() {
    ImGui::DestroyContext(own_);
    ImGui::SetCurrentContext(before_);
  }
  OwnContext(const OwnContext&) = delete;
  OwnContext& operator=(const OwnContext&) = delete;

 private:
  ImGuiContext* before_;
  ImGuiContext* own_;
};

void set_up(const FrameSize& size) {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
  io.DeltaTime = 1.0F / 60;
  io.ConfigInputTextCursorBlink = false;
}

}  // namespace

Image headless_frame(const FrameSize& size, const FontFiles& fonts, Color ground,
                     const std::function<void(const PictureAtlas&)>& draw) {
  const OwnContext context;
  set_up(size);
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  const PictureAtlas picture = bake_atlas(atlas, fonts, size.scale);
  AlphaTexture texture;
  unsigned char* pixels = nullptr;
  atlas.GetTexDataAsAlpha8(&pixels, &texture.width, &texture.height);
  texture.alpha = pixels;
  for (int frame = 0; frame < size.frames; ++frame) {
    ImGui::NewFrame();
    draw(picture);
    ImGui::Render();
  }
  return rasterise(*ImGui::GetDrawData(), texture, ground);
}

}  // namespace cutaway::viz
