// The channels in words: plugs, tubes, log, and how far the last bytes have come.
#include "base/text.h"
#include "viz/text/model_words.h"
#include "viz/text/view_words.h"

namespace cutaway::viz {
namespace {

std::string plug_words(const ChannelColumn& column, std::size_t k) {
  const ChannelPlug& plug = column.plugs[k];
  std::string said = decimal(static_cast<std::int64_t>(k)) + " " + kChannelNames[k] + ": ";
  if (plug.kind == PlugKind::Closed) return said + "closed.";
  said += plug.is;
  if (!plug.tube()) return said + ", no tube.";
  said += column.one_pty() ? ", the one terminal of all three" : ", a tube";
  if (!plug.held_by.empty()) said += " to " + plug.held_by;
  if (plug.waiting > 0) said += ", " + bytes_words(plug.waiting) + " lie in it";
  said += plug.attached ? ", on to client and terminal." : k == 0 ? "." : ", and to the log alone.";
  return said;
}

std::string move_words(const ChannelMove& move) {
  static constexpr const char* kPlaces[] = {
      "the process and the kernel", "the kernel and the server", "the server and its log",
      "the server and the client", "the client and the terminal"};
  return "On the move: " + bytes_words(move.bytes) + " of " + kChannelNames[move.channel] +
         ", between " + kPlaces[static_cast<std::size_t>(move.hop)] +
         (move.inwards ? ", inwards." : ", outwards.");
}

void tell_stations(const ChannelColumn& column, TextLines& lines) {
  for (const CaptionPart& part : column.stations) {
    const bool next = part.state == CaptionPart::State::Next;
    lines.add(decimal(part.number) + " " + part.head + ": " + part.value + (next ? "" : " ✓"), 4,
              6);
  }
}

}  // namespace

void tell_channels(const Channels& channels, TextLines& lines) {
  for (const ChannelColumn& column : channels.columns) {
    lines.blank();
    const std::string flags = column.flags.empty() ? "" : ", " + column.flags;
    lines.add({{"Container " + slot_words(column.slot) + ", " + column.id + flags + ": " +
                    column.said + ".",
                Ink::Strong}});
    for (const std::string& line : column.terminal) lines.add("│ " + line, 2, 4);
    const std::string client = column.client.empty() ? "Client" : "Client " + column.client;
    lines.add(client + (column.attached ? ": attached." : ": not attached."), 2, 4);
    if (!column.server.empty()) lines.add("Server " + column.server + ".", 2, 4);
    if (!column.task.empty()) {
      lines.add(
          column.pid_here + " " + column.comm + ", " + column.pid_on_host + " on the host:", 2, 4);
      for (std::size_t k = 0; k < kChannelCount; ++k) lines.add(plug_words(column, k), 4, 6);
    }
    if (!column.notes.empty()) lines.add(join(column.notes, " ") + ".", 4, 6);
    for (const ChannelLogLine& line : column.log)
      lines.add(std::string("json log, ") + kChannelNames[line.channel] + ": " + line.text, 2, 4);
    if (column.move) lines.add(move_words(*column.move), 2, 4);
    tell_stations(column, lines);
  }
  if (channels.more > 0)
    lines.add("+ " + decimal(static_cast<std::int64_t>(channels.more)) + " more", 2, 4);
}

}  // namespace cutaway::viz
