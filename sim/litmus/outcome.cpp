// The kernel's reply as a litmus outcome: the same values, in the same form, as the real side reads
// them from memory (spec/litmus_layout.h makes both).
#include <algorithm>

#include "base/text.h"
#include "sim/litmus/translate.h"
#include "trace/abi/more_flags.h"
#include "trace/log/json_values.h"

namespace cutaway::sim {

namespace {

using spec::LitmusPass;

bool reads_bytes(const spec::LitmusCall& call) {
  if (call.sys == abi::Sys::recvmsg || call.sys == abi::Sys::readv) return true;
  return std::any_of(
      call.parameters.begin(), call.parameters.end(),
      [](const spec::LitmusParameter& each) { return each.pass == LitmusPass::Room; });
}

/// getdents64 gives "d name" for each; of a litmus program only the names are told, sorted.
std::string names_in(std::string_view listing) {
  std::vector<std::string> names;
  for (const std::string& line : split(listing, '\n')) {
    if (line.size() > 2) names.push_back(line.substr(2));
  }
  std::sort(names.begin(), names.end());
  return join(names, "\n");
}

Json stat_json(const Stat& stat) {
  const auto device = [](std::uint64_t major, std::uint64_t minor) {
    return decimal(static_cast<std::int64_t>(major)) + ":" +
           decimal(static_cast<std::int64_t>(minor));
  };
  const auto type = abi::constant_name(abi::kFileTypes, stat.mode & abi::mode::kType);
  return Json{{"st_mode", mode_text(stat.mode & ~abi::mode::kType)},
              {"st_type", std::string(type)},
              {"st_uid", stat.uid},
              {"st_gid", stat.gid},
              {"st_nlink", stat.links},
              {"st_size", stat.size},
              {"st_ino", stat.inode},
              {"st_dev", device(0, stat.device)},
              {"st_rdev", device(stat.major, stat.minor)}};
}

Json statx_json(const Stat& stat) {
  const auto type = abi::constant_name(abi::kFileTypes, stat.mode & abi::mode::kType);
  return Json{{"stx_mode", mode_text(stat.mode & ~abi::mode::kType)},
              {"stx_type", std::string(type)},
              {"stx_uid", stat.uid},
              {"stx_gid", stat.gid},
              {"stx_nlink", stat.links},
              {"stx_size", stat.size},
              {"stx_ino", stat.inode},
              {"stx_rdev_major", stat.major},
              {"stx_rdev_minor", stat.minor}};
}

bool fills(const spec::LitmusCall& call, const spec::LitmusLayout& layout) {
  return std::any_of(
      call.parameters.begin(), call.parameters.end(),
      [&layout](const spec::LitmusParameter& each) { return each.layout == &layout; });
}

/// What statfs(2) calls the types that this kernel names.
struct Magic {
  std::string_view type, name;
};
constexpr Magic kMagics[] = {{"tmpfs", "TMPFS_MAGIC"},         {"proc", "PROC_SUPER_MAGIC"},
                             {"sysfs", "SYSFS_MAGIC"},         {"overlay", "OVERLAYFS_SUPER_MAGIC"},
                             {"devpts", "DEVPTS_SUPER_MAGIC"}, {"ext4", "EXT4_SUPER_MAGIC"},
                             {"cgroup", "CGROUP_SUPER_MAGIC"}, {"cgroup2", "CGROUP2_SUPER_MAGIC"},
                             {"mqueue", "MQUEUE_MAGIC"},       {"devtmpfs", "TMPFS_MAGIC"}};
Arg with_numbers(Arg arg) {
  for (Arg& item : arg.items) {
    for (const Magic& row : kMagics) {
      std::uint64_t number = 0;
      if (item.tag == ArgTag::Bytes && item.text == row.type &&
          abi::flag_value(abi::kFilesystemMagics, row.name, number))
        item = Arg::integer(static_cast<std::int64_t>(number));
    }
  }
  return arg;
}

/// Flags have names in a trace, and are bits in memory.
std::int64_t bits_of(const abi::FlagTable& table, const Arg& names) {
  std::uint64_t bits = 0;
  for (const Arg& name : names.items) {
    std::uint64_t bit = 0;
    if (abi::flag_value(table, name.text, bit)) bits |= bit;
  }
  return static_cast<std::int64_t>(bits);
}
Arg with_bits(const spec::LitmusLayout& layout, Arg arg) {
  for (const spec::LitmusMember& member : layout.members) {
    if (member.kind != spec::LitmusField::Flags) continue;
    for (std::size_t n = 0; n < std::min(arg.keys.size(), arg.items.size()); ++n) {
      Arg& item = arg.items[n];
      if (arg.keys[n] == member.name && item.tag == ArgTag::List)
        item = Arg::integer(bits_of(*member.table, item));
    }
  }
  return arg;
}

/// Of a struct that the kernel wrote, what it wrote.
Json written_json(const spec::LitmusLayout& layout, const Arg& given) {
  const Arg arg =
      &layout == &spec::layouts::kStatfs ? with_numbers(given) : with_bits(layout, given);
  Json all = spec::struct_json(layout, spec::struct_bytes(layout, arg));
  if (arg.tag != ArgTag::Struct || !all.is_object()) return all;
  Json some = Json::object();
  for (const std::string& key : arg.keys) {
    if (all.contains(key)) some[key] = all[key];
  }
  return some;
}

/// Structs stand side by side in one object; a list, or a number alone, under the argument's name.
void add_filled(const spec::LitmusCall& call, std::size_t n, const Arg& arg, Json& out) {
  const spec::LitmusParameter& parameter = call.parameters.at(n);
  const spec::LitmusLayout* layout = parameter.layout;
  if (layout == nullptr || layout == &spec::layouts::kStat || layout == &spec::layouts::kStatx ||
      layout == &spec::layouts::kWaitStatus)
    return;
  if (parameter.many) {
    Json list = Json::array();
    for (const Arg& item : arg.items) list.push_back(written_json(*layout, item));
    out[std::string(syscall_shape(call.sys).args[n].name)] = list;
    return;
  }
  const Json value = written_json(*layout, arg);
  if (value.is_object())
    out.update(value);
  else
    out[std::string(syscall_shape(call.sys).args[n].name)] = value;
}

/// What some calls only tell their program, and not the trace.
struct Told {
  abi::Sys sys;
  std::vector<std::string_view> members;  ///< of Reply::out, in its order; "" is passed over
};
const std::vector<Told>& told() {
  static const std::vector<Told> rows = {
      {abi::Sys::clock_gettime, {"tv_sec", "tv_nsec"}},
      {abi::Sys::prlimit64, {"rlim_cur", "rlim_max"}},
      {abi::Sys::times, {"tms_utime", "tms_stime", "tms_cutime", "tms_cstime"}},
      {abi::Sys::sysinfo, {"uptime", "totalram", "", "procs"}},
      {abi::Sys::ioctl, {"int"}},
      {abi::Sys::prctl, {"int"}}};
  return rows;
}

void add_told(const spec::LitmusCall& call, const Reply& reply, Json& out) {
  for (const Told& row : told()) {
    if (row.sys != call.sys) continue;
    for (std::size_t i = 0; i < row.members.size() && i < reply.out.size(); ++i) {
      const bool infinite = call.sys == abi::Sys::prlimit64 && reply.out[i] < 0;
      if (row.members[i].empty()) continue;
      out[std::string(row.members[i])] = infinite ? Json("RLIM_INFINITY") : Json(reply.out[i]);
    }
  }
}

void add_ending(const spec::LitmusCall& call, const Reply& reply, spec::LitmusOutcome& outcome) {
  const bool waits = call.sys == abi::Sys::wait4 || call.sys == abi::Sys::waitid;
  if (!waits || reply.out.empty()) return;
  const bool somebody = call.sys == abi::Sys::wait4 ? reply.ret > 0 : reply.out.size() > 1;
  if (somebody) outcome.status = static_cast<std::int32_t>(reply.out.front());
}

}  // namespace

spec::LitmusOutcome litmus_outcome(const spec::LitmusCall& call, const Reply& reply) {
  spec::LitmusOutcome outcome;
  // Only −1 to −4095 are errors: mmap's addresses may be negative as numbers.
  const bool failed = reply.ret < 0 && reply.ret > -4096;
  outcome.ret = failed ? -1 : reply.ret;
  if (failed) outcome.err = static_cast<abi::Errno>(-reply.ret);
  outcome.out = Json::object();
  if (!failed) {
    if (reads_bytes(call))
      outcome.data = call.sys == abi::Sys::getdents64 ? names_in(reply.data) : reply.data;
    const bool pair = call.sys == abi::Sys::pipe || call.sys == abi::Sys::pipe2 ||
                      call.sys == abi::Sys::socketpair;
    if (pair) outcome.descriptors = reply.out;
    if (fills(call, spec::layouts::kStat)) outcome.out = stat_json(reply.stat);
    if (fills(call, spec::layouts::kStatx)) outcome.out = statx_json(reply.stat);
    add_ending(call, reply, outcome);
    add_told(call, reply, outcome.out);
  }
  for (const auto& [n, arg] : reply.filled) {
    if (n < call.parameters.size()) add_filled(call, n, arg, outcome.out);
  }
  return outcome;
}

Json action_of(const spec::LitmusCall& call) {
  const spec::LitmusLayout& layout = spec::layouts::kSigaction;
  const Arg& given = call.args.at(1);
  Json action = spec::struct_json(layout, spec::struct_bytes(layout, given));
  action.erase("sa_handler");  // the kernel knows the two that are not the program's own
  for (std::size_t i = 0; i < given.keys.size(); ++i) {
    if (given.keys[i] == "sa_handler" && given.items[i].text == "count")
      action["sa_handler"] = "count";
  }
  if (const auto exit = exit_of_handler(call)) action["sa_handler"] = Json{{"exit", *exit}};
  return action;
}

}  // namespace cutaway::sim
