// See socket_rules.h.
#include "sim/kernel/socket_rules.h"

#include "trace/effects/call.h"

namespace cutaway::sim {

Address address_of(const Ask& ask, std::size_t n) {
  Address address;
  if (n >= ask.request.args.size()) return address;
  const Arg& arg = ask.request.args[n];
  if (const Arg* family = field(arg, "sa_family")) address.family = family->text;
  if (const Arg* path = field(arg, "sun_path")) address.path = path->text;
  if (const Arg* host = field(arg, "sin_addr")) address.host = host->text;
  if (const Arg* port = field(arg, "sin_port")) address.port = port->value;
  address.abstract = !address.path.empty() && (address.path[0] == '\0' || address.path[0] == '@');
  return address;
}

}  // namespace cutaway::sim
