#include "viz/text/event_words.h"

#include <bitset>
#include <type_traits>

#include "base/text.h"
#include "trace/log/enum_names.h"
#include "trace/log/jsonl.h"
#include "trace/world/lookup.h"
#include "viz/text/call_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

constexpr std::size_t kLongestValue = 60;

/// Fields whose numbers are no plain numbers.
bool counts_bytes(std::string_view name) {
  return name == "bytes" || name == "of" || name == "size";
}
bool counts_time(std::string_view name) { return name == "used"; }

std::string link_words(const Interface& link) {
  std::string said = link.name + (link.up ? " is up" : " is down");
  for (const std::string& address : link.addresses) said += ", " + address;
  return said;
}

std::string route_words(const Route& route) {
  const bool all = route.destination == "0.0.0.0/0";
  std::string said = (all ? "everywhere else" : route.destination);
  if (!route.gateway.empty()) said += " by " + route.gateway;
  return said + " through " + route.link;
}

std::string rule_words(const PacketRule& rule) {
  std::string said = rule.chain + ": " + rule.action;
  if (!rule.to.empty()) said += " to " + rule.to;
  if (!rule.protocol.empty()) said += ", " + rule.protocol;
  if (rule.port != 0) said += " port " + decimal(rule.port);
  if (!rule.source.empty()) said += ", from " + rule.source;
  if (!rule.destination.empty()) said += ", for " + rule.destination;
  if (!rule.in.empty()) said += ", in by " + rule.in;
  if (!rule.out.empty()) said += ", out by " + rule.out;
  return said;
}

std::string endpoint_words(const Endpoint& endpoint) {
  return endpoint.network + (endpoint.address.empty() ? "" : ", as " + endpoint.address);
}

/// "80/tcp, 8080 of the host leads to 80/tcp".
std::string ports_words(const std::vector<ContainerPort>& ports) {
  std::vector<std::string> said;
  said.reserve(ports.size());
  for (const ContainerPort& port : ports) {
    const std::string own = decimal(port.port) + "/" + port.protocol;
    said.push_back(port.host_port == 0 ? own
                                       : decimal(port.host_port) + " of the host leads to " + own);
  }
  return said.empty() ? "none" : join(said, ", ");
}

/// One value of an event's body in words. What needs a World is asked there.
class ValueWords {
 public:
  ValueWords(const World& world, std::string_view name) : world_(world), name_(name) {}

  std::string operator()(const std::string& value) const {
    if (name_ == "digest") return value.size() > 19 ? value.substr(7, 12) : value;
    if (name_ == "text") return short_text(printable(trim(value)), kLongestValue);
    return short_path(short_ids(value), kLongestValue);
  }
  std::string operator()(bool value) const { return value ? "yes" : "no"; }
  template <class T>
  std::enable_if_t<std::is_integral_v<T>, std::string> operator()(T value) const {
    const auto number = static_cast<std::int64_t>(value);
    if (name_ == "sig" || name_ == "signal") return abi::signal_name(static_cast<int>(number));
    if (name_ == "umask") return "0" + octal(static_cast<std::uint64_t>(number));
    if (counts_bytes(name_)) return size_words(number);
    if (counts_time(name_)) return duration_words(number);
    return decimal(number);
  }
  template <class T>
  std::enable_if_t<std::is_enum_v<T>, std::string> operator()(T value) const {
    return std::string(enum_name(value));
  }
  std::string operator()(TaskId id) const {
    const std::string tag = task_tag(world_, id);
    return !tag.empty() ? tag : id ? "a task that is gone" : "the kernel";
  }
  std::string operator()(NsId id) const {
    const Namespace* ns = world_.namespaces.find(id);
    return ns == nullptr ? "namespace" : ns_number(*ns);
  }
  std::string operator()(MountId id) const {
    const Mount* mount = world_.mounts.find(id);
    return mount == nullptr ? "a mount" : mount->target;
  }
  std::string operator()(FilesystemId id) const {
    const Filesystem* fs = world_.filesystems.find(id);
    return fs == nullptr ? "a file system" : fs->type;
  }
  std::string operator()(RequestId id) const {
    for (const ApiCall& call : world_.engine->requests) {
      if (call.id != id) continue;
      return call.method + " " + short_path(short_ids(call.path), kLongestValue);
    }
    return "request " + decimal(static_cast<std::int64_t>(id.value));
  }
  std::string operator()(const std::vector<std::int32_t>& pids) const {
    std::string said;  // innermost first: "1 = 4711"
    for (auto pid = pids.rbegin(); pid != pids.rend(); ++pid) {
      said += (said.empty() ? "" : " = ") + decimal(*pid);
    }
    return said;
  }
  std::string operator()(const std::vector<std::string>& texts) const {
    return short_text(join(texts, " "), kLongestValue);
  }
  std::string operator()(const Interface& link) const { return link_words(link); }
  std::string operator()(const cutaway::Network& network) const { return network.name; }
  std::string operator()(const Endpoint& endpoint) const { return endpoint_words(endpoint); }
  std::string operator()(const std::vector<ContainerPort>& ports) const {
    return ports_words(ports);
  }
  std::string operator()(const Route& route) const { return route_words(route); }
  std::string operator()(const PacketRule& rule) const { return rule_words(rule); }
  std::string operator()(const std::vector<NetHop>& via) const {
    std::vector<std::string> links;
    links.reserve(via.size());
    for (const NetHop& hop : via) links.push_back(hop.link);
    return join(links, ", ");
  }
  std::string operator()(const OpenFile& file) const {
    return short_path(short_ids(file.is), kLongestValue);
  }
  std::string operator()(const Filesystem& fs) const { return fs.type; }
  std::string operator()(const Credentials& c) const { return credentials_words(c); }
  std::string operator()(const cutaway::Container& container) const {
    return container_name(world_, container);
  }
  std::string operator()(const Terminal& terminal) const { return terminal.name; }
  std::string operator()(TerminalId id) const {
    const Terminal* terminal = world_.terminals.find(id);
    return terminal == nullptr ? "a terminal" : terminal->name;
  }
  std::string operator()(const Socket& socket) const {
    return socket.address.empty() ? std::string(enum_name(socket.state)) : socket.address;
  }
  template <class T>
  std::enable_if_t<!std::is_integral_v<T> && !std::is_enum_v<T>, std::string> operator()(
      const T&) const {
    return {};
  }

 private:
  const World& world_;
  std::string_view name_;
};

/// Finds the field that a template names.
struct FieldFinder {
  const World& world;
  std::string_view wanted;
  std::string found;

  template <class T>
  void operator()(const char* name, const T& value) {
    if (wanted == name) found = ValueWords(world, wanted)(value);
  }
};

struct FieldWords {
  const World& world;
  std::string_view wanted;

  std::string operator()(const Snapshot&) const { return {}; }
  std::string operator()(const Syscall&) const { return {}; }
  template <class T>
  std::string operator()(const T& body) const {
    FieldFinder finder{world, wanted, {}};
    visit_fields(body, finder);
    return finder.found;
  }
};

/// Forms that are told in other words than their kind and op alone.
struct FormEnd {
  std::string operator()(const TaskForked& b) const { return b.pids.size() > 1 ? ".ns" : ""; }
  std::string operator()(const TaskExited& b) const { return b.signal != 0 ? ".signal" : ""; }
  std::string operator()(const TaskMoved& b) const { return "." + b.what; }
  std::string operator()(const MountRemounted& b) const {
    return (b.flags & abi::ms::kRdonly) != 0 ? ".ro" : "";
  }
  std::string operator()(const MountPropagationSet& b) const {
    return b.peer_group != 0 ? ".shared" : b.master_group != 0 ? ".slave" : "";
  }
  std::string operator()(const MountRootMoved& b) const { return b.removed ? ".gone" : ""; }
  std::string operator()(const CgroupAttributesSet& b) const {
    return b.file.empty() ? ".folder" : "";
  }
  std::string operator()(const ImageLookedUp& b) const {
    return "." + b.where + (b.hit ? ".hit" : ".miss");
  }
  std::string operator()(const LayerVerified& b) const { return b.ok ? "" : ".bad"; }
  std::string operator()(const NetAddressesSet& b) const {
    return b.addresses.empty() ? ".none" : "";
  }
  std::string operator()(const NetRouteSet& b) const { return b.removed ? ".gone" : ""; }
  std::string operator()(const NetRuleSet& b) const { return b.removed ? ".gone" : ""; }
  std::string operator()(const ContainerExited& b) const {
    return b.error.empty() ? "" : ".failed";
  }
  template <class T>
  std::string operator()(const T&) const {
    return {};
  }
};

/// The type of what is mounted, for events that name only the mount.
std::string mounted_type(const World& known, const Body& body) {
  MountId id;
  if (const auto* moved = std::get_if<MountMoved>(&body)) id = moved->id;
  if (const auto* remounted = std::get_if<MountRemounted>(&body)) id = remounted->id;
  const Mount* mount = known.mounts.find(id);
  const Filesystem* fs = mount == nullptr ? nullptr : known.filesystems.find(mount->fs);
  return fs == nullptr ? "a mount" : fs->type;
}

std::string own_value(const World& known, const Event& event, std::string_view name) {
  if (name == "mounted") return mounted_type(known, event.body);
  if (name == "task") return ValueWords(known, name)(event.stamp.task);
  const auto* throttled = std::get_if<CgroupThrottled>(&event.body);
  if (name == "waited" && throttled != nullptr)
    return duration_words(throttled->to - throttled->from);
  if (name == "container") {
    const cutaway::Container* container = known.containers.find(event.stamp.container);
    if (container != nullptr) return container_name(known, *container);
  }
  return std::visit(FieldWords{known, name}, event.body);
}

}  // namespace

std::string credentials_words(const Credentials& c) {
  const std::bitset<64> held(c.effective);
  std::string said = c.euid == 0 ? "root" : "user " + decimal(static_cast<std::int64_t>(c.euid));
  said += ", " + decimal(static_cast<std::int64_t>(held.count())) + " of " +
          decimal(abi::kCapabilityCount) + " capabilities";
  if (c.seccomp == SeccompMode::Filter) said += ", filtered";
  if (c.no_new_privs) said += ", no new privileges";
  return said;
}

std::string event_form(const Body& body) {
  const KindOp name = kind_of(body);
  const std::string op = name.op.empty() ? std::string() : "." + std::string(name.op);
  return std::string(name.kind) + op + std::visit(FormEnd{}, body);
}

bool ends_something(const Body& body) {
  return std::holds_alternative<TaskReaped>(body) || std::holds_alternative<NsDestroyed>(body) ||
         std::holds_alternative<ContainerRemoved>(body);
}

std::string event_words(const spec::Words& words, const World& known, const Event& event) {
  if (const auto* call = std::get_if<Syscall>(&event.body)) return syscall_to_text(*call);
  const std::string form = event_form(event.body);
  const KindOp name = kind_of(event.body);
  const std::string* said = &words["event." + form].what;
  const std::string plain = std::string(name.kind) + "." + std::string(name.op);
  if (said->empty()) said = &words["event." + plain].what;
  if (said->empty()) return form;
  return fill(*said, [&](std::string_view field) { return own_value(known, event, field); });
}

std::string event_words(const Trace& trace, std::size_t n, const World& after) {
  const Event event = trace.event(n);
  const spec::Words& words = spec::Words::of();
  if (ends_something(event.body)) return event_words(words, trace.world_at(n), event);
  return event_words(words, after, event);
}

}  // namespace cutaway::viz
