// Where those who watch a live run come. Each socket is known below the state folder
// (live/PID.sock, or a link to where somebody wanted it), so that prune finds it after a kill -9.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"

namespace cutaway::real {

class LiveSocket {
 public:
  LiveSocket() = default;
  /// `state`, `path`: empty for the default ones. The socket itself is made by who listens.
  static Result<LiveSocket> make(const std::string& state, const std::string& path);
  LiveSocket(LiveSocket&& other) noexcept
      : path_(std::move(other.path_)), entry_(std::exchange(other.entry_, {})) {}
  LiveSocket& operator=(LiveSocket&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(entry_, other.entry_);
    return *this;
  }
  ~LiveSocket();

  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::string entry_;  ///< what is known below the state folder; empty: nothing
};

/// The socket of the run that began last; empty: there is none.
std::string newest_live_socket(const std::string& state);
/// Removes all that killed runs left behind; whoever still listens keeps his.
void remove_left_sockets(const std::string& state_root);

}  // namespace cutaway::real
