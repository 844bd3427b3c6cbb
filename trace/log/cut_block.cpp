#include "trace/log/cut_block.h"

#include <lz4.h>

#include "base/check.h"
#include "trace/event/header.h"
#include "trace/log/binary.h"
#include "trace/log/layout.h"

namespace cutaway {

namespace {

constexpr std::string_view kMagic(
    "\x89"
    "CUT\r\n\x1a\n",
    8);
constexpr std::string_view kEndMark(
    "\x89"
    "END\r\n\x1a\n",
    8);
constexpr std::uint64_t kBlockMarker = 0x4b4c4243;  // "CBLK"
constexpr std::uint32_t kRawMax = 1U << 30;
constexpr std::uint64_t kBestRatio = 255;  // lz4 cannot do better

/// FNV-1a, eight bytes at a time and mixed at the end.
std::uint64_t checksum(std::string_view bytes, std::uint64_t sum = 0xcbf29ce484222325ULL) {
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t have = bytes.size() < 8 ? bytes.size() : 8;
    for (std::size_t i = 0; i < have; ++i) {
      word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    sum = (sum ^ word ^ have) * 0x100000001b3ULL;
    sum ^= sum >> 32;
    bytes.remove_prefix(have);
  }
  return sum;
}

/// Empty when the bytes do not get smaller.
std::string compress(std::string_view bytes) {
  std::string packed(bytes.size(), '\0');
  const int size = LZ4_compress_default(bytes.data(), packed.data(), static_cast<int>(bytes.size()),
                                        static_cast<int>(packed.size()));
  packed.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return packed;
}

std::string file_end(std::string_view mark, std::uint64_t number) {
  BinaryWriter out;
  out.fixed64(number);
  out.raw(mark);
  return out.take();
}

}  // namespace

std::string cut_opening() {
  BinaryWriter out;
  out.raw(kMagic);
  out.fixed64(kTraceVersion | static_cast<std::uint64_t>(record_layout()) << 32);
  return out.take();
}

std::string cut_closing(std::uint64_t index_at) { return file_end(kEndMark, index_at); }

CutVersion cut_version(std::string_view file) {
  if (file.size() < kCutOpeningBytes || file.substr(0, kMagic.size()) != kMagic) return {};
  const std::uint64_t both = BinaryReader(file.substr(kMagic.size())).fixed64();
  return {static_cast<std::uint32_t>(both), static_cast<std::uint32_t>(both >> 32)};
}

std::uint64_t cut_index_at(std::string_view file) {
  if (file.size() < kCutOpeningBytes + kCutClosingBytes) return 0;
  const std::string_view closing = file.substr(file.size() - kCutClosingBytes);
  return closing.substr(8) == kEndMark ? BinaryReader(closing).fixed64() : 0;
}

std::string pack_block(CutBlockType type, std::uint32_t first, std::uint32_t count,
                       std::string_view bytes) {
  CHECK(bytes.size() <= kRawMax);
  const std::string packed = compress(bytes);
  const std::string_view stored = packed.empty() ? bytes : std::string_view(packed);
  BinaryWriter out;
  out.fixed64(kBlockMarker | static_cast<std::uint64_t>(type) << 32 |
              std::uint64_t{packed.empty() ? 0U : 1U} << 40);
  out.fixed64(stored.size() | static_cast<std::uint64_t>(bytes.size()) << 32);
  out.fixed64(first | static_cast<std::uint64_t>(count) << 32);
  out.fixed64(checksum(stored, checksum(out.bytes())));
  out.raw(stored);
  return out.take();
}

BlockState peek_block(std::string_view file, std::size_t at, CutBlockHead& head) {
  const std::string_view rest = file.substr(at);
  if (rest.size() < kCutBlockHeadBytes) return BlockState::CutOff;
  BinaryReader in(rest);
  const std::uint64_t mark = in.fixed64(), sizes = in.fixed64(), numbers = in.fixed64(),
                      sum = in.fixed64();
  const auto type = static_cast<unsigned>((mark >> 32) & 0xff);
  if ((mark & 0xffffffff) != kBlockMarker || type >= kCutBlockTypes || mark >> 41 != 0)
    return BlockState::Damaged;
  head.type = static_cast<CutBlockType>(type);
  head.packed = (mark >> 40) != 0;
  head.stored = static_cast<std::uint32_t>(sizes);
  head.raw = static_cast<std::uint32_t>(sizes >> 32);
  head.first = static_cast<std::uint32_t>(numbers);
  head.count = static_cast<std::uint32_t>(numbers >> 32);
  if (head.stored > in.left()) return BlockState::CutOff;
  const std::uint64_t actual =
      checksum(in.take(head.stored), checksum(rest.substr(0, kCutBlockHeadBytes - 8)));
  return actual == sum ? BlockState::Whole : BlockState::Damaged;
}

bool unpack_block(std::string_view file, std::size_t at, const CutBlockHead& head,
                  std::string& bytes) {
  const std::string_view stored = file.substr(at + kCutBlockHeadBytes, head.stored);
  if (!head.packed) {
    bytes = stored;
    return stored.size() == head.raw;
  }
  if (head.raw > kRawMax || head.raw > stored.size() * kBestRatio + 64) return false;
  bytes.resize(head.raw);
  const int size = LZ4_decompress_safe(stored.data(), bytes.data(), static_cast<int>(stored.size()),
                                       static_cast<int>(bytes.size()));
  return size >= 0 && static_cast<std::uint32_t>(size) == head.raw;
}

}  // namespace cutaway
