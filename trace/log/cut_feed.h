// A trace that comes while it is being written, as a live run sends it: the bytes of a .cut file in
// pieces of any size.
//
//   CutFeed feed("live");
//   TRY_ASSIGN(const std::size_t events, feed.take(bytes, trace));   // trace has grown by so many
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "trace/log/cut_block.h"
#include "trace/log/cut_parts.h"
#include "trace/log/trace.h"

namespace cutaway {

class CutFeed {
 public:
  /// `name` opens messages.
  explicit CutFeed(std::string name) : name_(std::move(name)) {}

  /// Appends to `trace` what has become whole: how many events. All calls are about the same trace,
  /// which was empty before the first. After an error nothing more can be taken.
  Result<std::size_t> take(std::string_view bytes, Trace& trace);
  /// The header has come.
  bool headed() const { return headed_; }
  /// Its writer has closed it: nothing more comes.
  bool closed() const { return closed_; }

 private:
  bool take_block(const CutBlockHead& head, const std::string& bytes, Trace& trace);
  bool take_events(const CutBlockHead& head, const std::string& bytes, Trace& trace);

  std::string name_;
  std::string rest_;  ///< of a block that is not whole yet
  CutSnapshots snapshots_;
  bool opened_ = false, headed_ = false, closed_ = false;
};

}  // namespace cutaway
