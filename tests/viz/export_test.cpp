// SVG and PNG, as bytes.
#include <gtest/gtest.h>

#include "tests/viz/metrics.h"
#include "tests/viz/specimens.h"
#include "viz/export/image.h"
#include "viz/export/svg.h"
#include "viz/scene/builder.h"
#include "viz/scene/ship.h"

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#define STBI_NO_STDIO
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <stb/stb_image.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace cutaway::viz {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST(Svg, HasEveryWordOfTheScene) {
  const Scene scene =
      ship_scene(run_echo_specimen().model, {kDark, kMetrics}, {276, 42, 1040, 630});
  const std::string text = svg(scene);
  std::size_t words = 0;
  for (const Mark& mark : scene.marks)
    words += std::holds_alternative<TextMark>(mark.shape) ? 1 : 0;
  EXPECT_EQ(count(text, "<text "), words);
  EXPECT_NE(text.find(">pivot_root(&quot;.&quot;, &quot;.&quot;)<"), std::string::npos);
}

TEST(Svg, IsWellFormedAsFarAsCountingGoes) {
  const std::string text =
      svg(ship_scene(crowd_specimen(8, 3).model, {kLight, kMetrics}, {0, 0, 1300, 700}));
  EXPECT_EQ(count(text, "<pattern "), count(text, "</pattern>"));
  EXPECT_EQ(count(text, "<text "), count(text, "</text>"));
  EXPECT_EQ(count(text, "<svg "), 1U);
  EXPECT_EQ(text.substr(text.size() - 7), "</svg>\n");
  EXPECT_EQ(text.find("nan"), std::string::npos);
  EXPECT_EQ(text.find("inf"), std::string::npos);
}

TEST(Svg, EscapesWhatXmlWouldRead) {
  SceneBuilder b(kDark, kMetrics, {0, 0, 100, 50});
  b.text({0, 20}, "<a & \"b\">", {});
  EXPECT_NE(svg(b.take()).find(">&lt;a &amp; &quot;b&quot;&gt;<"), std::string::npos);
}

TEST(Svg, NamesFontsWithAFallback) {
  SceneBuilder b(kDark, kMetrics, {0, 0, 100, 50});
  b.text({0, 20}, "a", {.mono = true});
  b.text({0, 40}, "b", {});
  const std::string text = svg(b.take());
  EXPECT_NE(text.find("JetBrains Mono, monospace"), std::string::npos);
  EXPECT_NE(text.find("Inter, sans-serif"), std::string::npos);
}

TEST(Png, ComesBackAsTheSamePixels) {
  Image image;
  image.width = 7;
  image.height = 3;
  for (int i = 0; i < 7 * 3 * 4; ++i) image.rgba.push_back(static_cast<std::uint8_t>(i * 3));
  const std::string bytes = png(image);
  int width = 0;
  int height = 0;
  int channels = 0;
  unsigned char* back =
      stbi_load_from_memory(reinterpret_cast<const unsigned char*>(bytes.data()),
                            static_cast<int>(bytes.size()), &width, &height, &channels, 4);
  ASSERT_NE(back, nullptr);
  EXPECT_EQ(width, 7);
  EXPECT_EQ(height, 3);
  EXPECT_TRUE(std::equal(image.rgba.begin(), image.rgba.end(), back));
  stbi_image_free(back);
}

TEST(Png, OfNothingIsNothing) { EXPECT_EQ(png({}), ""); }

}  // namespace
}  // namespace cutaway::viz
