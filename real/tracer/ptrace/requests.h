// What other threads ask of the tracing thread: it does it between two stops.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "base/result.h"

namespace cutaway::real {

class Requests {
 public:
  using Work = std::function<Status()>;

  /// `ring` tells the tracing thread that there is something.
  explicit Requests(std::function<void()> ring) : ring_(std::move(ring)) {}

  /// Not waited for; done at the latest when somebody serves again.
  void post(Work work);
  /// Waits until it is done, or until close().
  Status ask(Work work);
  /// By the tracing thread: does all that is there.
  void serve();
  /// Between open() and close() somebody serves.
  void open();
  void close();
  bool is_open();

 private:
  struct Item {
    Work work;
    bool done = false;
    Status status;
  };
  std::function<void()> ring_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Item>> items_;
  bool open_ = false;
};

}  // namespace cutaway::real
