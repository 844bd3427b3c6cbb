#include <map>

#include "base/text.h"
#include "trace/log/binary.h"
#include "trace/log/cut.h"
#include "trace/log/cut_events.h"
#include "trace/log/cut_parts.h"
#include "trace/log/trace_parts.h"

namespace cutaway {

namespace {

std::string number(std::uint64_t value) { return decimal(static_cast<std::int64_t>(value)); }

class CutReader {
 public:
  CutReader(const std::string& name, std::string_view file) : name_(name), file_(file) {}

  Result<Trace> read(CutOff cut_off) {
    TRY(check_cut_opening(name_, file_));
    std::size_t at = kCutOpeningBytes;
    CutBlockHead head;
    while (at < file_.size() && !closed_ && parts_.damage.empty()) {
      const BlockState state = peek_block(file_, at, head);
      if (state == BlockState::Whole && take_block(at, head))
        at += kCutBlockHeadBytes + head.stored;
      else
        note_damage(at, state);
    }
    if (!headed_) return fail(ErrorCode::Usage, name_ + ": the trace has no whole header");
    if (!parts_.damage.empty() && cut_off == CutOff::Refuse)
      return fail(ErrorCode::Usage, parts_.damage);
    return Trace(std::move(parts_));
  }

 private:
  void note_damage(std::size_t at, BlockState state) {
    parts_.damage = name_ + ": the trace is " +
                    (state == BlockState::CutOff ? "cut off" : "damaged") +
                    " in its block at byte " + number(at) + "; " + number(parts_.events.size()) +
                    " events before it are whole";
  }

  /// False: the block is not what it says.
  bool take_block(std::size_t at, const CutBlockHead& head) {
    std::string bytes;
    if (headed_ == (head.type == CutBlockType::Header) || !unpack_block(file_, at, head, bytes))
      return false;
    switch (head.type) {
      case CutBlockType::Header:
        return headed_ = read_cut_header(bytes, parts_.header);
      case CutBlockType::Steps:
        return read_cut_steps(bytes, head.count, parts_.step_names);
      case CutBlockType::Blobs:
        return read_cut_blobs(bytes, head.count, parts_.blobs);
      case CutBlockType::Snapshot:
        return read_cut_snapshot(bytes, head.first, snapshots_);
      case CutBlockType::Events:
        return take_events(bytes, head);
      case CutBlockType::Checkpoint:
        return take_checkpoint(std::move(bytes), head.first);
      case CutBlockType::Index:
        break;
    }
    closed_ = true;
    return true;
  }
  bool take_events(const std::string& bytes, const CutBlockHead& head) {
    return head.first == parts_.events.size() &&
           read_event_columns(bytes, head.first, head.count, snapshot_in(snapshots_),
                              parts_.events);
  }
  bool take_checkpoint(std::string bytes, std::uint32_t position) {
    if (position != parts_.events.size()) return false;
    parts_.checkpoints.put_encoded(position, std::move(bytes));
    return true;
  }

  const std::string& name_;
  std::string_view file_;
  TraceParts parts_;
  CutSnapshots snapshots_;
  bool headed_ = false, closed_ = false;
};

/// The index of a closed file; false when there is none.
bool read_index(std::string_view file, std::vector<CutPlace>& places) {
  const std::uint64_t at = cut_index_at(file);
  CutBlockHead head;
  std::string bytes;
  if (at < kCutOpeningBytes || at >= file.size()) return false;
  const auto place = static_cast<std::size_t>(at);
  if (peek_block(file, place, head) != BlockState::Whole || head.type != CutBlockType::Index)
    return false;
  if (!unpack_block(file, place, head, bytes)) return false;
  BinaryReader in(bytes);
  for (std::uint32_t i = 0; i < head.count && in.ok(); ++i) {
    CutPlace& each = places.emplace_back();
    const std::uint64_t type = in.unsigned_number();
    if (type >= kCutBlockTypes) in.give_up();
    each.type = static_cast<CutBlockType>(type);
    each.at = in.unsigned_number();
    each.first = static_cast<std::uint32_t>(in.unsigned_number());
    each.count = static_cast<std::uint32_t>(in.unsigned_number());
  }
  return in.finished();
}

}  // namespace

Result<Trace> from_cut(const std::string& name, std::string_view bytes, CutOff cut_off) {
  return CutReader(name, bytes).read(cut_off);
}

Result<std::vector<CutPlace>> cut_places(const std::string& name, std::string_view bytes) {
  TRY(check_cut_opening(name, bytes));
  std::vector<CutPlace> places;
  if (read_index(bytes, places)) return places;
  places.clear();
  CutBlockHead head;
  for (std::size_t at = kCutOpeningBytes; at < bytes.size();
       at += kCutBlockHeadBytes + head.stored) {
    if (peek_block(bytes, at, head) != BlockState::Whole) break;
    places.push_back({head.type, at, head.first, head.count});
  }
  return places;
}

}  // namespace cutaway
