// IPv4 addresses and subnets as texts (net_path.h).
#include "base/text.h"
#include "trace/world/net_path.h"

namespace cutaway {

bool parse_address(std::string_view text, std::uint32_t& address) {
  const std::vector<std::string> parts = split(text, '.');
  if (parts.size() != 4) return false;
  address = 0;
  for (const std::string& part : parts) {
    std::int64_t number = 0;
    if (!parse_decimal(part, number) || number < 0 || number > 255) return false;
    address = address << 8 | static_cast<std::uint32_t>(number);
  }
  return true;
}

std::string address_text(std::uint32_t address) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8)
    text += (text.empty() ? "" : ".") + decimal(address >> shift & 0xff);
  return text;
}

std::uint32_t Subnet::mask() const { return bits == 0 ? 0 : ~std::uint32_t{0} << (32 - bits); }
bool Subnet::holds(std::uint32_t address) const { return (address & mask()) == (base & mask()); }

bool parse_subnet(std::string_view text, Subnet& subnet) {
  const std::size_t slash = text.find('/');
  std::int64_t bits = 32;
  if (slash != std::string_view::npos && !parse_decimal(text.substr(slash + 1), bits)) return false;
  if (bits < 0 || bits > 32) return false;
  subnet.bits = static_cast<int>(bits);
  return parse_address(text.substr(0, slash), subnet.base);
}

SocketAddress split_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  SocketAddress address{std::string(text.substr(0, colon)), 0};
  if (colon != std::string_view::npos) parse_decimal(text.substr(colon + 1), address.port);
  return address;
}

std::string joined_address(std::string_view host, std::int64_t port) {
  return std::string(host) + ":" + decimal(port);
}

}  // namespace cutaway
