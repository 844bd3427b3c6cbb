#include "trace/log/cut_events.h"

#include <vector>

#include "trace/event/event.h"
#include "trace/log/binary.h"

namespace cutaway {

namespace {

const std::uint8_t kSyscallBody = static_cast<std::uint8_t>(Body(Syscall{}).index());

bool is_syscall(const Record& record) { return record.body == kSyscallBody; }

/// How far back the cause is; 0: there is none.
std::uint64_t cause_distance(const Record& record, std::size_t n) {
  return record.cause == kNoEvent ? 0 : n - record.cause;
}

/// A record as a file has it: how long its payload is and how long the call took stand beside it.
struct FileRecord : Record {
  std::uint32_t payload_bytes = 0;
  std::int64_t dur = 0;
};

/// What a payload in memory is made of: a call's begins with how long it took.
struct Payload {
  std::int64_t dur = 0;
  std::string_view rest;
};
Payload payload_of(const EventStore& events, std::size_t n) {
  Payload payload = {0, events.payload(n)};
  if (!is_syscall(events.record(n))) return payload;
  BinaryReader in(payload.rest);
  payload.dur = in.number();
  payload.rest = payload.rest.substr(payload.rest.size() - in.left());
  return payload;
}

struct ColumnWriter {
  const EventStore& events;
  std::size_t from, to;

  template <class F>
  void each(F&& write) const {
    for (std::size_t n = from; n < to; ++n) write(events.record(n), n);
  }
  template <class F>
  void calls(F&& write) const {
    each([&write](const Record& record, std::size_t) {
      if (is_syscall(record)) write(record);
    });
  }
};

/// Reads columns into records. A number that does not fit its field gives up.
struct ColumnReader {
  BinaryReader& in;
  std::vector<FileRecord>& records;

  template <class Of, class T>
  void small(T Of::*field) const {
    for (FileRecord& record : records) read(record.*field);
  }
  template <class Of, class T>
  void small_of_calls(T Of::*field) const {
    for (FileRecord& record : records) {
      if (is_syscall(record)) read(record.*field);
    }
  }
  template <class Of>
  void signed_of_calls(std::int64_t Of::*field) const {
    for (FileRecord& record : records) {
      if (is_syscall(record)) record.*field = in.number();
    }
  }
  template <class T>
  void read(T& field) const {
    const std::uint64_t value = in.unsigned_number();
    field = static_cast<T>(value);
    if (field != value) in.give_up();
  }
};

void write_who_and_when(const ColumnWriter& column, BinaryWriter& out) {
  std::int64_t t = 0;
  column.each([&](const Record& record, std::size_t) {
    out.number(record.t - t);
    t = record.t;
  });
  std::uint32_t call = 0;
  column.each([&](const Record& record, std::size_t) {
    out.number(std::int64_t{record.call} - std::int64_t{call});
    call = record.call;
  });
  column.each(
      [&](const Record& record, std::size_t n) { out.unsigned_number(cause_distance(record, n)); });
}

void read_who_and_when(BinaryReader& in, std::size_t first, std::vector<FileRecord>& records) {
  std::uint64_t t = 0;
  for (FileRecord& record : records) {
    t += static_cast<std::uint64_t>(in.number());
    record.t = static_cast<std::int64_t>(t);
  }
  std::int64_t call = 0;
  for (FileRecord& record : records) {
    call += in.number();
    if (call < 0 || call > std::int64_t{UINT32_MAX}) return in.give_up();
    record.call = static_cast<std::uint32_t>(call);
  }
  for (std::size_t i = 0; i < records.size(); ++i) {
    const std::uint64_t distance = in.unsigned_number();
    if (distance > first + i) return in.give_up();
    if (distance != 0) records[i].cause = static_cast<EventIndex>(first + i - distance);
  }
}

}  // namespace

std::string write_event_columns(const EventStore& events, std::size_t from, std::size_t to) {
  BinaryWriter out;
  const ColumnWriter column{events, from, to};
  column.each([&](const Record& record, std::size_t) { out.unsigned_number(record.body); });
  write_who_and_when(column, out);
  column.each([&](const Record& record, std::size_t) { out.unsigned_number(record.task); });
  column.each([&](const Record& record, std::size_t) { out.unsigned_number(record.container); });
  column.each([&](const Record& record, std::size_t) { out.unsigned_number(record.step); });
  column.each([&](const Record& record, std::size_t) { out.unsigned_number(record.how); });
  column.each([&](const Record&, std::size_t n) {
    out.unsigned_number(payload_of(events, n).rest.size());
  });
  column.calls([&](const Record& record) { out.unsigned_number(record.sys); });
  column.calls([&](const Record& record) { out.unsigned_number(record.err); });
  column.calls([&](const Record& record) { out.unsigned_number(record.flags); });
  column.calls([&](const Record& record) { out.number(record.ret); });
  column.each([&](const Record& record, std::size_t n) {
    if (is_syscall(record)) out.number(payload_of(events, n).dur);
  });
  for (std::size_t n = from; n < to; ++n) out.raw(payload_of(events, n).rest);
  return out.take();
}

bool read_event_columns(std::string_view bytes, std::size_t first, std::size_t count,
                        const SnapshotOf& snapshot_of, EventStore& events) {
  BinaryReader in(bytes);
  if (count > in.left()) return false;
  std::vector<FileRecord> records(count);
  const ColumnReader column{in, records};
  column.small(&Record::body);
  read_who_and_when(in, first, records);
  column.small(&Record::task);
  column.small(&Record::container);
  column.small(&Record::step);
  column.small(&Record::how);
  column.small(&FileRecord::payload_bytes);
  column.small_of_calls(&Record::sys);
  column.small_of_calls(&Record::err);
  column.small_of_calls(&Record::flags);
  column.signed_of_calls(&Record::ret);
  column.signed_of_calls(&FileRecord::dur);
  std::size_t n = first;
  BinaryWriter payload;
  for (const FileRecord& record : records) {
    payload.clear();
    if (is_syscall(record)) payload.number(record.dur);
    payload.raw(in.take(record.payload_bytes));
    const std::size_t had = events.size();
    const bool in_order = had == 0 || record.t >= events.record(had - 1).t;
    if (!in.ok() || !in_order || !events.append_raw(record, payload.bytes(), snapshot_of(n++)))
      return false;
  }
  return in.finished();
}

}  // namespace cutaway
