#include "trace/log/cut_feed.h"

#include "trace/log/cut_block.h"

namespace cutaway {

Result<std::size_t> CutFeed::take(std::string_view bytes, Trace& trace) {
  const std::size_t before = trace.size();
  rest_ += bytes;
  std::size_t at = 0;
  if (!opened_) {
    if (rest_.size() < kCutOpeningBytes) return std::size_t{0};
    TRY(check_cut_opening(name_, rest_));
    opened_ = true;
    at = kCutOpeningBytes;
  }
  CutBlockHead head;
  while (!closed_) {
    const BlockState state = peek_block(rest_, at, head);
    if (state == BlockState::CutOff) break;
    std::string block;
    if (state == BlockState::Damaged || !unpack_block(rest_, at, head, block) ||
        !take_block(head, block, trace))
      return fail(ErrorCode::Failed, name_ + ": what came is no trace");
    at += kCutBlockHeadBytes + head.stored;
  }
  rest_.erase(0, at);
  return trace.size() - before;
}

bool CutFeed::take_block(const CutBlockHead& head, const std::string& bytes, Trace& trace) {
  if (headed_ == (head.type == CutBlockType::Header)) return false;
  std::vector<std::string> names;
  switch (head.type) {
    case CutBlockType::Header:
      return headed_ = read_cut_header(bytes, trace.header);
    case CutBlockType::Steps:
      if (!read_cut_steps(bytes, head.count, names)) return false;
      for (const std::string& name : names) trace.step_id(name);
      return true;
    case CutBlockType::Blobs:
      return read_cut_blobs(bytes, head.count, trace.blobs);
    case CutBlockType::Snapshot:
      return read_cut_snapshot(bytes, head.first, snapshots_);
    case CutBlockType::Events:
      return take_events(head, bytes, trace);
    case CutBlockType::Checkpoint:
      return true;  // the trace makes its own as it grows
    case CutBlockType::Index:
      return closed_ = true;
  }
  return false;
}

bool CutFeed::take_events(const CutBlockHead& head, const std::string& bytes, Trace& trace) {
  EventStore events;
  if (head.first != trace.size() ||
      !read_event_columns(bytes, head.first, head.count, snapshot_in(snapshots_), events))
    return false;
  for (std::size_t i = 0; i < events.size(); ++i) {
    Event event = events.event(i);
    if (std::holds_alternative<Snapshot>(event.body))
      event.body = Snapshot{snapshots_[head.first + i]};
    trace.append(std::move(event));
  }
  snapshots_.clear();
  return true;
}

}  // namespace cutaway
