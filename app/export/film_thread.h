// A film that is written while the window goes on. It works on a trace of its own.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "viz/window.h"

namespace cutaway::app {

class FilmThread {
 public:
  FilmThread(Trace trace, viz::FilmWish wish, std::vector<viz::SentenceCard> cards,
             std::string path);
  /// One that is not over is stopped, and leaves nothing behind.
  ~FilmThread();
  FilmThread(const FilmThread&) = delete;
  FilmThread& operator=(const FilmThread&) = delete;

  const std::string& path() const { return path_; }
  std::size_t done() const { return done_; }
  std::size_t all() const { return all_; }  ///< 0: not known yet
  void stop() { stopped_ = true; }
  bool over() const { return over_; }
  /// Once it is over: was it written (else stopped), or what went wrong.
  const Result<bool>& result() const { return result_; }

 private:
  void work();

  Trace trace_;
  viz::FilmWish wish_;
  std::vector<viz::SentenceCard> cards_;
  std::string path_;
  std::atomic<std::size_t> done_ = 0, all_ = 0;
  std::atomic<bool> stopped_ = false, over_ = false;
  Result<bool> result_ = false;
  std::thread thread_;  ///< last: it works on the rest
};

/// Another trace of the same events, which shares nothing with this one.
Result<Trace> separate(const Trace& trace);

}  // namespace cutaway::app
