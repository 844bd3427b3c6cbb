// The compact file of a trace (`.cut`): header, names of steps, contents, events and Worlds in
// blocks (cut_block.h). Readable while it is written and wherever it ends.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "trace/log/cut_block.h"
#include "trace/log/jsonl.h"
#include "trace/log/trace.h"

namespace cutaway {

/// Where a block lies.
struct CutPlace {
  CutBlockType type = CutBlockType::Header;
  std::uint64_t at = 0;
  std::uint32_t first = 0, count = 0;
};

/// Writes a growing trace: each call returns the bytes to append to the file. All calls are about
/// the same trace.
class CutWriter {
 public:
  /// What has become enough for whole blocks; may be nothing.
  std::string append(const Trace& trace);
  /// All there is: a reader of the file then sees every event.
  std::string flush(const Trace& trace);
  /// The rest and the index; nothing may follow.
  std::string finish(const Trace& trace);

 private:
  void write_up_to(const Trace& trace, std::size_t end);
  void write_opening(const Trace& trace);
  void write_new_steps(const Trace& trace);
  void write_new_blobs(const Trace& trace);
  void write_snapshots(const Trace& trace, std::size_t end);
  void write_checkpoint_when_due(const Trace& trace);
  void add_block(CutBlockType type, std::size_t first, std::size_t count, std::string_view bytes);
  std::string take();

  std::string out_;
  std::uint64_t written_ = 0;
  std::vector<CutPlace> places_;
  std::size_t steps_ = 0, blobs_ = 0, events_ = 0;
  std::size_t since_checkpoint_ = 0;  ///< bytes of events
  std::size_t checkpoint_bytes_ = 0;  ///< of the last one
};

std::string to_cut(const Trace& trace);

/// `name` opens messages. Bytes may be anything.
Result<Trace> from_cut(const std::string& name, std::string_view bytes,
                       CutOff cut_off = CutOff::Refuse);
/// The blocks of a file, from its index or, when it is not closed, by looking for them; nothing is
/// unpacked.
Result<std::vector<CutPlace>> cut_places(const std::string& name, std::string_view bytes);

}  // namespace cutaway
