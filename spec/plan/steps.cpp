#include "spec/plan/steps.h"

#include <array>
#include <iterator>

namespace cutaway::spec {

namespace {

constexpr StepRow kStepRows[] = {
    {"cli", Who::Console, Beat::Ask, false},
    {"api.ping", Who::Client, Beat::Ask, false},
    {"api.create", Who::Client, Beat::Ask, false},
    {"image.look", Who::Daemon, Beat::Look, false},
    {"api.pull", Who::Client, Beat::Fetch, false},
    {"hub.resolve", Who::Daemon, Beat::Fetch, false},
    {"layer.fetch", Who::Daemon, Beat::Fetch, false},
    {"layer.unpack", Who::Daemon, Beat::Fetch, false},
    {"image.tag", Who::Daemon, Beat::Fetch, false},
    {"container.create", Who::Daemon, Beat::Create, false},
    {"layer.init", Who::Daemon, Beat::Create, false},
    {"api.attach", Who::Client, Beat::Create, false},
    {"api.wait", Who::Client, Beat::Create, false},
    {"api.start", Who::Client, Beat::Create, false},
    {"rootfs.overlay", Who::Daemon, Beat::Create, false},
    {"shim.start", Who::Daemon, Beat::Create, false},
    {"subreaper", Who::Shim, Beat::Isolate, true},
    {"rt.start", Who::Shim, Beat::Isolate, true},
    {"ns.clone", Who::Runtime, Beat::Isolate, true},
    {"userns.clone", Who::Runtime, Beat::Isolate, true},
    {"map.setgroups", Who::Init, Beat::Isolate, true},
    {"map.gid", Who::Init, Beat::Isolate, true},
    {"map.uid", Who::Init, Beat::Isolate, true},
    {"ns.join", Who::Runtime, Beat::Isolate, true},
    {"fork", Who::Runtime, Beat::Isolate, true},
    {"cg.create", Who::Runtime, Beat::Limit, true},
    {"cg.attach", Who::Runtime, Beat::Limit, true},
    {"cg.limit", Who::Runtime, Beat::Limit, true},
    {"mnt.private", Who::Init, Beat::Isolate, true},
    {"mnt.overlay", Who::Init, Beat::Isolate, true},
    {"mnt.rootfs", Who::Init, Beat::Isolate, true},
    {"mnt.proc", Who::Init, Beat::Isolate, true},
    {"mnt.dev", Who::Init, Beat::Isolate, true},
    {"mnt.devpts", Who::Init, Beat::Isolate, true},
    {"mnt.sysfs", Who::Init, Beat::Isolate, true},
    {"mnt.cgroup", Who::Init, Beat::Isolate, true},
    {"mnt.mqueue", Who::Init, Beat::Isolate, true},
    {"mnt.shm", Who::Init, Beat::Isolate, true},
    {"mnt.bind", Who::Init, Beat::Isolate, true},
    {"mnt.volume", Who::Init, Beat::Isolate, true},
    {"mnt.tmpfs", Who::Init, Beat::Isolate, true},
    {"dev.nodes", Who::Init, Beat::Isolate, true},
    {"net.setup", Who::Init, Beat::Isolate, true},
    {"root.pivot", Who::Init, Beat::Isolate, true},
    {"root.detach", Who::Init, Beat::Isolate, true},
    {"uts.hostname", Who::Init, Beat::Isolate, true},
    {"sysctl", Who::Init, Beat::Isolate, true},
    {"path.readonly", Who::Init, Beat::Isolate, true},
    {"path.mask", Who::Init, Beat::Isolate, true},
    {"session", Who::Init, Beat::Isolate, true},
    {"nnp", Who::Init, Beat::Isolate, true},
    {"seccomp.load", Who::Init, Beat::Isolate, true},
    {"cap.bound", Who::Init, Beat::Isolate, true},
    {"id.set", Who::Init, Beat::Isolate, true},
    {"cap.set", Who::Init, Beat::Isolate, true},
    {"exec", Who::Init, Beat::Start, true},
    {"work", Who::Workload, Beat::Start, true},
    {"io.write", Who::Workload, Beat::Speak, true},
    {"exit", Who::Workload, Beat::End, true},
    {"reap", Who::Shim, Beat::End, true},
    {"cg.remove", Who::Shim, Beat::End, true},
    {"rootfs.umount", Who::Shim, Beat::End, true},
    {"container.exit", Who::Daemon, Beat::End, false},
    {"container.remove", Who::Daemon, Beat::End, false},
    {"api.list", Who::Client, Beat::Ask, false},
    {"api.logs", Who::Client, Beat::Ask, false},
    {"api.remove", Who::Client, Beat::Ask, false},
    {"api.images", Who::Client, Beat::Ask, false},
    {"api.stop", Who::Client, Beat::Ask, false},
    {"api.restart", Who::Client, Beat::Ask, false},
    {"container.stop", Who::Daemon, Beat::End, false},
    {"api.update", Who::Client, Beat::Ask, false},
    {"api.kill", Who::Client, Beat::Ask, false},
    {"api.inspect", Who::Client, Beat::Ask, false},
    {"api.exec.create", Who::Client, Beat::Ask, false},
    {"api.exec.start", Who::Client, Beat::Ask, false},
    {"api.exec.inspect", Who::Client, Beat::Ask, false},
    {"exec.start", Who::Daemon, Beat::Start, false},
    {"exec.exit", Who::Daemon, Beat::End, false},
    {"api.pause", Who::Client, Beat::Ask, false},
    {"api.unpause", Who::Client, Beat::Ask, false},
    {"container.pause", Who::Daemon, Beat::Limit, false},
    {"container.unpause", Who::Daemon, Beat::Limit, false},
    {"api.top", Who::Client, Beat::Ask, false},
    {"api.rename", Who::Client, Beat::Ask, false},
    {"api.tag", Who::Client, Beat::Ask, false},
    {"api.prune", Who::Client, Beat::Ask, false},
    {"api.system", Who::Client, Beat::Ask, false},
    {"api.volume", Who::Client, Beat::Ask, false},
    {"volume.create", Who::Daemon, Beat::Create, false},
    {"volume.fill", Who::Daemon, Beat::Create, false},
    {"volume.remove", Who::Daemon, Beat::End, false},
    {"container.restart", Who::Daemon, Beat::Create, false},
    {"api.archive", Who::Client, Beat::Ask, false},
    {"archive.read", Who::Daemon, Beat::Speak, false},
    {"archive.write", Who::Daemon, Beat::Create, false},
    {"api.commit", Who::Client, Beat::Ask, false},
    {"image.commit", Who::Daemon, Beat::Create, false},
    {"api.save", Who::Client, Beat::Ask, false},
    {"api.load", Who::Client, Beat::Ask, false},
    {"image.save", Who::Daemon, Beat::Speak, false},
    {"image.load", Who::Daemon, Beat::Fetch, false},
    {"api.push", Who::Client, Beat::Ask, false},
    {"layer.push", Who::Daemon, Beat::Speak, false},
    {"api.login", Who::Client, Beat::Ask, false},
    {"api.search", Who::Client, Beat::Ask, false},
    {"api.stats", Who::Client, Beat::Ask, false},
    {"api.changes", Who::Client, Beat::Ask, false},
    {"api.events", Who::Client, Beat::Ask, false},
    {"api.resize", Who::Client, Beat::Ask, false},
    {"image.remove", Who::Daemon, Beat::End, false},
    {"tty.raw", Who::Client, Beat::Ask, false},
    {"limit.update", Who::Daemon, Beat::Limit, false},
    {"container.kill", Who::Daemon, Beat::End, false},
    {"log.copy", Who::Daemon, Beat::Speak, false},
    {"cli.print", Who::Client, Beat::Speak, false},
    {"net.allocate", Who::Daemon, Beat::Create, false},
    {"net.connect", Who::Daemon, Beat::Isolate, false},
    {"net.release", Who::Daemon, Beat::End, false},
    {"net.create", Who::Daemon, Beat::Create, false},
    {"net.remove", Who::Daemon, Beat::End, false},
    {"net.resolve", Who::Daemon, Beat::Speak, false},
    {"api.network", Who::Client, Beat::Ask, false},
};

}  // namespace

const std::vector<StepRow>& step_rows() {
  static const std::vector<StepRow> rows(std::begin(kStepRows), std::end(kStepRows));
  return rows;
}

std::vector<std::string> compared_steps() {
  std::vector<std::string> ids;
  for (const StepRow& row : step_rows()) {
    if (row.compared) ids.emplace_back(row.id);
  }
  return ids;
}

namespace {

struct UndoRow {
  std::string_view begins;  ///< the step, or the family ("mnt.")
  std::string_view undo;
};
constexpr UndoRow kUndo[] = {
    {"ns.clone", "undo.kill"},
    {"userns.clone", "undo.kill"},
    {"map.", "undo.namespaces"},
    {"fork", "undo.kill"},
    {"ns.join", "undo.task"},
    {"subreaper", "undo.task"},
    {"session", "undo.task"},
    {"nnp", "undo.task"},
    {"seccomp.load", "undo.task"},
    {"cap.", "undo.task"},
    {"id.set", "undo.task"},
    {"exec", "undo.task"},
    {"cg.create", "cg.remove"},
    {"cg.attach", "cg.remove"},
    {"cg.limit", "cg.remove"},
    {"mnt.", "undo.namespaces"},
    {"dev.nodes", "undo.namespaces"},
    {"net.setup", "undo.namespaces"},
    {"root.", "undo.namespaces"},
    {"uts.hostname", "undo.namespaces"},
    {"sysctl", "undo.namespaces"},
    {"path.", "undo.namespaces"},
    {"rootfs.overlay", "rootfs.umount"},
    {"layer.init", "container.remove"},
    {"container.create", "container.remove"},
};

}  // namespace

std::string_view undo_of(std::string_view step) {
  for (const UndoRow& row : kUndo) {
    const bool family = row.begins.back() == '.';
    if (step == row.begins || (family && step.substr(0, row.begins.size()) == row.begins))
      return row.undo;
  }
  return {};
}

const StepRow* find_step(std::string_view id) {
  for (const StepRow& row : step_rows()) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

std::string_view workload_step(abi::Sys sys, std::int64_t first_argument) {
  if (sys == abi::Sys::exit_group || sys == abi::Sys::exit) return "exit";
  const bool writes = sys == abi::Sys::write || sys == abi::Sys::writev;
  return writes && (first_argument == 1 || first_argument == 2) ? "io.write" : "work";
}

std::string_view beat_name(Beat beat) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "ask", "look", "fetch", "create", "isolate", "limit", "start", "speak", "end"};
  return kNames[static_cast<std::size_t>(beat)];
}

std::string_view who_name(Who who) {
  static constexpr std::array<std::string_view, 7> kNames = {"console", "client", "daemon",  "shim",
                                                             "runtime", "init",   "workload"};
  return kNames[static_cast<std::size_t>(who)];
}

}  // namespace cutaway::spec
