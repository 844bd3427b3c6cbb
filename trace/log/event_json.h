// One line of a .jsonl file.
#pragma once

#include <string>

#include "trace/log/json_values.h"
#include "trace/log/jsonl.h"

namespace cutaway {

/// {"pid","tid","nspid","nspids","comm","role"} of CONTRACT §2, and "id": our own, which no other
/// task ever has. Null for none.
Json task_ref_json(const World& world, TaskId id);
/// By "id", else by the host's pid.
bool read_task_ref(const Json& json, const World& world, TaskId& id, JsonProblem& problem);

/// Bytes that may be cut: as captured_json, but what looks like an address stays a string.
Json captured_text_json(std::string_view bytes, std::uint64_t true_length);
bool read_captured_text(const Json& json, std::string& bytes, JsonProblem& problem);

/// Fields of the body into `object`. `stamp`: of the event.
void write_body_json(Json& object, const Body& body, const Stamp& stamp, const World& before);
/// The body that `object` is, by its kind and op. Of an unknown kind: a Note that holds the line.
bool read_body_json(const Json& object, const World& before, Body& body, JsonProblem& problem);

/// Contents of up to kCaptureBytes that the body speaks of and that stand nowhere else in its line.
Json blobs_json(const Body& body, const BlobStore& blobs);
bool read_blobs(const Json& object, const Body& body, BlobStore& blobs, JsonProblem& problem);

/// Appends the event of a line to the trace.
bool read_event_json(const Json& object, Trace& trace, JsonProblem& problem);
bool read_header_json(const Json& object, TraceHeader& header, JsonProblem& problem);
std::string event_line(const Trace& trace, std::size_t n, const World& before);

}  // namespace cutaway
