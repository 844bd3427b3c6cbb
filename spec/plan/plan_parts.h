// Small words for writing the plan: calls, arguments, and the few that take several calls.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "spec/plan/limits.h"
#include "spec/plan/plan.h"

namespace cutaway::spec {

/// Of mounts that hold neither programs nor devices: MS_NOSUID | MS_NODEV | MS_NOEXEC.
inline constexpr std::uint64_t kQuiet = abi::ms::kNosuid | abi::ms::kNodev | abi::ms::kNoexec;

inline Arg integer(std::uint64_t value) { return Arg::integer(static_cast<std::int64_t>(value)); }
inline Arg integer(std::int64_t value) { return Arg::integer(value); }
inline Arg integer(int value) { return Arg::integer(value); }
inline Arg integer(std::uint32_t value) { return Arg::integer(value); }
inline Arg text(std::string value) { return Arg::bytes(std::move(value)); }
Arg number_list(const std::vector<std::uint32_t>& numbers);
/// struct ifreq with IFF_UP (netdevice(7)).
Arg interface_up(std::string name);
/// capset's three sets; inheritable stays empty (CVE-2022-24769).
Arg capability_sets(std::uint64_t effective, std::uint64_t permitted);

PlanCall call(abi::Sys sys, std::vector<Arg> args);
PlanCall keep(PlanCall made, std::string as);
PlanCall tolerate(PlanCall made, std::vector<abi::Errno> errors);
PlanCall mount(Arg source, std::string target, Arg type, std::uint64_t flags,
               const std::string& data = {});
PlanCall open(std::string path, std::uint64_t flags);
/// mkdir that does not mind a folder that is there.
PlanCall make_folder(std::string path);
/// Always MS_REMOUNT | MS_BIND: without MS_BIND it would change the file system for everyone
/// (mount(2)).
PlanCall remount_readonly(std::string path, std::uint64_t flags);
std::vector<PlanCall> write_file(const std::string& path, const std::string& content);
/// Reads a short file and writes the same into another: what a read brought is "<as>.data".
std::vector<PlanCall> copy_file(const std::string& from, const std::string& to);
/// Bind, make private, and remount with `flags` if there are any.
std::vector<PlanCall> bind_private(const std::string& source, const std::string& target,
                                   std::uint64_t flags);
void append(PlanStep& step, std::vector<PlanCall> calls);

/// cg.create, cg.attach, cg.limit; none where the container gets no cgroup.
void add_cgroup_steps(const PlanInput& input, Plan& plan);
PlanStep reap(const PlanInput& input);
PlanStep cg_remove(const PlanInput& input);
/// From mnt.proc to dev.nodes.
void add_mount_steps(const PlanInput& input, Plan& plan);
/// mnt.volume and mnt.tmpfs, where the user asked for some.
void add_user_mount_steps(const PlanInput& input, Plan& plan);
/// ns.join: the namespaces that are another container's; none when all are its own or the host's.
void add_join_steps(const PlanInput& input, Plan& plan);
/// Has the container a namespace of this type ("pid") of its own?
bool owns(const PlanInput& input, const std::string& type);
/// session, seccomp.load, cap.bound, id.set, cap.set, nnp, exec, in their order. `first`: of the
/// container's first process, whose terminal is also its console.
void add_process_steps(const PlanInput& input, bool first, Plan& plan);
/// One folder per hierarchy: a path on v2, one for each controller on v1.
std::vector<std::string> cgroup_folders(const PlanInput& input);
/// The runtime's wait for execve or init's report.
PlanStep exec_wait();

/// v1: the devices that a container may use (cgroup-v1/devices.rst), as writes in this order.
std::vector<CgroupSetting> device_settings(const PlanInput& input);
/// Where execvp would look for argv[0].
std::vector<std::string> program_candidates(const PlanInput& input);

}  // namespace cutaway::spec
