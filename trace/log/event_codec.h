// An event as the Record and the payload that a trace keeps of it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "trace/event/event.h"
#include "trace/log/binary.h"
#include "trace/log/trace.h"

namespace cutaway {

/// Everything but where the payload lies.
Record record_of(const Event& event);
/// Appends the rest of the event, which is not in its Record, to `out`. A Snapshot has no payload:
/// its World is kept apart.
void write_payload(BinaryWriter& out, const Body& body);
/// False when these bytes are no payload of such a record. (A Snapshot comes without its World.)
bool read_event(const Record& record, std::string_view payload, Event& event);

void write_arg(BinaryWriter& out, const Arg& arg);

}  // namespace cutaway
