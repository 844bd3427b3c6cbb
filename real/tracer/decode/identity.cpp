// Who a task is: capability sets, groups, ids that come by pointer.
#include <linux/capability.h>

#include "real/tracer/decode/rows.h"

namespace cutaway::real::decode {

namespace {

using abi::Sys;

/// capset(2): version 3 has two words of 32 bits for each set, version 1 has one.
Arg capability_sets(const Asked& asked) {
  __user_cap_header_struct header{};
  __user_cap_data_struct data[2] = {};
  if (!asked.memory().value(asked.raw.at(0), header)) return pointer(asked);
  const std::size_t words = header.version == _LINUX_CAPABILITY_VERSION_1 ? 1 : 2;
  if (asked.memory().read(asked.address(), data, words * sizeof data[0]) != words * sizeof data[0])
    return pointer(asked);
  const auto set = [&data](std::uint32_t __user_cap_data_struct::*which) {
    return number(data[0].*which | static_cast<std::uint64_t>(data[1].*which) << 32U);
  };
  return structure({{"effective", set(&__user_cap_data_struct::effective)},
                    {"permitted", set(&__user_cap_data_struct::permitted)},
                    {"inheritable", set(&__user_cap_data_struct::inheritable)}});
}
Arg capability_header(const Asked& asked) {
  return shown<__user_cap_header_struct>(asked, [](const __user_cap_header_struct& header) {
    return structure({{"version", number(header.version)}, {"pid", signed_number(header.pid)}});
  });
}

Arg group_list(const Asked& asked, std::uint64_t count) {
  std::vector<std::uint32_t> groups;
  if (!many(asked.memory(), asked.address(), count, groups))
    return asked.address() == 0 ? Arg{} : pointer(asked);
  std::vector<Arg> items;
  items.reserve(groups.size());
  for (const std::uint32_t group : groups) items.push_back(number(group));
  return list(std::move(items));
}
Arg groups_set(const Asked& asked) { return group_list(asked, asked.raw.at(0) & 0xffffffff); }
Arg groups_got(const Asked& asked) {
  const bool only_counted = asked.raw.at(0) == 0;
  return only_counted ? Arg{} : group_list(asked, static_cast<std::uint64_t>(asked.call.ret));
}

/// getresuid(2): as in the simulator the id itself.
Arg id_at(const Asked& asked) {
  return shown<std::uint32_t>(asked, [](std::uint32_t id) { return number(id); });
}

}  // namespace

Rows identity_rows() {
  return {
      {Sys::capset, 0, When::Entry, capability_header},
      {Sys::capset, 1, When::Entry, capability_sets},
      {Sys::capget, 0, When::Entry, capability_header},
      {Sys::capget, 1, When::Return, capability_sets},
      {Sys::setgroups, 1, When::Entry, groups_set, true},
      {Sys::getgroups, 1, When::Return, groups_got},
      {Sys::getresuid, 0, When::Return, id_at},
      {Sys::getresuid, 1, When::Return, id_at},
      {Sys::getresuid, 2, When::Return, id_at},
      {Sys::getresgid, 0, When::Return, id_at},
      {Sys::getresgid, 1, When::Return, id_at},
      {Sys::getresgid, 2, When::Return, id_at},
  };
}

}  // namespace cutaway::real::decode
