#include "app/export/video.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

#include "app/export/ffmpeg.h"
#include "base/text.h"

namespace cutaway::app {

namespace {

using Words = std::vector<std::string>;

constexpr int kVideoFps = 30;
constexpr int kGifFps = 15;
constexpr int kPaletteFrames = 24;  // spread over the film, from which a GIF takes its colours

/// A file that is removed unless it is kept under its right name.
class PartFile {
 public:
  PartFile(const std::string& path, std::string_view ending) : name_(path + std::string(ending)) {}
  ~PartFile() { ::unlink(name_.c_str()); }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const std::string& name() const { return name_; }
  /// Before a long film is drawn: can it be written at all?
  Status make(const std::string& path) const {
    const int fd = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
      return fail(ErrorCode::Failed, "cannot write " + path + ": " + std::strerror(errno));
    ::close(fd);
    return {};
  }
  Status keep_as(const std::string& path) const {
    if (std::rename(name_.c_str(), path.c_str()) == 0) return {};
    return fail(ErrorCode::Failed, "cannot write " + path + ": " + std::strerror(errno));
  }

 private:
  std::string name_;
};

/// Says to ffmpeg that a name is a file, whatever it begins with.
std::string file(const std::string& name) { return "file:" + name; }

Words frames_from_us(const viz::FilmWish& wish) {
  return {"-f",         "rawvideo",
          "-pix_fmt",   "rgba",
          "-s",         decimal(wish.shot.width) + "x" + decimal(wish.shot.height),
          "-framerate", decimal(wish.pace.fps),
          "-i",         "pipe:0"};
}

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// yuv420p keeps colours for two by two pixels: an odd size gets a row or a column more.
Words to_mp4(const std::string& name) {
  return {"-vf",       "pad=ceil(iw/2)*2:ceil(ih/2)*2",
          "-c:v",      "libx264",
          "-preset",   "veryfast",
          "-crf",      "20",
          "-pix_fmt",  "yuv420p",
          "-movflags", "+faststart",
          "-f",        "mp4",
          file(name)};
}

Words to_palette(const std::string& name) {
  return {"-vf",       "palettegen=stats_mode=full:reserve_transparent=0",
          "-frames:v", "1",
          "-f",        "image2",
          "-c:v",      "png",
          "-update",   "1",
          file(name)};
}

Words to_gif(const std::string& palette, const std::string& name) {
  return {"-i", file(palette), "-lavfi",  "paletteuse=dither=none:diff_mode=rectangle",
          "-f", "gif",         file(name)};
}

Result<bool> shoot(viz::Film& film, const Words& arguments, const FilmProgress& progress) {
  TRY_ASSIGN(const std::unique_ptr<Ffmpeg> ffmpeg, Ffmpeg::start(arguments));
  for (std::size_t done = 1; film.next(); ++done) {
    TRY(ffmpeg->write(film.image()));
    if (progress && !progress(done, film.frame_count())) return false;
  }
  TRY(ffmpeg->finish());
  return true;
}

/// The colours of a few frames of the whole film.
Status write_palette(const Trace& trace, viz::FilmWish wish, const viz::PictureSource& pictures,
                     const std::string& name) {
  wish.pace = {1, kPaletteFrames};
  viz::Film film(trace, wish, pictures);
  TRY(shoot(film, frames_from_us(wish) + to_palette(name), {}));
  return {};
}

}  // namespace

bool is_video(const std::string& path) {
  return ends_with(path, ".mp4") || ends_with(path, ".gif");
}

int usual_fps(const std::string& path) { return ends_with(path, ".gif") ? kGifFps : kVideoFps; }

Result<bool> write_video(const Trace& trace, const viz::FilmWish& wish,
                         const viz::PictureSource& pictures, const std::string& path,
                         const FilmProgress& progress) {
  const PartFile part(path, ".part");
  const PartFile palette(path, ".palette.part");
  TRY(part.make(path));
  Words output = to_mp4(part.name());
  if (ends_with(path, ".gif")) {
    TRY(write_palette(trace, wish, pictures, palette.name()));
    output = to_gif(palette.name(), part.name());
  }
  viz::Film film(trace, wish, pictures);
  TRY_ASSIGN(const bool whole, shoot(film, frames_from_us(wish) + output, progress));
  if (whole) TRY(part.keep_as(path));
  return whole;
}

}  // namespace cutaway::app
