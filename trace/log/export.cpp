#include "trace/log/export.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "trace/log/call_text.h"
#include "trace/log/event_json.h"

namespace cutaway {

namespace {

/// Calls f(n, event, World before it) for each event.
template <class F>
void each_event(const Trace& trace, F&& f) {
  World world;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    f(n, event, static_cast<const World&>(world));
    evolve(world, event);
  }
}

std::string zero_padded(std::int64_t value, std::size_t digits) {
  const std::string text = decimal(value);
  return std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

std::string strace_seconds(std::int64_t ns) {
  return decimal(ns / 1000000000) + "." + zero_padded(ns % 1000000000 / 1000, 6);
}
/// Microseconds with three decimals, as a JSON number.
Json microseconds_json(std::int64_t ns) {
  return Json::parse(decimal(ns / 1000) + "." + zero_padded(ns % 1000, 3));
}

std::int64_t host_number(const World& world, TaskId id) {
  const Task* task = world.tasks.find(id);
  return task == nullptr ? 0 : task->pid();
}

std::string strace_text(const Event& event, const World& before) {
  if (const auto* call = std::get_if<Syscall>(&event.body)) {
    return call_text(*call, CallStyle::Strace) + " = " + result_text(*call) + " <" +
           strace_seconds(call->dur) + ">";
  }
  if (const auto* signal = std::get_if<SignalDelivered>(&event.body)) {
    const std::string name = abi::signal_name(signal->sig);
    const std::string sender =
        signal->from ? ", si_pid=" + decimal(host_number(before, signal->from)) : "";
    return "--- " + name + " {si_signo=" + name + sender + "} ---";
  }
  if (const auto* end = std::get_if<TaskExited>(&event.body)) {
    return end->signal != 0 ? "+++ killed by " + abi::signal_name(end->signal) + " +++"
                            : "+++ exited with " + decimal(end->code) + " +++";
  }
  return {};
}

/// When it began: a call's event comes at its end.
std::int64_t begin_of(const Event& event) {
  const auto* call = std::get_if<Syscall>(&event.body);
  return call == nullptr ? event.stamp.t : std::max<std::int64_t>(0, event.stamp.t - call->dur);
}

Json body_json(const Event& event, const World& before) {
  Json fields = Json::object();
  write_body_json(fields, event.body, event.stamp, before);
  return fields;
}

std::string event_title(const Event& event) {
  if (const auto* call = std::get_if<Syscall>(&event.body)) return call_name(call->sys);
  const KindOp kind = kind_of(event.body);
  return std::string(kind.kind) + (kind.op.empty() ? "" : " ") + std::string(kind.op);
}

/// Names of processes, once each.
class ChromeNames {
 public:
  explicit ChromeNames(Json& rows) : rows_(rows) {}
  void note(const Json& pid, const Json& name) {
    if (!known_.insert(dump_line(pid) + dump_line(name)).second) return;
    Json row = Json::object();
    row["ph"] = "M";
    row["name"] = "process_name";
    row["pid"] = pid;
    row["args"]["name"] = name;
    rows_.push_back(std::move(row));
  }

 private:
  Json& rows_;
  std::set<std::string> known_;
};

Json chrome_row(const Event& event, const World& before, ChromeNames& names) {
  const Json task = task_ref_json(before, event.stamp.task);
  const bool known = task.is_object() && task.contains("pid");
  Json row = Json::object();
  row["name"] = event_title(event);
  row["cat"] = std::string(kind_of(event.body).kind);
  row["pid"] = known ? task["pid"] : Json(0);
  row["tid"] = known ? task["tid"] : Json(0);
  names.note(row["pid"], known ? task["comm"] : Json("engine"));
  row["ts"] = microseconds_json(begin_of(event));
  if (!std::holds_alternative<Snapshot>(event.body)) row["args"] = body_json(event, before);
  if (const auto* call = std::get_if<Syscall>(&event.body)) {
    row["ph"] = "X";
    row["dur"] = microseconds_json(call->dur);
  } else {
    row["ph"] = "i";
    row["s"] = "t";
  }
  return row;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string plain_text(const Json& json) {
  return json.is_string() ? json.get<std::string>() : dump_line(json);
}

std::string csv_detail(const Event& event, const World& before) {
  if (const auto* call = std::get_if<Syscall>(&event.body)) return syscall_to_text(*call);
  return std::holds_alternative<Snapshot>(event.body) ? std::string()
                                                      : dump_line(body_json(event, before));
}

}  // namespace

std::string to_strace(const Trace& trace) {
  std::string text;
  each_event(trace, [&text](std::size_t, const Event& event, const World& before) {
    const std::string line = strace_text(event, before);
    if (line.empty()) return;
    text += decimal(host_number(before, event.stamp.task)) + " " + strace_seconds(begin_of(event)) +
            " " + line + "\n";
  });
  return text;
}

std::string to_chrome(const Trace& trace) {
  Json rows = Json::array();
  ChromeNames names(rows);
  each_event(trace, [&](std::size_t, const Event& event, const World& before) {
    Json row = chrome_row(event, before, names);
    rows.push_back(std::move(row));
  });
  std::string text = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[";
  for (std::size_t i = 0; i < rows.size(); ++i)
    text += (i == 0 ? "\n" : ",\n") + dump_line(rows[i]);
  return text + "\n]}\n";
}

std::string to_csv(const Trace& trace) {
  std::string text = "n,t,kind,op,pid,tid,comm,role,container,step,call,detail\r\n";
  each_event(trace, [&](std::size_t n, const Event& event, const World& before) {
    const KindOp kind = kind_of(event.body);
    const Json line = event_to_json(trace, n, before);
    const Json task = line.value("task", Json::object());
    text += decimal(static_cast<std::int64_t>(n)) + "," + decimal(event.stamp.t) + "," +
            std::string(kind.kind) + "," + std::string(kind.op);
    for (const char* key : {"pid", "tid", "comm", "role"}) {
      text += "," + (task.contains(key) ? csv_field(plain_text(task[key])) : std::string());
    }
    for (const char* key : {"container", "step", "call"}) {
      text += "," + (line.contains(key) ? csv_field(plain_text(line[key])) : std::string());
    }
    text += "," + csv_field(csv_detail(event, before)) + "\r\n";
  });
  return text;
}

}  // namespace cutaway
