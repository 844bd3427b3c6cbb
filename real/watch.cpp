#include "real/watch.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <memory>
#include <thread>
#include <utility>

#include "base/text.h"
#include "real/engine/state.h"
#include "real/observe/proc_files.h"
#include "real/observe/proc_text.h"
#include "real/observe/recorder.h"
#include "real/observe/snapshot.h"
#include "real/sys/files.h"
#include "real/sys/folder.h"
#include "real/sys/process_tree.h"
#include "real/tracer/tracer.h"
#include "trace/world/lookup.h"

namespace cutaway::real {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

template <class Wanted>
std::vector<int> processes_in(Wanted&& wanted) {
  std::vector<int> found;
  for (const int pid : all_processes()) {
    const std::vector<CgroupLine> lines = parse_cgroups(proc_text(pid, "cgroup"));
    const bool in = std::any_of(lines.begin(), lines.end(),
                                [&](const CgroupLine& line) { return wanted(line.path); });
    if (in) found.push_back(pid);
  }
  return found;
}

/// Is a component of the path this container's: "<id>", "docker-<id>.scope", "libpod-<id>"?
bool names_container(const std::string& path, const std::string& id) {
  for (const std::string& component : split(path, '/')) {
    const std::size_t dash = component.rfind('-');
    const std::string bare = dash == std::string::npos ? component : component.substr(dash + 1);
    if (bare.size() >= 64 && starts_with(bare, id)) return true;
  }
  return false;
}

bool stands_still(int tid) {
  const std::vector<std::string> stat = parse_stat(proc_text(tid, "stat"));
  return stat.empty() || stat[0] == "t" || stat[0] == "T" || stat[0] == "Z" || stat[0] == "X";
}

/// Who has been seized stops before its next instruction, or when its call is broken off: soon, but
/// for one that waits for a disk.
void wait_until_still(const std::vector<int>& pids) {
  constexpr int kMost = 2000;
  for (int tries = 0; tries < kMost; ++tries) {
    const bool still = std::all_of(pids.begin(), pids.end(), [](int pid) {
      const auto tids = names_in("/proc/" + decimal(pid) + "/task");
      return !tids || std::all_of(tids->begin(), tids->end(), [](const std::string& name) {
        std::int64_t tid = 0;
        return !parse_decimal(name, tid) || stands_still(static_cast<int>(tid));
      });
    });
    if (still) return;
    ::usleep(1000);
  }
}

/// Stops the tracer at a signal, or when the time is over.
class Stopper {
 public:
  Stopper(Tracer& tracer, std::int64_t for_ns) : tracer_(tracer), for_ns_(for_ns) {
    ::sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&signals_, signal);
    ::pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    thread_ = std::thread([this] { wait(); });
  }
  ~Stopper() {
    over_ = true;
    thread_.join();
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  Stopper(const Stopper&) = delete;
  Stopper& operator=(const Stopper&) = delete;
  bool interrupted() const { return interrupted_; }

 private:
  void wait() {
    const std::int64_t until = monotonic_ns() + for_ns_;
    const timespec slice{0, 50 * kMillisecond};
    while (!over_) {
      const bool signalled = ::sigtimedwait(&signals_, nullptr, &slice) > 0;
      if (signalled) interrupted_ = true;
      if (!signalled && (for_ns_ == 0 || monotonic_ns() < until)) continue;
      tracer_.stop();
      return;
    }
  }

  Tracer& tracer_;
  std::int64_t for_ns_;
  sigset_t signals_{}, before_{};
  std::atomic<bool> over_ = false, interrupted_ = false;
  std::thread thread_;
};

/// By the names of the cgroups that it is in; none: it is in no container.
ContainerId container_of(const World& world, const Task& task) {
  const Container* found = world.containers.first([&](const Container& each) {
    return std::any_of(task.cgroups.begin(), task.cgroups.end(), [&](CgroupId id) {
      const Cgroup* cgroup = world.cgroups.find(id);
      return cgroup != nullptr && cgroup->path.find(each.id) != std::string::npos;
    });
  });
  return found == nullptr ? ContainerId{} : found->number;
}

/// Its id, when the name is that of one of our own containers.
std::string id_of_ours(const std::string& name, const std::string& state) {
  const std::string root = state.empty() ? default_state_folder() : state;
  if (!exists(root + "/containers")) return name;
  const Result<StateFolder> ours = StateFolder::open(root);
  const Result<ContainerRecord> known = ours ? ours->find(name) : fail(ours.error());
  return known ? known->id : name;
}

/// All that was there when the trace began goes on as part of it.
void follow_all(Recorder& recorder, const World& begin) {
  begin.tasks.each([&](const Task& task) {
    const Task* leader = begin.tasks.find(task.leader);
    if (leader != nullptr && leader->role == Role::Workload)
      recorder.follow(task.pid(), container_of(begin, *leader));
  });
}

struct Seized {
  std::vector<int> pids;
  std::vector<std::string> refused;  ///< who lives and may not be watched, and why
};
/// The first is the one that was asked for; of the others some may belong to somebody else.
Result<Seized> seize_all(Tracer& tracer, const std::vector<int>& pids) {
  Seized seized;
  for (const int pid : pids) {
    const Status done = tracer.seize(pid);
    if (done) seized.pids.push_back(pid);
    if (done || proc_text(pid, "stat").empty()) continue;
    const std::string why = "watch process " + decimal(pid) + ": " + done.error().message;
    if (pid == pids.front()) return fail(ErrorCode::Cannot, why);
    seized.refused.push_back("cannot " + why);
  }
  if (seized.pids.empty()) return fail(ErrorCode::Cannot, "watch: all of them have ended");
  return seized;
}

}  // namespace

Result<std::vector<int>> processes_below(int pid) {
  if (pid == ::getpid()) return fail(ErrorCode::Cannot, "watch itself");
  const std::vector<std::string> stat = parse_stat(proc_text(pid, "stat"));
  if (stat.empty())
    return fail(ErrorCode::Cannot, "watch process " + decimal(pid) + ": there is none");
  if (stat[0] == "Z")
    return fail(ErrorCode::Cannot, "watch process " + decimal(pid) + ": it has ended (a zombie)");
  std::vector<int> all = {pid};
  const std::vector<pid_t> below = descendants_of(pid);
  all.insert(all.end(), below.begin(), below.end());
  return all;
}

Result<std::vector<int>> processes_in_cgroup(const std::string& path) {
  // A folder of a mounted hierarchy: what follows the mount point is the path.
  std::string wanted = path;
  const Result<std::string> mounts = read_text("/proc/self/mountinfo");
  for (const MountLine& line : parse_mountinfo(mounts ? *mounts : std::string()))
    if (starts_with(line.type, "cgroup") && starts_with(path, line.target + "/"))
      wanted = path.substr(line.target.size());
  while (wanted.size() > 1 && ends_with(wanted, "/")) wanted.pop_back();
  std::vector<int> found = processes_in([&](const std::string& each) {
    return each == wanted || starts_with(each, wanted == "/" ? wanted : wanted + "/");
  });
  if (found.empty()) return fail(ErrorCode::Cannot, "watch cgroup " + path + ": nobody is in it");
  return found;
}

Result<std::vector<int>> processes_of_container(const std::string& container,
                                                const std::string& state) {
  constexpr std::size_t kShortest = 4;
  const std::string id = id_of_ours(container, state);
  std::vector<int> found;
  if (id.size() >= kShortest)
    found = processes_in([&](const std::string& path) { return names_container(path, id); });
  if (found.empty())
    return fail(ErrorCode::Cannot,
                "watch container " + container + ": no process of such a container runs here");
  return found;
}

Result<Watched> watch(const std::vector<int>& pids, const std::string& title, std::int64_t for_ns) {
  const std::unique_ptr<Tracer> tracer = make_ptrace_tracer();
  TRY_ASSIGN(const Seized seized, seize_all(*tracer, pids));
  wait_until_still(seized.pids);
  SnapshotOptions options;
  options.watched = seized.pids;
  TRY_ASSIGN(World world, read_world(options));
  Watched watched{Trace(real_header(world, {title})), false};
  begin_trace(watched.trace, std::move(world));
  Recorder recorder(watched.trace, {});
  follow_all(recorder, watched.trace.head());
  for (const std::string& text : seized.refused)
    recorder.tell(recorder.self(), ContainerId{}, "", Note{text, "refused"});
  {
    Stopper stopper(*tracer, for_ns);
    const Status ran = tracer->run(recorder);
    watched.interrupted = stopper.interrupted();
    if (!ran) return fail(ran.error());
  }
  recorder.finish();
  return watched;
}

}  // namespace cutaway::real
