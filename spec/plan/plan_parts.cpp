#include "spec/plan/plan_parts.h"

#include <utility>

#include "base/text.h"

namespace cutaway::spec {

using abi::Sys;

Arg number_list(const std::vector<std::uint32_t>& numbers) {
  Arg list;
  list.tag = ArgTag::List;
  for (const std::uint32_t number : numbers) list.items.push_back(integer(number));
  return list;
}

Arg interface_up(std::string name) {
  Arg request;
  request.tag = ArgTag::Struct;
  request.keys = {"ifr_name", "ifr_flags"};
  request.items = {text(std::move(name)), integer(1)};
  return request;
}

Arg capability_sets(std::uint64_t effective, std::uint64_t permitted) {
  Arg sets;
  sets.tag = ArgTag::Struct;
  sets.keys = {"effective", "permitted", "inheritable"};
  sets.items = {integer(effective), integer(permitted), integer(0)};
  return sets;
}

PlanCall call(Sys sys, std::vector<Arg> args) {
  PlanCall made;
  made.sys = sys;
  made.args = std::move(args);
  return made;
}

PlanCall keep(PlanCall made, std::string as) {
  made.as = std::move(as);
  return made;
}

PlanCall tolerate(PlanCall made, std::vector<abi::Errno> errors) {
  made.tolerated = std::move(errors);
  return made;
}

PlanCall mount(Arg source, std::string target, Arg type, std::uint64_t flags,
               const std::string& data) {
  return call(Sys::mount, {std::move(source), text(std::move(target)), std::move(type),
                           integer(flags), data.empty() ? Arg{} : text(data)});
}

PlanCall open(std::string path, std::uint64_t flags) {
  return call(Sys::openat,
              {integer(abi::at::kFdcwd), text(std::move(path)), integer(flags), integer(0)});
}

PlanCall make_folder(std::string path) {
  return tolerate(call(Sys::mkdir, {text(std::move(path)), integer(0755)}), {abi::Errno::kEEXIST});
}

PlanCall remount_readonly(std::string path, std::uint64_t flags) {
  return mount(Arg{}, std::move(path), Arg{},
               abi::ms::kRemount | abi::ms::kBind | abi::ms::kRdonly | flags);
}

std::vector<PlanCall> write_file(const std::string& path, const std::string& content) {
  return {keep(open(path, abi::o::kWronly | abi::o::kCloexec), "file"),
          call(Sys::write, {text("$file"), text(content), Arg{}}),
          call(Sys::close, {text("$file")})};
}

std::vector<PlanCall> copy_file(const std::string& from, const std::string& to) {
  std::vector<PlanCall> calls = {
      keep(open(from, abi::o::kCloexec), "from"),
      keep(call(Sys::read, {text("$from"), Arg{}, integer(256)}), "copy"),
      call(Sys::close, {text("$from")})};
  for (PlanCall& made : write_file(to, "${copy.data}")) calls.push_back(std::move(made));
  return calls;
}

std::vector<PlanCall> bind_private(const std::string& source, const std::string& target,
                                   std::uint64_t flags) {
  std::vector<PlanCall> calls = {mount(text(source), target, Arg{}, abi::ms::kBind | abi::ms::kRec),
                                 mount(Arg{}, target, Arg{}, abi::ms::kRec | abi::ms::kPrivate)};
  if ((flags & abi::ms::kRdonly) != 0) {
    calls.push_back(remount_readonly(target, flags));
  }
  return calls;
}

void append(PlanStep& step, std::vector<PlanCall> calls) {
  for (PlanCall& made : calls) step.calls.push_back(std::move(made));
}

std::vector<std::string> cgroup_folders(const PlanInput& input) {
  std::vector<std::string> folders;
  for (const auto& [controller, mounted] : input.cgroup_mounts)
    folders.push_back(mounted + input.cgroup_path);
  return folders;
}

// The report pipe closes by itself when execve succeeds (O_CLOEXEC): end of file means "it runs".
PlanStep exec_wait() {
  return {"exec",
          Who::Runtime,
          {keep(call(Sys::read, {text("$report.0"), Arg{}, integer(256)}), "report_bytes"),
           call(Sys::close, {text("$report.0")})}};
}

namespace {

constexpr std::int64_t kPeriodUs = 100000;

std::vector<CgroupSetting> settings_v2(const PlanInput& input) {
  std::vector<CgroupSetting> settings;
  if (input.memory_bytes > 0) {
    settings.push_back({"memory", "memory.max", decimal(input.memory_bytes)});
    settings.push_back({"memory", "memory.swap.max", decimal(input.memory_bytes),
                        true});  // docker: swap as much again
  }
  if (input.cpu_ppm > 0) {
    settings.push_back({"cpu", "cpu.max",
                        decimal(input.cpu_ppm * kPeriodUs / 1000000) + " " + decimal(kPeriodUs)});
  }
  if (input.pids > 0) settings.push_back({"pids", "pids.max", decimal(input.pids)});
  return settings;
}

std::vector<CgroupSetting> settings_v1(const PlanInput& input) {
  std::vector<CgroupSetting> settings;
  if (input.memory_bytes > 0) {  // in this order: memsw must never be below the other
    settings.push_back({"memory", "memory.limit_in_bytes", decimal(input.memory_bytes)});
    settings.push_back(
        {"memory", "memory.memsw.limit_in_bytes", decimal(2 * input.memory_bytes), true});
  }
  if (input.cpu_ppm > 0) {
    settings.push_back({"cpu", "cpu.cfs_period_us", decimal(kPeriodUs)});
    settings.push_back({"cpu", "cpu.cfs_quota_us", decimal(input.cpu_ppm * kPeriodUs / 1000000)});
  }
  if (input.pids > 0) settings.push_back({"pids", "pids.max", decimal(input.pids)});
  return settings;
}

}  // namespace

const std::string* cgroup_mount(const PlanInput& input, std::string_view controller) {
  for (const auto& [key, mounted] : input.cgroup_mounts) {
    if (key == "unified") return &mounted;
    for (const std::string& name : split(key, ',')) {
      if (name == controller) return &mounted;
    }
  }
  return nullptr;
}

std::vector<CgroupSetting> device_settings(const PlanInput& input) {
  // v2 has no such files: a BPF program is attached instead, which is no part of the plan.
  if (input.cgroup_version != 1 || input.privileged) return {};
  static constexpr const char* kAllowed[] = {
      "c *:* m",     "b *:* m",        // any node may be made; using it is another matter
      "c 1:3 rwm",   "c 1:5 rwm",      // null, zero
      "c 1:7 rwm",   "c 1:8 rwm",      // full, random
      "c 1:9 rwm",   "c 5:0 rwm",      // urandom, tty
      "c 5:1 rwm",   "c 5:2 rwm",      // console, ptmx
      "c 136:* rwm", "c 10:200 rwm"};  // pseudo-terminals, net/tun
  std::vector<CgroupSetting> settings = {{"devices", "devices.deny", "a"}};
  for (const char* rule : kAllowed) settings.push_back({"devices", "devices.allow", rule});
  return settings;
}

std::vector<CgroupSetting> cgroup_settings(const PlanInput& input) {
  return input.cgroup_version == 2 ? settings_v2(input) : settings_v1(input);
}

std::vector<std::string> program_candidates(const PlanInput& input) {
  const std::string program = input.argv.empty() ? std::string() : input.argv.front();
  if (program.find('/') != std::string::npos) return {program};
  std::string path;
  for (const std::string& entry : input.env) {
    if (starts_with(entry, "PATH=")) path = entry.substr(5);
  }
  std::vector<std::string> candidates;
  for (const std::string& folder : split(path, ':')) {
    if (!folder.empty()) candidates.push_back(folder + "/" + program);
  }
  return candidates;
}

}  // namespace cutaway::spec
