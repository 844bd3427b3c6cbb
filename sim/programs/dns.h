// Questions about names and their answers as they travel (RFC 1035, 4.1): A records over UDP.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cutaway::sim {

inline constexpr int kNameError = 3;  ///< RCODE "NXDOMAIN": there is no such name

struct DnsMessage {
  bool readable = false;
  std::uint16_t id = 0;
  bool answer = false;
  int code = 0;         ///< RCODE: 0 for none
  std::string name;     ///< of the question
  std::string address;  ///< the first A record's
};

std::string dns_question(std::uint16_t id, std::string_view name);
/// To the question in `asked`; without an address: there is no such name.
std::string dns_answer(const DnsMessage& asked, std::string_view address);
DnsMessage dns_read(std::string_view bytes);

}  // namespace cutaway::sim
