// Films: which moment each frame shows, and that a frame is the window at that moment.
#include "viz/panels/film.h"

#include <gtest/gtest.h>

#include "tests/viz_panels/hand_trace.h"
#include "viz/export/image.h"

namespace cutaway::viz {
namespace {

std::string stops_as_text(const FilmTimes& times) {
  std::string text;
  for (std::size_t i = 0; i < times.frame_count(); ++i)
    text += static_cast<char>('a' + times.at(i).stop);
  return text;
}

TEST(FilmTimes, EachStopHasItsShare) {
  EXPECT_EQ(stops_as_text({{{1, 1.0}, {2, 2.0}, {3, 1.0}}, {2, 0}}), "aabbbbcc");
}

TEST(FilmTimes, AFilmIsAsLongAsItIsToBe) {
  const std::vector<FilmStop> stops = {{1, 1.0}, {2, 2.0}, {3, 1.0}};
  EXPECT_EQ(stops_as_text({stops, {4, 1}}), "abbc");
  EXPECT_EQ(FilmTimes(stops, {30, 5}).frame_count(), 150U);
  EXPECT_EQ(FilmTimes(stops, {15, 5}).frame_count(), 75U);
}

// Of a thousand steps in three frames the last is still the last.
TEST(FilmTimes, TheLastFrameShowsTheLastStop) {
  const FilmTimes times(std::vector<FilmStop>(1000, {1, 1.0}), {1, 3});
  ASSERT_EQ(times.frame_count(), 3U);
  EXPECT_EQ(times.at(0).stop, 0U);
  EXPECT_EQ(times.at(2).stop, 999U);
  EXPECT_EQ(FilmTimes({{7, 0}}, {30, 0}).frame_count(), 1U);
}

TEST(FilmTimes, SinceGrowsWithinAStop) {
  const FilmTimes times({{1, 1.0}, {2, 1.0}}, {4, 0});
  EXPECT_DOUBLE_EQ(times.at(0).since, 0);
  EXPECT_DOUBLE_EQ(times.at(3).since, 0.75);
  EXPECT_DOUBLE_EQ(times.at(4).since, 0);
  EXPECT_DOUBLE_EQ(times.at(5).since, 0.25);
}

FilmWish small(const Trace& trace) {
  FilmWish wish;
  wish.to = trace.size();
  wish.shot.width = 1024;
  wish.shot.height = 640;
  wish.shot.size = StepSize::Beat;
  wish.pace = {4, 0};
  return wish;
}

TEST(Film, StopsWhereAPlayerWould) {
  const Trace trace = hand_trace();
  const auto stops = film_stops(trace, small(trace), world_pictures(), 1000);
  std::vector<std::size_t> positions;
  for (const FilmStop& stop : stops) {
    positions.push_back(stop.position);
    EXPECT_GE(stop.seconds, 1);  // a beat takes its time
  }
  EXPECT_EQ(positions, (std::vector<std::size_t>{0, 8, 12, 17, 21, 36, 38, 41, 45}));
  FilmWish part = small(trace);
  part.from = 12;
  part.to = 30;  // within a beat: that one is told to its end
  EXPECT_EQ(film_stops(trace, part, world_pictures(), 1000).back().position, 36U);
  EXPECT_EQ(film_stops(trace, part, world_pictures(), 1000).front().position, 12U);
}

TEST(Film, WhatNobodyCouldReadIsEven) {
  const Trace trace = hand_trace();
  for (const FilmStop& stop : film_stops(trace, small(trace), world_pictures(), 3))
    EXPECT_EQ(stop.seconds, 1);
}

// At rest a frame is the picture that `cutaway render` makes of its moment, pixel for pixel.
TEST(Film, AFrameAtRestIsTheStillOfItsMoment) {
  const Trace trace = hand_trace();
  const FilmWish wish = small(trace);
  Film film(trace, wish);
  std::string last;
  std::size_t frames = 0, changes = 0;
  while (film.next()) {
    ++frames;
    changes += film.changed() ? 1 : 0;
  }
  EXPECT_EQ(frames, film.frame_count());
  EXPECT_LT(changes, frames);  // reading takes longer than moving
  WindowShot shot = wish.shot;
  shot.position = trace.size();
  EXPECT_TRUE(png(film.image()) == window_png(trace, shot));
}

TEST(Film, IsTheSameEachTime) {
  const Trace trace = hand_trace();
  FilmWish wish = small(trace);
  wish.pace.seconds = 2;
  Film one(trace, wish), other(trace, wish);
  while (one.next()) {
    ASSERT_TRUE(other.next());
    ASSERT_TRUE(one.image().rgba == other.image().rgba);
  }
  EXPECT_FALSE(other.next());
}

}  // namespace
}  // namespace cutaway::viz
