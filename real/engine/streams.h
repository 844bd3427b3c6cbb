// Where a docker command reads and writes: cutaway's own descriptors, or a scenario's capture.
#pragma once

#include <functional>
#include <string_view>

namespace cutaway::real {

struct Streams {
  int in = -1;  ///< −1: at end of file
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  int columns = 80;
  /// Where signals to docker's client come, as numbers (real/sys/signal_pipe.h); −1: to this
  /// process, as they do when a person runs it.
  int signals = -1;
  std::function<void(int channel, std::string_view bytes)> write;  ///< channel 1 or 2

  void out(std::string_view text) const {
    if (!text.empty()) write(1, text);
  }
  void err(std::string_view text) const {
    if (!text.empty()) write(2, text);
  }
};

}  // namespace cutaway::real
