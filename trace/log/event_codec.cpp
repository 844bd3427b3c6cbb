#include "trace/log/event_codec.h"

#include "base/check.h"
#include "trace/event/kind.h"
#include "trace/log/fields_binary.h"

namespace cutaway {

namespace {

constexpr int kDeepest = 32;

void read_arg(BinaryReader& in, Arg& arg, int depth) {
  const std::uint64_t tag = in.unsigned_number();
  if (tag > static_cast<std::uint64_t>(ArgTag::Struct) || depth > kDeepest) return in.give_up();
  arg.tag = static_cast<ArgTag>(tag);
  if (arg.tag == ArgTag::Integer) {
    arg.value = in.number();
    arg.text = in.text();
  }
  if (arg.tag == ArgTag::Bytes) {
    arg.text = in.text();
    arg.length = arg.text.size() + in.unsigned_number();
  }
  if (arg.tag != ArgTag::List && arg.tag != ArgTag::Struct) return;
  for (std::size_t count = in.count(); count > 0 && in.ok(); --count) {
    if (arg.tag == ArgTag::Struct) arg.keys.emplace_back(in.text());
    read_arg(in, arg.items.emplace_back(), depth + 1);
  }
}

struct PayloadWriter {
  BinaryWriter& out;
  void operator()(const Snapshot&) const {}
  void operator()(const Syscall& call) const {
    out.number(call.dur);
    for (const Arg& arg : call.args) write_arg(out, arg);
  }
  template <class T>
  void operator()(const T& body) const {
    write_binary(out, body);
  }
};

struct PayloadReader {
  const Record& record;
  BinaryReader& in;
  void operator()(Snapshot&) const {}
  void operator()(Syscall& call) const {
    call.sys = static_cast<abi::Sys>(record.sys);
    call.ret = record.ret;
    call.err = static_cast<abi::Errno>(record.err);
    call.dur = in.number();
    call.returned = (record.flags & Record::kNotReturned) == 0;
    while (in.left() > 0) read_arg(in, call.args.emplace_back(), 0);
  }
  template <class T>
  void operator()(T& body) const {
    read_binary(in, body);
  }
};

}  // namespace

void write_arg(BinaryWriter& out, const Arg& arg) {
  out.unsigned_number(static_cast<std::uint64_t>(arg.tag));
  if (arg.tag == ArgTag::Integer) {
    out.number(arg.value);
    out.text(arg.text);
  }
  if (arg.tag == ArgTag::Bytes) {
    out.text(arg.text);
    out.unsigned_number(arg.length > arg.text.size() ? arg.length - arg.text.size() : 0);
  }
  if (arg.tag != ArgTag::List && arg.tag != ArgTag::Struct) return;
  CHECK(arg.tag == ArgTag::List || arg.keys.size() == arg.items.size());
  out.unsigned_number(arg.items.size());
  for (std::size_t i = 0; i < arg.items.size(); ++i) {
    if (arg.tag == ArgTag::Struct) out.text(arg.keys[i]);
    write_arg(out, arg.items[i]);
  }
}

void write_payload(BinaryWriter& out, const Body& body) { std::visit(PayloadWriter{out}, body); }

Record record_of(const Event& event) {
  const Stamp& stamp = event.stamp;
  CHECK(stamp.step.value <= kStepsMax);
  Record record;
  record.t = stamp.t;
  record.task = stamp.task.value;
  record.container = stamp.container.value;
  record.step = static_cast<std::uint16_t>(stamp.step.value);
  record.call = stamp.call.value;
  record.cause = stamp.cause;
  record.how = static_cast<std::uint8_t>(stamp.how);
  record.body = static_cast<std::uint8_t>(event.body.index());
  if (const auto* call = std::get_if<Syscall>(&event.body)) {
    record.sys = static_cast<std::uint16_t>(call->sys);
    record.ret = call->ret;
    record.err = static_cast<std::uint16_t>(call->err);
    record.flags = call->returned ? 0 : Record::kNotReturned;
  }
  return record;
}

bool read_event(const Record& record, std::string_view payload, Event& event) {
  if (record.body >= std::variant_size_v<BodyVariant> || record.how >= enum_count<How>())
    return false;
  event.stamp = Stamp{record.t,
                      TaskId{record.task},
                      ContainerId{record.container},
                      StepId{record.step},
                      CallId{record.call},
                      record.cause,
                      static_cast<How>(record.how)};
  event.body = empty_body(record.body);
  BinaryReader in(payload);
  std::visit(PayloadReader{record, in}, event.body);
  return in.finished();
}

}  // namespace cutaway
