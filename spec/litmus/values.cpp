// Single values of litmus arguments: numbers, flags, modes, strings (CONTRACT §5, "Arguments").
#include "base/text.h"
#include "spec/document.h"
#include "spec/litmus/reader.h"
#include "trace/abi/more_flags.h"

namespace cutaway::spec {

namespace {

constexpr std::string_view kDataOf = ".data";

bool is_whole_variable(const Json& value) {
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  return text.size() > 1 && text[0] == '$' && text[1] != '$' && text[1] != '{';
}

/// Tables of single values that are combined with flags, or mostly come alone: one name may stand
/// without a list.
bool may_stand_alone(const abi::FlagTable& table) {
  for (const abi::FlagTable* one : {&abi::kSocketFlags, &abi::kFlockOps, &abi::kAccessMode}) {
    if (&table == one) return true;
  }
  return false;
}

std::vector<std::string> table_names(const abi::FlagTable& table) {
  std::vector<std::string> names;
  for (const abi::Flag& flag : table) names.emplace_back(flag.name);
  return names;
}

bool octal_digits(const Json& value, std::uint64_t& number) {
  return value.is_string() && parse_unsigned(value.get_ref<const std::string&>(), 8, number);
}

/// One element of a mode: "S_IFBLK" or "0600".
bool add_mode(const Json& value, std::uint64_t& mode) {
  std::uint64_t bits = 0;
  if (octal_digits(value, bits)) {
    mode |= bits;
    return true;
  }
  return value.is_string() &&
         abi::flag_value(abi::kFileTypes, value.get_ref<const std::string&>(), mode);
}

}  // namespace

Arg LitmusReader::wrong(const std::string& pointer, const Json& found,
                        const std::string& expected) {
  add(pointer, "is " + shown(found) + ", expected " + expected);
  return {};
}

std::optional<Arg> LitmusReader::variable(const Json& value, const std::string& pointer) {
  if (!is_whole_variable(value)) return std::nullopt;
  if (checking()) return Arg::integer(0);
  const std::string name = value.get_ref<const std::string&>().substr(1);
  if (ends_with(name, kDataOf)) {
    const auto bytes = variables_->bytes(name);
    if (bytes) return Arg::bytes(*bytes);
  } else if (const auto number = variables_->number(name)) {
    return Arg::integer(*number);
  }
  add(pointer, "the variable \"" + name + "\" is not set: the call that sets it gave nothing");
  return Arg::integer(0);
}

std::string LitmusReader::text(const Json& value, const std::string& pointer) {
  const auto& written = value.get_ref<const std::string&>();
  if (checking()) return written;
  std::string missing;
  const auto replaced = variables_->text(written, missing);
  if (replaced) return *replaced;
  add(pointer, "the variable \"" + missing + "\" is not set: the call that sets it gave nothing");
  return written;
}

Arg read_number(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (const auto variable = reader.variable(value, pointer)) return *variable;
  if (value.is_number_unsigned())
    return Arg::integer(static_cast<std::int64_t>(value.get<std::uint64_t>()));
  if (value.is_number_integer()) return Arg::integer(value.get<std::int64_t>());
  std::uint64_t bits = 0;
  const bool hexadecimal =
      value.is_string() && starts_with(value.get_ref<const std::string&>(), "0x") &&
      parse_unsigned(std::string_view(value.get_ref<const std::string&>()).substr(2), 16, bits);
  if (hexadecimal) return Arg::integer(static_cast<std::int64_t>(bits));
  return reader.wrong(pointer, value, "a whole number or \"$variable\"");
}

Arg read_flags(LitmusReader& reader, const abi::FlagTable& table, const Json& value,
               const std::string& pointer, bool with_signal) {
  if (value.is_number_integer()) return read_number(reader, value, pointer);
  if (const auto variable = reader.variable(value, pointer)) return *variable;
  if (value.is_string() && may_stand_alone(table))
    return read_constant(reader, table, value, pointer);
  if (!value.is_array()) return reader.wrong(pointer, value, "a list of names; [] is 0");
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string at = element(pointer, i);
    if (!value[i].is_string()) {
      reader.wrong(at, value[i], "a name");
      continue;
    }
    const auto& name = value[i].get_ref<const std::string&>();
    const int signal = with_signal ? abi::signal_of(name) : 0;
    bits |= static_cast<std::uint64_t>(signal);
    if (signal == 0 && !abi::flag_value(table, name, bits))
      reader.add(at, unknown_word("flag", name, table_names(table)));
  }
  return Arg::integer(static_cast<std::int64_t>(bits));
}

Arg read_constant(LitmusReader& reader, const abi::FlagTable& table, const Json& value,
                  const std::string& pointer) {
  if (value.is_number_integer()) return read_number(reader, value, pointer);
  if (const auto variable = reader.variable(value, pointer)) return *variable;
  if (!value.is_string()) return reader.wrong(pointer, value, "a name");
  std::uint64_t bits = 0;
  if (!abi::flag_value(table, value.get_ref<const std::string&>(), bits))
    reader.add(pointer, unknown_word("constant", value, table_names(table)));
  return Arg::integer(static_cast<std::int64_t>(bits));
}

Arg read_mode(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (value.is_number_integer()) return read_number(reader, value, pointer);
  if (const auto variable = reader.variable(value, pointer)) return *variable;
  std::uint64_t mode = 0;
  bool good = true;
  if (value.is_array()) {
    for (const Json& part : value) good = good && add_mode(part, mode);
  } else {
    good = octal_digits(value, mode);
  }
  if (!good)
    return reader.wrong(pointer, value, "octal digits such as \"0644\", or [\"S_IFIFO\",\"0600\"]");
  return Arg::integer(static_cast<std::int64_t>(mode));
}

/// "8:0" as makedev(3) puts it together.
Arg read_device(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (value.is_number_integer()) return read_number(reader, value, pointer);
  if (const auto variable = reader.variable(value, pointer)) return *variable;
  const std::string text = value.is_string() ? value.get<std::string>() : std::string();
  const std::size_t colon = text.find(':');
  std::int64_t major = 0, minor = 0;
  if (colon == std::string::npos || !parse_decimal(text.substr(0, colon), major) ||
      !parse_decimal(text.substr(colon + 1), minor) || major < 0 || minor < 0)
    return reader.wrong(pointer, value, "a device's numbers such as \"8:0\"");
  return Arg::integer((minor & 0xff) | (major & 0xfff) << 8 | (minor & ~std::int64_t{0xff}) << 12);
}

Arg read_signal(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (const auto variable = reader.variable(value, pointer)) return *variable;
  if (value == Json(0)) return Arg::integer(0);
  const int signal = value.is_string() ? abi::signal_of(value.get_ref<const std::string&>()) : 0;
  if (signal == 0) return reader.wrong(pointer, value, "a signal's name, or 0");
  return Arg::integer(signal);
}

Arg read_bytes(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (value.is_null()) return {};
  if (value.is_number_integer()) return read_number(reader, value, pointer);
  if (const auto variable = reader.variable(value, pointer)) return *variable;
  if (value.is_string()) return Arg::bytes(reader.text(value, pointer));
  std::string bytes;
  const bool encoded = value.is_object() && value.size() == 1 && value.contains("b64") &&
                       value["b64"].is_string() &&
                       base64_decode(value["b64"].get_ref<const std::string&>(), bytes);
  if (encoded) return Arg::bytes(bytes);
  return reader.wrong(pointer, value, "a text, {\"b64\":…}, an address or null");
}

namespace {

Arg read_texts(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (value.is_null()) return {};
  if (value.is_number_integer()) return read_number(reader, value, pointer);
  if (!value.is_array()) return reader.wrong(pointer, value, "a list of texts, or null");
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < value.size(); ++i)
    texts.push_back(read_bytes(reader, value[i], element(pointer, i)).text);
  return Arg::list(std::move(texts));
}

Arg read_descriptor(LitmusReader& reader, const Json& value, const std::string& pointer) {
  if (value == Json("AT_FDCWD")) return Arg::integer(abi::at::kFdcwd);
  return read_number(reader, value, pointer);
}

Arg read_address(LitmusReader& reader, const Json& value, const std::string& pointer) {
  return value.is_null() ? Arg::integer(0) : read_number(reader, value, pointer);
}

}  // namespace

Arg read_value(LitmusReader& reader, const ArgShape& shape, const Json& value,
               const std::string& pointer) {
  switch (shape.kind) {
    case ArgKind::Flags:
    case ArgKind::OpenFlags:
      return read_flags(reader, *shape.table, value, pointer);
    case ArgKind::CloneFlags:
      return read_flags(reader, *shape.table, value, pointer, true);
    case ArgKind::Constant:
      return read_constant(reader, *shape.table, value, pointer);
    case ArgKind::Mode:
      return read_mode(reader, value, pointer);
    case ArgKind::Signal:
      return read_signal(reader, value, pointer);
    case ArgKind::Device:
      return read_device(reader, value, pointer);
    case ArgKind::DirFd:
      return read_descriptor(reader, value, pointer);
    case ArgKind::Path:
    case ArgKind::Text:
    case ArgKind::Buffer:
      return read_bytes(reader, value, pointer);
    case ArgKind::TextList:
      return read_texts(reader, value, pointer);
    case ArgKind::Address:
    case ArgKind::Caps:
    case ArgKind::Struct:
      return read_address(reader, value, pointer);
    case ArgKind::Int:
    case ArgKind::Unsigned:
    case ArgKind::Fd:
    case ArgKind::Pid:
      break;
  }
  return read_number(reader, value, pointer);
}

}  // namespace cutaway::spec
