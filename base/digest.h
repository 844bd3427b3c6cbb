// SHA-256 as images use it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace cutaway {

/// Of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view bytes);
  /// 64 hex digits of all that came; the end of it.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// 64 hex digits.
std::string sha256_hex(std::string_view bytes);
/// "sha256:" and 64 hex digits.
std::string sha256_digest(std::string_view bytes);

}  // namespace cutaway
