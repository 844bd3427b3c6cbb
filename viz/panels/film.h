// Film: the window at one moment after another, as frames. Without a display, and the same each
// time.
//
//   Film film(trace, {.to = trace.size(), .seconds = 5});
//   while (film.next()) write(film.image());
#pragma once

#include <cstddef>
#include <memory>

#include "trace/log/trace.h"
#include "viz/export/image.h"
#include "viz/panels/window.h"
#include "viz/player/film_times.h"

namespace cutaway::viz {

struct FilmWish {
  std::size_t from = 0, to = 0;  ///< positions; the last step shown is the one that reaches `to`
  WindowShot shot;               ///< how it looks; its position is not asked
  FilmPace pace;
};

class Film {
 public:
  /// The trace must outlive the film.
  Film(const Trace& trace, const FilmWish& wish, PictureSource pictures = world_pictures());
  ~Film();
  Film(const Film&) = delete;
  Film& operator=(const Film&) = delete;

  std::size_t frame_count() const;
  /// Draws the next frame; false when there is none. What looks as before costs nothing.
  bool next();
  const Image& image() const;
  /// Does the frame look other than the one before?
  bool changed() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The moments of a film, with the time that the player would give each. Where there are more than
/// `enough`, all get the same: nobody can read them.
std::vector<FilmStop> film_stops(const Trace& trace, const FilmWish& wish,
                                 const PictureSource& pictures, std::size_t enough);

}  // namespace cutaway::viz
