// Lines of a .jsonl file: the header, and events with who, when and where.
#include "trace/log/event_json.h"

#include "trace/log/arg_json.h"
#include "trace/log/fields_json.h"

namespace cutaway {

namespace {

/// All ids of contents in a value.
template <class T>
void collect_blobs(const T& value, std::vector<BlobId>& ids);

struct BlobCollector {
  std::vector<BlobId>& ids;
  template <class T>
  void operator()(const char*, const T& field) {
    collect_blobs(field, ids);
  }
};

template <class T>
void collect_blobs(const T& value, std::vector<BlobId>& ids) {
  if constexpr (std::is_same_v<T, BlobId>) {
    if (value) ids.push_back(value);
  } else if constexpr (is_vector<T>::value) {
    for (const auto& item : value) collect_blobs(item, ids);
  } else if constexpr (is_map<T>::value) {
    for (const auto& item : value) collect_blobs(item.second, ids);
  } else if constexpr (is_table<T>::value) {
    value.each([&ids](const auto& item) { collect_blobs(item, ids); });
  } else if constexpr (is_cow<T>::value) {
    collect_blobs(*value, ids);
  } else if constexpr (has_fields<const T>::value) {
    visit_fields(value, BlobCollector{ids});
  }
}

std::vector<BlobId> blobs_of(const Body& body) {
  std::vector<BlobId> ids;
  std::visit(
      [&ids](const auto& each) {
        using T = std::decay_t<decltype(each)>;
        if constexpr (std::is_same_v<T, Snapshot>) {
          if (each.world != nullptr) collect_blobs(*each.world, ids);
        } else {
          collect_blobs(each, ids);
        }
      },
      body);
  return ids;
}

/// The text of bytes that moved is their whole content.
bool text_is_content(const BytesMoved& moved) {
  return moved.data && moved.bytes >= 0 &&
         moved.text.size() == static_cast<std::uint64_t>(moved.bytes);
}

/// docker's id; our number when the World does not know it.
Json container_ref_json(const Event& event, const World& before) {
  const ContainerId number = event.stamp.container;
  const Container* container = before.containers.find(number);
  const auto* created = std::get_if<ContainerCreated>(&event.body);
  if (created != nullptr && created->container.number == number) container = &created->container;
  return container == nullptr || container->id.empty() ? Json(number.value)
                                                       : text_json(container->id);
}

bool read_container_ref(const Json& json, const Body& body, const World& before, ContainerId& id,
                        JsonProblem& problem) {
  if (!json.is_string()) return read_json(json, id, problem);
  const auto text = json.get<std::string>();
  const auto* created = std::get_if<ContainerCreated>(&body);
  if (created != nullptr && created->container.id == text) {
    id = created->container.number;
    return true;
  }
  const Container* found = before.containers.first(
      [&text](const Container& each) { return each.id == text || each.name == text; });
  id = found == nullptr ? ContainerId() : found->number;
  return true;
}

void write_stamp(Json& object, const Event& event, const Trace& trace, const World& before) {
  const Stamp& stamp = event.stamp;
  object["t"] = integer_json(stamp.t);
  if (stamp.task) object["task"] = task_ref_json(before, stamp.task);
  if (stamp.container) object["container"] = container_ref_json(event, before);
  if (stamp.step) object["step"] = text_json(trace.step_name(stamp.step));
  if (stamp.call) object["call"] = stamp.call.value;
  if (stamp.cause != kNoEvent) object["cause"] = stamp.cause;
  if (stamp.how != How::None) object["how"] = std::string(enum_name(stamp.how));
}

/// Reads a member if it is there; `found` says so.
template <class T>
bool read_optional(const Json& object, const char* key, T& value, JsonProblem& problem) {
  const auto at = object.find(key);
  if (at == object.end() || at->is_null()) return true;
  return read_json(*at, value, problem) || problem.below(key);
}

bool read_place(const Json& object, const Trace& trace, Stamp& stamp, JsonProblem& problem) {
  std::uint64_t n = trace.size();
  if (!read_optional(object, "n", n, problem)) return false;
  if (n != trace.size())
    return problem.expected(decimal(static_cast<std::int64_t>(trace.size()))) || problem.below("n");
  if (!read_optional(object, "t", stamp.t, problem)) return false;
  if (trace.size() > 0 && stamp.t < trace.record(trace.size() - 1).t) {
    return problem.expected("a time not before that of the line above") || problem.below("t");
  }
  if (!read_optional(object, "cause", stamp.cause, problem)) return false;
  const bool earlier = stamp.cause == kNoEvent || stamp.cause < trace.size();
  return earlier || problem.expected("the number of an earlier event") || problem.below("cause");
}

bool read_stamp(const Json& object, const Body& body, Trace& trace, Stamp& stamp,
                JsonProblem& problem) {
  std::string step;
  if (!read_place(object, trace, stamp, problem)) return false;
  if (!read_optional(object, "call", stamp.call, problem)) return false;
  if (!read_optional(object, "how", stamp.how, problem)) return false;
  if (!read_optional(object, "step", step, problem)) return false;
  const auto task = object.find("task");
  if (task != object.end() && !read_task_ref(*task, trace.head(), stamp.task, problem))
    return problem.below("task");
  const auto container = object.find("container");
  if (container != object.end() &&
      !read_container_ref(*container, body, trace.head(), stamp.container, problem)) {
    return problem.below("container");
  }
  if (trace.step_count() == kStepsMax)
    return problem.expected("fewer steps") || problem.below("step");
  stamp.step = trace.step_id(step);
  return true;
}

}  // namespace

Json blobs_json(const Body& body, const BlobStore& blobs) {
  Json object = Json::object();
  const auto* moved = std::get_if<BytesMoved>(&body);
  for (const BlobId id : blobs_of(body)) {
    const std::string_view bytes = blobs.get(id);
    const bool in_text = moved != nullptr && text_is_content(*moved) && id == moved->data;
    if (!bytes.empty() && bytes.size() <= kCaptureBytes && !in_text)
      object["0x" + hex(id.value)] = text_json(bytes);
  }
  return object;
}

bool read_blobs(const Json& object, const Body& body, BlobStore& blobs, JsonProblem& problem) {
  const auto* moved = std::get_if<BytesMoved>(&body);
  if (moved != nullptr && text_is_content(*moved)) blobs.restore(moved->data, moved->text);
  const auto found = object.find("blobs");
  if (found == object.end()) return true;
  if (!found->is_object()) return problem.expected("an object") || problem.below("blobs");
  for (auto item = found->begin(); item != found->end(); ++item) {
    BlobId id;
    std::string bytes;
    const bool whole =
        read_blob_id(item.key(), id, problem) && read_text(item.value(), bytes, problem);
    if (!whole) return problem.below(item.key()) || problem.below("blobs");
    blobs.restore(id, bytes);
  }
  return true;
}

Json event_to_json(const Trace& trace, std::size_t n, const World& before) {
  const Event event = trace.event(n);
  const KindOp kind = kind_of(event.body);
  Json object = Json::object();
  write_body_json(object, event.body, event.stamp, before);
  object["n"] = n;
  object["kind"] = std::string(kind.kind);
  if (!kind.op.empty()) object["op"] = std::string(kind.op);
  write_stamp(object, event, trace, before);
  Json blobs = blobs_json(event.body, trace.blobs);
  if (!blobs.empty()) object["blobs"] = std::move(blobs);
  return object;
}

std::string event_line(const Trace& trace, std::size_t n, const World& before) {
  return dump_line(event_to_json(trace, n, before),
                   {"n", "t", "kind", "op", "name", "args", "ret", "err", "dur", "task",
                    "container", "step", "call", "cause", "how"});
}

bool read_event_json(const Json& object, Trace& trace, JsonProblem& problem) {
  if (!object.is_object()) return problem.expected("an object");
  Event event;
  if (!read_body_json(object, trace.head(), event.body, problem)) return false;
  if (!read_stamp(object, event.body, trace, event.stamp, problem)) return false;
  if (!read_blobs(object, event.body, trace.blobs, problem)) return false;
  auto* forked = std::get_if<TaskForked>(&event.body);
  if (forked != nullptr && !object.contains("parent")) forked->parent = event.stamp.task;
  trace.append(std::move(event));
  return true;
}

Json header_to_json(const TraceHeader& header) {
  Json object = Json::object();
  object["cutaway"] = header.version;
  object["side"] = std::string(enum_name(header.side));
  object["clock"] = header.virtual_clock ? "virtual" : "monotonic";
  object["machine"] = write_json(header.machine);
  object["scenario"] = header.scenario.empty() ? Json(nullptr) : text_json(header.scenario);
  object["commands"] = write_json(header.commands);
  object["seed"] = header.seed ? integer_json(*header.seed) : Json(nullptr);
  object["loss"] = header.loss_counted ? "counted" : "none";
  return object;
}

bool read_header_json(const Json& object, TraceHeader& header, JsonProblem& problem) {
  const auto version = object.is_object() ? object.find("cutaway") : object.end();
  const bool given = object.is_object() && version != object.end() && version->is_number_integer();
  if (!given)
    return problem.expected("the header of a trace, {\"cutaway\":1,…}") || problem.below("cutaway");
  if (*version < 1 || *version > kTraceVersion) {
    problem.message = "this trace is version " + version->dump() + "; this program reads up to " +
                      decimal(kTraceVersion);
    return problem.below("cutaway");
  }
  header.version = version->get<int>();
  std::string clock = "virtual", loss = "none";
  const bool read = read_optional(object, "side", header.side, problem) &&
                    read_optional(object, "clock", clock, problem) &&
                    read_optional(object, "machine", header.machine, problem) &&
                    read_optional(object, "scenario", header.scenario, problem) &&
                    read_optional(object, "commands", header.commands, problem) &&
                    read_optional(object, "loss", loss, problem) &&
                    read_optional(object, "seed", header.seed, problem);
  header.virtual_clock = clock != "monotonic";
  header.loss_counted = loss == "counted";
  return read;
}

}  // namespace cutaway
