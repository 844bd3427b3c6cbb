// What stands in the blocks of a .cut file, for those who read it whole (cut_read.cpp) or as it
// grows (cut_feed.cpp). False: the bytes are not that.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "trace/log/cut_events.h"
#include "trace/log/trace.h"

namespace cutaway {

/// Is this a file that we can read? Else an error; `name` opens it.
Status check_cut_opening(const std::string& name, std::string_view file);

/// Worlds of snapshots by their position.
using CutSnapshots = std::map<std::size_t, std::shared_ptr<const World>>;

bool read_cut_header(const std::string& bytes, TraceHeader& header);
/// Appends the names.
bool read_cut_steps(const std::string& bytes, std::uint32_t count, std::vector<std::string>& names);
bool read_cut_blobs(const std::string& bytes, std::uint32_t count, BlobStore& blobs);
bool read_cut_snapshot(const std::string& bytes, std::uint32_t n, CutSnapshots& snapshots);
SnapshotOf snapshot_in(const CutSnapshots& snapshots);

}  // namespace cutaway
