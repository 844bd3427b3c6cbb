#include "viz/panels/film.h"

#include <optional>

#include "viz/draw/bundled_fonts.h"
#include "viz/export/headless.h"
#include "viz/scene/window_layout.h"

namespace cutaway::viz {
namespace {

constexpr int kFramesOfAMoment = 3;  // lists measure themselves, then scroll
constexpr std::size_t kNoStop = static_cast<std::size_t>(-1);

void begin(WindowState& state, const FilmWish& wish) {
  WindowShot shot = wish.shot;
  shot.position = wish.from;
  prepare(state, shot);
}

FilmTimes times_of(const Trace& trace, const FilmWish& wish, const PictureSource& pictures) {
  const double frames = wish.pace.seconds * wish.pace.fps;
  const std::size_t enough = frames > 0 ? static_cast<std::size_t>(frames) + 1 : kNoStop;
  return {film_stops(trace, wish, pictures, enough), wish.pace};
}

double scale_of(const WindowShot& shot) {
  return shot.scale > 0 ? shot.scale : window_scale(shot.width, shot.height);
}

}  // namespace

std::vector<FilmStop> film_stops(const Trace& trace, const FilmWish& wish,
                                 const PictureSource& pictures, std::size_t enough) {
  WindowState state(trace, pictures);
  begin(state, wish);
  std::vector<FilmStop> stops = {{state.player.position(), 1}};
  const StepIndex& index = state.player.index();
  while (stops.back().position < wish.to && stops.back().position < trace.size())
    stops.push_back({index.next(wish.shot.size, stops.back().position), 1});
  if (stops.size() > enough) return stops;
  for (FilmStop& stop : stops) {
    while (state.player.position() < stop.position) state.player.forward();
    look(state);
    stop.seconds = state.player.seconds();
  }
  return stops;
}

struct Film::Impl {
  Impl(const Trace& trace, const FilmWish& wish, PictureSource pictures)
      : times(times_of(trace, wish, pictures)),
        state(trace, std::move(pictures)),
        shot(wish.shot),
        scale(scale_of(wish.shot)),
        window({shot.width, shot.height, scale, 1}, bundled_fonts(), theme_of(shot.theme).bg) {
    begin(state, wish);
  }

  /// The player goes where this frame is. True: to another stop.
  bool go(const FilmTimes::Instant& instant) {
    const bool other = instant.stop != stop;
    const std::size_t position = times.stops()[instant.stop].position;
    while (state.player.position() < position) state.player.forward();
    if (other) {
      look(state);  // from which the player knows its pace
      since = 0;
      stop = instant.stop;
    }
    state.player.advance(instant.since - since);
    since = instant.since;
    return other;
  }

  void draw(int frames) {
    changed = window.paint(
        [this](const PictureAtlas& atlas) {
          draw_window(state, {atlas, shot.width / scale, shot.height / scale, scale});
        },
        frames);
  }

  FilmTimes times;
  WindowState state;
  WindowShot shot;
  double scale;
  Headless window;
  std::size_t frame = 0;
  std::size_t stop = kNoStop;
  double since = 0;
  bool was_moving = true;
  bool changed = false;
};

Film::Film(const Trace& trace, const FilmWish& wish, PictureSource pictures)
    : impl_(std::make_unique<Impl>(trace, wish, std::move(pictures))) {}
Film::~Film() = default;

std::size_t Film::frame_count() const { return impl_->times.frame_count(); }
const Image& Film::image() const { return impl_->window.image(); }
bool Film::changed() const { return impl_->changed; }

bool Film::next() {
  Impl& film = *impl_;
  if (film.frame >= film.times.frame_count()) return false;
  const bool other = film.go(film.times.at(film.frame++));
  const bool moves = film.state.player.moving();
  film.changed = false;
  if (other)
    film.draw(kFramesOfAMoment);
  else if (moves || film.was_moving)
    film.draw(1);
  film.was_moving = moves;
  return true;
}

}  // namespace cutaway::viz
