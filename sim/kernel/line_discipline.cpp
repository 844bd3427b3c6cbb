#include "sim/kernel/line_discipline.h"

#include "base/bits.h"
#include "sim/core/termios.h"
#include "trace/abi/abi.h"

namespace cutaway::sim {

namespace {

class Discipline {
 public:
  explicit Discipline(const Terminal& terminal) : mode_(terminal.mode) {
    typed_.editing = terminal.editing;
  }

  Typed take(std::string_view bytes) {
    for (const char byte : bytes) receive(byte);
    flush_raw();
    return std::move(typed_);
  }

 private:
  void receive(char byte) {
    if (byte == '\r' && has_any(mode_.input, tty::kIgncr)) return;
    if (byte == '\r' && has_any(mode_.input, tty::kIcrnl))
      byte = '\n';
    else if (byte == '\n' && has_any(mode_.input, tty::kInlcr))
      byte = '\r';
    if (has_any(mode_.local, tty::kIsig) && signal(byte)) return;
    if (has_any(mode_.local, tty::kIcanon)) {
      edit(byte);
    } else {
      raw_ += byte;
      echo(byte);
    }
  }

  // The unfinished line is thrown away (no NOFLSH).
  bool signal(char byte) {
    struct Row {
      char key;
      int signal;
    };
    static constexpr Row kKeys[] = {{tty::kInterrupt, abi::sig::kInt},
                                    {tty::kQuit, abi::sig::kQuit},
                                    {tty::kSuspend, abi::sig::kTstp}};
    for (const Row& row : kKeys) {
      if (row.key != byte) continue;
      typed_.editing.clear();
      raw_.clear();
      typed_.signals.push_back(row.signal);
      echo(byte);
      return true;
    }
    return false;
  }

  void edit(char byte) {
    if (byte == tty::kErase) {
      if (!typed_.editing.empty()) erase_one();
    } else if (byte == tty::kKill) {
      while (!typed_.editing.empty()) erase_one();
    } else if (byte == tty::kEraseWord && has_any(mode_.local, tty::kIexten)) {
      erase_word();
    } else if (byte == tty::kEndOfFile) {
      typed_.ready.push_back({typed_.editing, typed_.editing.empty()});
      typed_.editing.clear();
    } else if (byte == '\n') {
      typed_.ready.push_back({typed_.editing + "\n", false});
      typed_.editing.clear();
      if (has_any(mode_.local, tty::kEcho | tty::kEchonl)) typed_.echo += shown_as(mode_, "\n");
    } else {
      typed_.editing += byte;
      echo(byte);
    }
  }

  // A control character takes two columns on the screen ("^A").
  void erase_one() {
    const bool wide = is_control(typed_.editing.back()) && has_any(mode_.local, tty::kEchoctl);
    typed_.editing.pop_back();
    if (!has_any(mode_.local, tty::kEcho)) return;
    typed_.echo += wide ? "\b \b\b \b" : "\b \b";
  }
  void erase_word() {
    while (!typed_.editing.empty() && typed_.editing.back() == ' ') erase_one();
    while (!typed_.editing.empty() && typed_.editing.back() != ' ') erase_one();
  }

  static bool is_control(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return (value < 0x20 && byte != '\t' && byte != '\n') || value == 0x7f;
  }
  void echo(char byte) {
    if (!has_any(mode_.local, tty::kEcho)) return;
    if (is_control(byte) && has_any(mode_.local, tty::kEchoctl))
      typed_.echo += {'^', static_cast<char>(byte ^ 0x40)};
    else
      typed_.echo += shown_as(mode_, std::string_view(&byte, 1));
  }

  void flush_raw() {
    if (!raw_.empty()) typed_.ready.push_back({raw_, false});
  }

  const TerminalMode mode_;
  Typed typed_;
  std::string raw_;
};

}  // namespace

Typed type_at(const Terminal& terminal, std::string_view bytes) {
  return Discipline(terminal).take(bytes);
}

std::string shown_as(const TerminalMode& mode, std::string_view bytes) {
  if (!has_any(mode.output, tty::kOpost) || !has_any(mode.output, tty::kOnlcr))
    return std::string(bytes);
  std::string shown;
  for (const char byte : bytes) {
    if (byte == '\n') shown += '\r';
    shown += byte;
  }
  return shown;
}

}  // namespace cutaway::sim
