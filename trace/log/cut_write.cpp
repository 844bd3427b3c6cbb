#include <algorithm>

#include "trace/log/binary.h"
#include "trace/log/checkpoints.h"
#include "trace/log/cut.h"
#include "trace/log/cut_events.h"
#include "trace/log/json_values.h"

namespace cutaway {

namespace {

constexpr std::size_t kBlockEvents = 1024;
constexpr std::size_t kBlockBytes = std::size_t{256} * 1024;
/// A checkpoint is due when events have taken as many bytes as the last one did: at most half of a
/// file is checkpoints.
constexpr std::size_t kCheckpointBytesMin = std::size_t{64} * 1024;

}  // namespace

std::string CutWriter::append(const Trace& trace) {
  while (trace.size() - events_ >= kBlockEvents) write_up_to(trace, events_ + kBlockEvents);
  return take();
}

std::string CutWriter::flush(const Trace& trace) {
  while (trace.size() > events_) write_up_to(trace, std::min(events_ + kBlockEvents, trace.size()));
  return take();
}

std::string CutWriter::finish(const Trace& trace) {
  std::string bytes = flush(trace);
  write_opening(trace);  // of a trace without events
  write_new_steps(trace);
  write_new_blobs(trace);
  BinaryWriter out;
  for (const CutPlace& place : places_) {
    out.unsigned_number(static_cast<std::uint64_t>(place.type));
    out.unsigned_number(place.at);
    out.unsigned_number(place.first);
    out.unsigned_number(place.count);
  }
  const std::size_t count = places_.size();
  const std::uint64_t index_at = written_ + out_.size();
  add_block(CutBlockType::Index, 0, count, out.bytes());
  out_ += cut_closing(index_at);
  return bytes + take();
}

void CutWriter::write_up_to(const Trace& trace, std::size_t end) {
  write_opening(trace);
  write_new_steps(trace);
  write_new_blobs(trace);
  write_snapshots(trace, end);
  const std::string columns = write_event_columns(trace.store(), events_, end);
  add_block(CutBlockType::Events, events_, end - events_, columns);
  since_checkpoint_ += columns.size();
  events_ = end;
  write_checkpoint_when_due(trace);
}

void CutWriter::write_opening(const Trace& trace) {
  if (!places_.empty()) return;
  out_ = cut_opening();
  add_block(CutBlockType::Header, 0, 1, dump_line(header_to_json(trace.header)));
}

void CutWriter::write_new_steps(const Trace& trace) {
  const std::size_t count = trace.step_count() - steps_;
  if (count == 0) return;
  BinaryWriter out;
  for (std::size_t i = steps_; i < trace.step_count(); ++i) {
    out.text(trace.step_name(StepId{static_cast<std::uint32_t>(i + 1)}));
  }
  add_block(CutBlockType::Steps, steps_, count, out.bytes());
  steps_ = trace.step_count();
}

void CutWriter::write_new_blobs(const Trace& trace) {
  while (blobs_ < trace.blobs.size()) {
    BinaryWriter out;
    const std::size_t first = blobs_;
    for (; blobs_ < trace.blobs.size() && out.size() < kBlockBytes; ++blobs_) {
      const BlobId id = trace.blobs.id_at(blobs_);
      out.fixed64(id.value);
      out.text(trace.blobs.get(id));
    }
    add_block(CutBlockType::Blobs, first, blobs_ - first, out.bytes());
  }
}

void CutWriter::write_snapshots(const Trace& trace, std::size_t end) {
  for (std::size_t n = events_; n < end; ++n) {
    const std::shared_ptr<const World> world = trace.store().snapshot(n);
    if (world != nullptr) add_block(CutBlockType::Snapshot, n, 1, encode_world(*world));
  }
}

void CutWriter::write_checkpoint_when_due(const Trace& trace) {
  if (since_checkpoint_ < std::max(kCheckpointBytesMin, checkpoint_bytes_)) return;
  const std::string world = encode_world(trace.world_at(events_));
  add_block(CutBlockType::Checkpoint, events_, 1, world);
  checkpoint_bytes_ = world.size();
  since_checkpoint_ = 0;
}

void CutWriter::add_block(CutBlockType type, std::size_t first, std::size_t count,
                          std::string_view bytes) {
  const auto first32 = static_cast<std::uint32_t>(first),
             count32 = static_cast<std::uint32_t>(count);
  places_.push_back({type, written_ + out_.size(), first32, count32});
  out_ += pack_block(type, first32, count32, bytes);
}

std::string CutWriter::take() {
  written_ += out_.size();
  std::string bytes;
  bytes.swap(out_);
  return bytes;
}

std::string to_cut(const Trace& trace) { return CutWriter().finish(trace); }

}  // namespace cutaway
