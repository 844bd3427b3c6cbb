// See dns.h.
#include "sim/programs/dns.h"

#include "base/text.h"
#include "trace/world/net_path.h"

namespace cutaway::sim {
namespace {

constexpr std::size_t kHeader = 12;
constexpr unsigned kTypeA = 1, kClassIn = 1, kResponse = 0x8000, kRecursion = 0x0100,
                   kAvailable = 0x0080;

void put16(std::string& bytes, unsigned value) {
  bytes.push_back(static_cast<char>(value >> 8 & 0xff));
  bytes.push_back(static_cast<char>(value & 0xff));
}
unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}
unsigned get16(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

std::string message(std::uint16_t id, unsigned flags, std::string_view name, unsigned answers) {
  std::string bytes;
  for (const unsigned word : {unsigned{id}, flags, 1U, answers, 0U, 0U}) put16(bytes, word);
  for (const std::string& label : split(name, '.')) {
    if (label.empty()) continue;
    bytes.push_back(static_cast<char>(label.size()));
    bytes += label;
  }
  bytes.push_back('\0');
  put16(bytes, kTypeA);
  put16(bytes, kClassIn);
  return bytes;
}

}  // namespace

std::string dns_question(std::uint16_t id, std::string_view name) {
  return message(id, kRecursion, name, 0);
}

std::string dns_answer(const DnsMessage& asked, std::string_view address) {
  std::uint32_t number = 0;
  const bool found = parse_address(address, number);
  const unsigned code = found ? 0U : unsigned{kNameError};
  std::string bytes =
      message(asked.id, kResponse | kRecursion | kAvailable | code, asked.name, found ? 1 : 0);
  if (!found) return bytes;
  constexpr unsigned pointer = 0xc000, seconds = 600, length = 4;
  put16(bytes, pointer | kHeader);  // the question's name
  put16(bytes, kTypeA);
  put16(bytes, kClassIn);
  put16(bytes, 0);
  put16(bytes, seconds);
  put16(bytes, length);
  put16(bytes, number >> 16);
  put16(bytes, number & 0xffff);
  return bytes;
}

DnsMessage dns_read(std::string_view bytes) {
  DnsMessage read;
  if (bytes.size() < kHeader) return read;
  read.id = static_cast<std::uint16_t>(get16(bytes, 0));
  read.answer = (get16(bytes, 2) & kResponse) != 0;
  read.code = static_cast<int>(get16(bytes, 2) & 0xf);
  std::size_t at = kHeader;
  while (byte_at(bytes, at) != 0) {
    const std::size_t length = byte_at(bytes, at);
    if (at + 1 + length > bytes.size()) return read;
    if (!read.name.empty()) read.name += '.';
    read.name += bytes.substr(at + 1, length);
    at += 1 + length;
  }
  read.readable = true;
  constexpr std::size_t behind_name = 5, to_data = 12;  // NUL, type, class; a record's own head
  at += behind_name + to_data;
  if (get16(bytes, 6) > 0 && at + 4 <= bytes.size())
    read.address = address_text(get16(bytes, at) << 16 | get16(bytes, at + 2));
  return read;
}

}  // namespace cutaway::sim
