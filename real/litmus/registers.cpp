// The way to the kernel; the way back is outcome.cpp.
#include "real/litmus/registers.h"

#include <sys/socket.h>

#include <algorithm>
#include <csignal>

#include "real/sys/files.h"

namespace cutaway::real {

using spec::LayoutForm;
using spec::LitmusPass;

namespace {

constexpr std::uint64_t kRestorer = 0x04000000;  // SA_RESTORER: x86-64 insists on one
constexpr std::uint64_t kControlRoom = 256;

const Arg* member(const Arg& value, std::string_view name) {
  for (std::size_t i = 0; i < value.keys.size() && i < value.items.size(); ++i) {
    if (value.keys[i] == name) return &value.items[i];
  }
  return nullptr;
}

void append_word(std::string& bytes, std::uint64_t word) {
  bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
}
void replace(std::string& bytes, std::size_t at, std::uint64_t word) {
  bytes.replace(at, sizeof word, reinterpret_cast<const char*>(&word), sizeof word);
}

/// struct cmsghdr and the descriptors behind it (unix(7), SCM_RIGHTS).
std::string control_bytes(const Arg& messages) {
  std::string all;
  for (const Arg& each : messages.items) {
    const Arg* fds = member(each, "fds");
    const std::size_t count = fds == nullptr ? 0 : fds->items.size();
    cmsghdr head{};
    head.cmsg_len = CMSG_LEN(count * sizeof(int));
    head.cmsg_level = SOL_SOCKET;
    head.cmsg_type = SCM_RIGHTS;
    std::string bytes(reinterpret_cast<const char*>(&head), sizeof head);
    for (std::size_t i = 0; i < count; ++i) {
      const int fd = static_cast<int>(fds->items[i].value);
      bytes.append(reinterpret_cast<const char*>(&fd), sizeof fd);
    }
    bytes.resize(CMSG_SPACE(count * sizeof(int)));
    all += bytes;
  }
  return all;
}

}  // namespace

Result<LitmusRegisters> LitmusRegisters::of(const spec::LitmusCall& call, LitmusArea& area,
                                            unsigned slot) {
  LitmusRegisters made(call, area, slot);
  TRY(made.lay());
  return made;
}

Status LitmusRegisters::lay() {
  orders_.number = static_cast<std::uint64_t>(call_.sys);
  places_.resize(call_.args.size());
  for (std::size_t n = 0; n < call_.args.size() && n < std::size(orders_.args); ++n)
    orders_.args[n] = argument(n);
  if (full_)
    return fail(ErrorCode::Cannot, "hand so many bytes to a call: a task has room for " +
                                       std::to_string(kLitmusRoomBytes));
  return {};
}

std::uint64_t LitmusRegisters::put(std::string_view bytes) {
  const std::uint64_t address = room_.put(bytes);
  full_ = full_ || address == 0;
  return address;
}

std::uint64_t LitmusRegisters::keep_room(std::uint64_t size) {
  const std::uint64_t address = room_.reserve_zero(size);
  full_ = full_ || address == 0;
  return address;
}

std::uint64_t LitmusRegisters::argument(std::size_t n) {
  const Arg& arg = call_.args[n];
  const LitmusPass pass = call_.parameters[n].pass;
  const bool comes_back = pass == LitmusPass::Room || pass == LitmusPass::Result;
  if (arg.tag == ArgTag::Integer) return static_cast<std::uint64_t>(arg.value);
  if (comes_back && call_.given[n]) return 0;  // NULL, as the document says
  if (comes_back) {
    places_[n].size = call_.room[n];
    return places_[n].address = keep_room(places_[n].size);
  }
  if (arg.tag == ArgTag::Missing) return 0;
  switch (pass) {
    case LitmusPass::Value:
      return static_cast<std::uint64_t>(arg.value);
    case LitmusPass::Text:
      return put(arg.text + '\0');
    case LitmusPass::Texts:
      return texts(arg);
    case LitmusPass::Bytes:
      return put(arg.text);
    default:
      return structs(n);
  }
}

std::uint64_t LitmusRegisters::texts(const Arg& list) {
  std::string pointers;
  for (const Arg& each : list.items) append_word(pointers, put(each.text + '\0'));
  append_word(pointers, 0);
  return put(pointers);
}

std::uint64_t LitmusRegisters::structs(std::size_t n) {
  const Arg& arg = call_.args[n];
  const spec::LitmusParameter& parameter = call_.parameters[n];
  Place& place = places_[n];
  std::string bytes;
  if (arg.tag == ArgTag::Bytes) {
    bytes = arg.text;
  } else if (parameter.many) {
    for (const Arg& each : arg.items) bytes += bytes_of(*parameter.layout, each, place);
  } else {
    bytes = bytes_of(*parameter.layout, arg, place);
  }
  place.size = bytes.size();
  return place.address = put(bytes);
}

std::string LitmusRegisters::bytes_of(const spec::LitmusLayout& layout, const Arg& value,
                                      Place& place) {
  switch (layout.form) {
    case LayoutForm::SignalAction:
      return action(value);
    case LayoutForm::IoVector:
      return vector(value, place);
    case LayoutForm::Message:
      return message(value, place);
    default:
      return spec::struct_bytes(layout, value);
  }
}

/// struct kernel_sigaction: handler, flags, restorer, mask.
std::string LitmusRegisters::action(const Arg& value) {
  const Arg* handler = member(value, "sa_handler");
  const Arg* flags = member(value, "sa_flags");
  const bool exits = handler != nullptr && handler->tag == ArgTag::Struct;
  const std::string_view name = handler == nullptr ? "SIG_DFL" : std::string_view(handler->text);
  std::uint64_t address = name == "SIG_IGN" ? 1 : 0;
  if (name == "count") address = area_->addresses.counting;
  if (exits) {
    address = area_->addresses.exiting;
    orders_.exit_signal = static_cast<std::int32_t>(call_.args.front().value);
    orders_.exit_status = static_cast<std::int32_t>(handler->items.front().value);
  }
  std::string bytes = spec::struct_bytes(spec::layouts::kSigaction, value);
  replace(bytes, 0, address);
  replace(bytes, 8, (flags == nullptr ? 0 : static_cast<std::uint64_t>(flags->value)) | kRestorer);
  replace(bytes, 16, area_->addresses.restorer);
  return bytes;
}

std::string LitmusRegisters::vector(const Arg& part, Place& place) {
  const Arg* base = member(part, "iov_base");
  const Arg* length = member(part, "iov_len");
  Piece piece;
  if (base != nullptr && base->tag == ArgTag::Bytes) {
    piece = {put(base->text),
             length != nullptr ? static_cast<std::uint64_t>(length->value) : base->text.size()};
  } else {
    const bool sized = length != nullptr && length->value >= 0;
    piece.size = sized ? static_cast<std::uint64_t>(length->value) : spec::kLitmusRoom;
    piece.address = base != nullptr
                        ? static_cast<std::uint64_t>(base->value)
                        : keep_room(std::min<std::uint64_t>(piece.size, kLitmusRoomBytes));
  }
  place.parts.push_back(piece);
  std::string bytes;
  append_word(bytes, piece.address);
  append_word(bytes, piece.size);
  return bytes;
}

std::string LitmusRegisters::message(const Arg& value, Place& place) {
  const bool receives = call_.sys == abi::Sys::recvmsg;
  const Arg* name = member(value, "msg_name");
  const Arg* iov = member(value, "msg_iov");
  const Arg* control = member(value, "msg_control");
  std::string parts, bytes;
  if (iov != nullptr) {
    for (const Arg& each : iov->items) parts += vector(each, place);
  } else if (receives) {
    parts = vector(Arg{}, place);
  }
  std::string address;
  if (name != nullptr && name->tag == ArgTag::Struct) {
    address = spec::struct_bytes(spec::layouts::kSocketAddress, *name);
    address.resize(spec::struct_length(spec::layouts::kSocketAddress, *name));
  }
  const std::string sent = control == nullptr || receives ? std::string() : control_bytes(*control);
  if (receives) place.control = {keep_room(kControlRoom), kControlRoom};
  append_word(bytes, address.empty() ? 0 : put(address));
  append_word(bytes, address.size());
  append_word(bytes, parts.empty() ? 0 : put(parts));
  append_word(bytes, parts.size() / 16);
  append_word(bytes, receives ? place.control.address : sent.empty() ? 0 : put(sent));
  append_word(bytes, receives ? kControlRoom : sent.size());
  append_word(bytes, 0);
  return bytes;
}

}  // namespace cutaway::real
