// Programs that take much: memory, cpu time, processes.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/standins/standins.h"

namespace cutaway::sim {

namespace {

constexpr std::int64_t kMebibyte = 1 << 20;

/// "64m", "1g", "4096k": bytes, −1 for none.
std::int64_t size_in_bytes(std::string text) {
  static constexpr std::string_view kUnits = "kmg";
  std::int64_t unit = 1;
  const std::size_t at = text.empty() ? std::string_view::npos : kUnits.find(text.back());
  if (at != std::string_view::npos) {
    for (std::size_t i = 0; i <= at; ++i) unit *= 1024;
    text.pop_back();
  }
  std::int64_t value = 0;
  return parse_decimal(text, value) && value >= 0 ? value * unit : -1;
}

}  // namespace

// Its heap grows by a mebibyte at a time, and each page is touched.
Program touch_memory(Sys sys, State state) {
  const std::int64_t wanted = state.argv.size() > 1 ? size_in_bytes(state.argv[1]) : -1;
  if (wanted < 0) {
    auto telling = put(sys, 2, "usage: memhog SIZE[k|m|g] [SECONDS]\n");
    co_await telling;
    co_return 1;
  }
  const std::vector<Arg> ask = {Arg::integer(0)};
  const std::int64_t heap = co_await sys.call(abi::Sys::brk, ask);
  for (std::int64_t held = 0; held < wanted;) {
    const std::int64_t more = std::min(wanted - held, kMebibyte);
    const std::vector<Arg> grow = {Arg::integer(heap + held + more)};
    const std::int64_t end = co_await sys.call(abi::Sys::brk, grow);
    if (end < heap + held + more) {
      auto telling = put(sys, 2, "memhog: no more than " + decimal(held / kMebibyte) + " MiB\n");
      co_await telling;
      co_return 1;
    }
    held += more;
    sys.touch(more / 4096);
    const bool tells = held % (16 * kMebibyte) == 0 || held == wanted;
    if (!tells) continue;
    auto telling = put(sys, 1, "touched " + decimal(held / kMebibyte) + " MiB\n");
    co_await telling;
  }
  const std::int64_t holds = state.argv.size() > 2 ? duration_ns(state.argv[2]) : 0;
  if (holds > 0) co_await sys.nanosleep(holds);
  co_return 0;
}

// Counts without a call for a millisecond, then looks at the clock.
Program burn_cpu(Sys sys, State state) {
  constexpr std::int64_t piece = 1'000'000;
  const std::int64_t lasts = state.argv.size() > 1 ? duration_ns(state.argv[1]) : 0;
  if (state.argv.size() > 1 && lasts <= 0) {
    auto telling = put(sys, 2, "usage: burn [SECONDS]\n");
    co_await telling;
    co_return 1;
  }
  const std::vector<Arg> clock = {Arg::integer(1), Arg{}};  // CLOCK_MONOTONIC
  co_await sys.call(abi::Sys::clock_gettime, clock);
  const std::int64_t begun = sys.reply().out.at(0) * kSecond + sys.reply().out.at(1);
  std::int64_t pieces = 0;
  std::int64_t now = begun;
  while (lasts <= 0 || now - begun < lasts) {
    sys.compute(piece);
    ++pieces;
    co_await sys.call(abi::Sys::clock_gettime, clock);
    now = sys.reply().out.at(0) * kSecond + sys.reply().out.at(1);
  }
  auto telling = put(
      sys, 1,
      "burnt " + decimal(pieces) + " ms of cpu in " + decimal((now - begun) / 1'000'000) + " ms\n");
  co_return co_await telling;
}

// Each child does the same. Who is refused says so, once, and stays.
Program fork_bomb(Sys sys, State state) {
  while (true) {
    const std::int64_t pid = co_await sys.clone(abi::sig::kChld, fork_bomb, state);
    if (pid >= 0) continue;
    const std::string why(abi::errno_text(static_cast<abi::Errno>(-pid)));
    auto telling = put(sys, 2, "forkbomb: fork: " + why + "\n");
    co_await telling;
    const std::vector<Arg> none;
    co_await sys.call(abi::Sys::pause, none);
    co_return 1;
  }
}

}  // namespace cutaway::sim
