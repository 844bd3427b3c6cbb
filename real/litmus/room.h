// Puts what registers point at into the room of a slot, and says under which address a task finds
// it.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "real/litmus/area.h"

namespace cutaway::real {

class LitmusRoom {
 public:
  LitmusRoom(LitmusArea& area, unsigned slot) : area_(&area), slot_(slot) {}

  /// Address of these bytes; 0: there is no room left.
  std::uint64_t put(std::string_view bytes) {
    const std::uint64_t address = reserve(bytes.size());
    if (address != 0) std::memcpy(here(address), bytes.data(), bytes.size());
    return address;
  }
  /// With a NUL behind it.
  std::uint64_t put_text(std::string_view text) {
    const std::uint64_t address = reserve(text.size() + 1);
    if (address == 0) return 0;
    std::memcpy(here(address), text.data(), text.size());
    here(address)[text.size()] = 0;
    return address;
  }
  /// So many zero bytes.
  std::uint64_t reserve_zero(std::uint64_t size) {
    const std::uint64_t address = reserve(size);
    if (address != 0) std::memset(here(address), 0, size);
    return address;
  }
  std::uint64_t left() const { return kLitmusRoomBytes - used_; }
  /// Bytes of the room as the kernel left them; empty for what is not in there.
  std::string_view at(std::uint64_t address, std::uint64_t size) const {
    const std::uint64_t begin = first();
    if (address < begin || address - begin > kLitmusRoomBytes) return {};
    const std::uint64_t most = kLitmusRoomBytes - (address - begin);
    return {reinterpret_cast<const char*>(here(address)), size < most ? size : most};
  }

 private:
  static constexpr std::uint64_t kAlign = 16;
  std::uint64_t first() const {
    return kLitmusAreaAddress + offsetof(LitmusArea, slots) + slot_ * sizeof(LitmusSlot) +
           offsetof(LitmusSlot, room);
  }
  unsigned char* here(std::uint64_t address) const {
    return area_->slots[slot_].room + (address - first());
  }
  std::uint64_t reserve(std::uint64_t size) {
    const std::uint64_t from = (used_ + kAlign - 1) / kAlign * kAlign;
    if (from > kLitmusRoomBytes || size > kLitmusRoomBytes - from) return 0;
    used_ = from + size;
    return first() + from;
  }

  LitmusArea* area_;
  unsigned slot_;
  std::uint64_t used_ = 0;
};

}  // namespace cutaway::real
