// On which processors: nproc, taskset.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/children.h"
#include "sim/programs/options.h"
#include "trace/world/cpus.h"

namespace cutaway::sim {

namespace {

using Numbers = std::vector<std::int64_t>;

Co<std::int64_t> ask_affinity(Sys sys, std::int64_t pid, std::int64_t bytes, CpuSet* cpus) {
  const std::vector<Arg> args = {Arg::integer(pid), Arg::integer(bytes), Arg{}};
  const std::int64_t got = co_await sys.call(abi::Sys::sched_getaffinity, args);
  const Numbers out = got < 0 ? Numbers{} : sys.reply().out;
  cpus->assign(out.begin(), out.end());
  co_return got;
}

Co<std::int64_t> set_affinity(Sys sys, std::int64_t pid, CpuSet cpus) {
  Arg mask;
  mask.tag = ArgTag::Struct;
  mask.keys = {"cpus"};
  mask.items.push_back(Arg::bytes(cpu_list(cpus)));
  const std::vector<Arg> args = {Arg::integer(pid), Arg::integer(8), mask};
  co_return co_await sys.call(abi::Sys::sched_setaffinity, args);
}

/// "3", "0x3": a bit for each processor.
bool parse_mask(std::string_view text, CpuSet& cpus) {
  cpus.clear();
  if (starts_with(text, "0x")) text.remove_prefix(2);
  std::int32_t first = 0;
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, first += 4) {
    const std::size_t value = std::string_view("0123456789abcdef").find(*digit);
    if (value == std::string_view::npos) return false;
    for (std::int32_t bit = 0; bit < 4; ++bit) {
      if ((value >> bit & 1) != 0) cpus.push_back(first + bit);
    }
  }
  return !text.empty();
}

std::string mask_text(const CpuSet& cpus) {
  std::string text;
  const std::int32_t last = cpus.empty() ? 0 : cpus.back();
  for (std::int32_t first = last / 4 * 4; first >= 0; first -= 4) {
    std::size_t value = 0;
    for (std::int32_t bit = 0; bit < 4; ++bit)
      value |=
          std::binary_search(cpus.begin(), cpus.end(), first + bit) ? std::size_t{1} << bit : 0;
    text += "0123456789abcdef"[value];
  }
  return text;
}

/// What taskset was asked for.
struct Wish {
  bool lists = false;    ///< -c
  std::int64_t pid = 0;  ///< -p; else its own
  bool sets = false;
  CpuSet cpus;
};

std::string told(const Wish& wish, std::string_view which, const CpuSet& cpus) {
  return "pid " + decimal(wish.pid) + "'s " + std::string(which) + " affinity " +
         (wish.lists ? "list: " + cpu_list(cpus) : "mask: " + mask_text(cpus)) + "\n";
}

Co<int> failed(Sys sys, Wish wish, std::string what, std::int64_t error) {
  const std::string why(abi::errno_text(static_cast<abi::Errno>(-error)));
  auto telling =
      put(sys, 2,
          "taskset: can't " + what + " pid " + decimal(wish.pid) + "'s affinity: " + why + "\n");
  co_await telling;
  co_return 1;
}

/// Without -p nothing is told: the program that follows has the mask.
Co<int> place(Sys sys, Wish wish) {
  CpuSet now;
  auto asking = ask_affinity(sys, wish.pid, 8, &now);
  std::int64_t done = co_await asking;
  if (done < 0) {
    auto telling = failed(sys, wish, "get", done);
    co_return co_await telling;
  }
  if (wish.pid != 0) {
    auto telling = put(sys, 1, told(wish, "current", now));
    co_await telling;
  }
  if (!wish.sets) co_return 0;
  auto setting = set_affinity(sys, wish.pid, wish.cpus);
  done = co_await setting;
  if (done < 0) {
    auto telling = failed(sys, wish, "set", done);
    co_return co_await telling;
  }
  if (wish.pid == 0) co_return 0;
  auto again = ask_affinity(sys, wish.pid, 8, &now);
  co_await again;
  auto telling = put(sys, 1, told(wish, "new", now));
  co_return co_await telling;
}

}  // namespace

Co<int> applet_nproc(Sys sys, State) {
  CpuSet cpus;
  auto asking = ask_affinity(sys, 0, 8192, &cpus);
  co_await asking;
  auto writing = print(sys, decimal(static_cast<std::int64_t>(cpus.size())) + "\n");
  co_return co_await writing;
}

Co<int> applet_taskset(Sys sys, State state) {
  const std::string usage = "[-ap] [HEXMASK | -c LIST] { PID | PROG ARGS }";
  Options options;
  auto taking = take_options(sys, state.argv, "+pac", usage, &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  Wish wish;
  wish.lists = options.has('c');
  std::vector<std::string> words = options.rest;
  wish.sets = !options.has('p') || words.size() > 1;
  const std::size_t least = wish.sets ? 2 : 1;
  if (words.size() < least) {
    auto telling = misused(sys, "taskset", usage);
    co_return co_await telling;
  }
  if (wish.sets) {
    const std::string mask = words.front();
    words.erase(words.begin());
    const bool known = wish.lists ? parse_cpu_list(mask, wish.cpus) : parse_mask(mask, wish.cpus);
    if (!known) {
      auto telling = put(sys, 2, "taskset: bad affinity '" + mask + "'\n");
      co_await telling;
      co_return 1;
    }
  }
  if (options.has('p') && (!parse_decimal(words[0], wish.pid) || wish.pid < 1)) {
    auto telling = put(sys, 2, "taskset: invalid number '" + words[0] + "'\n");
    co_await telling;
    co_return 1;
  }
  auto placing = place(sys, wish);
  const int status = co_await placing;
  if (status != 0 || options.has('p')) co_return status;
  auto becoming = become(sys, "taskset", words, state.env);
  co_return co_await becoming;
}

}  // namespace cutaway::sim
