#include "trace/log/arg_json.h"

#include "base/text.h"

namespace cutaway {

namespace {

std::uint64_t bits_of(const Arg& arg) { return static_cast<std::uint64_t>(arg.value); }

Json fd_json(const Arg& arg) {
  Json json = Json::object();
  json["fd"] = integer_json(arg.value);
  if (!arg.text.empty()) json["is"] = text_json(arg.text);
  return json;
}

/// An argument as it stands, without a shape.
Json plain_json(const Arg& arg) {
  switch (arg.tag) {
    case ArgTag::Missing:
      break;
    case ArgTag::Integer:
      return arg.text.empty() ? integer_json(arg.value) : fd_json(arg);
    case ArgTag::Bytes:
      return captured_json(arg.text, arg.length);
    case ArgTag::List: {
      Json list = Json::array();
      for (const Arg& item : arg.items) list.push_back(plain_json(item));
      return list;
    }
    case ArgTag::Struct: {
      Json object = Json::object();
      for (std::size_t i = 0; i < arg.items.size() && i < arg.keys.size(); ++i) {
        object[key_text(arg.keys[i])] = plain_json(arg.items[i]);
      }
      return object;
    }
  }
  return nullptr;
}

Json mode_json(std::uint64_t mode) {
  for (const abi::Flag& type : abi::kFileTypes) {
    if ((mode & abi::mode::kType) != type.value) continue;
    return Json::array(
        {std::string(type.name), mode_text(mode & ~std::uint64_t{abi::mode::kType})});
  }
  return mode_text(mode);
}

/// dev_t as user space passes it to mknod(2) (new_decode_dev in the kernel).
Json device_json(std::uint64_t device) {
  const std::uint64_t major = (device >> 8) & 0xfff;
  const std::uint64_t minor = (device & 0xff) | ((device >> 12) & 0xfff00);
  if (device >> 32 != 0) return integer_json(device);
  return decimal(static_cast<std::int64_t>(major)) + ":" +
         decimal(static_cast<std::int64_t>(minor));
}

Json constant_json(const Arg& arg, const abi::FlagTable* table) {
  const std::string_view name =
      table == nullptr ? std::string_view() : abi::constant_name(*table, bits_of(arg));
  return name.empty() ? integer_json(arg.value) : Json(std::string(name));
}

Json integer_arg_json(const Arg& arg, const ArgShape& shape) {
  switch (shape.kind) {
    case ArgKind::Int:
    case ArgKind::Pid:
      return integer_json(arg.value);
    case ArgKind::Unsigned:
      return integer_json(bits_of(arg));
    case ArgKind::DirFd:
      if (arg.value == abi::at::kFdcwd) return "AT_FDCWD";
      return fd_json(arg);
    case ArgKind::Fd:
      return fd_json(arg);
    case ArgKind::Flags:
    case ArgKind::OpenFlags:
      return flags_json(*shape.table, bits_of(arg));
    case ArgKind::CloneFlags:
      return clone_flags_json(bits_of(arg));
    case ArgKind::Constant:
      return constant_json(arg, shape.table);
    case ArgKind::Mode:
      return mode_json(bits_of(arg));
    case ArgKind::Signal:
      return signal_json(arg.value);
    case ArgKind::Device:
      return device_json(bits_of(arg));
    case ArgKind::Path:
    case ArgKind::Text:
    case ArgKind::Buffer:
    case ArgKind::Address:
    case ArgKind::TextList:
    case ArgKind::Caps:
    case ArgKind::Struct:
      break;
  }
  return arg.value == 0 ? Json(nullptr) : Json("0x" + hex(bits_of(arg)));  // a pointer
}

Json capability_sets_json(const Arg& arg) {
  Json object = plain_json(arg);
  for (std::size_t i = 0; i < arg.items.size() && i < arg.keys.size(); ++i) {
    if (arg.items[i].tag == ArgTag::Integer)
      object[key_text(arg.keys[i])] = capabilities_json(bits_of(arg.items[i]));
  }
  return object;
}

}  // namespace

Json captured_json(std::string_view bytes, std::uint64_t true_length) {
  const bool cut = bytes.size() < true_length;
  const bool text = is_utf8(bytes);
  if (text && !cut && !starts_with(bytes, "0x")) return std::string(bytes);
  Json json = Json::object();
  if (text)
    json["text"] = std::string(bytes);
  else
    json["b64"] = base64_encode(bytes);
  if (cut) json["len"] = integer_json(true_length);
  return json;
}

Json arg_json(const Arg& arg, const ArgShape& shape) {
  if (shape.kind == ArgKind::Caps && arg.tag == ArgTag::Struct) return capability_sets_json(arg);
  return arg.tag == ArgTag::Integer ? integer_arg_json(arg, shape) : plain_json(arg);
}

}  // namespace cutaway
