// Bodies of events out of JSON.
#include <algorithm>

#include "trace/event/kind.h"
#include "trace/log/arg_json.h"
#include "trace/log/event_json.h"
#include "trace/log/fields_json.h"
#include "trace/log/world_json.h"

namespace cutaway {

namespace {

template <class T>
struct BodyFieldReader {
  const Json& object;
  const World& before;
  JsonProblem& problem;
  bool& ok;

  void operator()(const char* name, TaskId& id) {
    const std::string_view key = field_name<T>(name);
    const auto found = object.find(key);
    if (ok && found != object.end())
      ok = read_task_ref(*found, before, id, problem) || problem.below(key);
  }
  template <class Field>
  void operator()(const char* name, Field& field) {
    JsonFieldReader<T>{object, problem, ok}(name, field);
  }
};

/// The text of bytes that moved may be cut, as buffers are.
struct MovedFieldReader : BodyFieldReader<BytesMoved> {
  using BodyFieldReader<BytesMoved>::operator();
  void operator()(const char* name, std::string& text) {
    const auto found = object.find(name);
    if (ok && found != object.end())
      ok = read_captured_text(*found, text, problem) || problem.below(name);
  }
};

/// Nested deeper than any event is: such a value must not be walked through.
bool is_too_deep(const Json& json, int allowed = 64) {
  if (!json.is_structured()) return false;
  for (const Json& item : json) {
    if (allowed == 0 || is_too_deep(item, allowed - 1)) return true;
  }
  return false;
}

/// A field of the line that may be missing.
template <class T>
bool read_member(const Json& object, std::string_view key, T& value, JsonProblem& problem,
                 FieldStyle style = FieldStyle::Plain) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return true;
  return read_json(*found, value, problem, style) || problem.below(key);
}

abi::Errno errno_of_word(const std::string& word) {
  std::uint64_t number = 0;
  const bool numbered =
      starts_with(word, "E") && parse_unsigned(std::string_view(word).substr(1), 10, number);
  return numbered && number <= 0xffff ? static_cast<abi::Errno>(number) : abi::errno_of(word);
}

abi::Sys sys_of_word(const std::string& word) {
  std::uint64_t number = 0;
  const bool numbered =
      starts_with(word, "syscall_") && parse_unsigned(std::string_view(word).substr(8), 10, number);
  return numbered && number <= 0xffff ? static_cast<abi::Sys>(number) : abi::sys_of(word);
}

/// Arguments by their names, or a0 … a5.
bool read_args(const Json& args, Syscall& call, JsonProblem& problem) {
  const std::vector<ArgShape>& shape = syscall_shape(call.sys).args;
  const std::size_t most = std::max<std::size_t>(shape.size(), 6);
  for (std::size_t i = 0; i < most; ++i) {
    const bool known = i < shape.size();
    const ArgShape& at = known ? shape[i] : ArgShape{"", ArgKind::Unsigned};
    const auto found =
        args.find(known ? std::string(at.name) : "a" + decimal(static_cast<std::int64_t>(i)));
    if (found == args.end()) continue;
    call.args.resize(i + 1);
    if (!read_arg(*found, at, call.args[i], problem)) return problem.below(found.key());
  }
  return true;
}

struct BodyReader {
  const Json& object;
  const World& before;
  JsonProblem& problem;

  bool operator()(Snapshot& body) const {
    auto world = std::make_shared<World>();
    const auto found = object.find("world");
    const bool missing = found == object.end() || found->is_null();
    if (!missing && !read_world(*found, *world, problem)) return problem.below("world");
    body.world = std::move(world);
    return true;
  }
  bool operator()(Syscall& call) const {
    std::string name, err;
    if (!read_member(object, "name", name, problem) || !read_member(object, "err", err, problem))
      return false;
    call.sys = sys_of_word(name);
    call.err = errno_of_word(err);
    call.returned = object.contains("ret");
    if (call.sys == abi::Sys::none)
      return problem.expected("the name of a system call") || problem.below("name");
    if (!err.empty() && call.err == abi::Errno::kOk)
      return problem.expected("the name of an error") || problem.below("err");
    const auto args = object.find("args");
    if (args != object.end() && !read_args(*args, call, problem)) return problem.below("args");
    return read_member(object, "ret", call.ret, problem) &&
           read_member(object, "dur", call.dur, problem);
  }
  bool operator()(TaskForked& body) const {
    if (!fields(body)) return false;
    const auto child = object.find("child");
    if (child == object.end() || !child->is_object())
      return problem.expected("a task") || problem.below("child");
    if (!child->contains("id")) body.child = TaskId{before.counters.task + 1};
    return read_member(*child, "nspids", body.pids, problem) || problem.below("child");
  }
  bool operator()(BytesMoved& body) const {
    bool ok = true;
    visit_fields(body, MovedFieldReader{{object, before, problem, ok}});
    return ok;
  }
  template <class T>
  bool operator()(T& body) const {
    return fields(body);
  }

 private:
  template <class T>
  bool fields(T& body) const {
    bool ok = true;
    visit_fields(body, BodyFieldReader<T>{object, before, problem, ok});
    return ok;
  }
};

std::string word_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

bool read_task_ref(const Json& json, const World& world, TaskId& id, JsonProblem& problem) {
  id = TaskId();
  if (json.is_null()) return true;
  if (!json.is_object()) return problem.expected("a task, an object");
  if (json.contains("id")) return read_member(json, "id", id, problem);
  std::int32_t pid = 0;
  if (!read_member(json, json.contains("tid") ? "tid" : "pid", pid, problem)) return false;
  const Task* found = world.tasks.first([pid](const Task& task) { return task.pid() == pid; });
  if (found != nullptr) id = found->id;
  return true;
}

bool read_captured_text(const Json& json, std::string& bytes, JsonProblem& problem) {
  const auto text = json.is_object() ? json.find("text") : json.end();
  return read_text(json.is_object() && text != json.end() ? *text : json, bytes, problem);
}

bool read_body_json(const Json& object, const World& before, Body& body, JsonProblem& problem) {
  const std::size_t index = body_index(word_of(object, "kind"), word_of(object, "op"));
  if (index == std::variant_npos) {
    if (is_too_deep(object)) return problem.expected("a less deep structure");
    body = Note{dump_line(object), "unknown_event"};
    return true;
  }
  body = empty_body(index);
  return std::visit(BodyReader{object, before, problem}, body);
}

}  // namespace cutaway
