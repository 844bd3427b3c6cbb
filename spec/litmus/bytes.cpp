// Structs to bytes and back, by their layouts.
#include <algorithm>

#include "base/text.h"
#include "spec/litmus_layout.h"
#include "trace/log/json_values.h"

namespace cutaway::spec {

namespace {

const Arg* member_of(const Arg& value, std::string_view name) {
  for (std::size_t i = 0; i < value.keys.size() && i < value.items.size(); ++i) {
    if (value.keys[i] == name) return &value.items[i];
  }
  return nullptr;
}

// ---- To bytes

void put_number(std::string& bytes, std::size_t offset, std::size_t size, std::uint64_t value) {
  for (std::size_t i = 0; i < size && offset + i < bytes.size(); ++i)
    bytes[offset + i] = static_cast<char>(value >> (8 * i) & 0xff);
}

/// Big-endian, as the network has it.
void put_network(std::string& bytes, std::size_t offset, std::size_t size, std::uint64_t value) {
  for (std::size_t i = 0; i < size && offset + i < bytes.size(); ++i)
    bytes[offset + size - 1 - i] = static_cast<char>(value >> (8 * i) & 0xff);
}

std::uint64_t address_of(std::string_view dotted) {
  std::uint64_t address = 0;
  for (const std::string& part : split(dotted, '.')) {
    std::int64_t byte = 0;
    parse_decimal(part, byte);
    address = address << 8U | (static_cast<std::uint64_t>(byte) & 0xffU);
  }
  return address;
}

std::uint64_t set_of(const Arg& names) {
  auto set = static_cast<std::uint64_t>(names.value);
  for (const Arg& item : names.items) {
    const int signal = abi::signal_of(item.text);
    if (signal >= 1 && signal <= 64) set |= std::uint64_t{1} << (signal - 1);
  }
  return set;
}

std::uint64_t family_of(std::string_view name) {
  std::uint64_t family = 0;
  abi::flag_value(abi::kAddressFamilies, name, family);
  return family;
}

/// SIG_DFL and SIG_IGN are addresses too; any other handler the interpreter puts there itself.
constexpr std::string_view kHandlers[] = {"SIG_DFL", "SIG_IGN"};
std::uint64_t handler_of(std::string_view name) {
  for (std::uint64_t address = 0; address < 2; ++address) {
    if (name == kHandlers[address]) return address;
  }
  return 2;
}

void put_member(std::string& bytes, const LitmusMember& member, const Arg& value) {
  switch (member.kind) {
    case LitmusField::Text:
      bytes.replace(member.offset, std::min<std::size_t>(value.text.size(), member.size),
                    value.text.substr(0, member.size));
      return;
    case LitmusField::Port:
      return put_network(bytes, member.offset, member.size,
                         static_cast<std::uint64_t>(value.value));
    case LitmusField::Address4:
      return put_network(bytes, member.offset, member.size, address_of(value.text));
    case LitmusField::Signals:
      return put_number(bytes, member.offset, member.size, set_of(value));
    case LitmusField::Family:
      return put_number(bytes, member.offset, member.size, family_of(value.text));
    case LitmusField::Handler:
      return put_number(bytes, member.offset, member.size, handler_of(value.text));
    case LitmusField::Struct:
      bytes.replace(member.offset, member.size, struct_bytes(*member.inner, value));
      return;
    default:
      return put_number(bytes, member.offset, member.size, static_cast<std::uint64_t>(value.value));
  }
}

std::string plain_bytes(const LitmusLayout& layout, const Arg& value) {
  std::string bytes(layout.size, '\0');
  for (const LitmusMember& member : layout.members) {
    if (const Arg* given = member_of(value, member.name)) put_member(bytes, member, *given);
  }
  return bytes;
}

/// Each set's low half stands in the first element of the array, the high half in the second
/// (capget(2)).
std::string capability_bytes(const LitmusLayout& layout, const Arg& value) {
  std::string bytes(layout.size, '\0');
  for (const LitmusMember& member : layout.members) {
    const Arg* given = member_of(value, member.name);
    const auto set = given == nullptr ? 0 : static_cast<std::uint64_t>(given->value);
    put_number(bytes, member.offset, 4, set & 0xffffffffU);
    put_number(bytes, member.offset + std::size_t{12}, 4, set >> 32U);
  }
  return bytes;
}

std::string bit_bytes(const LitmusLayout& layout, const Arg& list) {
  std::string bytes(layout.size, '\0');
  for (const Arg& item : list.items) {
    const auto bit = static_cast<std::uint64_t>(item.value);
    if (bit / 8 >= bytes.size()) continue;
    char& byte = bytes[static_cast<std::size_t>(bit / 8)];
    byte = static_cast<char>(static_cast<unsigned char>(byte) | 1U << bit % 8);
  }
  return bytes;
}

const LitmusLayout& layout_of(const LitmusLayout& layout, const Arg& value) {
  if (layout.form != LayoutForm::SocketAddress) return layout;
  const Arg* family = member_of(value, "sa_family");
  const LitmusLayout* known = family == nullptr ? nullptr : socket_layout(family->text);
  return known == nullptr ? layout : *known;
}

// ---- From bytes

std::uint64_t number_at(std::string_view bytes, std::size_t offset, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size && i < sizeof value && offset + i < bytes.size(); ++i)
    value |= std::uint64_t{static_cast<unsigned char>(bytes[offset + i])} << (8 * i);
  return value;
}

std::uint64_t network_at(std::string_view bytes, std::size_t offset, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size && offset + i < bytes.size(); ++i)
    value = value << 8U | static_cast<unsigned char>(bytes[offset + i]);
  return value;
}

Json signed_json(std::uint64_t value, std::size_t size) {
  if (size == 4) return integer_json(std::int64_t{static_cast<std::int32_t>(value)});
  if (size == 2) return integer_json(std::int64_t{static_cast<std::int16_t>(value)});
  return integer_json(static_cast<std::int64_t>(value));
}

std::string dotted(std::uint64_t address) {
  std::vector<std::string> parts;
  for (const unsigned shift : {24U, 16U, 8U, 0U})
    parts.push_back(decimal(static_cast<std::int64_t>(address >> shift & 0xffU)));
  return join(parts, ".");
}

/// As st_rdev has it: new_encode_dev in the kernel.
std::string device_text(std::uint64_t device) {
  const std::uint64_t major = device >> 8U & 0xfffU;
  const std::uint64_t minor = (device & 0xffU) | (device >> 12U & 0xfff00U);
  return decimal(static_cast<std::int64_t>(major)) + ":" +
         decimal(static_cast<std::int64_t>(minor));
}

Json constant_json(const abi::FlagTable& table, std::uint64_t value) {
  const std::string_view name = abi::constant_name(table, value);
  return name.empty() ? integer_json(value) : Json(std::string(name));
}

Json signals_json(std::uint64_t set) {
  Json names = Json::array();
  for (int signal = 1; signal <= 64; ++signal) {
    if ((set >> static_cast<unsigned>(signal - 1) & 1U) != 0)
      names.push_back(abi::signal_name(signal));
  }
  return names;
}

/// The bytes of a path: up to its NUL; an abstract name begins with one (unix(7)).
std::string text_at(std::string_view bytes, const LitmusMember& member) {
  std::string text(bytes.substr(std::min<std::size_t>(member.offset, bytes.size()), member.size));
  const std::size_t end = text.find('\0', text.size() > 1 && text[0] == '\0' ? 1 : 0);
  return end == std::string::npos ? text : text.substr(0, end);
}

Json member_json(const LitmusMember& member, std::string_view bytes) {
  const std::uint64_t number = number_at(bytes, member.offset, member.size);
  switch (member.kind) {
    case LitmusField::Constant:
      return constant_json(*member.table, number);
    case LitmusField::Flags:
      return flags_json(*member.table, number);
    case LitmusField::Mode:
      return mode_text(number & ~std::uint64_t{abi::mode::kType});
    case LitmusField::Type:
      return constant_json(abi::kFileTypes, number & abi::mode::kType);
    case LitmusField::Device:
      return device_text(number);
    case LitmusField::Signal:
      return signal_json(static_cast<std::int64_t>(number));
    case LitmusField::Signals:
      return signals_json(number);
    case LitmusField::Family:
      return constant_json(abi::kAddressFamilies, number);
    case LitmusField::Text:
      return text_json(text_at(bytes, member));
    case LitmusField::Port:
      return integer_json(network_at(bytes, member.offset, member.size));
    case LitmusField::Address4:
      return dotted(network_at(bytes, member.offset, member.size));
    case LitmusField::Limit:
      return number == ~std::uint64_t{0} ? Json("RLIM_INFINITY") : integer_json(number);
    case LitmusField::Handler:
      return number < 2 ? std::string(kHandlers[number]) : std::string("handler");
    case LitmusField::Struct:
      return struct_json(*member.inner, bytes.substr(member.offset, member.size));
    case LitmusField::Unsigned:
      return integer_json(number);
    default:
      return signed_json(number, member.size);
  }
}

Json capability_json(const LitmusLayout& layout, std::string_view bytes) {
  Json sets = Json::object();
  for (const LitmusMember& member : layout.members) {
    const std::uint64_t low = number_at(bytes, member.offset, 4);
    const std::uint64_t high = number_at(bytes, member.offset + std::size_t{12}, 4);
    sets[std::string(member.name)] = capabilities_json(low | high << 32U);
  }
  return sets;
}

Json bits_json(std::string_view bytes) {
  Json numbers = Json::array();
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    if ((static_cast<unsigned char>(bytes[bit / 8]) >> bit % 8 & 1U) != 0) numbers.push_back(bit);
  }
  return numbers;
}

}  // namespace

std::string struct_bytes(const LitmusLayout& given, const Arg& value) {
  const LitmusLayout& layout = layout_of(given, value);
  switch (layout.form) {
    case LayoutForm::SignalSet: {
      std::string bytes(layout.size, '\0');
      put_number(bytes, 0, layout.size, set_of(value));
      return bytes;
    }
    case LayoutForm::CpuSet:
    case LayoutForm::FdSet:
      return bit_bytes(layout, value);
    case LayoutForm::Capabilities:
      return capability_bytes(layout, value);
    case LayoutForm::Scalar: {
      std::string bytes(layout.size, '\0');
      const Arg& number = value.items.empty() ? value : value.items.front();
      put_number(bytes, 0, layout.size, static_cast<std::uint64_t>(number.value));
      return bytes;
    }
    default:
      return plain_bytes(layout, value);
  }
}

std::uint64_t struct_length(const LitmusLayout& given, const Arg& value) {
  const LitmusLayout& layout = layout_of(given, value);
  if (&layout != &layouts::kUnixAddress) return layout.size;
  const Arg* path = member_of(value, "sun_path");
  const std::uint64_t head = 2;
  if (path == nullptr || path->text.empty()) return head;
  const bool abstract = path->text[0] == '\0';
  return std::min<std::uint64_t>(head + path->text.size() + (abstract ? 0 : 1), layout.size);
}

Json struct_json(const LitmusLayout& given, std::string_view bytes) {
  const LitmusLayout* layout = &given;
  if (given.form == LayoutForm::SocketAddress) {
    const auto family = abi::constant_name(abi::kAddressFamilies, number_at(bytes, 0, 2));
    if (const LitmusLayout* known = socket_layout(family)) layout = known;
  }
  switch (layout->form) {
    case LayoutForm::SignalSet:
      return signals_json(number_at(bytes, 0, layout->size));
    case LayoutForm::CpuSet:
    case LayoutForm::FdSet:
      return bits_json(bytes);
    case LayoutForm::Capabilities:
      return capability_json(*layout, bytes);
    case LayoutForm::Scalar:
      return member_json(layout->members.front(), bytes);
    default:
      break;
  }
  Json object = Json::object();
  for (const LitmusMember& member : layout->members) {
    if (member.offset < bytes.size()) object[std::string(member.name)] = member_json(member, bytes);
  }
  return object;
}

}  // namespace cutaway::spec
