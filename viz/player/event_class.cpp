#include "viz/player/event_class.h"

#include <array>
#include <string_view>

#include "trace/event/kind.h"

namespace cutaway::viz {
namespace {

struct Rule {
  std::string_view kind, op;  ///< an empty op: every one that no row above names
  EventClass is;
};

constexpr Rule kRules[] = {
    {"syscall", "", EventClass::Syscall},
    {"snapshot", "", EventClass::Noise},
    {"task", "on", EventClass::Noise},
    {"task", "off", EventClass::Noise},
    {"task", "blocked", EventClass::Noise},
    {"task", "forked", EventClass::Effect},
    {"task", "execed", EventClass::Effect},
    {"task", "exited", EventClass::Effect},
    {"task", "reparented", EventClass::Effect},
    {"task", "reaped", EventClass::Effect},
    {"task", "credentials_set", EventClass::Effect},
    {"signal", "sent", EventClass::Effect},
    {"signal", "delivered", EventClass::Effect},
    {"signal", "ignored", EventClass::Effect},
    {"mount", "made", EventClass::Detail},
    {"mount", "", EventClass::Effect},
    {"ns", "", EventClass::Effect},
    {"cgroup", "usage", EventClass::Noise},
    {"cgroup", "", EventClass::Effect},
    {"net", "received", EventClass::Detail},
    {"net", "socket_made", EventClass::Detail},
    {"net", "socket_changed", EventClass::Detail},
    {"net", "", EventClass::Effect},
    {"network", "", EventClass::Engine},
    {"io", "", EventClass::Effect},
    {"cli", "printed", EventClass::Detail},
    {"cli", "", EventClass::Engine},
    {"api", "", EventClass::Engine},
    {"image", "", EventClass::Engine},
    {"layer", "", EventClass::Engine},
    {"container", "logged", EventClass::Detail},
    {"container", "", EventClass::Engine},
    {"loss", "", EventClass::Engine},
    {"note", "", EventClass::Engine},
};

EventClass class_by_rule(const KindOp& name) {
  for (const Rule& rule : kRules) {
    if (rule.kind == name.kind && (rule.op.empty() || rule.op == name.op)) return rule.is;
  }
  return EventClass::Detail;
}

using ClassTable = std::array<EventClass, std::variant_size_v<BodyVariant>>;

ClassTable class_table() {
  ClassTable table = {};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = class_by_rule(kind_of(empty_body(i)));
  return table;
}

}  // namespace

EventClass event_class(const Trace& trace, std::size_t n, const Record& record) {
  static const ClassTable table = class_table();
  // Bytes are `io` on descriptors 0, 1, 2 and `file` on others: only the body tells.
  if (is<BytesMoved>(record)) return class_by_rule(kind_of(trace.event(n).body));
  return table[record.body];
}

}  // namespace cutaway::viz
