// Structs of litmus arguments, member by member.
#include <algorithm>

#include "base/text.h"
#include "spec/document.h"
#include "spec/litmus/reader.h"
#include "trace/abi/more_flags.h"

namespace cutaway::spec {

namespace {

Arg list_of(std::vector<Arg> items) {
  Arg list;
  list.tag = ArgTag::List;
  list.items = std::move(items);
  return list;
}

Arg read_signals(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (!value.is_array()) return reader.wrong(pointer, value, "a list of signals' names");
  std::vector<Arg> names;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Arg signal = read_signal(reader, value[i], element(pointer, i));
    names.push_back(Arg::bytes(abi::signal_name(static_cast<int>(signal.value))));
  }
  return list_of(std::move(names));
}

Arg read_numbers(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (!value.is_array()) return reader.wrong(pointer, value, "a list of numbers");
  std::vector<Arg> numbers;
  for (std::size_t i = 0; i < value.size(); ++i)
    numbers.push_back(read_number(reader, value[i], element(pointer, i)));
  return list_of(std::move(numbers));
}

Arg read_capability_set(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (!value.is_array()) return reader.wrong(pointer, value, "a list of capabilities' names");
  std::uint64_t set = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Arg number = read_constant(reader, abi::kCapabilityNames, value[i], element(pointer, i));
    set |= std::uint64_t{1} << (static_cast<std::uint64_t>(number.value) & 63U);
  }
  return Arg::integer(static_cast<std::int64_t>(set));
}

Arg read_family(LitmusReader& reader, const Json& value, const std::string& pointer) {
  const Arg number = read_constant(reader, abi::kAddressFamilies, value, pointer);
  const auto name =
      abi::constant_name(abi::kAddressFamilies, static_cast<std::uint64_t>(number.value));
  return Arg::bytes(std::string(name));
}

Arg read_address4(LitmusReader& reader, const Json& value, const std::string& pointer) {
  const std::string text = value.is_string() ? value.get<std::string>() : std::string();
  const std::vector<std::string> parts = split(text, '.');
  bool good = parts.size() == 4;
  for (const std::string& part : parts) {
    std::int64_t byte = 0;
    good = good && parse_decimal(part, byte) && byte >= 0 && byte <= 255;
  }
  if (!good) return reader.wrong(pointer, value, "an address such as \"127.0.0.1\"");
  return Arg::bytes(text);
}

Arg read_limit(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (value == Json("RLIM_INFINITY")) return Arg::integer(-1);
  return read_number(reader, value, pointer);
}

/// utimensat(2): "now" and "leave it" stand in tv_nsec.
Arg read_nanoseconds(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (value == Json("UTIME_NOW")) return Arg::integer((1 << 30) - 1);
  if (value == Json("UTIME_OMIT")) return Arg::integer((1 << 30) - 2);
  return read_number(reader, value, pointer);
}

Arg read_handler(LitmusReader& reader, const Json& value, const std::string& pointer) {
  for (const char* name : {"SIG_DFL", "SIG_IGN", "count"}) {
    if (value == Json(name)) return Arg::bytes(name);
  }
  if (!value.is_object() || value.size() != 1 || !value.contains("exit"))
    return reader.wrong(pointer, value, R"("SIG_DFL", "SIG_IGN", "count" or {"exit":7})");
  Arg exit;
  exit.tag = ArgTag::Struct;
  exit.keys = {"exit"};
  exit.items = {read_number(reader, value["exit"], pointer_join(pointer, "exit"))};
  return exit;
}

/// SCM_RIGHTS is the only control message that programs send.
Arg read_control(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (!value.is_array()) return reader.wrong(pointer, value, "a list of control messages");
  std::vector<Arg> messages;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string at = element(pointer, i);
    const bool good = value[i].is_object() && value[i].size() == 2 &&
                      value[i].value("cmsg_type", Json()) == Json("SCM_RIGHTS") &&
                      value[i].contains("fds");
    if (!good) {
      reader.wrong(at, value[i], R"({"cmsg_type":"SCM_RIGHTS","fds":[3]})");
      continue;
    }
    Arg message;
    message.tag = ArgTag::Struct;
    message.keys = {"cmsg_type", "fds"};
    message.items = {Arg::bytes("SCM_RIGHTS"),
                     read_numbers(reader, value[i]["fds"], pointer_join(at, "fds"))};
    messages.push_back(std::move(message));
  }
  return list_of(std::move(messages));
}

Arg read_member(LitmusReader& reader, const LitmusMember& member, const Json& value,
                const std::string& pointer) {
  switch (member.kind) {
    case LitmusField::Constant:
      return read_constant(reader, *member.table, value, pointer);
    case LitmusField::Flags:
      return read_flags(reader, *member.table, value, pointer);
    case LitmusField::Mode:
      return read_mode(reader, value, pointer);
    case LitmusField::Device:
      return read_device(reader, value, pointer);
    case LitmusField::Signal:
      return read_signal(reader, value, pointer);
    case LitmusField::Signals:
      return read_signals(reader, value, pointer);
    case LitmusField::Family:
      return read_family(reader, value, pointer);
    case LitmusField::Text:
    case LitmusField::Bytes:
      return read_bytes(reader, value, pointer);
    case LitmusField::Address4:
      return read_address4(reader, value, pointer);
    case LitmusField::Limit:
      return read_limit(reader, value, pointer);
    case LitmusField::Nanos:
      return read_nanoseconds(reader, value, pointer);
    case LitmusField::Handler:
      return read_handler(reader, value, pointer);
    case LitmusField::Caps:
      return read_capability_set(reader, value, pointer);
    case LitmusField::Parts:
      return read_struct(reader, *member.inner, true, value, pointer);
    case LitmusField::Control:
      return read_control(reader, value, pointer);
    case LitmusField::Struct:
      return read_struct(reader, *member.inner, false, value, pointer);
    case LitmusField::Type:
      return reader.wrong(pointer, value, "nothing: the mode has the type");
    case LitmusField::Int:
    case LitmusField::Unsigned:
    case LitmusField::Port:
      break;
  }
  return read_number(reader, value, pointer);
}

/// A socket address has the members of its family.
const LitmusLayout& members_of(const LitmusLayout& layout, const Json& value) {
  if (layout.form != LayoutForm::SocketAddress || !value.is_object()) return layout;
  const Json family = value.value("sa_family", Json());
  const LitmusLayout* known =
      family.is_string() ? socket_layout(family.get_ref<const std::string&>()) : nullptr;
  return known == nullptr ? layout : *known;
}

std::vector<std::string> member_names(const LitmusLayout& layout) {
  std::vector<std::string> names;
  for (const LitmusMember& member : layout.members) names.emplace_back(member.name);
  return names;
}

Arg read_object(LitmusReader& reader, const LitmusLayout& given, const Json& value,
                const std::string& pointer) {
  const LitmusLayout& layout = members_of(given, value);
  const std::vector<std::string> names = member_names(layout);
  if (!value.is_object())
    return reader.wrong(pointer, value, "an object with " + join(names, ", "));
  Arg object;
  object.tag = ArgTag::Struct;
  for (const auto& [key, part] : value.items()) {
    const auto member = std::find_if(layout.members.begin(), layout.members.end(),
                                     [&key = key](const LitmusMember& m) { return m.name == key; });
    const std::string at = pointer_join(pointer, key);
    if (member == layout.members.end()) {
      reader.add(at, unknown_word("key", key, names));
      continue;
    }
    object.keys.push_back(key);
    object.items.push_back(read_member(reader, *member, part, at));
  }
  return object;
}

Arg read_one(LitmusReader& reader, const LitmusLayout& layout, const Json& value,
             const std::string& pointer) {
  switch (layout.form) {
    case LayoutForm::SignalSet:
      return read_signals(reader, value, pointer);
    case LayoutForm::CpuSet:
    case LayoutForm::FdSet:
      return read_numbers(reader, value, pointer);
    case LayoutForm::Scalar: {
      Arg number;
      number.tag = ArgTag::Struct;
      number.keys = {""};
      number.items = {read_number(reader, value, pointer)};
      return number;
    }
    default:
      return read_object(reader, layout, value, pointer);
  }
}

}  // namespace

Arg read_struct(LitmusReader& reader, const LitmusLayout& layout, bool many, const Json& value,
                const std::string& pointer) {
  if (value.is_null()) return {};
  const bool scalar = layout.form == LayoutForm::Scalar && !many;
  if (!scalar) {
    if (value.is_number_integer()) return read_number(reader, value, pointer);
    if (const auto variable = reader.variable(value, pointer)) return *variable;
  }
  if (!many) return read_one(reader, layout, value, pointer);
  if (!value.is_array())
    return reader.wrong(pointer, value, "a list of struct " + std::string(layout.name));
  std::vector<Arg> items;
  for (std::size_t i = 0; i < value.size(); ++i)
    items.push_back(read_one(reader, layout, value[i], element(pointer, i)));
  return list_of(std::move(items));
}

}  // namespace cutaway::spec
