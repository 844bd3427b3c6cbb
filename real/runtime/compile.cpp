#include "real/runtime/compile.h"

#include <linux/capability.h>
#include <linux/filter.h>
#include <net/if.h>

#include <algorithm>

#include "base/text.h"
#include "real/runtime/table.h"
#include "real/runtime/table_writer.h"

namespace cutaway::real {

namespace {

using abi::Sys;
using spec::PlanCall;
using spec::PlanStep;
using spec::Who;

constexpr std::string_view kDataOf = ".data}";

TableArg number(std::uint64_t value) { return {value, ArgForm::Number, {}}; }
TableArg pointer(std::uint64_t offset) { return {offset, ArgForm::Pointer, {}}; }

class Compiler {
 public:
  Compiler(const spec::Plan& plan, const CompileOptions& options)
      : plan_(plan), options_(options), writer_(sizeof(TableHeader)) {}

  Result<std::string> run() {
    names_ = table_step_names();
    TableHeader header{};
    std::copy(std::begin(kTableMagic), std::end(kTableMagic), header.magic);
    for (int part = 0; part < kParts; ++part) {
      header.parts[part].first = static_cast<std::uint32_t>(ops_.size());
      TRY(add_part(static_cast<Part>(part)));
      header.parts[part].count = static_cast<std::uint32_t>(ops_.size()) - header.parts[part].first;
    }
    return finish(header);
  }

 private:
  // The shim's steps come in three runs: before it starts the runtime, when the container has
  // ended, and to clean up.
  static bool belongs(const PlanStep& step, Part part, bool after_reap) {
    if (step.id == "reap") return part == Part::ShimReap;
    if (step.who == Who::Shim) return part == (after_reap ? Part::ShimEnd : Part::ShimBegin);
    if (step.who == Who::Runtime) return part == Part::Runtime;
    return step.who == Who::Init && part == Part::Init;
  }

  Status add_part(Part part) {
    bool after_reap = false;
    for (const PlanStep& step : plan_.steps) {
      if (step.id == "reap") after_reap = true;
      if (!belongs(step, part, after_reap)) continue;
      step_ = step_number(step.id);
      for (const PlanCall& call : step.calls) {
        const Status added = add_call(call);
        if (!added)
          return fail(ErrorCode::Failed, "step " + step.id + ": " + added.error().message);
      }
    }
    return {};
  }

  std::uint16_t step_number(const std::string& id) const {
    const auto found = std::find(names_.begin(), names_.end(), id);
    return static_cast<std::uint16_t>(found - names_.begin());
  }

  Status add_call(const PlanCall& call) {
    const std::size_t at = ops_.size();
    ops_.emplace_back();
    TRY_ASSIGN(TableOp op, make_op(call));
    for (const PlanCall& other : call.otherwise) TRY(add_call(other));
    op.otherwise_on = static_cast<std::uint16_t>(call.otherwise_on);
    op.otherwise_count = static_cast<std::uint16_t>(ops_.size() - at - 1);
    ops_[at] = op;
    return {};
  }

  Result<TableOp> make_op(const PlanCall& call) {
    TableOp op{};
    op.sys = static_cast<std::uint16_t>(call.sys);
    op.step = step_;
    op.group = static_cast<std::uint16_t>(call.group);
    op.must_read = call.must_read ? 1 : 0;
    op.skip_rest = call.skip_rest ? 1 : 0;
    op.send_fd = call.sys == Sys::sendmsg ? 1 : 0;
    op.slot = kNone16;
    if (call.tolerated.size() > kToleratedMax || call.args.size() > kArgsMax)
      return fail(ErrorCode::Failed, "too much for one call of the table");
    for (std::size_t i = 0; i < call.tolerated.size(); ++i)
      op.tolerated[i] = static_cast<std::uint16_t>(call.tolerated[i]);
    keep_result(call, op);
    for (std::size_t i = 0; i < call.args.size(); ++i) {
      TRY_ASSIGN(op.args[i], make_arg(call, i));
      if (op.args[i].form == ArgForm::Scratch && call.sys != Sys::write) scratch_ = call.as;
    }
    return op;
  }

  void keep_result(const PlanCall& call, TableOp& op) {
    if (call.as.empty()) return;
    if (call.sys == Sys::pipe2 || call.sys == Sys::socketpair) {
      op.keep = Keep::Pair;
      op.slot = slot(call.as + ".0");
      slot(call.as + ".1");
    } else {
      const bool looked_at = call.as == "report_bytes" || call.as == "oom";  // by the helper itself
      op.keep = looked_at ? Keep::Bytes : Keep::Number;
      op.slot = slot(call.as);
    }
  }

  std::uint16_t slot(const std::string& name) {
    const auto known = slots_.find(name);
    if (known != slots_.end()) return known->second;
    const auto next = static_cast<std::uint16_t>(slots_.size());
    slots_[name] = next;
    return next;
  }
  // Only what an earlier call left behind can be used.
  Result<TableArg> variable(const std::string& name, ArgForm form) const {
    const auto known = slots_.find(name);
    if (known == slots_.end())
      return fail(ErrorCode::Failed, "nothing has left a value named " + name);
    return TableArg{known->second, form, {}};
  }

  Result<TableArg> make_arg(const PlanCall& call, std::size_t i) {
    const Arg& arg = call.args[i];
    switch (arg.tag) {
      case ArgTag::Integer:
        return number(static_cast<std::uint64_t>(arg.value));
      case ArgTag::Missing:
        return missing_arg(call, i);
      case ArgTag::List:
        return list_arg(arg);
      case ArgTag::Struct:
        return call.sys == Sys::ioctl ? interface_arg(arg) : capability_arg(arg);
      case ArgTag::Bytes:
        break;
    }
    return text_arg(call, arg.text);
  }

  // Buffers for results; the length of what a write writes; else a null pointer.
  Result<TableArg> missing_arg(const PlanCall& call, std::size_t i) {
    if (call.sys == Sys::pipe2 || (call.sys == Sys::read && i == 1))
      return TableArg{0, ArgForm::Scratch, {}};
    if (call.sys == Sys::capset && i == 0) {
      const __user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
      return pointer(writer_.add_object(head));
    }
    if (call.sys == Sys::ioctl) return pointer(writer_.add_object(std::int64_t{0}));
    if (call.sys != Sys::write || i != 2) return number(0);
    const std::string& text = call.args[1].text;
    if (!starts_with(text, "${")) return number(text.size());
    if (ends_with(text, kDataOf)) return variable(read_of(text), ArgForm::Slot);
    return variable(text.substr(2, text.size() - 3), ArgForm::DecimalLength);
  }

  Result<TableArg> text_arg(const PlanCall& call, const std::string& text) {
    const bool is_variable = starts_with(text, "$");
    if (call.sys == Sys::seccomp) return filter_arg();
    if (starts_with(text, "${") && ends_with(text, kDataOf)) {
      // What a read brought lies in the scratch buffer until the next call that fills it.
      if (read_of(text) != scratch_)
        return fail(ErrorCode::Failed, "what " + text + " names is overwritten by then");
      return TableArg{0, ArgForm::Scratch, {}};
    }
    if (starts_with(text, "${") && text.find('}') == text.size() - 1)
      return variable(text.substr(2, text.size() - 3), ArgForm::Decimal);
    if (is_variable) return variable(text.substr(1), ArgForm::Slot);
    return pointer(writer_.add_text(text));
  }

  // "${copy.data}" → "copy": the read whose bytes are meant.
  static std::string read_of(const std::string& text) {
    return text.substr(2, text.size() - 2 - kDataOf.size());
  }

  Result<TableArg> list_arg(const Arg& arg) {
    if (arg.items.empty() || arg.items.front().tag == ArgTag::Integer) {
      std::vector<std::uint32_t> numbers;
      for (const Arg& item : arg.items) numbers.push_back(static_cast<std::uint32_t>(item.value));
      return pointer(writer_.add_objects(numbers));
    }
    std::vector<std::string> texts;
    for (const Arg& item : arg.items) texts.push_back(item.text);
    return pointer(writer_.add_texts(texts));
  }

  // {effective, permitted, inheritable}: two structs, the low and the high 32 bits (capset(2)).
  Result<TableArg> capability_arg(const Arg& arg) {
    std::vector<__user_cap_data_struct> data(2);
    const auto part = [&arg](std::size_t set, unsigned shift) {
      return static_cast<std::uint32_t>(static_cast<std::uint64_t>(arg.items.at(set).value) >>
                                        shift);
    };
    for (unsigned half = 0; half < 2; ++half)
      data[half] = {part(0, 32 * half), part(1, 32 * half), part(2, 32 * half)};
    return pointer(writer_.add_objects(data));
  }

  Result<TableArg> filter_arg() {
    if (options_.seccomp.empty()) return fail(ErrorCode::Failed, "there is no filter to load");
    const std::uint64_t code = writer_.add(options_.seccomp.data(), options_.seccomp.size());
    sock_fprog program{};
    program.len = static_cast<unsigned short>(options_.seccomp.size() / sizeof(sock_filter));
    const std::uint64_t at = writer_.add_object(program);
    const std::uint64_t place = at + offsetof(sock_fprog, filter);
    writer_.put(place, code);
    writer_.relocate(place);
    return pointer(at);
  }

  Result<TableArg> interface_arg(const Arg& arg) {
    ifreq request{};
    const std::string& name = arg.items.at(0).text;
    if (name.size() >= IFNAMSIZ) return fail(ErrorCode::Failed, name + ": too long a name");
    std::copy(name.begin(), name.end(), std::begin(request.ifr_name));
    request.ifr_flags = static_cast<short>(arg.items.at(1).value);
    return pointer(writer_.add_object(request));
  }

  Result<std::string> finish(TableHeader header) {
    if (slots_.size() > kSlotsMax) return fail(ErrorCode::Failed, "too many values to keep");
    const auto offset = [](std::uint64_t at) { return static_cast<std::uint32_t>(at); };
    std::vector<std::uint64_t> pointers;
    for (const std::string& name : names_) pointers.push_back(writer_.add_text(name));
    header.step_names = offset(writer_.add_objects(pointers));
    header.step_count = static_cast<std::uint32_t>(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i) writer_.relocate(header.step_names + 8 * i);
    header.ops = offset(writer_.add_objects(ops_));
    header.op_count = static_cast<std::uint32_t>(ops_.size());
    header.op_bytes = sizeof(TableOp);
    for (std::size_t i = 0; i < ops_.size(); ++i)
      relocate_args(header.ops + i * sizeof(TableOp), i);
    const std::vector<std::uint32_t> relocations = writer_.relocations();
    header.relocations = offset(writer_.add_objects(relocations));
    header.relocation_count = static_cast<std::uint32_t>(relocations.size());
    header.child_slot = slot("child");
    header.report_slot = slot("report.1");
    header.rt_start = step_number("rt.start");
    header.reap = step_number("reap");
    // Only a terminal's master is sent to the shim.
    const bool terminal =
        std::any_of(ops_.begin(), ops_.end(), [](const TableOp& op) { return op.send_fd != 0; });
    header.terminal = terminal ? 1 : 0;
    header.bytes = static_cast<std::uint32_t>(writer_.size());
    writer_.put(0, header);
    if (writer_.size() > kTableMax)
      return fail(ErrorCode::Failed, "command and environment are too long");
    return writer_.take();
  }
  void relocate_args(std::uint64_t op, std::size_t i) {
    for (std::size_t n = 0; n < kArgsMax; ++n) {
      if (ops_[i].args[n].form == ArgForm::Pointer)
        writer_.relocate(op + offsetof(TableOp, args) + n * sizeof(TableArg));
    }
  }

  const spec::Plan& plan_;
  const CompileOptions& options_;
  TableWriter writer_;
  std::vector<TableOp> ops_;
  std::vector<std::string> names_;
  std::map<std::string, std::uint16_t> slots_;
  std::string scratch_;  ///< the name under which the scratch buffer's content was kept
  std::uint16_t step_ = 0;
};

}  // namespace

std::vector<std::string> table_step_names() {
  std::vector<std::string> names;
  for (const spec::StepRow& row : spec::step_rows()) names.emplace_back(row.id);
  return names;
}

Result<std::string> compile_plan(const spec::Plan& plan, const CompileOptions& options) {
  return Compiler(plan, options).run();
}

}  // namespace cutaway::real
