// A whole call: its arguments in the order of the shape, sizes taken from what they measure, room
// for what comes back.
#include <algorithm>

#include "spec/document.h"
#include "spec/litmus/parameters.h"
#include "spec/litmus/reader.h"

namespace cutaway::spec {

namespace {

constexpr std::uint64_t kMostRoom = std::uint64_t{1} << 20;

/// Arguments that are not 0 when they are not given, since nobody would mean that.
struct Default {
  abi::Sys sys;
  std::string_view argument;
  std::int64_t value;
};
constexpr Default kDefaults[] = {{abi::Sys::rt_sigaction, "sigsetsize", 8},
                                 {abi::Sys::clone3, "size", 88}};

class CallReader {
 public:
  CallReader(abi::Sys sys, const Json& arguments, const std::string& pointer, LitmusReader& reader)
      : shape_(syscall_shape(sys)), arguments_(arguments), pointer_(pointer), reader_(reader) {
    call_.sys = sys;
    call_.parameters = litmus_parameters(sys);
    call_.args.resize(shape_.args.size());
    call_.given.resize(shape_.args.size());
    call_.room.resize(shape_.args.size());
  }

  LitmusCall read() {
    for (std::size_t n = 0; n < shape_.args.size(); ++n) argument(n);
    capability_header();
    for (std::size_t n = 0; n < shape_.args.size(); ++n) provide(n);
    return std::move(call_);
  }

 private:
  const Json* find(std::size_t n) const {
    const auto member = arguments_.find(std::string(shape_.args[n].name));
    return member == arguments_.end() ? nullptr : &*member;
  }

  void argument(std::size_t n) {
    const Json* value = find(n);
    call_.given[n] = value != nullptr;
    ArgShape shape = shape_.args[n];
    if (const LitmusVariant* variant = litmus_variant(call_.sys, n, call_.args)) {
      call_.parameters[n] = variant->parameter;
      shape.kind = variant->kind;
      shape.table = variant->table;
    }
    if (value == nullptr) return default_value(n);
    const std::string at = pointer_join(pointer_, shape.name);
    const LitmusParameter& parameter = call_.parameters[n];
    const bool is_struct =
        parameter.pass == LitmusPass::Struct || parameter.pass == LitmusPass::Both;
    if (is_struct)
      call_.args[n] = structure(parameter, *value, at);
    else if (parameter.pass == LitmusPass::Result || parameter.pass == LitmusPass::Room)
      call_.args[n] = where_to(*value, at);
    else
      call_.args[n] = read_value(reader_, shape, *value, at);
  }

  Arg structure(const LitmusParameter& parameter, const Json& value, const std::string& at) {
    // An option of a socket may also be bytes; ioctl's argp a number as it stands.
    if (call_.sys == abi::Sys::setsockopt && (value.is_string() || value.is_object()) &&
        parameter.layout == &layouts::kInt)
      return value.is_object() ? named_int(value, at) : read_bytes(reader_, value, at);
    return read_struct(reader_, *parameter.layout, parameter.many, value, at);
  }
  Arg named_int(const Json& value, const std::string& at) {
    return read_struct(reader_, layouts::kNamedInt, false, value, at);
  }

  /// The document says where the kernel is to put what comes back: nowhere, or at an address.
  Arg where_to(const Json& value, const std::string& at) {
    if (value.is_null()) return {};
    return read_number(reader_, value, at);
  }

  void default_value(std::size_t n) {
    const bool pointer =
        call_.parameters[n].pass != LitmusPass::Value || shape_.args[n].kind == ArgKind::Struct;
    if (!pointer) call_.args[n] = Arg::integer(0);
    for (const Default& row : kDefaults) {
      if (row.sys == call_.sys && row.argument == shape_.args[n].name)
        call_.args[n] = Arg::integer(row.value);
    }
  }

  /// capget(2), capset(2): version 3 of the header, about oneself.
  void capability_header() {
    for (std::size_t n = 0; n < call_.args.size(); ++n) {
      if (call_.parameters[n].layout != &layouts::kCapHeader) continue;
      if (!call_.given[n]) call_.args[n].tag = ArgTag::Struct;
      Arg& header = call_.args[n];
      const bool versioned =
          std::find(header.keys.begin(), header.keys.end(), "version") != header.keys.end();
      if (header.tag != ArgTag::Struct || versioned) continue;
      header.keys.emplace_back("version");
      header.items.push_back(Arg::integer(0x20080522));
    }
  }

  void provide(std::size_t n) {
    const LitmusParameter& parameter = call_.parameters[n];
    const bool comes_back = parameter.pass == LitmusPass::Result ||
                            parameter.pass == LitmusPass::Room ||
                            parameter.pass == LitmusPass::Both;
    const bool refused = call_.given[n] && call_.args[n].tag == ArgTag::Missing;
    const bool elsewhere = call_.args[n].tag == ArgTag::Integer;
    const bool absent = parameter.pass == LitmusPass::Both && call_.args[n].tag == ArgTag::Missing;
    if (parameter.layout == &layouts::kSocketLength) return socket_length(n);
    fill_length(n);
    if (!comes_back || refused || elsewhere || absent) return;
    call_.room[n] = std::min(room_for(n), kMostRoom);
  }

  std::uint64_t room_for(std::size_t n) const {
    const LitmusParameter& parameter = call_.parameters[n];
    if (parameter.many && parameter.length < 0) return 2 * std::uint64_t{parameter.layout->size};
    if (parameter.layout != nullptr && !parameter.many) return parameter.layout->size;
    if (parameter.length < 0) return kLitmusRoom;
    const std::int64_t length = call_.args.at(static_cast<std::size_t>(parameter.length)).value;
    const std::uint64_t count = length < 0 ? 0 : static_cast<std::uint64_t>(length);
    return parameter.layout == nullptr ? count
                                       : std::min(count, kMostRoom) * parameter.layout->size;
  }

  /// The argument that says how long this one is, where the document leaves that open.
  void fill_length(std::size_t n) {
    const std::int32_t length = call_.parameters[n].length;
    if (length < 0) return;
    const auto at = static_cast<std::size_t>(length);
    if (call_.given.at(at)) return;
    call_.args[at] = Arg::integer(static_cast<std::int64_t>(measure(n)));
  }

  std::uint64_t measure(std::size_t n) const {
    const LitmusParameter& parameter = call_.parameters[n];
    const Arg& arg = call_.args[n];
    const bool nothing = arg.tag == ArgTag::Missing;
    switch (parameter.pass) {
      case LitmusPass::Text:
      case LitmusPass::Bytes:
        return arg.text.size();
      case LitmusPass::Room:
        return kLitmusRoom;
      default:
        break;
    }
    if (parameter.layout == nullptr) return 0;
    if (parameter.many) {
      return parameter.pass == LitmusPass::Result ? kLitmusRoom / parameter.layout->size
                                                  : arg.items.size();
    }
    if (arg.tag == ArgTag::Bytes) return arg.text.size();
    if (nothing && parameter.layout == &layouts::kSocketAddress) return 0;
    return struct_length(*parameter.layout, arg);
  }

  /// accept(2), recvfrom(2) …: the length goes in and comes back; none without an address.
  void socket_length(std::size_t n) {
    Arg& arg = call_.args[n];
    if (call_.given[n]) return;
    const bool nowhere = n > 0 && call_.given[n - 1] && call_.args[n - 1].tag == ArgTag::Missing;
    if (nowhere) return;
    arg.tag = ArgTag::Struct;
    arg.keys = {""};
    const std::uint64_t room = n > 0 ? call_.parameters[n - 1].layout->size : 0;
    arg.items = {Arg::integer(static_cast<std::int64_t>(room))};
    call_.room[n] = layouts::kSocketLength.size;
  }

  const SyscallShape& shape_;
  const Json& arguments_;
  const std::string& pointer_;
  LitmusReader& reader_;
  LitmusCall call_;
};

std::string place_of(const LitmusStep& step) {
  return step.form == LitmusForm::Block ? step.pointer + "/block" : step.pointer;
}

Error first_of(const std::vector<LitmusProblem>& problems) {
  return {ErrorCode::Failed, problems.front().pointer + ": " + problems.front().text, {}};
}

}  // namespace

Result<LitmusCall> resolve_call(const LitmusStep& step, const LitmusVariables& variables) {
  std::vector<LitmusProblem> problems;
  LitmusReader reader(&variables, problems);
  const std::string place = place_of(step);
  LitmusCall call = CallReader(abi::sys_of(step.name), step.arguments, place, reader).read();
  if (!problems.empty()) return fail(first_of(problems));
  return call;
}

Result<LitmusTouch> resolve_touch(const LitmusStep& step, const LitmusVariables& variables) {
  std::vector<LitmusProblem> problems;
  LitmusReader reader(&variables, problems);
  LitmusTouch touch;
  const Arg address = read_number(reader, step.arguments["touch"], step.pointer + "/touch");
  if (!problems.empty()) return fail(first_of(problems));
  touch.address = static_cast<std::uint64_t>(address.value);
  const auto length = step.arguments["length"].get<std::int64_t>();
  touch.length = length == 0 ? 1 : static_cast<std::uint64_t>(length);
  touch.write = step.arguments["write"].get<bool>();
  return touch;
}

std::vector<LitmusProblem> check_call(abi::Sys sys, const Json& arguments,
                                      const std::string& pointer) {
  std::vector<LitmusProblem> problems;
  LitmusReader reader(nullptr, problems);
  CallReader(sys, arguments, pointer, reader).read();
  return problems;
}

}  // namespace cutaway::spec
