// FilmTimes: which moment each frame of a film shows. Pure.
//
//   FilmTimes times(stops, {.fps = 30, .seconds = 5});
//   for (std::size_t i = 0; i < times.frame_count(); ++i) show(times.at(i));
#pragma once

#include <cstddef>
#include <vector>

namespace cutaway::viz {

/// A moment of the film, and how long the player would show it, in seconds.
struct FilmStop {
  std::size_t position = 0;
  double seconds = 1;
};

struct FilmPace {
  int fps = 30;
  double seconds = 0;  ///< of the whole film; 0: as the player would play it
};

class FilmTimes {
 public:
  /// At least one stop. Each has its share of the film; the last frame shows the last stop.
  FilmTimes(std::vector<FilmStop> stops, const FilmPace& pace);

  struct Instant {
    std::size_t stop = 0;  ///< index among the stops
    double since = 0;      ///< how long it has been shown by then, in seconds of the player
  };
  /// At least one frame.
  std::size_t frame_count() const { return frames_; }
  Instant at(std::size_t frame) const;
  const std::vector<FilmStop>& stops() const { return stops_; }

 private:
  std::vector<FilmStop> stops_;
  std::vector<double> ends_;  ///< of each stop, in seconds of the player
  std::size_t frames_ = 1;
  double per_frame_ = 0;  ///< seconds of the player
};

}  // namespace cutaway::viz
