// sendmsg(2), recvmsg(2): a byte with a descriptor (unix(7), SCM_RIGHTS), which is how a terminal's
// master comes out of a container.
#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/kernel_impl.h"
#include "sim/kernel/limits.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

const std::string kByte = "c";

Arg list_of(Arg item) {
  Arg list;
  list.tag = ArgTag::List;
  list.items.push_back(std::move(item));
  return list;
}

/// struct msghdr as a trace shows it: the byte, and the descriptor that goes along.
Arg message(std::int64_t fd) {
  Arg piece;
  piece.tag = ArgTag::Struct;
  piece.keys = {"iov_base", "iov_len"};
  piece.items = {Arg::bytes(kByte), Arg::integer(static_cast<std::int64_t>(kByte.size()))};
  Arg head;
  head.tag = ArgTag::Struct;
  head.keys = {"msg_iov"};
  head.items = {list_of(std::move(piece))};
  if (fd < 0) return head;
  head.keys.emplace_back("scm_rights");
  head.items.push_back(list_of(Arg::integer(fd)));
  return head;
}

struct Ends {
  abi::Errno err = abi::Errno::kOk;
  const OpenFile* file = nullptr;
  const Socket* socket = nullptr;
};
Ends connected_at(const Ask& ask) {
  Ends ends;
  ends.file = file_of(ask.world, ask.task, ask.integer(0));
  if (ends.file == nullptr) return {abi::Errno::kEBADF};
  ends.socket = ask.world.sockets.find(ends.file->socket);
  if (ends.socket == nullptr) return {abi::Errno::kENOTSOCK};
  if (ends.socket->state != SocketState::Connected) ends.err = abi::Errno::kENOTCONN;
  return ends;
}

}  // namespace

Decision decide_sendmsg(const Ask& ask) {
  const Ends ends = connected_at(ask);
  if (ends.err != abi::Errno::kOk) return refuse(ends.err);
  const OpenFile* along = file_of(ask.world, ask.task, ask.integer(1));
  if (along == nullptr) return refuse(abi::Errno::kEBADF);
  const Pipe* pipe = ask.world.pipes.find(ends.socket->outgoing);
  if (pipe == nullptr || pipe->readers == 0) return refuse(abi::Errno::kEPIPE);
  Decision decision = answer(1);
  decision.moved = kByte;
  decision.sent = along->id;
  decision.filled.emplace_back(1, message(ask.integer(1)));
  return decision;
}

Decision decide_recvmsg(const Ask& ask) {
  const Ends ends = connected_at(ask);
  if (ends.err != abi::Errno::kOk) return refuse(ends.err);
  const Pipe* pipe = ask.world.pipes.find(ends.socket->incoming);
  if (pipe == nullptr || (pipe->bytes == 0 && pipe->writers == 0)) return answer(0);
  if (pipe->bytes == 0)
    return wait_for(ends.file->is, WaitKey{WaitKind::Pipe, ends.socket->incoming.value});
  Decision decision = answer(1);
  decision.reply.data = front_of(ask.blobs, *pipe, 1);
  decision.moved = decision.reply.data;
  std::int64_t fd = -1;
  if (!pipe->files.empty()) {
    fd = lowest_free_fd(ask.world, ask.task);
    if (fd >= max_descriptors(ask.task)) return refuse(abi::Errno::kEMFILE);
    decision.received = pipe->files.front();
    decision.reply.out = {fd};
  }
  decision.filled.emplace_back(1, message(fd));
  return decision;
}

void Kernel::Impl::pass_descriptors(TaskRun& run, const SyscallDone& done,
                                    const Decision& decision) {
  if (done.ret < 0 || (!decision.sent && !decision.received)) return;
  const OpenFile* file = file_of(world(), world().tasks.at(run.id), done.args.at(0).value);
  const Socket* socket = file == nullptr ? nullptr : world().sockets.find(file->socket);
  if (socket == nullptr) return;
  if (decision.sent) emit(run.id, FileSent{socket->outgoing, decision.sent});
  if (!decision.received) return;
  constexpr std::uint64_t kCloexec = 0x40000000;  // MSG_CMSG_CLOEXEC
  const PipeId incoming = socket->incoming;
  const bool cloexec = (static_cast<std::uint64_t>(done.args.at(2).value) & kCloexec) != 0;
  const auto fd = static_cast<std::int32_t>(decision.reply.out.at(0));
  emit(run.id, FileReceived{fd, decision.received, cloexec});
  emit(run.id, FileArrived{incoming, decision.received});
}

}  // namespace cutaway::sim
