// A film as a file: .mp4 or .gif, by ffmpeg.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/result.h"
#include "viz/window.h"

namespace cutaway::app {

/// Told after each frame. False: no more, leave nothing behind.
using FilmProgress = std::function<bool(std::size_t done, std::size_t all)>;

bool is_video(const std::string& path);
/// What is usual for a file of this name.
int usual_fps(const std::string& path);

/// Written under another name and renamed when it is whole. The value: false when it was stopped.
Result<bool> write_video(const Trace& trace, const viz::FilmWish& wish,
                         const viz::PictureSource& pictures, const std::string& path,
                         const FilmProgress& progress);

}  // namespace cutaway::app
