#include "viz/player/event_line.h"

#include <algorithm>

#include "base/text.h"
#include "trace/event/kind.h"
#include "trace/log/call_text.h"
#include "trace/world/lookup.h"
#include "viz/player/event_class.h"
#include "viz/player/line_call_words.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kLinePathLength = 22;
constexpr std::size_t kShortestPath = 8;
constexpr std::size_t kIdLength = 12;  // as docker shortens ids

std::string id_beginning(const std::string& id) { return id.substr(0, kIdLength); }
std::string short_digest(const std::string& digest) {
  const std::size_t colon = digest.find(':');
  return id_beginning(colon == std::string::npos ? digest : digest.substr(colon + 1));
}

/// The body in words. What has no words of its own says kind and op, as in the trace.
class BodyWords {
 public:
  BodyWords(const Trace& trace, const StepIndex& index, std::size_t path_length)
      : trace_(trace), index_(index), path_length_(path_length) {}

  template <class T>
  std::string operator()(const T& body) const {
    const KindOp name = kind_of(Body(body));
    return join({std::string(name.kind), std::string(name.op)}, " ");
  }
  std::string operator()(const Snapshot&) const { return "the machine as it stands"; }
  std::string operator()(const Syscall& b) const { return line_call_words(b, path_length_); }

  std::string operator()(const TaskForked& b) const {
    return "new task " + (b.pids.empty() ? "" : decimal(b.pids.front()));
  }
  std::string operator()(const TaskExeced& b) const {
    return "now runs " + short_path(b.path, path_length_);
  }
  std::string operator()(const TaskExited& b) const {
    return b.signal != 0 ? "killed by " + abi::signal_name(b.signal) : "exit " + decimal(b.code);
  }
  std::string operator()(const TaskReparented& b) const { return "new parent " + pid(b.to); }
  std::string operator()(const TaskReaped& b) const { return "collected by " + pid(b.by); }
  std::string operator()(const TaskCredentialsSet& b) const {
    return decimal(__builtin_popcountll(b.credentials.effective)) + " capabilities";
  }
  std::string operator()(const SignalSent& b) const { return signal(b.sig) + " to " + pid(b.to); }
  std::string operator()(const SignalDelivered& b) const {
    return signal(b.sig) + " delivered: " + b.rule;
  }
  std::string operator()(const SignalIgnored& b) const {
    return signal(b.sig) + " dropped: " + b.rule;
  }

  std::string operator()(const NsCreated& b) const { return "new " + ns(b.type) + " namespace"; }
  std::string operator()(const NsJoined& b) const { return "joins a " + ns(b.type) + " namespace"; }
  std::string operator()(const NsLeft& b) const { return "leaves a " + ns(b.type) + " namespace"; }
  std::string operator()(const NsDestroyed& b) const { return ns(b.type) + " namespace gone"; }
  std::string operator()(const NsHostnameSet& b) const { return "hostname " + b.hostname; }
  std::string operator()(const MountAttached& b) const {
    return b.fstype + " on " + short_path(b.target, path_length_);
  }
  std::string operator()(const MountMoved& b) const {
    return "mount now at " + short_path(b.target, path_length_);
  }
  std::string operator()(const MountRemounted& b) const {
    return "remounted " + short_path(b.target, path_length_);
  }
  std::string operator()(const MountDetached& b) const {
    return short_path(b.target, path_length_) + " unmounted";
  }
  std::string operator()(const MountCopiedUp& b) const {
    return "copied up " + short_path(b.path, path_length_);
  }
  std::string operator()(const CgroupCreated& b) const {
    return "cgroup " + short_path(b.path, path_length_);
  }
  std::string operator()(const CgroupAttributesSet& b) const {
    return short_path(b.path + (b.file.empty() ? "" : "/" + b.file), path_length_) + " is " +
           decimal(b.uid) + ":" + decimal(b.gid) + "'s";
  }
  std::string operator()(const CgroupLimited& b) const { return b.file + " = " + b.value; }
  std::string operator()(const CgroupAttached& b) const {
    return pid(b.member) + " into " + short_path(b.path, path_length_);
  }
  std::string operator()(const CgroupReclaimed& b) const {
    return "reclaimed " + decimal(b.pages) + " pages";
  }
  std::string operator()(const CgroupOom& b) const { return "out of memory: " + pid(b.victim); }
  std::string operator()(const CgroupRefused& b) const { return "refused: " + b.why; }
  std::string operator()(const CgroupRemoved& b) const {
    return "cgroup gone " + short_path(b.path, path_length_);
  }
  std::string operator()(const NetLinkSet& b) const {
    const std::string address = b.link.addresses.empty() ? "" : " " + b.link.addresses.front();
    return b.link.name + address + (b.link.up ? " up" : " down");
  }
  std::string operator()(const NetLinkRemoved& b) const { return b.name + " gone"; }
  std::string operator()(const NetAddressesSet& b) const {
    return b.link + " " + (b.addresses.empty() ? "no address" : b.addresses.front());
  }
  std::string operator()(const NetRouteSet& b) const {
    return (b.removed ? "no more route " : "route ") + b.route.destination;
  }
  std::string operator()(const NetRuleSet& b) const {
    return (b.removed ? "no more rule " : "rule ") + b.rule.chain + " " + b.rule.action;
  }
  std::string operator()(const NetSent& b) const {
    return b.protocol + " " + b.why + " to " + b.to;
  }
  std::string operator()(const NetDropped& b) const { return b.protocol + " dropped: " + b.why; }
  std::string operator()(const NetConnected& b) const { return "connected to " + b.to; }
  std::string operator()(const NetRefused& b) const { return b.to + ": " + b.why; }
  std::string operator()(const NetworkCreated& b) const { return "network " + b.network.name; }
  std::string operator()(const NetworkRemoved& b) const { return "network gone " + b.name; }
  std::string operator()(const NetworkConnected& b) const {
    return "on network " + b.endpoint.network;
  }
  std::string operator()(const NetworkDisconnected& b) const { return "off network " + b.network; }
  std::string operator()(const BytesMoved& b) const {
    return decimal(b.bytes) + (b.bytes == 1 ? " byte" : " bytes") +
           (b.dir == Direction::Out ? " out of " : " into ") + decimal(b.fd);
  }

  std::string operator()(const CliTyped& b) const { return b.line; }
  std::string operator()(const CliDone& b) const { return "command ends: " + decimal(b.exit); }
  std::string operator()(const CliPrinted& b) const {
    return "prints " + decimal(b.bytes) + (b.bytes == 1 ? " byte" : " bytes");
  }
  std::string operator()(const ApiRequested& b) const { return b.method + " " + b.path; }
  std::string operator()(const ApiAnswered& b) const { return "answer " + decimal(b.status); }
  std::string operator()(const ImageLookedUp& b) const {
    return image_name(b.ref) + (b.hit ? " is in the " : " is not in the ") + b.where;
  }
  std::string operator()(const ImageResolved& b) const {
    return image_name(b.ref) + " is " + short_digest(b.digest);
  }
  std::string operator()(const ImageTagged& b) const { return image_name(b.ref) + " is local now"; }
  std::string operator()(const ImageRemoved& b) const { return image_name(b.ref) + " removed"; }
  std::string operator()(const LayerFetched& b) const {
    return "layer, " + size_of_words(b.bytes, b.of);
  }
  std::string operator()(const LayerVerified& b) const {
    return b.ok ? "layer's hash is right" : "layer's hash is wrong";
  }
  std::string operator()(const LayerUnpacked&) const { return "layer unpacked"; }
  std::string operator()(const LayerMounted&) const { return "layer mounted"; }
  std::string operator()(const ContainerCreated& b) const {
    return id_beginning(b.container.id) + " created";
  }
  std::string operator()(const ContainerStarted& b) const { return "started, pid " + pid(b.init); }
  std::string operator()(const ContainerExited& b) const {
    if (!b.error.empty()) return "start failed: " + b.error;
    return b.oom ? "out of memory" : "container ended: " + decimal(b.code);
  }
  std::string operator()(const ContainerRemoved&) const { return "container removed"; }
  std::string operator()(const Loss& b) const { return decimal(b.count) + " lost"; }
  std::string operator()(const Note& b) const { return b.text; }

 private:
  static std::string signal(std::int32_t number) { return abi::signal_name(number); }
  static std::string ns(cutaway::NsKind kind) { return std::string(ns_kind_name(kind)); }
  std::string pid(TaskId task) const { return decimal(pid_of(trace_, index_, task)); }

  const Trace& trace_;
  const StepIndex& index_;
  std::size_t path_length_;
};

}  // namespace

bool is_refusal(abi::Errno err) {
  switch (err) {
    case abi::Errno::kEPERM:
    case abi::Errno::kEACCES:
    case abi::Errno::kEROFS:
    case abi::Errno::kENOSYS:
    case abi::Errno::kENOMEM:
    case abi::Errno::kENOSPC:
    case abi::Errno::kEBUSY:
    case abi::Errno::kEINVAL:
    case abi::Errno::kENOEXEC:
      return true;
    default:
      return false;
  }
}

EventSign event_sign(const Trace& trace, std::size_t n) {
  const Record& record = trace.record(n);
  const bool refused = is_refusal(static_cast<abi::Errno>(record.err));
  if (is<Syscall>(record)) return refused ? EventSign::Refused : EventSign::Call;
  if (is<Loss>(record)) return EventSign::Loss;
  if (is<BytesMoved>(record)) return EventSign::Bytes;
  const std::string_view kind = kind_of(empty_body(record.body)).kind;
  if (kind == "cgroup") return EventSign::Cgroup;
  if (kind == "signal") return EventSign::Signal;
  if (kind == "task") return EventSign::Task;
  const bool kernel = kind == "ns" || kind == "mount" || kind == "net" || kind == "file";
  return kernel ? EventSign::Change : EventSign::Engine;
}

std::string line_words(const Trace& trace, const StepIndex& index, std::size_t n,
                       std::size_t columns) {
  const Event event = trace.event(n);
  std::string words = std::visit(BodyWords(trace, index, kLinePathLength), event.body);
  const std::size_t length = text_length(words);
  if (columns == 0 || length <= columns) return words;
  const std::size_t over = std::min(length - columns, kLinePathLength - kShortestPath);
  return std::visit(BodyWords(trace, index, kLinePathLength - over), event.body);
}

std::string line_whole(const Trace& trace, const StepIndex& index, std::size_t n) {
  const Event event = trace.event(n);
  if (const auto* call = std::get_if<Syscall>(&event.body)) {
    return call_text(*call, CallStyle::People) + " = " + result_text(*call);
  }
  return std::visit(BodyWords(trace, index, kLinePathLength), event.body);
}

std::int32_t pid_of(const Trace& trace, const StepIndex& index, TaskId task) {
  const EventIndex maker = index.maker_of(task);
  if (maker != kNoEvent) {
    const auto made = std::get<TaskForked>(trace.event(maker).body);
    return made.pids.empty() ? 0 : made.pids.front();
  }
  const cutaway::Task* known = trace.head().tasks.find(task);
  return known == nullptr ? 0 : known->pid();
}

}  // namespace cutaway::viz
