#include "real/runtime/helper/interpreter.h"

#include <linux/errno.h>
#include <linux/fcntl.h>

#include "real/runtime/helper/files.h"
#include "real/runtime/helper/kernel.h"

namespace cutaway::helper {

using real::ArgForm;
using real::Keep;
using real::Part;
using real::TableArg;
using real::TableHeader;
using real::TableOp;

namespace {

constexpr long kClone = 56, kExecve = 59, kSendmsg = 46;

alignas(4096) char table_bytes[real::kTableMax];
real::StepPage nobody_looks;

char* at(std::uint64_t offset) { return table_bytes + offset; }

bool is_table(long size) {
  const auto* header = reinterpret_cast<const TableHeader*>(table_bytes);
  if (size < static_cast<long>(sizeof(TableHeader))) return false;
  for (std::size_t i = 0; i < sizeof real::kTableMagic; ++i) {
    if (header->magic[i] != real::kTableMagic[i]) return false;
  }
  return header->bytes == size && header->op_bytes == sizeof(TableOp);
}

Line<24> decimal_of(std::uint64_t slot) {
  Line<24> line;
  return line.add(interpreter.slots[slot]);
}

// `texts`: where numbers that go by address are written out, one for each argument.
long value_of(const TableArg& arg, Line<24>& text) {
  switch (arg.form) {
    case ArgForm::Number:
    case ArgForm::Pointer:
      return static_cast<long>(arg.value);
    case ArgForm::Slot:
      return interpreter.slots[arg.value];
    case ArgForm::Scratch:
      return address(interpreter.scratch);
    case ArgForm::Decimal:
      text = decimal_of(arg.value);
      return address(text.text);
    case ArgForm::DecimalLength:
      return static_cast<long>(decimal_of(arg.value).size);
  }
  return 0;
}

// sendmsg(2) of one byte with one descriptor (unix(7), SCM_RIGHTS).
struct Control {
  std::uint64_t size;
  std::int32_t level, type;
  std::int32_t fd, padding;
};
struct Piece {
  void* base;
  std::uint64_t size;
};
struct Message {
  void* name;
  std::uint32_t name_size, padding;
  Piece* pieces;
  std::uint64_t piece_count;
  void* control;
  std::uint64_t control_size;
  std::int32_t flags, padding2;
};

long send_descriptor(long socket, long fd) {
  constexpr std::int32_t kSocketLevel = 1, kRights = 1, kControlBytes = 20;
  char byte = 'c';
  Piece piece{&byte, 1};
  Control control{kControlBytes, kSocketLevel, kRights, static_cast<std::int32_t>(fd), 0};
  Message message{nullptr, 0, 0, &piece, 1, &control, sizeof control, 0, 0};
  return kernel(kSendmsg, socket, address(&message), 0);
}

long make(const TableOp& op) {
  Line<24> texts[real::kArgsMax];
  long args[real::kArgsMax];
  for (int i = 0; i < real::kArgsMax; ++i) args[i] = value_of(op.args[i], texts[i]);
  const long result = op.send_fd != 0
                          ? send_descriptor(args[0], args[1])
                          : kernel(op.sys, args[0], args[1], args[2], args[3], args[4], args[5]);
  return result == 0 && op.must_read != 0 ? -EPIPE : result;
}

void keep(const TableOp& op, long result) {
  const int* pair = reinterpret_cast<const int*>(interpreter.scratch);
  if (op.keep == Keep::Number || op.keep == Keep::Bytes) interpreter.slots[op.slot] = result;
  if (op.keep == Keep::Bytes) interpreter.report_bytes = result;
  if (op.keep != Keep::Pair) return;
  interpreter.slots[op.slot] = pair[0];
  interpreter.slots[op.slot + 1] = pair[1];
}

bool tolerates(const TableOp& op, long error) {
  for (const std::uint16_t each : op.tolerated) {
    if (each != 0 && each == error) return true;
  }
  return false;
}

}  // namespace

constinit Interpreter interpreter = {nullptr, &nobody_looks, {}, {}, 0};

bool load_table(const char* bundle) {
  const long size = read_file(bundle, "/plan", table_bytes, sizeof table_bytes);
  if (!is_table(size)) return false;
  auto* header = reinterpret_cast<TableHeader*>(table_bytes);
  const auto* places = reinterpret_cast<const std::uint32_t*>(at(header->relocations));
  for (std::uint32_t i = 0; i < header->relocation_count; ++i)
    *reinterpret_cast<std::uint64_t*>(at(places[i])) +=
        reinterpret_cast<std::uint64_t>(table_bytes);
  interpreter.table = header;
  return true;
}

const char* step_name(unsigned step) {
  return reinterpret_cast<const char* const*>(at(interpreter.table->step_names))[step];
}

void announce(Part part, unsigned step) {
  volatile std::uint32_t& word = part == Part::Runtime ? interpreter.page->runtime
                                 : part == Part::Init  ? interpreter.page->init
                                                       : interpreter.page->shim;
  word = step + 1;
}

namespace {

/// Where a run through a part stands.
struct Progress {
  std::uint16_t step = 0;
  std::uint16_t skipped = 0;  ///< the group of this step that is left out
  int remembered = 0;         ///< the tolerated error that counts in the end
  long last_sys = -1;
};

struct Made {
  const TableOp* op;  ///< the call that gave the result
  long result;
};

// The call, or what stands in for it when it failed as expected.
Made make_or_others(const TableOp* op) {
  Made made{op, make(*op)};
  if (made.result >= 0 || op->otherwise_count == 0 || -made.result != op->otherwise_on) return made;
  for (std::uint32_t n = 1; n <= op->otherwise_count && (n == 1 || made.result >= 0); ++n)
    made = {op + n, make(op[n])};
  return made;
}

// False when the part must stop here.
bool go_on(const TableOp& op, const Made& made, Progress& progress) {
  if (made.result >= 0) {
    keep(op, made.result);
    return true;
  }
  if (!tolerates(*made.op, -made.result)) return false;
  if (made.op->skip_rest != 0) progress.skipped = op.group;
  // As execvp(3): what may not be run outweighs what is not there.
  if (progress.remembered != EACCES) progress.remembered = static_cast<int>(-made.result);
  return true;
}

}  // namespace

Outcome run_part(Part part) {
  const real::TableRun& run = interpreter.table->parts[static_cast<int>(part)];
  const TableOp* ops = reinterpret_cast<const TableOp*>(at(interpreter.table->ops));
  Progress progress;
  for (std::uint32_t i = run.first; i < run.first + run.count; i += 1 + ops[i].otherwise_count) {
    const TableOp& op = ops[i];
    const bool next_step = op.step != progress.step || i == run.first;
    if (next_step) {
      announce(part, op.step);
      progress.step = op.step;
      progress.skipped = 0;
    }
    if (op.group != 0 && op.group == progress.skipped) continue;
    progress.last_sys = op.sys;
    const Made made = make_or_others(&op);
    if (op.sys == kClone && made.result == 0) init_main();
    if (!go_on(op, made, progress)) return {step_name(op.step), static_cast<int>(-made.result)};
  }
  // execve returns only when it failed: who gets here found no program.
  if (progress.last_sys == kExecve) return {step_name(progress.step), progress.remembered};
  return {};
}

}  // namespace cutaway::helper
