#include <optional>

#include "base/text.h"
#include "sim/core/termios.h"
#include "sim/kernel/bytes.h"
#include "sim/kernel/limits.h"
#include "sim/kernel/terminal_rules.h"
#include "trace/world/lookup.h"
#include "trace/world/signal_action.h"

namespace cutaway::sim {

namespace {

using namespace tty;

bool is_open(const World& world, TerminalId terminal, FileKind end) {
  return world.files.first([&](const OpenFile& file) {
    return file.terminal == terminal && file.kind == end;
  }) != nullptr;
}

/// The master of a container's terminal is one of our descriptors; a person's stands outside.
bool hung_up(const Ask& ask, const Terminal& terminal) {
  return terminal.devpts && !is_open(ask.world, terminal.id, FileKind::TerminalMaster);
}

Decision terminal_bytes(std::string bytes) {
  Decision decision = answer(static_cast<std::int64_t>(bytes.size()));
  decision.filled.emplace_back(1, captured(bytes));
  decision.reply.data = bytes;
  decision.moved = std::move(bytes);
  return decision;
}

std::int64_t asked_count(const Ask& ask) { return static_cast<std::int64_t>(ask.request.count); }

Decision wait_or_again(const OpenFile& file, WaitKey key) {
  if ((file.flags & abi::o::kNonblock) != 0) return refuse(abi::Errno::kEAGAIN);
  return wait_for(file.is, key);
}

/// The background at its own terminal stops by a signal for its whole group, and the call is made
/// again when it goes on. Who does not want the signal may write, but not read; who would never be
/// continued gets EIO (tty_jobctrl.c, __tty_check_change). Nothing: it is in front.
std::optional<Decision> background(const Ask& ask, const Terminal& terminal, int signal) {
  const bool own = ask.task.terminal == terminal.id && terminal.foreground;
  if (!own || terminal.foreground == ask.task.process_group) return std::nullopt;
  const bool blocked = (ask.task.blocked >> static_cast<unsigned>(signal - 1) & 1U) != 0;
  bool ignored = false;
  if (const SignalHandlers* handlers = ask.world.sighands.find(ask.task.sighand)) {
    const auto found = handlers->actions.find(signal);
    ignored = found != handlers->actions.end() && found->second == "ignore";
  }
  if (blocked || ignored) {
    if (signal == abi::sig::kTtin) return refuse(abi::Errno::kEIO);
    return std::nullopt;
  }
  if (is_orphaned_group(ask.world, ask.task.process_group)) return refuse(abi::Errno::kEIO);
  Decision decision = wait_for(terminal.name, WaitKey{WaitKind::Signal, ask.task.id.value});
  decision.group_signal = signal;
  return decision;
}

/// With ICANON a read brings one line at most; an empty one is the end of the file (termios(3)).
Decision read_slave(const Ask& ask, const OpenFile& file, const Terminal& terminal) {
  if (const auto stopped = background(ask, terminal, abi::sig::kTtin)) return *stopped;
  const Pipe* input = ask.world.pipes.find(terminal.input);
  if (input == nullptr || asked_count(ask) == 0) return terminal_bytes({});
  if (input->segments.empty()) {
    if (hung_up(ask, terminal)) return terminal_bytes({});
    return wait_or_again(file, WaitKey{WaitKind::Pipe, terminal.input.value});
  }
  const bool canonical = (terminal.mode.local & kIcanon) != 0;
  const std::int64_t first = input->segments.front().length;
  if (first == 0) return terminal_bytes({});
  return terminal_bytes(
      front_of(ask.blobs, *input, std::min(asked_count(ask), canonical ? first : input->bytes)));
}

/// What has come out and was not read yet. Without any open slave: EIO (pty(7)).
Decision read_master(const Ask& ask, const OpenFile& file, const Terminal& terminal) {
  std::string bytes;
  std::int64_t skip = file.offset;
  for (const TerminalRun& run : terminal.output) {
    const std::int64_t length = run.segment.length;
    const std::int64_t from = std::min(skip, length);
    skip -= from;
    const std::int64_t room = asked_count(ask) - static_cast<std::int64_t>(bytes.size());
    const std::int64_t count = std::min(length - from, room);
    if (count > 0) bytes += bytes_of(ask.blobs, run.segment.data, run.segment.from + from, count);
  }
  if (!bytes.empty()) return terminal_bytes(std::move(bytes));
  if (!is_open(ask.world, terminal.id, FileKind::Terminal)) return refuse(abi::Errno::kEIO);
  return wait_or_again(file, WaitKey{WaitKind::Terminal, terminal.id.value});
}

Decision attributes(const Terminal& terminal) {
  Decision decision = answer(0);
  const std::int64_t flags[] = {terminal.mode.input, terminal.mode.output, terminal.mode.local};
  decision.reply.out.assign(std::begin(flags), std::end(flags));
  Arg filled;
  filled.tag = ArgTag::Struct;
  filled.keys = {"c_iflag", "c_oflag", "c_lflag"};
  for (const std::int64_t flag : flags) filled.items.push_back(Arg::integer(flag));
  decision.filled.emplace_back(2, std::move(filled));
  return decision;
}

Decision size_of(const Terminal& terminal) {
  Decision decision = answer(0);
  decision.reply.out = {terminal.rows, terminal.columns};
  Arg filled;
  filled.tag = ArgTag::Struct;
  filled.keys = {"ws_row", "ws_col"};
  filled.items = {Arg::integer(terminal.rows), Arg::integer(terminal.columns)};
  decision.filled.emplace_back(2, std::move(filled));
  return decision;
}

/// Only a session's leader without a terminal gets one, and only one that no other session has.
Decision take_control(const Ask& ask, const Terminal& terminal) {
  if (ask.task.session != ask.task.leader) return refuse(abi::Errno::kEPERM);
  if (ask.task.terminal == terminal.id) return answer(0);
  if (ask.task.terminal) return refuse(abi::Errno::kEPERM);
  const Task* other = ask.world.tasks.find(terminal.session);
  const bool taken = other != nullptr && !other->zombie() && terminal.session != ask.task.leader;
  return taken ? refuse(abi::Errno::kEPERM) : answer(0);
}

}  // namespace

Arg group_arg(std::int64_t group) {
  Arg number;
  number.tag = ArgTag::Struct;
  number.keys = {"int"};
  number.items = {Arg::integer(group)};
  return number;
}
std::int64_t group_of(const Arg& arg) {
  return arg.tag == ArgTag::Struct && !arg.items.empty() ? arg.items[0].value : arg.value;
}

namespace {

Decision foreground_group(const Ask& ask, const Terminal& terminal) {
  if (ask.task.terminal != terminal.id) return refuse(abi::Errno::kENOTTY);
  Decision decision = answer(0);
  const std::int64_t group =
      leader_pid_in(ask.world, terminal.foreground, ask.task.in(NsKind::Pid));
  decision.reply.out = {group};
  decision.filled.emplace_back(2, group_arg(group));
  return decision;
}

/// That of any member; of no group, the task's own (session_of_pgrp in tty_jobctrl.c).
TaskId session_of_group(const World& world, TaskId group) {
  const Task* member =
      world.tasks.first([group](const Task& task) { return task.process_group == group; });
  if (member == nullptr) member = world.tasks.find(group);
  return member == nullptr ? TaskId{} : member->session;
}

Decision set_foreground(const Ask& ask, const Terminal& terminal) {
  if (ask.task.terminal != terminal.id) return refuse(abi::Errno::kENOTTY);
  const TaskId group =
      leader_by_pid_in(ask.world, ask.task.in(NsKind::Pid),
                       static_cast<std::int32_t>(group_of(ask.request.args.at(2))));
  if (!group) return refuse(abi::Errno::kESRCH);
  return session_of_group(ask.world, group) == ask.task.session ? answer(0)
                                                                : refuse(abi::Errno::kEPERM);
}

Decision open_peer(const Ask& ask) {
  const std::int32_t fd = lowest_free_fd(ask.world, ask.task);
  return fd < max_descriptors(ask.task) ? answer(fd) : refuse(abi::Errno::kEMFILE);
}

Decision terminal_number(const Terminal& terminal) {
  Decision decision = answer(0);
  std::int64_t number = 0;
  parse_decimal(terminal.name.substr(terminal.name.rfind('/') + 1), number);
  decision.reply.out = {number};
  return decision;
}

using Answer = Decision (*)(const Ask&, const Terminal&);
struct RequestRow {
  std::uint64_t code;
  bool master_only;
  Answer decide;
  bool changes = false;  ///< what the background may not do (tty_check_change)
};
constexpr RequestRow kRequests[] = {
    {kTcgets, false, [](const Ask&, const Terminal& t) { return attributes(t); }},
    {kTcsets, false, [](const Ask&, const Terminal&) { return answer(0); }, true},
    {kTcsetsw, false, [](const Ask&, const Terminal&) { return answer(0); }, true},
    {kTcsetsf, false, [](const Ask&, const Terminal&) { return answer(0); }, true},
    {kTiocsctty, false, take_control},
    {kTiocgpgrp, false, foreground_group},
    {kTiocspgrp, false, set_foreground, true},
    {kTiocgwinsz, false, [](const Ask&, const Terminal& t) { return size_of(t); }},
    {kTiocswinsz, false, [](const Ask&, const Terminal&) { return answer(0); }},
    {kTiocnotty, false, [](const Ask&, const Terminal&) { return answer(0); }},
    {kTiocsptlck, true, [](const Ask&, const Terminal&) { return answer(0); }},
    {kTiocgptn, true, [](const Ask&, const Terminal& t) { return terminal_number(t); }},
    {kTiocgptpeer, true, [](const Ask& ask, const Terminal&) { return open_peer(ask); }},
};

const RequestRow* request_row(std::uint64_t code) {
  for (const RequestRow& row : kRequests) {
    if (row.code == code) return &row;
  }
  return nullptr;
}

}  // namespace

Decision read_terminal(const Ask& ask, const OpenFile& file) {
  const Terminal* terminal = ask.world.terminals.find(file.terminal);
  if (terminal == nullptr) return terminal_bytes({});
  if (file.kind == FileKind::TerminalMaster) return read_master(ask, file, *terminal);
  return read_slave(ask, file, *terminal);
}

Decision write_terminal(const Ask& ask, const OpenFile& file) {
  const Terminal* terminal = ask.world.terminals.find(file.terminal);
  const bool slave = file.kind == FileKind::Terminal;
  if (slave && terminal != nullptr && hung_up(ask, *terminal)) return refuse(abi::Errno::kEIO);
  if (slave && terminal != nullptr && (terminal->mode.local & kTostop) != 0) {
    if (const auto stopped = background(ask, *terminal, abi::sig::kTtou)) return *stopped;
  }
  Decision decision = answer(static_cast<std::int64_t>(ask.request.data.size()));
  decision.moved = ask.request.data;
  return decision;
}

bool is_terminal_request(std::uint64_t code) { return request_row(code) != nullptr; }

Decision terminal_ioctl(const Ask& ask, const OpenFile& file, std::uint64_t code) {
  const Terminal* terminal = ask.world.terminals.find(file.terminal);
  const RequestRow* row = request_row(code);
  if (terminal == nullptr || !terminal->tty || row == nullptr) return refuse(abi::Errno::kENOTTY);
  if (row->master_only && file.kind != FileKind::TerminalMaster) return refuse(abi::Errno::kENOTTY);
  if (row->changes && file.kind == FileKind::Terminal) {
    const bool group = code == kTiocspgrp;
    const auto stopped = background(ask, *terminal, abi::sig::kTtou);
    if (stopped && stopped->err == abi::Errno::kEIO && group) return refuse(abi::Errno::kENOTTY);
    if (stopped) return *stopped;
  }
  return row->decide(ask, *terminal);
}

}  // namespace cutaway::sim
