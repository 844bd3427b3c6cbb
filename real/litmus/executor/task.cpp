// A task of the program: asks, does, asks again. And what its signal handlers are.
#include <linux/errno.h>

#include "real/litmus/executor/executor.h"

namespace cutaway::litmus {

using real::LitmusDo;
using real::LitmusOrders;

extern "C" {

// Of this process, as the handlers themselves: a fork copies the statuses, an execve forgets all.
volatile long litmus_counts[65];
volatile int litmus_statuses[65];

void litmus_count(int signal) { litmus_counts[signal] = litmus_counts[signal] + 1; }
void litmus_exit(int signal) { kernel(sys::kExitGroup, litmus_statuses[signal]); }
void litmus_restore();

/// clone(2) and its kin. The child has the parent's registers; before it touches memory, which may
/// be the parent's own (CLONE_VM), it goes over to the stack of its slot.
long litmus_spawn(const LitmusOrders* orders, void* stack, unsigned long slot);
[[noreturn]] void litmus_child(unsigned slot) {
  if (area().slots[slot].orders.child != 0) {
    for (volatile long& count : litmus_counts) count = 0;
  }
  serve(slot);
}

}  // extern "C"

static_assert(offsetof(LitmusOrders, number) == 24 && offsetof(LitmusOrders, args) == 32);
asm(R"(
  .text
  .globl litmus_restore
litmus_restore:
  mov $15, %eax
  syscall
  hlt
  .globl litmus_spawn
litmus_spawn:
  push %rbx
  push %r12
  mov %rsi, %r12
  mov %rdx, %rbx
  mov 24(%rdi), %rax
  mov 40(%rdi), %rsi
  mov 48(%rdi), %rdx
  mov 56(%rdi), %r10
  mov 64(%rdi), %r8
  mov 72(%rdi), %r9
  mov 32(%rdi), %rdi
  syscall
  test %rax, %rax
  jz 1f
  pop %r12
  pop %rbx
  ret
1:
  mov %r12, %rsp
  mov %rbx, %rdi
  xor %ebp, %ebp
  call litmus_child
  hlt
)");

namespace {

long make(std::uint64_t number, const std::uint64_t* args) {
  return kernel(static_cast<long>(number), static_cast<long>(args[0]), static_cast<long>(args[1]),
                static_cast<long>(args[2]), static_cast<long>(args[3]), static_cast<long>(args[4]),
                static_cast<long>(args[5]));
}

long call(LitmusOrders& given) { return make(given.number, given.args); }

long batch(LitmusOrders& given) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): in the room of this slot
  const auto* calls = reinterpret_cast<const real::LitmusBatchCall*>(given.args[0]);
  for (std::uint64_t i = 0; i < given.args[1]; ++i) {
    const long result = make(calls[i].number, calls[i].args);
    given.args[2] = i;
    if (result < 0) return result;
  }
  return 0;
}

long spawn(LitmusOrders& given) {
  real::LitmusSlot& child = area().slots[given.child];
  return litmus_spawn(&given, child.stack + sizeof child.stack, given.child);
}

/// A bad address is a real fault.
long touch(LitmusOrders& given) {
  constexpr std::uint64_t kPage = 4096;
  for (std::uint64_t at = 0; at < given.args[1]; at += kPage) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the address is the program's
    auto* byte = reinterpret_cast<volatile char*>(given.args[0] + at);
    if (given.args[2] != 0)
      *byte = 1;
    else
      (void)*byte;
  }
  return 0;
}

long handled(LitmusOrders& given) { return litmus_counts[given.args[0] % 65]; }

/// Whoever has lost its parent becomes the child of pid 1 (pid_namespaces(7)). When nobody is left
/// the program is over.
long reap(LitmusOrders&) {
  while (kernel(sys::kWait4, -1, 0, 0, 0) != -ECHILD) {
  }
  return 0;
}

constexpr long (*kDoers[])(LitmusOrders&) = {call, spawn, touch, handled, batch, reap};

}  // namespace

void serve(unsigned slot) {
  LitmusOrders& orders = area().slots[slot].orders;
  while (true) {
    if (orders.done == orders.ask) {
      const long answer = kernel(real::kLitmusAsk, static_cast<long>(real::LitmusAsk::Next), slot);
      // A handler ran (EINTR): asked again. Nobody listens any more: nothing is left to be done.
      if (answer == -ENOSYS) fail(Failure::NoSupervisor);
      continue;
    }
    if (orders.exit_signal != 0) {
      litmus_statuses[orders.exit_signal % 65] = orders.exit_status;
      orders.exit_signal = 0;
    }
    orders.result = kDoers[static_cast<unsigned>(orders.what)](orders);
    orders.done = orders.ask;
  }
}

}  // namespace cutaway::litmus
