#include "trace/compare/rules.h"

#include <algorithm>

#include "base/text.h"
#include "trace/compare/families.h"
#include "trace/log/call_text.h"

namespace cutaway {

namespace {

using abi::Errno;
using abi::Sys;

struct Rule {
  RowClass row_class;
  std::string_view why;  ///< end of the sentence's key
  bool (*applies)(const Difference&);
};

// ---- What the rules ask ----------------------------------------------------------------------

bool ends_with_error(const CollectedCall* call, Errno err) {
  return call != nullptr && call->call.err == err;
}
bool either_says(const Difference& d, Errno err) {
  return ends_with_error(d.pair.a, err) || ends_with_error(d.pair.b, err);
}
/// Both made the call, but other answers came back.
bool answers_differ(const Difference& d) { return !d.alone() && !d.same_result(); }

bool mentions_cgroups(const CollectedCall* call) {
  if (call == nullptr) return false;
  const auto& args = call->normal.args;
  return std::any_of(args.begin(), args.end(), [](const NormalArg& arg) {
    return arg.normal.find("/sys/fs/cgroup") != std::string::npos;
  });
}
bool is_about_cgroups(const Difference& d) {
  const std::string& step = d.any().key.step;
  return starts_with(step, "cg.") || step == "mnt.cgroup" || mentions_cgroups(d.pair.a) ||
         mentions_cgroups(d.pair.b);
}
bool layouts_differ(const Difference& d) {
  return d.facts_a.header.machine.cgroup != d.facts_b.header.machine.cgroup;
}
bool kernels_differ(const Difference& d) {
  return d.facts_a.header.machine.kernel != d.facts_b.header.machine.kernel;
}

/// The only arguments that differ satisfy `may`.
template <class May>
bool differs_only(const Difference& d, May may) {
  if (d.alone() || d.pair.a->call.sys != d.pair.b->call.sys) return false;
  const std::vector<ArgShape>& shape = syscall_shape(d.any().call.sys).args;
  const auto& a = d.pair.a->normal.args;
  const auto& b = d.pair.b->normal.args;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (may_be_same(a[i], b[i])) continue;
    if (i >= shape.size() || !may(i, shape[i])) return false;
  }
  return true;
}

// ---- The rules' conditions -------------------------------------------------------------------

bool lost(const Difference& d) {
  return (d.pair.a == nullptr && d.facts_a.lost > 0) || (d.pair.b == nullptr && d.facts_b.lost > 0);
}

bool unknown_call(const Difference& d) {
  return either_says(d, Errno::kENOSYS) && kernels_differ(d) && answers_differ(d);
}

/// The kernel refused, or the runtime took another way to the same end: other options, a file under
/// a bind mount for a device.
bool without_root(const Difference& d) {
  if (d.facts_a.rootless == d.facts_b.rootless) return false;
  const bool refused = either_says(d, Errno::kEPERM) || either_says(d, Errno::kEACCES);
  const bool other_way = !is_workload(d.any().key.role) && d.same_result();
  return d.alone() || refused || other_way;
}

/// No overlay was mounted, so none is unmounted.
bool without_overlay(const Difference& d) {
  return d.facts_a.copied != d.facts_b.copied && d.alone() && d.any().key.step == "rootfs.umount";
}

bool startup(const Difference& d) {
  const bool starts =
      (d.pair.a == nullptr || d.pair.a->startup) && (d.pair.b == nullptr || d.pair.b->startup);
  return starts && is_workload(d.any().key.role) && !answers_differ(d);
}
bool allocator(const Difference& d) {
  return is_workload(d.any().key.role) && is_allocator_call(d.any().call) && !answers_differ(d);
}

/// Another layout means other folders, other files, other values, and no cgroup namespace on v1.
bool cgroup_layout(const Difference& d) {
  const bool new_namespace = d.any().call.sys == Sys::unshare || d.any().call.sys == Sys::clone;
  return layouts_differ(d) &&
         (is_about_cgroups(d) || (new_namespace && d.any().key.step == "ns.clone"));
}
/// The same version, but other controllers or folders; never another answer to the same question.
bool cgroup_folders(const Difference& d) {
  return is_about_cgroups(d) && (d.alone() || !d.same_arguments());
}

bool equivalent_call(const Difference& d) {
  return !d.alone() && are_equivalent(d.pair.a->call.sys, d.pair.b->call.sys) && d.same_result();
}
bool buffer_size(const Difference& d) {
  return d.same_result() &&
         differs_only(d, [](std::size_t,
                            const ArgShape& shape) { return shape.kind == ArgKind::Unsigned; }) &&
         (d.any().call.sys == Sys::read || d.any().call.sys == Sys::getdents64 ||
          d.any().call.sys == Sys::readlink || d.any().call.sys == Sys::getcwd);
}
bool standard_streams(const Difference& d) {
  return d.same_result() && differs_only(d, [&d](std::size_t i, const ArgShape& shape) {
           const std::int64_t fd = d.pair.a->call.args[i].value;
           return shape.kind == ArgKind::Fd && fd == d.pair.b->call.args[i].value && fd <= 2;
         });
}

bool is_runtimes(const Difference& d) {
  return d.any().key.role == Role::Runtime || d.any().key.role == Role::Shim;
}
bool names_plan(const CollectedCall* call) {
  return call != nullptr && !call->call.args.empty() &&
         ends_with(call->call.args.front().text, "/plan");
}
/// The plan lies in the bundle, in each side's own form.
bool plan_form(const Difference& d) {
  return is_runtimes(d) && d.any().call.sys == Sys::read && names_plan(d.pair.a) &&
         names_plan(d.pair.b);
}
bool sealed_copy(const Difference& d) {
  constexpr std::int64_t kPrSetName = 15;
  if (!is_runtimes(d) || d.any().key.step != "rt.start") return false;
  if (!d.alone()) return d.any().call.sys == Sys::execve && d.same_result();
  return d.any().call.sys == Sys::prctl && d.any().call.args.front().value == kPrSetName;
}
/// Only a traced runtime has it: the page through which it tells its steps.
bool step_page(const Difference& d) {
  constexpr std::int64_t kPage = 100;  // real/runtime/table.h
  if (!d.alone() || !is_runtimes(d)) return false;
  return d.any().call.sys == Sys::mmap ||
         (d.any().call.sys == Sys::close && d.any().call.args.front().value == kPage);
}
bool filter_form(const Difference& d) {
  return d.any().call.sys == Sys::seccomp && !d.alone() && d.same_result();
}
/// What is hidden or made read-only below /proc and /sys depends on what the kernel was built with.
bool path_is_missing(const Difference& d) {
  const std::string& step = d.any().key.step;
  if ((step != "path.mask" && step != "path.readonly") || d.any().call.sys != Sys::mount)
    return false;
  const std::string& target = d.any().call.args.at(1).text;
  if (!starts_with(target, "/proc/") && !starts_with(target, "/sys/")) return false;
  return d.alone() || either_says(d, Errno::kENOENT);
}

std::string without_size(std::string text) {
  constexpr std::string_view kSize = "\"st_size\":";
  const std::size_t at = text.find(kSize);
  if (at == std::string::npos) return text;
  const std::size_t end = text.find_first_not_of("0123456789", at + kSize.size());
  return text.erase(at, end - at);
}
/// Of a folder st_size is its file system's business: 4096 on ext4, some bytes a name on tmpfs.
bool folder_size(const Difference& d) {
  return d.same_result() && differs_only(d, [&d](std::size_t i, const ArgShape&) {
           const std::string& a = d.pair.a->normal.args[i].normal;
           const std::string& b = d.pair.b->normal.args[i].normal;
           return a.find("S_IFDIR") != std::string::npos && without_size(a) == without_size(b);
         });
}

bool lists_proc(const CollectedCall* call) {
  return call == nullptr || (call->call.sys == Sys::getdents64 && !call->call.args.empty() &&
                             call->call.ret >= 0 && call->call.args.front().text == "/proc");
}
/// The names in /proc: so are they.
bool names_in_proc(const Difference& d) {
  return is_workload(d.any().key.role) && lists_proc(d.pair.a) && lists_proc(d.pair.b);
}

/// Files of /proc that tell of memory, processors and time, each kernel in lines of its own, and of
/// mounts, with the folders of each store; another length is another number of reads.
bool told_in_proc(const Difference& d) {
  return is_workload(d.any().key.role) && (d.pair.a == nullptr || reads_meters(d.pair.a->call)) &&
         (d.pair.b == nullptr || reads_meters(d.pair.b->call));
}

/// What was read there is told: the same words with other figures (free, uptime).
bool told_of_meters(const Difference& d) {
  if (d.alone() || !d.pair.a->measured || !d.pair.b->measured) return false;
  const Syscall &a = d.pair.a->call, &b = d.pair.b->call;
  if (a.sys != Sys::write || b.sys != Sys::write || a.args.size() < 2 || b.args.size() < 2)
    return false;
  return without_figures(a.args[1].text) == without_figures(b.args[1].text);
}

/// sched_getaffinity(2) gives as many bytes as the kernel's own set has (NR_CPUS).
bool width_of_cpu_sets(const Difference& d) {
  return d.any().call.sys == Sys::sched_getaffinity && d.same_arguments() &&
         d.pair.a->call.ret > 0 && d.pair.b->call.ret > 0;
}

/// stdio looks at standard output once, before it writes the first time (_IO_file_doallocate). A
/// fork remembers whether it has.
bool stdio_looks(const Difference& d) {
  const Syscall& call = d.any().call;
  return d.alone() && is_workload(d.any().key.role) && call.sys == Sys::newfstatat &&
         call.args.size() > 1 && call.args[0].value == 1 && call.args[1].text.empty();
}

/// What a tracer reads there is the register of whatever the signal came into.
bool return_of_handler(const Difference& d) {
  return d.any().call.sys == Sys::rt_sigreturn && !d.alone();
}

/// A signal came into a call on one side only, which is made again: on the other it came between
/// two calls, or when there was no handler yet.
bool another_moment(const Difference& d) {
  const bool interrupted =
      d.any().call.sys == Sys::rt_sigreturn || d.any().call.err == Errno::kEINTR;
  return d.alone() && is_workload(d.any().key.role) && interrupted;
}

/// What a clock or a timer said at that moment: which argument it comes back in.
bool told_by_a_clock(const Difference& d) {
  struct Row {
    Sys sys;
    std::size_t n;
  };
  constexpr Row kRows[] = {
      {Sys::clock_gettime, 1}, {Sys::gettimeofday, 0},    {Sys::times, 0},
      {Sys::setitimer, 2},     {Sys::getitimer, 1},       {Sys::timer_settime, 3},
      {Sys::timer_gettime, 1}, {Sys::timerfd_settime, 3}, {Sys::timerfd_gettime, 1},
      {Sys::nanosleep, 1},     {Sys::clock_nanosleep, 3}};
  const Sys sys = d.any().call.sys;
  const auto* const row = std::find_if(std::begin(kRows), std::end(kRows),
                                       [sys](const Row& each) { return each.sys == sys; });
  if (row == std::end(kRows) || !d.same_result()) return false;
  return differs_only(d, [row](std::size_t n, const ArgShape&) { return n == row->n; });
}

/// How far a process came until it was killed: on both sides somebody was.
bool cut_short(const Difference& d) {
  return d.alone() && is_workload(d.any().key.role) && d.any().cut_short && d.facts_a.killed &&
         d.facts_b.killed;
}

/// The kernel's own answer; not a restart that the tracer should have joined, nor one never seen.
bool is_plain_answer(const CollectedCall& call) {
  constexpr int kFirstInternalErrno = 512;  // ERESTARTSYS and its like never reach a program
  return call.call.returned && static_cast<int>(call.call.err) < kFirstInternalErrno &&
         call.call.err != Errno::kEINTR;
}
bool simulator_wrong(const Difference& d) {
  if (!answers_differ(d) || !d.same_arguments()) return false;
  const SideKind a = d.facts_a.header.side;
  if (a == d.facts_b.header.side) return false;
  return is_plain_answer(a == SideKind::Real ? *d.pair.a : *d.pair.b);
}

bool always(const Difference&) { return true; }

constexpr Rule kRules[] = {
    {RowClass::Loss, "loss", lost},
    {RowClass::Kernel, "kernel.unknown_call", unknown_call},
    {RowClass::Rootless, "rootless", without_root},
    {RowClass::Kernel, "kernel.copy", without_overlay},
    {RowClass::Cgroup, "cgroup.layout", cgroup_layout},
    {RowClass::Cgroup, "cgroup.folders", cgroup_folders},
    {RowClass::Loader, "loader.startup", startup},
    {RowClass::Loader, "loader.allocator", allocator},
    {RowClass::Loader, "loader.stdio", stdio_looks},
    {RowClass::Choice, "choice.equivalent", equivalent_call},
    {RowClass::Choice, "choice.buffer", buffer_size},
    {RowClass::Choice, "choice.streams", standard_streams},
    {RowClass::Choice, "choice.plan", plan_form},
    {RowClass::Choice, "choice.sealed", sealed_copy},
    {RowClass::Choice, "choice.step_page", step_page},
    {RowClass::Choice, "choice.filter", filter_form},
    {RowClass::Choice, "choice.sigreturn", return_of_handler},
    {RowClass::Choice, "choice.moment", another_moment},
    {RowClass::Choice, "choice.clock", told_by_a_clock},
    {RowClass::Choice, "choice.cut_short", cut_short},
    {RowClass::Kernel, "kernel.path", path_is_missing},
    {RowClass::Kernel, "kernel.path", names_in_proc},
    {RowClass::Kernel, "kernel.folder_size", folder_size},
    {RowClass::Kernel, "kernel.proc", told_in_proc},
    {RowClass::Kernel, "kernel.meters", told_of_meters},
    {RowClass::Kernel, "kernel.cpu_set", width_of_cpu_sets},
    {RowClass::SimulatorWrong, "simulator_wrong", simulator_wrong},
    {RowClass::Unexplained, "unexplained", always},
};

RowStatus status_of(const Difference& d) {
  if (d.pair.b == nullptr) return RowStatus::OnlyA;
  if (d.pair.a == nullptr) return RowStatus::OnlyB;
  const bool same = d.pair.a->call.sys == d.pair.b->call.sys && d.same_arguments();
  return same && d.same_result() ? RowStatus::Matched : RowStatus::Different;
}

bool is_literal(const CallPair& pair) {
  return pair.a->normal.literal_key() == pair.b->normal.literal_key();
}

void tell(const CollectedCall* call, const std::string& side, Explanation& told) {
  if (call == nullptr) return;
  told.values["call_" + side] = call_text(call->call, CallStyle::People);
  told.values["result_" + side] = result_text(call->call);
  told.values["name_" + side] = call_name(call->call.sys);
}

}  // namespace

bool Difference::same_arguments() const {
  return !alone() && cutaway::same_arguments(pair.a->normal, pair.b->normal);
}
bool Difference::same_result() const {
  return !alone() && pair.a->normal.normal_result == pair.b->normal.normal_result;
}

std::string why_key(std::string_view name) { return "compare." + std::string(name); }

Explanation explain_pair(const Difference& difference) {
  Explanation told;
  told.status = status_of(difference);
  if (told.status == RowStatus::Matched) {
    if (is_literal(difference.pair)) return told;
    told.row_class = RowClass::Ids;
    told.why = why_key("ids");
    return told;
  }
  for (const Rule& rule : kRules) {
    if (!rule.applies(difference)) continue;
    told.row_class = rule.row_class;
    told.why = why_key(rule.why);
    break;
  }
  tell(difference.pair.a, "a", told);
  tell(difference.pair.b, "b", told);
  return told;
}

}  // namespace cutaway
