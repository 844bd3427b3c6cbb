#include "real/litmus/calls_inside.h"

#include "real/litmus/room.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr std::int64_t kPatienceNs = 5'000'000'000;

}  // namespace

Result<std::int64_t> CallsInside::done(abi::Sys sys, std::string_view on) {
  const std::int64_t end = monotonic_ns() + kPatienceNs;
  while (!tasks_.idle(slot_)) {
    tasks_.listen(1'000'000);
    if (tasks_.ended(slot_) || monotonic_ns() > end)
      return fail(ErrorCode::Failed, "litmus sandbox: " + std::string(abi::sys_name(sys)) + " " +
                                         std::string(on) + " did not return");
  }
  const std::int64_t result = tasks_.result(slot_);
  if (result < 0)
    return os_fail("litmus sandbox: " + std::string(abi::sys_name(sys)), on,
                   static_cast<int>(-result));
  return result;
}

Result<std::int64_t> CallsInside::call(abi::Sys sys, std::initializer_list<InsideArg> args) {
  LitmusRoom room(area_, slot_);
  LitmusOrders orders{};
  orders.number = static_cast<std::uint64_t>(sys);
  std::size_t at = 0;
  std::string_view on;
  for (const InsideArg& arg : args) {
    orders.args[at++] =
        arg.is_text ? room.put_text(arg.text) : static_cast<std::uint64_t>(arg.value);
    if (arg.is_text && on.empty() && arg.text.size() < 256) on = arg.text;
  }
  tasks_.give(slot_, orders);
  return done(sys, on);
}

Status CallsInside::spawn(unsigned child, std::uint64_t flags) {
  LitmusOrders orders{};
  orders.what = LitmusDo::Spawn;
  orders.number = static_cast<std::uint64_t>(abi::Sys::clone);
  orders.child = child;
  orders.args[0] = flags;
  tasks_.expect(child, true);
  tasks_.give(slot_, orders);
  TRY(done(abi::Sys::clone, ""));
  const std::int64_t end = monotonic_ns() + kPatienceNs;
  while (!tasks_.idle(child)) {
    tasks_.listen(1'000'000);
    if (monotonic_ns() > end)
      return fail(ErrorCode::Failed, "litmus sandbox: the first task does not begin");
  }
  return {};
}

void CallsInside::reap() {
  LitmusOrders orders{};
  orders.what = LitmusDo::Reap;
  orders.number = static_cast<std::uint64_t>(abi::Sys::wait4);
  tasks_.give(slot_, orders);
}

}  // namespace cutaway::real
