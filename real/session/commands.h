// The commands of a run: one on the thread that asks for it, others beside it on threads of their
// own, some of them at terminals. Docker's client, daemon and tracer are one process here, so what
// would be a process of its own elsewhere is a thread: all of them tell one story.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "real/engine/engine.h"
#include "real/session/client.h"
#include "real/session/terminal.h"

namespace cutaway::real {

class Commands {
 public:
  struct Options {
    bool pass_on = false;      ///< output also goes to our own stdout and stderr at once
    bool our_stdin = false;    ///< commands on the calling thread that are fed nothing read ours
    std::int64_t started = 0;  ///< when the run began
  };
  Commands(Engine& engine, const Options& options) : engine_(engine), options_(options) {}
  ~Commands() { end(); }
  Commands(const Commands&) = delete;
  Commands& operator=(const Commands&) = delete;

  std::size_t count() const { return clients_.size(); }
  std::size_t add(const SideCommand& command);
  const CommandState& state(std::size_t index) const { return clients_.at(index)->state(); }
  /// Brings all states up to now.
  void collect();
  /// One of them runs beside us.
  bool any_beside() const;

  /// Starts it on a thread of its own: at its terminal when it names one (at once, or when what
  /// runs there has ended), else with an output of its own.
  Status start_beside(std::size_t index);
  /// To its end: waits for the thread that runs it, or runs it on this one.
  Status run_to_end(std::size_t index);
  Status type(const std::string& terminal, std::string_view keys);
  /// To the command of that name; its index.
  Result<std::size_t> send_signal(const std::string& name, int signal);
  /// The clients that still run are killed (their containers go on), the terminals closed.
  void end();

  void tell(Body body);
  void tell_printed(int channel, std::string_view bytes);

 private:
  Result<Terminal*> terminal(const std::string& name);
  Streams here(Client& client, int in);
  Streams beside(Client& client, int in);
  Streams at(const Terminal& terminal);
  void run_in_turn(Client& client, Terminal& terminal, Terminal::Turn turn);
  Status perform(Client& client, const Streams& streams, Terminal* terminal);
  void perform_beside(Client& client, const Streams& streams, Terminal* terminal);
  std::int64_t now() const;

  Engine& engine_;
  const Options options_;
  std::atomic<bool> over_ = false;
  std::map<std::string, std::unique_ptr<Terminal>> terminals_;
  std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace cutaway::real
