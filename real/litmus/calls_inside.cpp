#include "real/litmus/calls_inside.h"

#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr std::int64_t kCallPatienceNs = 5'000'000'000;
constexpr std::size_t kRowMax = 256;
/// What a row's texts leave of a room: for the row itself.
constexpr std::uint64_t kRowBytes = (kRowMax + 1) * sizeof(LitmusBatchCall);
constexpr std::size_t kNameMax = 64;

}  // namespace

void CallsInside::then(abi::Sys sys, std::initializer_list<InsideArg> args) {
  std::uint64_t bytes = kRowBytes;
  for (const InsideArg& arg : args) bytes += arg.is_text ? arg.text.size() + 32 : 0;
  if (row_.size() == kRowMax || bytes > room_.left()) run_row();
  LitmusBatchCall call{};
  Named named{sys, {}};
  call.number = static_cast<std::uint64_t>(sys);
  std::size_t at = 0;
  for (const InsideArg& arg : args) {
    call.args[at++] =
        arg.is_text ? room_.put_text(arg.text) : static_cast<std::uint64_t>(arg.value);
    if (arg.is_text && named.on.empty()) named.on = arg.text.substr(0, kNameMax);
  }
  row_.push_back(call);
  names_.push_back(std::move(named));
}

Status CallsInside::wait(std::string_view what) {
  const std::int64_t end = monotonic_ns() + kCallPatienceNs;
  while (!tasks_.idle(slot_)) {
    tasks_.listen(1'000'000);
    if (tasks_.ended(slot_) || monotonic_ns() > end)
      return fail(ErrorCode::Failed, "litmus sandbox: " + std::string(what) + " did not return");
  }
  return {};
}

void CallsInside::run_row() {
  if (!row_.empty() && status_) {
    LitmusOrders orders{};
    orders.what = LitmusDo::Batch;
    orders.args[0] = room_.put(
        {reinterpret_cast<const char*>(row_.data()), row_.size() * sizeof(LitmusBatchCall)});
    orders.args[1] = row_.size();
    tasks_.give(slot_, orders);
    status_ = wait(abi::sys_name(names_.front().sys));
    const std::int64_t result = tasks_.result(slot_);
    const std::uint64_t failed = area_.slots[slot_].orders.args[2];
    if (status_ && result < 0 && failed < names_.size()) {
      const Named& named = names_[failed];
      status_ = os_fail("litmus sandbox: " + std::string(abi::sys_name(named.sys)), named.on,
                        static_cast<int>(-result));
    }
  }
  row_.clear();
  names_.clear();
  room_ = LitmusRoom(area_, slot_);
}

Status CallsInside::run() {
  run_row();
  return std::exchange(status_, Status{});
}

Status CallsInside::spawn(unsigned child, std::uint64_t flags) {
  TRY(run());
  LitmusOrders orders{};
  orders.what = LitmusDo::Spawn;
  orders.number = static_cast<std::uint64_t>(abi::Sys::clone);
  orders.child = child;
  orders.args[0] = flags;
  tasks_.expect(child, true);
  tasks_.give(slot_, orders);
  TRY(wait("clone"));
  if (tasks_.result(slot_) < 0)
    return os_fail("litmus sandbox: clone", "", static_cast<int>(-tasks_.result(slot_)));
  const std::int64_t end = monotonic_ns() + kCallPatienceNs;
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
