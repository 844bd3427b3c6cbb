#include "viz/player/film_times.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace cutaway::viz {

FilmTimes::FilmTimes(std::vector<FilmStop> stops, const FilmPace& pace) : stops_(std::move(stops)) {
  CHECK(!stops_.empty() && pace.fps > 0);
  double whole = 0;
  for (const FilmStop& stop : stops_) ends_.push_back(whole += std::max(stop.seconds, 0.001));
  const double seconds = pace.seconds > 0 ? pace.seconds : whole;
  frames_ = static_cast<std::size_t>(std::max(1L, std::lround(seconds * pace.fps)));
  per_frame_ = whole / static_cast<double>(frames_);
}

FilmTimes::Instant FilmTimes::at(std::size_t frame) const {
  if (frame + 1 >= frames_) {
    const std::size_t last = stops_.size() - 1;
    return {last, stops_[last].seconds};
  }
  const double now = per_frame_ * static_cast<double>(frame);
  const auto end = std::upper_bound(ends_.begin(), ends_.end(), now);
  const auto stop = static_cast<std::size_t>(end - ends_.begin());
  return {stop, now - (stop == 0 ? 0 : ends_[stop - 1])};
}

}  // namespace cutaway::viz
