// What a call gave, read from the room of its task. The kernel wrote it there, but the program may
// have as well: nothing here trusts a length.
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "base/text.h"
#include "real/litmus/registers.h"

namespace cutaway::real {

using spec::LayoutForm;
using spec::LitmusOutcome;
using spec::LitmusPass;

namespace {

std::uint64_t word_at(std::string_view bytes, std::size_t at, std::size_t size = 8) {
  std::uint64_t word = 0;
  if (at + size <= bytes.size()) std::memcpy(&word, bytes.data() + at, size);
  return word;
}

/// waitid(2) says in parts what wait(2) says in one word.
std::optional<std::int32_t> status_of(std::string_view siginfo) {
  const auto code = static_cast<std::int32_t>(word_at(siginfo, 8, 4));
  const auto value = static_cast<std::int32_t>(word_at(siginfo, 24, 4));
  if (word_at(siginfo, 16, 4) == 0) return std::nullopt;  // si_pid: nobody
  switch (code) {
    case CLD_EXITED:
      return (value & 0xff) << 8;
    case CLD_KILLED:
      return value & 0x7f;
    case CLD_DUMPED:
      return (value & 0x7f) | 0x80;
    case CLD_CONTINUED:
      return 0xffff;
    default:
      return value << 8 | 0x7f;
  }
}

/// How many bytes of a buffer a result of `ret` stands for.
std::uint64_t length_of(abi::Sys sys, std::int64_t ret, std::string_view room) {
  if (sys == abi::Sys::prctl) return std::min(room.find('\0'), room.size());
  const std::uint64_t length = ret < 0 ? 0 : static_cast<std::uint64_t>(ret);
  // getcwd(2) counts its NUL.
  const std::uint64_t text = sys == abi::Sys::getcwd && length > 0 ? length - 1 : length;
  return std::min<std::uint64_t>(text, room.size());
}

/// struct linux_dirent64 (getdents64(2)): ino, off, reclen, type, name. In a document only the
/// names, sorted: their order is the file system's own.
std::string entry_names(std::string_view entries) {
  constexpr std::size_t kHead = 19;
  std::vector<std::string> names;
  while (entries.size() > kHead) {
    const std::size_t length = word_at(entries, 16, 2);
    if (length <= kHead || length > entries.size()) break;
    const std::string_view name = entries.substr(kHead, length - kHead);
    names.emplace_back(name.substr(0, name.find('\0')));
    entries.remove_prefix(length);
  }
  std::sort(names.begin(), names.end());
  return join(names, "\n");
}

/// Members into `out`; what has none of its own stands under the argument's name.
void add_to(Json& out, std::string_view argument, Json value) {
  if (!out.is_object()) out = Json::object();
  if (!value.is_object()) {
    out[std::string(argument)] = std::move(value);
    return;
  }
  for (auto& [key, part] : value.items()) out[key] = part;
}

}  // namespace

LitmusOutcome LitmusRegisters::outcome(std::int64_t result, const ExitStatuses& statuses) const {
  LitmusOutcome outcome;
  constexpr std::int64_t kMaxErrno = 4095;
  if (result < 0 && result >= -kMaxErrno) {
    outcome.ret = -1;
    outcome.err = static_cast<abi::Errno>(-result);
    // nanosleep(2) says what is left when it was interrupted.
    if (outcome.err != abi::Errno::kEINTR) return outcome;
  } else {
    outcome.ret = result;
  }
  for (std::size_t n = 0; n < places_.size(); ++n) {
    if (places_[n].address == 0) continue;
    if (call_.parameters[n].pass == LitmusPass::Room)
      bytes_back(n, outcome);
    else if (call_.parameters[n].pass != LitmusPass::Struct)
      struct_back(n, statuses, outcome);
  }
  return outcome;
}

void LitmusRegisters::bytes_back(std::size_t n, LitmusOutcome& outcome) const {
  const std::string_view room = room_.at(places_[n].address, places_[n].size);
  const std::string_view came = room.substr(0, length_of(call_.sys, outcome.ret, room));
  outcome.data = call_.sys == abi::Sys::getdents64 ? entry_names(came) : std::string(came);
}

void LitmusRegisters::struct_back(std::size_t n, const ExitStatuses& statuses,
                                  LitmusOutcome& outcome) const {
  const Place& place = places_[n];
  const spec::LitmusParameter& parameter = call_.parameters[n];
  const spec::LitmusLayout* layout = parameter.layout;
  if (layout == nullptr) return;
  const std::string_view bytes = room_.at(place.address, place.size);
  const std::string_view name = syscall_shape(call_.sys).args[n].name;
  if (layout == &spec::layouts::kDescriptor) {
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4)
      outcome.descriptors.push_back(static_cast<std::int32_t>(word_at(bytes, at, 4)));
    return;
  }
  if (layout->form == LayoutForm::WaitStatus) {
    if (outcome.ret > 0) outcome.status = static_cast<std::int32_t>(word_at(bytes, 0, 4));
    return;
  }
  if (layout->form == LayoutForm::Message || layout->form == LayoutForm::IoVector)
    return message_back(place, outcome);
  if (call_.sys == abi::Sys::waitid) outcome.status = status_of(bytes);
  if (layout->form == LayoutForm::SignalAction)
    return add_to(outcome.out, name, action_json(bytes, statuses));
  if (!parameter.many) return add_to(outcome.out, name, spec::struct_json(*layout, bytes));
  Json all = Json::array();
  // As many as came back, where that is what the call says.
  const bool counted = parameter.pass == LitmusPass::Result && outcome.ret >= 0;
  const std::size_t count = bytes.size() / layout->size;
  const std::size_t most = counted ? std::min(count, static_cast<std::size_t>(outcome.ret)) : count;
  for (std::size_t i = 0; i < most; ++i)
    all.push_back(spec::struct_json(*layout, bytes.substr(i * layout->size, layout->size)));
  add_to(outcome.out, name, std::move(all));
}

/// Bytes of all parts, one behind the other, and the descriptors that came along.
void LitmusRegisters::message_back(const Place& place, LitmusOutcome& outcome) const {
  std::string data;
  for (const Piece& part : place.parts) data += room_.at(part.address, part.size);
  data.resize(std::min<std::size_t>(data.size(),
                                    outcome.ret < 0 ? 0 : static_cast<std::size_t>(outcome.ret)));
  outcome.data = std::move(data);
  if (place.control.address == 0) return;
  const std::string_view control = room_.at(place.control.address, place.control.size);
  const std::uint64_t length = word_at(control, 0);
  if (word_at(control, 8, 4) != SOL_SOCKET || word_at(control, 12, 4) != SCM_RIGHTS) return;
  Json fds = Json::array();
  for (std::size_t at = CMSG_LEN(0); at + 4 <= length && at + 4 <= control.size(); at += 4) {
    const auto fd = static_cast<std::int32_t>(word_at(control, at, 4));
    outcome.descriptors.push_back(fd);
    fds.push_back(fd);
  }
  add_to(outcome.out, "msg_control",
         Json::array({Json{{"cmsg_type", "SCM_RIGHTS"}, {"fds", std::move(fds)}}}));
}

Json LitmusRegisters::action_json(std::string_view bytes, const ExitStatuses& statuses) const {
  constexpr std::uint64_t kRestorer = 0x04000000;
  std::string plain(bytes);
  const std::uint64_t flags = word_at(bytes, 8) & ~kRestorer, handler = word_at(bytes, 0);
  if (plain.size() >= 16) plain.replace(8, 8, reinterpret_cast<const char*>(&flags), 8);
  Json action = spec::struct_json(spec::layouts::kSigaction, plain);
  Json& shown = action["sa_handler"];
  if (handler == 0) shown = "SIG_DFL";
  if (handler == 1) shown = "SIG_IGN";
  if (handler == area_->addresses.counting) shown = "count";
  if (handler == area_->addresses.exiting) {
    const auto status = statuses.find(static_cast<std::int32_t>(call_.args.front().value));
    shown = Json{{"exit", status == statuses.end() ? 0 : status->second}};
  }
  return action;
}

}  // namespace cutaway::real
