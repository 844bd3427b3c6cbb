// Bytes as choices, for what is made at random: a fuzzer that changes a byte changes a choice.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace cutaway::test {

class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}

  bool done() const { return at_ >= bytes_.size(); }
  /// One of 0 … count − 1; 0 when there are no more bytes.
  std::size_t below(std::size_t count) {
    if (count <= 1) return 0;
    std::size_t value = next();
    if (count > 256) value = value << 8 | next();
    return value % count;
  }
  /// Seldom: so that bytes of 0 choose what is usual.
  bool one_in(std::size_t count) { return below(count) == count - 1; }
  std::string rest() const { return std::string(bytes_.substr(std::min(at_, bytes_.size()))); }
  /// The second half of the rest, for somebody else; it stays here as well.
  std::string cut_off() const {
    const std::string all = rest();
    return all.substr(all.size() / 2);
  }

 private:
  std::size_t next() { return done() ? 0 : static_cast<unsigned char>(bytes_[at_++]); }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace cutaway::test
