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
