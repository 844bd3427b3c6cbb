// See socket_rules.h.
#include "sim/kernel/socket_rules.h"

namespace cutaway::sim {
namespace {

const Arg* member(const Arg& arg, std::string_view key) {
  for (std::size_t i = 0; i < arg.keys.size() && i < arg.items.size(); ++i) {
    if (arg.keys[i] == key) return &arg.items[i];
  }
  return nullptr;
}

}  // namespace

Address address_of(const Ask& ask, std::size_t n) {
  Address address;
  if (n >= ask.request.args.size()) return address;
  const Arg& arg = ask.request.args[n];
  if (const Arg* family = member(arg, "sa_family")) address.family = family->text;
  if (const Arg* path = member(arg, "sun_path")) address.path = path->text;
  if (const Arg* host = member(arg, "sin_addr")) address.host = host->text;
  if (const Arg* port = member(arg, "sin_port")) address.port = port->value;
  address.abstract = !address.path.empty() && (address.path[0] == '\0' || address.path[0] == '@');
  return address;
}

}  // namespace cutaway::sim
