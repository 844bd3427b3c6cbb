// Bodies of events in JSON. Generic, driven by visit_fields; a few kinds have forms of their own
// (CONTRACT §2).
#include "trace/log/arg_json.h"
#include "trace/log/call_text.h"
#include "trace/log/event_json.h"
#include "trace/log/fields_json.h"

namespace cutaway {

namespace {

/// In an event a task is shown as an object, not as our number.
template <class T>
struct BodyFieldWriter {
  Json& object;
  const World& before;
  void operator()(const char* name, const TaskId& id) {
    object[std::string(field_name<T>(name))] = task_ref_json(before, id);
  }
  template <class Field>
  void operator()(const char* name, const Field& field) {
    JsonFieldWriter<T>{object}(name, field);
  }
};

/// A task that is being born has its forker's name and role, and numbers of its own.
Json child_json(const TaskForked& body, const Stamp& stamp, const World& before) {
  const Task* forker = before.tasks.find(stamp.task);
  Json json = task_ref_json(before, stamp.task);
  if (json.is_null()) json = Json::object();
  const std::int32_t number = body.pids.empty() ? 0 : body.pids.front();
  const bool thread = (body.flags & abi::clone::kThread) != 0 && forker != nullptr;
  const Task* leader = thread ? before.tasks.find(forker->leader) : nullptr;
  json["id"] = body.child.value;
  json["tid"] = number;
  json["pid"] = leader == nullptr ? number : leader->pid();
  json["nspid"] = body.pids.empty() ? 0 : body.pids.back();
  json["nspids"] = body.pids;
  return json;
}

struct BodyWriter {
  Json& object;
  const Stamp& stamp;
  const World& before;

  void operator()(const Snapshot& body) const {
    object["world"] = body.world == nullptr ? Json(nullptr) : world_to_json(*body.world);
  }
  void operator()(const Syscall& call) const {
    object["name"] = call_name(call.sys);
    object["args"] = syscall_args_to_json(call);
    if (call.returned) object["ret"] = integer_json(call.ret);
    if (call.err != abi::Errno::kOk) object["err"] = errno_word(call.err);
    if (call.returned || call.dur != 0) object["dur"] = integer_json(call.dur);
  }
  void operator()(const TaskForked& body) const {
    fields(body);
    object.erase("pids");
    object["child"] = child_json(body, stamp, before);
  }
  void operator()(const TaskExited& body) const {
    if (body.signal == 0)
      object["code"] = body.code;
    else
      object["signal"] = signal_json(body.signal);
  }
  void operator()(const ContainerExited& body) const {
    fields(body);
    if (body.signal == 0) object.erase("signal");
    if (body.error.empty()) object.erase("error");
  }
  void operator()(const BytesMoved& body) const {
    fields(body);
    object["text"] =
        captured_text_json(body.text, static_cast<std::uint64_t>(body.bytes < 0 ? 0 : body.bytes));
    if (body.at < 0) object.erase("at");
  }
  template <class T>
  void operator()(const T& body) const {
    fields(body);
  }

 private:
  template <class T>
  void fields(const T& body) const {
    visit_fields(body, BodyFieldWriter<T>{object, before});
  }
};

std::uint64_t contract_pid(const Task* task) {
  return task == nullptr ? 0 : static_cast<std::uint64_t>(task->pid());
}

}  // namespace

Json task_ref_json(const World& world, TaskId id) {
  if (!id) return nullptr;
  Json json = Json::object();
  json["id"] = id.value;
  const Task* task = world.tasks.find(id);
  if (task == nullptr) return json;
  const Task* leader = world.tasks.find(task->leader);
  json["pid"] = contract_pid(leader == nullptr ? task : leader);
  json["tid"] = contract_pid(task);
  json["nspid"] = task->pids.empty() ? 0 : task->pids.back();
  json["nspids"] = task->pids;
  json["comm"] = text_json(task->comm);
  json["role"] = std::string(enum_name(task->role));
  return json;
}

Json captured_text_json(std::string_view bytes, std::uint64_t true_length) {
  return bytes.size() >= true_length ? text_json(bytes) : captured_json(bytes, true_length);
}

Json syscall_args_to_json(const Syscall& syscall) {
  const std::vector<ArgShape>& shape = syscall_shape(syscall.sys).args;
  Json args = Json::object();
  for (std::size_t i = 0; i < syscall.args.size(); ++i) {
    if (syscall.args[i].tag == ArgTag::Missing) continue;
    const bool known = i < shape.size();
    const std::string name =
        known ? std::string(shape[i].name) : "a" + decimal(static_cast<std::int64_t>(i));
    args[name] = arg_json(syscall.args[i], known ? shape[i] : ArgShape{"", ArgKind::Unsigned});
  }
  return args;
}

void write_body_json(Json& object, const Body& body, const Stamp& stamp, const World& before) {
  std::visit(BodyWriter{object, stamp, before}, body);
}

}  // namespace cutaway
