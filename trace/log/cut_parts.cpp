#include "trace/log/cut_parts.h"

#include "base/text.h"
#include "trace/log/binary.h"
#include "trace/log/checkpoints.h"
#include "trace/log/cut_block.h"
#include "trace/log/event_json.h"
#include "trace/log/layout.h"

namespace cutaway {

Status check_cut_opening(const std::string& name, std::string_view file) {
  const auto [version, layout] = cut_version(file);
  if (version == 0) return fail(ErrorCode::Usage, name + ": this is no trace (.cut)");
  if (version <= kTraceVersion && layout == record_layout()) return {};
  if (version <= kTraceVersion)
    return fail(ErrorCode::Usage,
                name +
                    ": this trace was written by another version of cutaway, whose records have "
                    "other fields; record it again, or have that version convert it "
                    "(cutaway trace convert --to jsonl): .jsonl is read by all");
  return fail(ErrorCode::Usage, name + ": this trace is version " + decimal(version) +
                                    "; this program reads up to " + decimal(kTraceVersion));
}

bool read_cut_header(const std::string& bytes, TraceHeader& header) {
  const Result<Json> json = parse_json(bytes);
  JsonProblem problem;
  return json && read_header_json(*json, header, problem);
}

bool read_cut_steps(const std::string& bytes, std::uint32_t count,
                    std::vector<std::string>& names) {
  BinaryReader in(bytes);
  for (; count > 0 && in.ok(); --count) {
    const std::string_view step = in.text();
    if (step.empty() || names.size() == kStepsMax) return false;
    names.emplace_back(step);
  }
  return in.finished();
}

bool read_cut_blobs(const std::string& bytes, std::uint32_t count, BlobStore& blobs) {
  BinaryReader in(bytes);
  for (; count > 0 && in.ok(); --count) {
    const BlobId id{in.fixed64()};
    if (!blobs.restore(id, in.text())) return false;
  }
  return in.finished();
}

bool read_cut_snapshot(const std::string& bytes, std::uint32_t n, CutSnapshots& snapshots) {
  auto world = std::make_shared<World>();
  if (!decode_world(bytes, *world)) return false;
  snapshots[n] = std::move(world);
  return true;
}

SnapshotOf snapshot_in(const CutSnapshots& snapshots) {
  return [&snapshots](std::size_t n) {
    const auto found = snapshots.find(n);
    return found == snapshots.end() ? nullptr : found->second;
  };
}

}  // namespace cutaway
