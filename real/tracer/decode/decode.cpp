// The driver of the decoders: a plan for each argument of each call, made once.
#include "real/tracer/decode/decode.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "real/tracer/decode/call_data.h"
#include "real/tracer/decode/rows.h"
#include "trace/event/shape.h"

namespace cutaway::real {

namespace decode {

Arg structure(const std::vector<std::pair<std::string_view, Arg>>& members) {
  Arg arg;
  arg.tag = ArgTag::Struct;
  for (const auto& [key, value] : members) {
    arg.keys.emplace_back(key);
    arg.items.push_back(value);
  }
  return arg;
}

Arg list(std::vector<Arg> items) {
  Arg arg;
  arg.tag = ArgTag::List;
  arg.items = std::move(items);
  return arg;
}

Arg buffer(const Memory& memory, std::uint64_t address, std::uint64_t length) {
  bool there = false;
  Arg arg = Arg::bytes(memory.bytes(address, std::min(length, kCaptureBytes), there));
  if (!there) return number(address);
  arg.length = std::max<std::uint64_t>(arg.text.size(), length);
  return arg;
}

Arg c_string(const Memory& memory, std::uint64_t address) {
  constexpr std::size_t kMost = 4096;  // PATH_MAX
  std::string found;
  bool cut = false;
  if (!memory.text(address, kMost, found, cut)) return number(address);
  Arg arg = Arg::bytes(std::move(found));
  if (cut) ++arg.length;  // there is more
  return arg;
}

namespace {

/// argv, envp: pointers up to a NULL.
Arg text_list(const Asked& asked) {
  constexpr std::size_t kMost = 4096;
  std::vector<Arg> words;
  std::uint64_t part[64];
  for (std::uint64_t at = asked.address(); words.size() < kMost;) {
    // As far as the page goes: the vector may be the last thing on it.
    const std::size_t here = std::min<std::size_t>(sizeof part, 4096 - at % 4096);
    const std::size_t got = asked.memory().read(at, part, here) / sizeof part[0];
    if (got == 0) return words.empty() ? pointer(asked) : list(std::move(words));
    for (std::size_t i = 0; i < got; ++i) {
      if (part[i] == 0) return list(std::move(words));
      words.push_back(c_string(asked.memory(), part[i]));
    }
    at += got * sizeof part[0];
  }
  return list(std::move(words));
}

Arg text_at(const Asked& asked) { return c_string(asked.memory(), asked.address()); }
/// What a call wrote is as long as it says.
Arg returned_buffer(const Asked& asked) {
  return buffer(asked.memory(), asked.address(), static_cast<std::uint64_t>(asked.call.ret));
}

/// How a register becomes a number.
enum class Width : std::uint8_t { Word, Signed32, Unsigned32 };

struct Plan {
  Width width = Width::Word;
  bool pointer = false;
  bool fd = false;
  bool even_null = false;
  Reader at_entry = nullptr, at_return = nullptr, at_failure = nullptr;
};

bool is_size(std::string_view name) {
  return name == "offset" || name == "length" || name == "len";
}

/// The kernel takes 32 bits of an int and leaves the rest of the register alone: it may hold
/// anything.
Plan plan_of(const ArgShape& shape) {
  Plan plan;
  switch (shape.kind) {
    case ArgKind::Int:
      plan.width = is_size(shape.name) ? Width::Word : Width::Signed32;
      break;
    case ArgKind::Fd:
    case ArgKind::DirFd:
      plan.fd = true;
      plan.width = Width::Signed32;
      break;
    case ArgKind::Pid:
    case ArgKind::Signal:
      plan.width = Width::Signed32;
      break;
    case ArgKind::Constant:
      plan.width = shape.table == &abi::kClockIds ? Width::Signed32 : Width::Unsigned32;
      break;
    case ArgKind::Flags:
    case ArgKind::OpenFlags:
    case ArgKind::Mode:
    case ArgKind::Device:
      plan.width = Width::Unsigned32;
      break;
    case ArgKind::Unsigned:
    case ArgKind::CloneFlags:
    case ArgKind::Address:
      break;
    case ArgKind::Path:
    case ArgKind::Text:
      plan.pointer = true;
      plan.at_entry = text_at;
      break;
    case ArgKind::TextList:
      plan.pointer = true;
      plan.at_entry = text_list;
      break;
    case ArgKind::Buffer:
      plan.pointer = true;
      plan.at_return = returned_buffer;
      break;
    case ArgKind::Caps:
    case ArgKind::Struct:
      plan.pointer = true;
      break;
  }
  return plan;
}

constexpr std::size_t kNumbers = 512;
using Plans = std::vector<std::vector<Plan>>;

void add(Plans& plans, const Row& row) {
  std::vector<Plan>& args = plans[static_cast<std::size_t>(row.sys)];
  if (row.n >= args.size()) return;
  Plan& plan = args[row.n];
  // A buffer that the kernel reads is not one that it writes.
  if (row.when == When::Entry && plan.at_return == returned_buffer) plan.at_return = nullptr;
  if (row.when == When::Entry) plan.at_entry = row.read;
  if (row.when == When::Return) plan.at_return = row.read;
  if (row.when == When::Failure) plan.at_failure = row.read;
  plan.even_null = plan.even_null || row.even_null;
  plan.pointer = true;
}

Plans make_plans() {
  Plans plans(kNumbers);
  for (std::size_t i = 0; i < kNumbers; ++i) {
    for (const ArgShape& shape : syscall_shape(static_cast<abi::Sys>(i)).args)
      plans[i].push_back(plan_of(shape));
  }
  for (const auto family : {buffer_rows, file_rows, identity_rows, signal_rows, socket_rows,
                            task_rows, time_rows, wait_rows}) {
    for (const Row& row : family()) add(plans, row);
  }
  return plans;
}

const std::vector<Plan>& plans_of(abi::Sys sys) {
  static const Plans plans = make_plans();
  static const std::vector<Plan> none;
  const auto number = static_cast<std::size_t>(sys);
  return number < kNumbers ? plans[number] : none;
}

/// "pipe:[17]", "/etc/passwd": what the descriptor stands for, as this process sees it.
std::string fd_name(int tid, std::int64_t fd) {
  char path[64], name[4096];
  std::snprintf(path, sizeof path, "/proc/%d/fd/%lld", tid, static_cast<long long>(fd));
  const ssize_t length = ::readlink(path, name, sizeof name);
  return length < 0 ? std::string() : std::string(name, static_cast<std::size_t>(length));
}

Arg integer_of(std::uint64_t word, Width width) {
  if (width == Width::Signed32) return signed_number(static_cast<std::int32_t>(word));
  return number(width == Width::Unsigned32 ? word & 0xffffffff : word);
}

Arg entry_arg(const Plan& plan, const Asked& asked) {
  if (plan.fd) {
    const std::int64_t fd = static_cast<std::int32_t>(asked.address());
    return fd < 0 ? signed_number(fd) : Arg::fd(fd, fd_name(asked.memory().tid(), fd));
  }
  if (!plan.pointer) return integer_of(asked.address(), plan.width);
  if (asked.address() == 0 && !plan.even_null) return {};
  if (plan.at_entry != nullptr) return plan.at_entry(asked);
  // Not yet written, or never decoded.
  const bool later = plan.at_return != nullptr || plan.at_failure != nullptr;
  return later ? Arg{} : pointer(asked);
}

}  // namespace

}  // namespace decode

void decode_entry(const Raw& raw, SeenCall& call) {
  const std::vector<decode::Plan>& plans = decode::plans_of(call.sys);
  const std::size_t count = decode::argument_count(raw, call.sys, plans.size());
  call.args.clear();
  call.args.reserve(count);
  for (std::size_t n = 0; n < count; ++n) {
    static const decode::Plan word;
    call.args.push_back(
        decode::entry_arg(n < plans.size() ? plans[n] : word, decode::Asked{raw, call, n}));
  }
  decode::leave_out_unused(raw, call);
}

void decode_return(const Raw& raw, std::uint64_t data_max, SeenCall& call) {
  const std::vector<decode::Plan>& plans = decode::plans_of(call.sys);
  const bool failed = call.ret < 0;
  for (std::size_t n = 0; n < plans.size() && n < call.args.size(); ++n) {
    const decode::Reader read = failed ? plans[n].at_failure : plans[n].at_return;
    if (read == nullptr || (raw.at(n) == 0 && !plans[n].even_null)) continue;
    call.args[n] = read(decode::Asked{raw, call, n});
  }
  if (failed) return;
  decode::fill_out(raw, call);
  decode::fill_data(raw, data_max, call);
}

}  // namespace cutaway::real
