// A resolved call as the kernel takes it: six registers, and bytes in the room of its task; and
// what came back, as an outcome.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "base/result.h"
#include "real/litmus/area.h"
#include "real/litmus/room.h"
#include "spec/litmus_call.h"

namespace cutaway::real {

/// Handlers with an exit status of their own, by signal: what `oldact` tells.
using ExitStatuses = std::map<std::int32_t, std::int32_t>;

class LitmusRegisters {
 public:
  /// An Error: it has no room for all of its bytes.
  static Result<LitmusRegisters> of(const spec::LitmusCall& call, LitmusArea& area, unsigned slot);

  const LitmusOrders& orders() const { return orders_; }
  LitmusOrders& orders() { return orders_; }
  /// `result` as the kernel gave it.
  spec::LitmusOutcome outcome(std::int64_t result, const ExitStatuses& statuses) const;

 private:
  /// Bytes that the kernel may write: where, how many.
  struct Piece {
    std::uint64_t address = 0, size = 0;
  };
  struct Place : Piece {
    std::vector<Piece> parts;  ///< of an iovec
    Piece control;             ///< of a msghdr
  };

  LitmusRegisters(const spec::LitmusCall& call, LitmusArea& area, unsigned slot)
      : call_(call), area_(&area), room_(area, slot) {}
  Status lay();
  std::uint64_t argument(std::size_t n);
  std::uint64_t texts(const Arg& list);
  std::uint64_t structs(std::size_t n);
  std::string bytes_of(const spec::LitmusLayout& layout, const Arg& value, Place& place);
  std::string action(const Arg& value);
  std::string vector(const Arg& part, Place& place);
  std::string message(const Arg& value, Place& place);
  std::uint64_t put(std::string_view bytes);
  std::uint64_t keep_room(std::uint64_t size);

  void bytes_back(std::size_t n, spec::LitmusOutcome& outcome) const;
  void struct_back(std::size_t n, const ExitStatuses& statuses, spec::LitmusOutcome& outcome) const;
  void message_back(const Place& place, spec::LitmusOutcome& outcome) const;
  Json action_json(std::string_view bytes, const ExitStatuses& statuses) const;

  spec::LitmusCall call_;
  LitmusArea* area_;
  LitmusRoom room_;
  LitmusOrders orders_{};
  std::vector<Place> places_;  ///< by argument
  bool full_ = false;
};

}  // namespace cutaway::real
