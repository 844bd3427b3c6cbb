// poll(2): which descriptors could be read or written now, without doing it.
#include <algorithm>

#include "sim/kernel/handlers.h"
#include "sim/kernel/socket_rules.h"
#include "sim/kernel/special.h"
#include "trace/abi/more_flags.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

std::vector<Polled> polled_args(const Request& request) {
  std::vector<Polled> all;
  if (request.args.empty()) return all;
  for (const Arg& item : request.args[0].items) {
    Polled one;
    for (std::size_t n = 0; n < item.keys.size() && n < item.items.size(); ++n) {
      if (item.keys[n] == "fd") one.fd = item.items[n].value;
      if (item.keys[n] == "events") one.events = item.items[n].value;
    }
    all.push_back(one);
  }
  return all;
}

/// What an end of a pipe says (pipe_poll in fs/pipe.c): POLLHUP and POLLERR unasked.
std::int64_t pipe_events(const Pipe& pipe, bool reads, std::int64_t wanted) {
  std::int64_t events = 0;
  if (reads && pipe.bytes > 0) events |= wanted & kPollIn;
  if (reads && pipe.writers == 0) events |= kPollHup;
  if (!reads && pipe.bytes < pipe.capacity) events |= wanted & kPollOut;
  if (!reads && pipe.readers == 0) events |= kPollError;
  return events;
}

/// Readable is what read(2) would not wait for; else it says what for.
std::int64_t readable_now(const Ask& ask, const Polled& one, const OpenFile& file,
                          Decision& waiting) {
  const Socket* socket = ask.world.sockets.find(file.socket);
  if (socket != nullptr && socket->state == SocketState::Listening) {
    if (!socket->backlog.empty()) return kPollIn;
    waiting.on = file.is;
    waiting.keys.push_back(WaitKey{WaitKind::Socket, socket->id.value});
    return 0;
  }
  Request request;
  request.sys = abi::Sys::read;
  request.args = {Arg::integer(one.fd), Arg{}, Arg::integer(1)};
  request.count = 1;
  const Ask reading{ask.world,   ask.task,    request,     ask.blobs,    ask.programs,
                    ask.remotes, ask.now,     ask.entered, ask.woken,    0,
                    ask.fifos,   ask.changes, ask.timers,  ask.specials, ask.random};
  const Decision decision = read_open(reading, file);
  if (decision.kind == Decision::Kind::Wait) {
    waiting.on = decision.on;
    note_deadline(waiting, decision.deadline);
    waiting.keys.insert(waiting.keys.end(), decision.keys.begin(), decision.keys.end());
    return 0;
  }
  if (decision.err == abi::Errno::kEAGAIN) {
    // A descriptor that never blocks: wake when its pipe changes.
    waiting.on = file.is;
    waiting.keys.push_back(socket == nullptr ? WaitKey{WaitKind::Pipe, file.pipe.value}
                                             : WaitKey{WaitKind::Socket, socket->id.value});
    return 0;
  }
  return kPollIn;
}

}  // namespace

std::int64_t poll_events(const Ask& ask, const Polled& one, const OpenFile& file,
                         Decision& waiting) {
  if (ask.specials->count(file.id) != 0) return special_events(ask, one, file, waiting);
  const Pipe* pipe = ask.world.pipes.find(file.pipe);
  if (pipe != nullptr && (file.kind == FileKind::PipeRead || file.kind == FileKind::PipeWrite)) {
    waiting.on = file.is;
    waiting.keys.push_back(WaitKey{WaitKind::Pipe, file.pipe.value});
    return pipe_events(*pipe, file.kind == FileKind::PipeRead, one.events);
  }
  const Socket* socket = ask.world.sockets.find(file.socket);
  if (socket != nullptr && socket->family == "AF_UNIX")
    return unix_events(*socket, ask.world, one.events, waiting);
  const std::int64_t in = (one.events & kPollIn) != 0 ? readable_now(ask, one, file, waiting) : 0;
  return in | (one.events & kPollOut);
}

namespace {

Arg names(std::int64_t events) {
  return Arg::list(abi::flag_names(abi::kPollEvents, static_cast<std::uint64_t>(events)));
}

Arg answered(const std::vector<Polled>& all) {
  Arg list;
  list.tag = ArgTag::List;
  for (const Polled& one : all) {
    Arg item;
    item.tag = ArgTag::Struct;
    item.keys = {"fd", "events", "revents"};
    item.items = {Arg::integer(one.fd), names(one.events), names(one.revents)};
    list.items.push_back(std::move(item));
  }
  return list;
}

}  // namespace

void note_deadline(Decision& waiting, std::int64_t deadline) {
  if (deadline < 0) return;
  waiting.deadline = waiting.deadline < 0 ? deadline : std::min(waiting.deadline, deadline);
}

Decision decide_poll(const Ask& ask) {
  std::vector<Polled> all = polled_args(ask.request);
  Decision waiting;
  waiting.kind = Decision::Kind::Wait;
  waiting.on = "time";
  std::int64_t ready = 0;
  for (Polled& one : all) {
    if (one.fd < 0) continue;
    const OpenFile* file = file_of(ask.world, ask.task, one.fd);
    if (file == nullptr) {
      one.revents = kPollInvalid;
    } else {
      one.revents = poll_events(ask, one, *file, waiting);
    }
    ready += one.revents != 0 ? 1 : 0;
  }
  const auto timeout_ms = std::int64_t{static_cast<std::int32_t>(ask.word(2))};  // an int
  const std::int64_t deadline = timeout_ms < 0 ? -1 : ask.entered + timeout_ms * 1'000'000;
  const bool over = deadline >= 0 && ask.now >= deadline;
  if (ready == 0 && !over) {
    note_deadline(waiting, deadline);
    return waiting;
  }
  Decision decision = answer(ready);
  for (const Polled& one : all) decision.reply.out.push_back(one.revents);
  decision.filled.emplace_back(0, answered(all));
  return decision;
}

}  // namespace cutaway::sim
