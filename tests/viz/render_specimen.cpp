// Writes the specimen pictures as PNG and SVG, to be looked at beside the design's:
//   render_specimen OUT_DIR
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

#include "tests/viz/specimens.h"
#include "viz/draw/bundled_fonts.h"
#include "viz/draw/draw_scene.h"
#include "viz/export/headless.h"
#include "viz/export/svg.h"
#include "viz/scene/ship.h"
#include "viz/scene/window_layout.h"

namespace {

using namespace cutaway::viz;

struct Shot {
  std::string name;
  Specimen specimen;
  const Theme& theme;
  int width;
  int height;
  WindowWish wish;
  double scale = 1;
  double phase = 1;
};

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  std::printf("%s  %zu bytes\n", path.c_str(), bytes.size());
}

PacketMotion motion_of(const Shot& shot) {
  if (!shot.specimen.model.packet) return packet_motion({2, false, false, false}, shot.phase);
  const Packet& p = *shot.specimen.model.packet;
  return packet_motion({stop_count(p), p.reach == Where::Hardware, p.refused, p.answer.has_value()},
                       shot.phase);
}

void shoot(const Shot& shot, const std::string& folder) {
  const FontMetrics metrics = FontMetrics::bundled();
  const SceneStyle style = {shot.theme, metrics};
  const WindowLayout window = window_layout(shot.width, shot.height, shot.wish);
  const auto start = std::chrono::steady_clock::now();
  const Scene ship = ship_scene(shot.specimen.model, style, window.picture, {}, motion_of(shot));
  Caption said = shot.specimen.caption;
  if (!window.parts_list) said.parts.clear();
  const Scene caption = caption_scene(
      said, style, window.caption, {window.sentence_size, window.part_size, window.sentence_lines});
  const auto laid_out = std::chrono::steady_clock::now();
  int triangles = 0;
  const auto draw = [&](const PictureAtlas& atlas) {
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    for (const Rect& panel : {window.title, window.left, window.right, window.timeline}) {
      const auto f = [&](double v) { return static_cast<float>(v * shot.scale); };
      const Color c = shot.theme.panel;
      if (panel.w > 0)
        list.AddRectFilled({f(panel.x), f(panel.y)}, {f(panel.right()), f(panel.bottom())},
                           IM_COL32(c.r, c.g, c.b, 255));
    }
    draw_scene(ship, list, atlas, {{0, 0}, shot.scale});
    draw_scene(caption, list, atlas, {{0, 0}, shot.scale});
    triangles = list.IdxBuffer.Size / 3;
  };
  const Image image = headless_frame({static_cast<int>(shot.width * shot.scale),
                                      static_cast<int>(shot.height * shot.scale), shot.scale, 1},
                                     bundled_fonts(), shot.theme.bg, draw);
  const auto drawn = std::chrono::steady_clock::now();
  write(folder + "/" + shot.name + ".png", png(image));
  write(folder + "/" + shot.name + ".svg", svg({ship, caption}, shot.width, shot.height));
  const auto ms = [](auto a, auto b) {
    return std::chrono::duration<double, std::milli>(b - a).count();
  };
  std::printf("  %zu marks, layout %.2f ms, fonts + drawing + pixels %.0f ms, %d triangles\n",
              ship.marks.size(), ms(start, laid_out), ms(laid_out, drawn), triangles);
  for (const Scene* scene : {&ship, &caption}) {
    for (const auto& list : {overlaps(*scene), labels_outside(*scene)}) {
      for (const std::string& line : list) std::printf("  %s\n", line.c_str());
    }
    for (const CutLabel& cut : scene->cuts)
      std::printf("  cut: %s -> %s\n", cut.whole.c_str(), cut.shown.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : ".";
  const Specimen echo = run_echo_specimen();
  const Specimen hello = hello_specimen();
  const WindowWish both;
  const WindowWish presenter = {false, false, true};
  const Shot shots[] = {
      {"01-run-echo-dark", echo, kDark, 1600, 900, both, 1},
      {"01-run-echo-light", echo, kLight, 1600, 900, both, 1},
      {"07-hello-light", hello, kLight, 1600, 900, presenter, 1},
      {"07-hello-dark", hello, kDark, 1600, 900, presenter, 1},
      {"01-run-echo-1280", echo, kDark, 1280, 720, both, 1},
      {"01-run-echo-1920", echo, kLight, 1920, 1080, both, 1},
      {"01-run-echo-1024", echo, kDark, 1024, 768, both, 1},
      {"07-hello-1280", hello, kLight, 1280, 720, presenter, 1},
      {"07-hello-panels", hello, kDark, 1600, 900, both, 1},
      {"crowd-3", crowd_specimen(3, 2), kDark, 1600, 900, both, 1},
      {"crowd-8", crowd_specimen(8, 3), kLight, 1920, 1080, both, 1},
      {"crowd-50", crowd_specimen(50, 4), kDark, 1600, 900, both, 1},
      {"hub", hub_specimen(), kDark, 1600, 900, both, 1, 0.5},
      {"refused", refused_specimen(), kLight, 1600, 900, both, 1},
      {"hardware", hardware_specimen(), kLight, 1600, 900, both, 1},
      {"hardware-moving", hardware_specimen(), kDark, 1600, 900, both, 1, 0.5},
      {"hardware-return", hardware_specimen(), kDark, 1600, 900, both, 1, 0.9},
      {"host", host_specimen(), kDark, 1600, 900, both, 1},
      {"signal", signal_specimen(), kLight, 1600, 900, both, 1},
      {"10-mac", mac_specimen(), kLight, 1600, 900, presenter, 1},
      {"10-mac-panels", mac_specimen(), kDark, 1600, 900, both, 1},
      {"01-projector", echo, kProjector, 1600, 900, both, 1},
      {"folded-1067", crowd_specimen(2, 2), kDark, 1067, 600, both, 1.5},
      {"strips-640", crowd_specimen(5, 2), kLight, 640, 480, both, 2},
      {"01-run-echo-2x", echo, kDark, 1600, 900, both, 2},
  };
  for (const Shot& shot : shots) shoot(shot, folder);
  return 0;
}
