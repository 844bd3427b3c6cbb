// Terminals: bytes on their way through a pty (pty(7)), and what its line discipline makes of them;
// open files on their way through a socket.
#include <algorithm>
#include <utility>

#include "trace/world/evolve_parts.h"
#include "trace/world/references.h"

namespace cutaway {

void fill_pipe(World& world, PipeId id, const Segment& segment) {
  if (!world.pipes.contains(id)) return;
  Pipe& pipe = world.pipes.mutate(id);
  pipe.segments.push_back(segment);
  pipe.bytes += segment.length;
}

// An empty segment is a terminal's end of file: it goes when it is read (TerminalEndRead), not with
// the line in front of it.
void drain_pipe(World& world, PipeId id, std::int64_t bytes) {
  if (!world.pipes.contains(id)) return;
  Pipe& pipe = world.pipes.mutate(id);
  pipe.bytes = std::max<std::int64_t>(0, pipe.bytes - bytes);
  auto first = pipe.segments.begin();
  while (bytes > 0 && first != pipe.segments.end() && bytes >= first->length)
    bytes -= first++->length;
  if (first != pipe.segments.end()) {
    first->from += bytes;
    first->length -= bytes;
  }
  pipe.segments.erase(pipe.segments.begin(), first);
}

// What a discipline handles is told by TerminalTyped and TerminalShown; the bytes themselves then
// only leave the side that reads them.
void move_terminal_bytes(World& world, const OpenFile& file, const BytesMoved& body) {
  const Terminal* terminal = world.terminals.find(file.terminal);
  if (terminal == nullptr) return;
  const Segment segment{body.data, 0, body.bytes};
  const bool disciplined = terminal->disciplined;
  const bool master = file.kind == FileKind::TerminalMaster, out = body.dir == Direction::Out;
  if (!master && out && !disciplined)
    world.terminals.mutate(file.terminal).output.push_back(TerminalRun{segment, file.channel});
  if (!master && !out) drain_pipe(world, terminal->input, body.bytes);
  if (master && out && !disciplined) fill_pipe(world, terminal->input, segment);
  if (master && !out) world.files.mutate(file.id).offset += body.bytes;
}

void evolve_body(World& world, const Stamp&, const TerminalModeSet& body) {
  if (!world.terminals.contains(body.terminal)) return;
  Terminal& terminal = world.terminals.mutate(body.terminal);
  terminal.disciplined = true;
  terminal.mode = body.mode;
}

void evolve_body(World& world, const Stamp&, const TerminalSized& body) {
  if (!world.terminals.contains(body.terminal)) return;
  Terminal& terminal = world.terminals.mutate(body.terminal);
  terminal.rows = body.rows;
  terminal.columns = body.columns;
}

void evolve_body(World& world, const Stamp&, const TerminalForegroundSet& body) {
  if (!world.terminals.contains(body.terminal)) return;
  Terminal& terminal = world.terminals.mutate(body.terminal);
  terminal.session = body.session;
  terminal.foreground = body.group;
}

void evolve_body(World& world, const Stamp&, const TerminalTyped& body) {
  if (!world.terminals.contains(body.terminal)) return;
  Terminal& terminal = world.terminals.mutate(body.terminal);
  terminal.editing = body.editing;
  if (body.bytes > 0 || body.end)
    fill_pipe(world, terminal.input, Segment{body.data, 0, body.bytes});
}

void evolve_body(World& world, const Stamp&, const TerminalEndRead& body) {
  const Terminal* terminal = world.terminals.find(body.terminal);
  if (terminal == nullptr || !world.pipes.contains(terminal->input)) return;
  std::vector<Segment>& lines = world.pipes.mutate(terminal->input).segments;
  if (!lines.empty() && lines.front().length == 0) lines.erase(lines.begin());
}

void evolve_body(World& world, const Stamp&, const TerminalShown& body) {
  if (!world.terminals.contains(body.terminal) || body.bytes <= 0) return;
  world.terminals.mutate(body.terminal)
      .output.push_back(TerminalRun{Segment{body.data, 0, body.bytes}, 0});
}

void evolve_body(World& world, const Stamp&, const FileSent& body) {
  if (!world.pipes.contains(body.pipe) || !world.files.contains(body.file)) return;
  take_file(world, body.file);
  world.pipes.mutate(body.pipe).files.push_back(body.file);
}

void evolve_body(World& world, const Stamp&, const FileArrived& body) {
  if (!world.pipes.contains(body.pipe)) return;
  std::vector<FileId>& files = world.pipes.mutate(body.pipe).files;
  const auto found = std::find(files.begin(), files.end(), body.file);
  if (found == files.end()) return;
  files.erase(found);
  drop_file(world, body.file);
}

}  // namespace cutaway
