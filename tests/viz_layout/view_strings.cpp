#include "tests/viz_layout/view_strings.h"

namespace cutaway::viz {
namespace {

using Lines = std::vector<std::string>;

void add(Lines& to, const Lines& lines) { to.insert(to.end(), lines.begin(), lines.end()); }

void add_facts(Lines& to, const std::vector<Fact>& facts) {
  for (const Fact& fact : facts) add(to, {fact.key, fact.value});
}

void add_container(Lines& to, const ContainerCloseup& c) {
  add(to, {c.name, c.image, c.state, c.cgroup});
  for (const Task& task : c.tasks) add(to, {task.pid_here, task.comm, task.pid_on_host});
  for (const NsPart& part : c.namespaces) {
    add(to, {part.kind, part.holds, part.number});
    add_facts(to, part.entries);
  }
  for (const LimitPart& limit : c.limits) add(to, {limit.title, limit.file, limit.used});
  for (const LayerPart& layer : c.layers) add(to, {layer.label, layer.note, layer.size});
}

void add_process(Lines& to, const ProcessCloseup& p) {
  to.push_back(p.program);
  for (const auto* facts : {&p.identity, &p.who, &p.signals, &p.memory}) add_facts(to, *facts);
  for (const PlugPart& plug : p.plugs) add(to, {plug.is, plug.other});
}

void add_syscall(Lines& to, const SyscallCloseup& c) {
  add(to, {c.who, c.call, c.answer, c.took});
  add_facts(to, c.arguments);
  add_facts(to, c.effects);
  for (const CaptionPart& part : c.checks) add(to, {part.head, part.value});
}

}  // namespace

Lines strings_of(const Lens& lens) {
  Lines all = {lens.name};
  for (const LensSection& section : lens.sections) {
    add(all, {section.title, section.tool});
    for (const LensRow& row : section.rows) add(all, {row.key, row.value, row.more});
  }
  return all;
}

Lines strings_of(const Matrix& matrix) {
  Lines all(matrix.holds.begin(), matrix.holds.end());
  for (const MatrixRow& row : matrix.rows) {
    add(all, {row.name, row.members});
    for (const MatrixCell& cell : row.cells) add(all, {cell.number, cell.says, cell.owner_name});
  }
  return all;
}

Lines strings_of(const ProcessTree& tree) {
  Lines all = tree.levels;
  for (const TreeRow& row : tree.rows) add(all, {row.program, row.note});
  return all;
}

Lines strings_of(const Channels& channels) {
  Lines all;
  for (const ChannelColumn& c : channels.columns) {
    add(all, {c.id, c.flags, c.said, c.server, c.client, c.comm});
    add(all, c.terminal);
    add(all, c.notes);
    for (const ChannelPlug& plug : c.plugs) add(all, {plug.is, plug.held_by});
    for (const ChannelLogLine& line : c.log) all.push_back(line.text);
  }
  return all;
}

Lines strings_of(const Layers& layers) {
  Lines all = {layers.all_tops};
  for (const LayersColumn& c : layers.columns)
    add(all, {c.id, c.image, c.state, c.program, c.mount, c.top});
  for (const LayersBrick& brick : layers.bricks) add(all, {brick.label, brick.size});
  for (const LayersFile& file : layers.files) add(all, {file.path, file.inode});
  for (const LayersCost& cost : layers.costs) add(all, {cost.name, cost.bytes});
  return all;
}

Lines strings_of(const Closeup& closeup) {
  Lines all;
  if (closeup.container) add_container(all, *closeup.container);
  if (closeup.process) add_process(all, *closeup.process);
  if (closeup.syscall) add_syscall(all, *closeup.syscall);
  return all;
}

}  // namespace cutaway::viz
