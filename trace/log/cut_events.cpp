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
  std::vector<Record>& records;

  template <class T>
  void small(T Record::*field) const {
    for (Record& record : records) read(record.*field);
  }
  template <class T>
  void small_of_calls(T Record::*field) const {
    for (Record& record : records) {
      if (is_syscall(record)) read(record.*field);
    }
  }
  void signed_of_calls(std::int64_t Record::*field) const {
    for (Record& record : records) {
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

void read_who_and_when(BinaryReader& in, std::size_t first, std::vector<Record>& records) {
  std::uint64_t t = 0;
  for (Record& record : records) {
    t += static_cast<std::uint64_t>(in.number());
    record.t = static_cast<std::int64_t>(t);
  }
  std::int64_t call = 0;
  for (Record& record : records) {
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
  std::string bytes;
  BinaryWriter out(bytes);
  const ColumnWriter column{events, from, to};
  column.each([&](const Record& record, std::size_t) { out.unsigned_number(record.body); });
  write_who_and_when(column, out);
  column.each([&](const Record& record, std::size_t) { out.unsigned_number(record.task); });
  column.each([&](const Record& record, std::size_t) { out.unsigned_number(record.container); });
  column.each([&](const Record& record, std::size_t) { out.unsigned_number(record.step); });
  column.each([&](const Record& record, std::size_t) { out.unsigned_number(record.how); });
  column.each(
      [&](const Record& record, std::size_t) { out.unsigned_number(record.payload_bytes); });
  column.calls([&](const Record& record) { out.unsigned_number(record.sys); });
  column.calls([&](const Record& record) { out.unsigned_number(record.err); });
  column.calls([&](const Record& record) { out.unsigned_number(record.flags); });
  column.calls([&](const Record& record) { out.number(record.ret); });
  column.calls([&](const Record& record) { out.number(record.dur); });
  for (std::size_t n = from; n < to; ++n) bytes += events.payload(n);
  return bytes;
}

bool read_event_columns(std::string_view bytes, std::size_t first, std::size_t count,
                        const SnapshotOf& snapshot_of, EventStore& events) {
  BinaryReader in(bytes);
  if (count > in.left()) return false;
  std::vector<Record> records(count);
  const ColumnReader column{in, records};
  column.small(&Record::body);
  read_who_and_when(in, first, records);
  column.small(&Record::task);
  column.small(&Record::container);
  column.small(&Record::step);
  column.small(&Record::how);
  column.small(&Record::payload_bytes);
  column.small_of_calls(&Record::sys);
  column.small_of_calls(&Record::err);
  column.small_of_calls(&Record::flags);
  column.signed_of_calls(&Record::ret);
  column.signed_of_calls(&Record::dur);
  std::size_t n = first;
  for (const Record& record : records) {
    const std::string_view payload = in.take(record.payload_bytes);
    const std::size_t had = events.size();
    const bool in_order = had == 0 || record.t >= events.record(had - 1).t;
    if (!in.ok() || !in_order || !events.append_raw(record, payload, snapshot_of(n++)))
      return false;
  }
  return in.finished();
}

}  // namespace cutaway
