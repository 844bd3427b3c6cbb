// ffmpeg as a child of ours that takes raw frames through a pipe.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "viz/window.h"

namespace cutaway::app {

class Ffmpeg {
 public:
  /// Starts it with these arguments; what they read from pipe:0 is ours to write. An error when
  /// there is no ffmpeg, code Cannot.
  static Result<std::unique_ptr<Ffmpeg>> start(const std::vector<std::string>& arguments);
  /// One that has not finished is ended.
  ~Ffmpeg();
  Ffmpeg(const Ffmpeg&) = delete;
  Ffmpeg& operator=(const Ffmpeg&) = delete;

  /// The pixels of a frame, RGBA. When it takes no more, the error says in its words why.
  Status write(const viz::Image& frame);
  /// There are no more frames: waits for its end.
  Status finish();

 private:
  Ffmpeg() = default;
  Status spawn(const std::vector<std::string>& arguments);
  Status failed();

  pid_t pid_ = -1;
  int pipe_ = -1;
  int words_ = -1;  ///< a file in memory that takes its complaints
};

}  // namespace cutaway::app
