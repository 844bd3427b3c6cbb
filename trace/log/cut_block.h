// The blocks that a .cut file consists of. Each stands for itself: length and checksum, then bytes
// compressed without regard to other blocks. A file may end anywhere; what is whole before that can
// be read.
//
//   file    = magic (8 bytes), version (4), layout of the records (4), block…, and when closed:
//   index block, its offset (8), end mark (8) block   = marker and type and packing (8), stored and
//   raw bytes (4 + 4), first and count (4 + 4), checksum (8), bytes
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace cutaway {

enum class CutBlockType : std::uint8_t {
  Header,
  Steps,
  Blobs,
  Snapshot,
  Events,
  Checkpoint,
  Index
};
inline constexpr unsigned kCutBlockTypes = 7;

/// What a block says of itself. `first` and `count`: events (Events), steps, blobs; position
/// (Snapshot, Checkpoint).
struct CutBlockHead {
  CutBlockType type = CutBlockType::Header;
  bool packed = false;  ///< lz4
  std::uint32_t stored = 0, raw = 0;
  std::uint32_t first = 0, count = 0;
};

inline constexpr std::size_t kCutBlockHeadBytes = 32;
inline constexpr std::size_t kCutOpeningBytes = 16;
inline constexpr std::size_t kCutClosingBytes = 16;

/// The first bytes of a file, and its last ones.
std::string cut_opening();
std::string cut_closing(std::uint64_t index_at);
/// Version of a file, and the layout of its records (layout.h); version 0: these bytes are no .cut
/// file.
struct CutVersion {
  std::uint32_t version = 0, layout = 0;
};
CutVersion cut_version(std::string_view file);
/// Offset of the index block; 0: the file is not closed.
std::uint64_t cut_index_at(std::string_view file);

std::string pack_block(CutBlockType type, std::uint32_t first, std::uint32_t count,
                       std::string_view bytes);

enum class BlockState : std::uint8_t { Whole, CutOff, Damaged };
/// Looks at the block that begins at `at`.
BlockState peek_block(std::string_view file, std::size_t at, CutBlockHead& head);
/// The bytes that went into a block that peek_block found whole. False: they cannot be unpacked.
bool unpack_block(std::string_view file, std::size_t at, const CutBlockHead& head,
                  std::string& bytes);

}  // namespace cutaway
