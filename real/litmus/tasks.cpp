#include "real/litmus/tasks.h"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <ctime>

#include "base/text.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr std::uint64_t kExiting = 0x4;  // PF_EXITING (include/linux/sched.h)

/// Who is answered and who answers run in turn: the kernel may put them on one cpu (since 6.6; a
/// kernel that does not know this refuses, and nothing is lost).
void set_sync_wake_up(int listener) {
  constexpr auto kSetFlags = _IOW(SECCOMP_IOC_MAGIC, 4, std::uint64_t);
  constexpr std::uint64_t kSyncWakeUp = 1;
  ::ioctl(listener, kSetFlags, kSyncWakeUp);
}

/// The kernel may know a longer struct than these headers do.
union Notification {
  seccomp_notif notif;
  std::array<char, 256> bytes;
};
union Answer {
  seccomp_notif_resp resp;
  std::array<char, 256> bytes;
};

std::string proc(pid_t pid, const char* file) { return "/proc/" + decimal(pid) + file; }

}  // namespace

LitmusTasks::LitmusTasks(LitmusArea& area, int area_fd, Fd listener)
    : area_(area), area_fd_(area_fd), listener_(std::move(listener)), slots_(kLitmusSlots) {
  slots_[0].expected = true;
  set_sync_wake_up(listener_.get());
}

void LitmusTasks::expect(unsigned slot, bool counts_anew) {
  slots_[slot].expected = true;
  area_.slots[slot].orders.child = counts_anew ? 1 : 0;
}

/// Looked at while it asks: the number is its own.
void LitmusTasks::meet(Slot& slot, pid_t pid) const {
  slot.pid = pid;
  slot.stat = Fd(::open(proc(pid, "/stat").c_str(), O_RDONLY | O_CLOEXEC));
  // A thread that is not its process's first has no such descriptor: stat tells of its end.
  slot.process = Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

bool LitmusTasks::answer(std::uint64_t id, std::int32_t error) const {
  Answer answer{};
  answer.resp.id = id;
  answer.resp.error = error;
  return ::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_SEND, &answer) == 0;
}

void LitmusTasks::asked_next(std::uint64_t id, unsigned number, pid_t pid) {
  Slot* slot = number < slots_.size() ? &slots_[number] : nullptr;
  const bool known = slot != nullptr && slot->expected && (slot->pid == 0 || slot->pid == pid);
  if (!known) {
    answer(id, -ENOSYS);
    return;
  }
  if (slot->pid == 0) meet(*slot, pid);
  const LitmusOrders& orders = area_.slots[number].orders;
  // A signal broke off its asking while the answer was on its way: it has not looked yet.
  if (orders.done != orders.ask)
    answer(id, 0);
  else
    slot->asks = id;
}

void LitmusTasks::asked_area(std::uint64_t id, pid_t pid) {
  // The one that executes; after the execve of a thread the number is its leader's.
  if (executing_ < 0) {
    answer(id, -ENOSYS);
    return;
  }
  Slot& slot = slots_[static_cast<unsigned>(executing_)];
  if (slot.pid != pid) meet(slot, pid);
  area_.executed_slot = static_cast<std::uint32_t>(executing_);
  LitmusOrders& orders = area_.slots[executing_].orders;
  orders.done = orders.ask;
  seccomp_notif_addfd addfd{};
  addfd.id = id;
  addfd.flags = SECCOMP_ADDFD_FLAG_SEND;
  addfd.srcfd = static_cast<std::uint32_t>(area_fd_);
  addfd.newfd_flags = O_CLOEXEC;
  if (::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_ADDFD, &addfd) < 0) answer(id, -ENOSYS);
  slot.executed = true;
  executing_ = -1;
}

void LitmusTasks::take_notification() {
  Notification got{};
  if (::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_RECV, &got) != 0) return;  // it is gone again
  const auto pid = static_cast<pid_t>(got.notif.pid);
  if (got.notif.data.args[0] == static_cast<std::uint64_t>(LitmusAsk::Area))
    asked_area(got.notif.id, pid);
  else
    asked_next(got.notif.id, static_cast<unsigned>(got.notif.data.args[1]), pid);
}

bool LitmusTasks::listen(std::int64_t wait_ns) {
  std::vector<pollfd> ready = {{listener_.get(), POLLIN, 0}};
  std::vector<Slot*> whose = {nullptr};
  for (Slot& slot : slots_) {
    if (!slot.expected) break;  // they are given out in a row
    if (!slot.process) continue;
    ready.push_back({slot.process.get(), POLLIN, 0});
    whose.push_back(&slot);
  }
  const timespec wait{wait_ns / 1'000'000'000, wait_ns % 1'000'000'000};
  if (::ppoll(ready.data(), ready.size(), &wait, nullptr) <= 0) return false;
  // POLLHUP alone: nobody is left who could ask. It says so for ever, and nothing has come.
  bool came = (ready.front().revents & POLLIN) != 0;
  for (std::size_t i = 1; i < ready.size(); ++i) {
    if (ready[i].revents == 0) continue;
    // Its process has ended: told once, then stat says it (or that there is none).
    whose[i]->process.reset();
    came = true;
  }
  if ((ready.front().revents & POLLIN) != 0) take_notification();
  return came;
}

void LitmusTasks::give(unsigned number, const LitmusOrders& orders) {
  Slot& slot = slots_[number];
  slot.executed = false;
  LitmusOrders& there = area_.slots[number].orders;
  const std::uint32_t next = there.ask + 1, done = there.done;
  there.what = orders.what;
  there.child = orders.child;
  there.exit_signal = orders.exit_signal;
  there.exit_status = orders.exit_status;
  there.number = orders.number;
  for (std::size_t i = 0; i < std::size(there.args); ++i) there.args[i] = orders.args[i];
  there.result = 0;
  there.done = done;
  std::atomic_thread_fence(std::memory_order_seq_cst);
  there.ask = next;
  if (slot.asks == 0) return;
  // Not there any more: interrupted, so it asks again; or killed.
  answer(slot.asks, 0);
  slot.asks = 0;
}

bool LitmusTasks::returned(unsigned number) const {
  const LitmusOrders& orders = area_.slots[number].orders;
  return orders.done == orders.ask;
}

bool LitmusTasks::idle(unsigned number) const {
  return slots_[number].asks != 0 && returned(number);
}

TaskSight LitmusTasks::look(unsigned number) const {
  std::array<char, 512> text{};
  const ssize_t got = ::pread(slots_[number].stat.get(), text.data(), text.size(), 0);
  const std::string_view stat(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  const std::size_t bracket = stat.rfind(')');  // the name may hold anything
  if (bracket == std::string_view::npos || bracket + 2 >= stat.size()) return {};
  TaskSight sight;
  sight.state = stat[bracket + 2];
  if (sight.state == 't' && is_stopped_ && is_stopped_(slots_[number].pid)) sight.state = 'T';
  const std::vector<std::string> fields = split(stat.substr(bracket + 2), ' ');
  constexpr std::size_t kFlags = 9 - 3;
  std::uint64_t flags = 0;
  if (fields.size() > kFlags && parse_unsigned(fields[kFlags], 10, flags))
    sight.exiting = (flags & kExiting) != 0;
  return sight;
}

bool LitmusTasks::ended(unsigned number) {
  const Slot& slot = slots_[number];
  if (slot.pid == 0) return false;
  const char state = look(number).state;
  return state == 'X' || state == 'Z';
}

/// "NR ARGS… SP PC", "-1 …" outside of a call, or "running" (proc(5)).
bool LitmusTasks::sleeps_in_its_call(unsigned number) const {
  const auto text = read_text(proc(slots_[number].pid, "/syscall"));
  std::int64_t sys = -1;
  if (!text || !parse_decimal(text->substr(0, text->find(' ')), sys)) return false;
  const LitmusOrders& orders = area_.slots[number].orders;
  constexpr std::int64_t kRestart = 219;  // a sleep that a signal broke off and that goes on
  return orders.done != orders.ask && sys >= 0 &&
         (sys == kRestart || static_cast<std::uint64_t>(sys) == orders.number);
}

}  // namespace cutaway::real
