// What the kernel's terminals do by themselves: their line discipline between typed and read bytes,
// signals of the keyboard, sizes, whose they are.
#include <utility>

#include "base/text.h"
#include "sim/core/termios.h"
#include "sim/kernel/kernel_impl.h"
#include "sim/kernel/line_discipline.h"
#include "sim/kernel/sink.h"
#include "sim/kernel/terminal_rules.h"
#include "trace/world/lookup.h"
#include "trace/world/new_id.h"

namespace cutaway::sim {
namespace {

constexpr TerminalMode kNewMode{tty::kNewInput, tty::kNewOutput, tty::kNewLocal};

/// A field of a struct that a program passes; what it does not name stays as it was.
std::uint32_t field_of(const Arg& arg, std::string_view key, std::uint32_t before) {
  for (std::size_t i = 0; i < arg.keys.size() && i < arg.items.size(); ++i) {
    if (arg.keys[i] == key) return static_cast<std::uint32_t>(arg.items[i].value);
  }
  return before;
}

bool reads_bytes(abi::Sys sys) { return sys == abi::Sys::read; }
bool writes_bytes(abi::Sys sys) {
  return sys == abi::Sys::write || sys == abi::Sys::writev || sys == abi::Sys::sendfile;
}

}  // namespace

void Kernel::Impl::show(TaskId subject, TerminalId id, std::string_view bytes, bool echo) {
  if (bytes.empty()) return;
  emit(subject,
       TerminalShown{id, trace.blobs.put(bytes), static_cast<std::int64_t>(bytes.size()), echo});
}

/// Bytes arrive at the keyboard's end (n_tty.c, n_tty_receive_buf).
void Kernel::Impl::type(TaskId subject, TerminalId id, std::string_view bytes) {
  const Typed typed = type_at(world().terminals.at(id), bytes);
  show(subject, id, typed.echo, true);
  for (const ReadyInput& ready : typed.ready) {
    emit(subject, TerminalTyped{id, typed.editing, trace.blobs.put(ready.bytes),
                                static_cast<std::int64_t>(ready.bytes.size()), ready.end});
  }
  if (typed.ready.empty()) emit(subject, TerminalTyped{id, typed.editing, BlobId{}, 0, false});
  Sink sink(*this);
  for (const int signal : typed.signals)
    group_signal_effects(world().terminals.at(id).foreground, signal, "a key of its terminal",
                         sink);
}

/// An unfinished line can be read as it is when there are no lines any more.
void Kernel::Impl::set_mode(TaskId subject, TerminalId id, const Arg& wanted) {
  const Terminal before = world().terminals.at(id);
  const TerminalMode mode{field_of(wanted, "c_iflag", before.mode.input),
                          field_of(wanted, "c_oflag", before.mode.output),
                          field_of(wanted, "c_lflag", before.mode.local)};
  emit(subject, TerminalModeSet{id, mode});
  const bool lines_end =
      (before.mode.local & tty::kIcanon) != 0 && (mode.local & tty::kIcanon) == 0;
  if (!lines_end || before.editing.empty()) return;
  emit(subject, TerminalTyped{id, "", trace.blobs.put(before.editing),
                              static_cast<std::int64_t>(before.editing.size()), false});
}

/// Requests that change a terminal, after they were granted.
void Kernel::Impl::change_terminal(TaskRun& run, TerminalId id, const std::vector<Arg>& args) {
  const auto code = static_cast<std::uint64_t>(args.at(1).value);
  const Arg argument = args.size() > 2 ? args[2] : Arg{};
  const Task& task = world().tasks.at(run.id);
  if (code == tty::kTcsets || code == tty::kTcsetsw || code == tty::kTcsetsf) {
    set_mode(run.id, id, argument);
  } else if (code == tty::kTiocswinsz) {
    const Terminal before = world().terminals.at(id);
    const auto rows = static_cast<std::uint32_t>(before.rows);
    const auto columns = static_cast<std::uint32_t>(before.columns);
    // Only another size is news (tty_do_resize).
    if (field_of(argument, "ws_row", rows) == rows &&
        field_of(argument, "ws_col", columns) == columns)
      return;
    emit(run.id, TerminalSized{id, static_cast<std::int32_t>(field_of(argument, "ws_row", rows)),
                               static_cast<std::int32_t>(field_of(argument, "ws_col", columns))});
    Sink sink(*this);
    group_signal_effects(before.foreground, abi::sig::kWinch, "its window's size changed", sink);
  } else if (code == tty::kTiocsctty) {
    emit(run.id, TerminalForegroundSet{id, task.session, task.process_group});
  } else if (code == tty::kTiocspgrp) {
    const TaskId group = leader_by_pid_in(world(), task.in(NsKind::Pid),
                                          static_cast<std::int32_t>(group_of(argument)));
    if (group) emit(run.id, TerminalForegroundSet{id, task.session, group});
  }
}

/// The part of a call on a terminal that no argument tells: what its line discipline did.
void Kernel::Impl::pass_terminal(TaskRun& run, const SyscallDone& done, std::string_view bytes) {
  if (done.ret < 0 || done.args.empty()) return;
  const bool opens = done.sys == abi::Sys::openat || done.sys == abi::Sys::open;
  const bool moves = reads_bytes(done.sys) || writes_bytes(done.sys);
  if (!opens && !moves && done.sys != abi::Sys::ioctl) return;
  const Task* task = world().tasks.find(run.id);
  if (task == nullptr || task->zombie()) return;
  const OpenFile* file = file_of(world(), *task, opens ? done.ret : done.args[0].value);
  const Terminal* terminal = file == nullptr ? nullptr : world().terminals.find(file->terminal);
  if (terminal == nullptr || !terminal->tty) return;
  const TerminalId id = terminal->id;
  const bool master = file->kind == FileKind::TerminalMaster;
  if (opens) {
    if (master && !terminal->disciplined) emit(run.id, TerminalModeSet{id, kNewMode});
  } else if (done.sys == abi::Sys::ioctl) {
    change_terminal(run, id, done.args);
  } else if (reads_bytes(done.sys) && done.ret == 0 && !master) {
    emit(run.id, TerminalEndRead{id});
  } else if (writes_bytes(done.sys) && master) {
    type(run.id, id, bytes);
  } else if (writes_bytes(done.sys)) {
    show(run.id, id, shown_as(terminal->mode, bytes), false);
  }
}

TerminalId Kernel::open_capture() {
  Terminal capture;
  capture.id = next_terminal(world());
  capture.name = "console " + decimal(capture.id.value);
  capture.tty = false;
  const TerminalId id = capture.id;
  impl_->emit(task_by_pid(world(), 1)->id, TerminalMade{std::move(capture)});
  return id;
}

TerminalId Kernel::open_terminal() {
  const Task* init = task_by_pid(world(), 1);
  CHECK(init != nullptr);
  const TaskId subject = init->id;
  Terminal terminal;
  terminal.id = next_terminal(world());
  terminal.input = next_pipe(world());
  std::int64_t number = 0;
  const auto taken = [&](const Terminal& each) {
    return !each.devpts && each.name == "/dev/pts/" + decimal(number);
  };
  while (world().terminals.first(taken) != nullptr) ++number;
  terminal.name = "/dev/pts/" + decimal(number);
  const TerminalId id = terminal.id;
  impl_->emit(subject, TerminalMade{std::move(terminal)});
  impl_->emit(subject, TerminalModeSet{id, kNewMode});
  impl_->settle();
  return id;
}

void Kernel::type(TerminalId terminal, std::string_view bytes) {
  const Task* shell = world().tasks.find(world().terminals.at(terminal).session);
  if (shell == nullptr) shell = task_by_pid(world(), 1);
  CHECK(shell != nullptr);
  impl_->type(shell->id, terminal, bytes);
  impl_->settle();
  impl_->dispatch();
}

}  // namespace cutaway::sim
