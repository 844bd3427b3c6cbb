// RESP, redis' protocol, as far as the stand-ins speak it: commands are arrays of bulk strings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cutaway::sim {

std::string resp_command(const std::vector<std::string>& words);
std::string resp_bulk(std::string_view text);

/// One value at the front of `bytes`; `length` 0: it has not arrived yet.
struct RespValue {
  std::size_t length = 0;
  char kind = 0;  ///< '+' '-' ':' '$' '*'; 'n' for nil
  std::string text;
  std::vector<RespValue> items;
};
RespValue resp_read(std::string_view bytes);
/// As redis-cli prints it: for people with types and quotes, else bare.
std::string resp_shown(const RespValue& value, bool for_people);

}  // namespace cutaway::sim
