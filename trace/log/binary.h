// The compact form: integers as varints (LEB128; signed ones zigzag), texts with their length,
// structs as their fields one after the other. No names and no types are written: the version of
// the trace says what comes when.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cutaway {

class BinaryWriter {
 public:
  /// What was written since the beginning, or the last clear().
  std::string_view bytes() const { return std::string_view(room_).substr(0, size_); }
  std::size_t size() const { return size_; }
  std::string take() {
    room_.resize(size_);
    size_ = 0;
    return std::move(room_);
  }
  /// Keeps its memory.
  void clear() { size_ = 0; }

  void unsigned_number(std::uint64_t value) {
    char* at = more(kNumberMax);
    if (value < 0x80) {  // most are
      *at = static_cast<char>(value);
      ++size_;
      return;
    }
    for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(value | 0x80);
    *at++ = static_cast<char>(value);
    size_ = static_cast<std::size_t>(at - room_.data());
  }
  void number(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    unsigned_number((bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
  }
  void fixed64(std::uint64_t value) {
    char* at = more(8);
    for (unsigned shift = 0; shift < 64; shift += 8) *at++ = static_cast<char>(value >> shift);
    size_ += 8;
  }
  void text(std::string_view bytes) {
    unsigned_number(bytes.size());
    if (!bytes.empty()) raw(bytes);
  }
  /// Without their length.
  void raw(std::string_view bytes) {
    bytes.copy(more(bytes.size()), bytes.size());
    size_ += bytes.size();
  }

 private:
  static constexpr std::size_t kNumberMax = 10;  ///< bytes of 64 bits, seven in each

  /// Where the next so many bytes go.
  char* more(std::size_t count) {
    if (room_.size() - size_ < count) grow(count);
    return room_.data() + size_;
  }
  void grow(std::size_t count) { room_.resize(std::max(2 * room_.size(), size_ + count + 64)); }

  std::string room_;  ///< all of it counts as used; what is written ends at size_
  std::size_t size_ = 0;
};

/// Reads what BinaryWriter wrote. Bytes may be anything: once something is wrong, `ok` is false,
/// everything read is 0 or empty, and no more is consumed.
class BinaryReader {
 public:
  explicit BinaryReader(std::string_view bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  std::size_t left() const { return bytes_.size(); }
  /// All was read and nothing was wrong.
  bool finished() const { return ok_ && bytes_.empty(); }
  void give_up() {
    ok_ = false;
    bytes_ = {};
  }

  std::uint64_t unsigned_number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      if (shift == 63 && byte > 1) break;
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    give_up();
    return 0;
  }
  std::int64_t number() {
    const std::uint64_t bits = unsigned_number();
    return static_cast<std::int64_t>((bits >> 1) ^ (~(bits & 1) + 1));
  }
  std::uint64_t fixed64() {
    std::uint64_t value = 0;
    const std::string_view bytes = take(8);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return value;
  }
  std::string_view text() { return take(unsigned_number()); }
  std::string_view take(std::uint64_t size) {
    if (size > bytes_.size()) {
      give_up();
      return {};
    }
    const std::string_view taken = bytes_.substr(0, static_cast<std::size_t>(size));
    bytes_.remove_prefix(taken.size());
    return taken;
  }
  /// A number of items of which each takes at least one byte: never more than bytes are left.
  std::size_t count() {
    const std::uint64_t value = unsigned_number();
    if (value <= bytes_.size()) return static_cast<std::size_t>(value);
    give_up();
    return 0;
  }

 private:
  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace cutaway
