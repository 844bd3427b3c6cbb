#include "real/session/commands.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

#include "base/os/files.h"
#include "real/engine/host_command.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

// A file in memory with this text, at its begin: what a command gets as stdin. Of no text: none.
Result<Fd> text_to_read(const std::string& text) {
  if (text.empty()) return Fd();
  Fd fd(::memfd_create("stdin", MFD_CLOEXEC));
  if (!fd) return os_fail("memfd_create", "stdin", errno);
  TRY(write_all(fd.get(), text, "stdin"));
  ::lseek(fd.get(), 0, SEEK_SET);
  return fd;
}

// A thread's work, as std::async does it; signals to this process are for others.
template <class Work>
std::future<void> beside_us(Work work) {
  const NoSignals none;
  return std::async(std::launch::async, std::move(work));
}

}  // namespace

std::int64_t Commands::now() const { return monotonic_ns() - options_.started; }

void Commands::tell(Body body) {
  Story* story = engine_.machine().story;
  if (story != nullptr) story->tell("cli", ContainerId{}, std::move(body));
}

void Commands::tell_printed(int channel, std::string_view bytes) {
  Story* story = engine_.machine().story;
  if (story == nullptr) return;
  tell(CliPrinted{channel == 1 ? "stdout" : "stderr", story->keep(bytes),
                  static_cast<std::int64_t>(bytes.size())});
}

std::size_t Commands::add(const SideCommand& command) {
  clients_.push_back(std::make_unique<Client>(command));
  return clients_.size() - 1;
}

void Commands::collect() {
  for (const auto& client : clients_) client->collect();
}

bool Commands::any_beside() const {
  return std::any_of(clients_.begin(), clients_.end(),
                     [](const auto& client) { return !client->waits() && !client->state().done; });
}

Result<Terminal*> Commands::terminal(const std::string& name) {
  std::unique_ptr<Terminal>& found = terminals_[name];
  if (found == nullptr) {
    TRY_ASSIGN(found, Terminal::open([this](std::string_view bytes) {
                 tell_printed(1, bytes);
                 if (options_.pass_on) os::write_out(bytes);
               }));
  }
  return found.get();
}

Streams Commands::here(Client& client, int in) {
  Streams streams;
  streams.in = in;
  streams.columns = os::terminal_columns();
  streams.in_is_terminal = in == 0 && os::stdin_is_terminal();
  streams.out_is_terminal = options_.pass_on && os::stdout_is_terminal();
  streams.write = [this, &client](int channel, std::string_view bytes) {
    client.prints(channel, bytes);
    tell_printed(channel, bytes);
    if (options_.pass_on) channel == 1 ? os::write_out(bytes) : os::write_err(bytes);
  };
  return streams;
}

Streams Commands::beside(Client& client, int in) {
  Streams streams = here(client, in);
  streams.in_is_terminal = streams.out_is_terminal = false;
  streams.signals = client.signals();
  return streams;
}

Streams Commands::at(const Terminal& terminal) {
  Streams streams;
  streams.in = terminal.slave();
  streams.in_is_terminal = streams.out_is_terminal = true;
  streams.columns = Terminal::kColumns;
  streams.signals = terminal.signals()->read.get();
  // What it makes of the bytes comes back from its master, and is told then.
  streams.write = [fd = terminal.slave()](int, std::string_view bytes) {
    static_cast<void>(write_all(fd, bytes, "a terminal"));
  };
  return streams;
}

Status Commands::start_beside(std::size_t index) {
  Client& client = *clients_.at(index);
  const SideCommand& command = client.command();
  if (!command.terminal.empty()) {
    TRY_ASSIGN(Terminal * terminal, this->terminal(command.terminal));
    client.is_run_by(beside_us([this, &client, terminal, turn = terminal->next_turn()]() mutable {
      run_in_turn(client, *terminal, std::move(turn));
    }));
    return {};
  }
  TRY_ASSIGN(Fd fed, text_to_read(command.stdin_text));
  TRY_ASSIGN(SignalPipe signals, SignalPipe::make());
  client.hears(std::make_shared<const SignalPipe>(std::move(signals)));
  client.is_run_by(beside_us([this, &client, in = std::move(fed)] {
    perform_beside(client, beside(client, in.get()), nullptr);
  }));
  return {};
}

// Who kills it sets over_ first: so either it is seen here, or the signal waits for the client.
void Commands::run_in_turn(Client& client, Terminal& terminal, Terminal::Turn turn) {
  if (turn.before.valid()) turn.before.wait();
  terminal.begin(client);
  client.hears(terminal.signals());
  if (!over_) perform_beside(client, at(terminal), &terminal);
  turn.mine.set_value();
}

void Commands::perform_beside(Client& client, const Streams& streams, Terminal* terminal) {
  Story* story = engine_.machine().story;
  if (story != nullptr) story->client_begins();
  const Status done = perform(client, streams, terminal);
  if (!done) {
    streams.err("cutaway: " + done.error().message + "\n");
    tell(CliDone{1});
    client.ends(1, now());
  }
  if (story != nullptr) story->client_ends();
}

Status Commands::perform(Client& client, const Streams& streams, Terminal* terminal) {
  const SideCommand& command = client.command();
  client.begins(now());
  tell(CliTyped{client.line(), command.words});
  int exit = 0;
  if (command.kind == SideCommand::Kind::Docker) {
    exit = engine_.run(command.words, streams);
  } else {
    TRY_ASSIGN(exit, terminal != nullptr ? terminal->run_on_host(command.line)
                                         : run_host_command(command.line, streams));
  }
  if (terminal != nullptr) terminal->end();
  tell(CliDone{exit});
  client.ends(exit, now());
  return {};
}

Status Commands::run_to_end(std::size_t index) {
  Client& client = *clients_.at(index);
  Status done;
  if (!client.waits()) {
    client.await();
  } else if (!client.state().done) {
    TRY_ASSIGN(const Fd fed, text_to_read(client.command().stdin_text));
    const bool ours = options_.our_stdin && !fed;
    done = perform(client, here(client, ours ? 0 : fed.get()), nullptr);
  }
  collect();
  return done;
}

Status Commands::type(const std::string& terminal, std::string_view keys) {
  TRY_ASSIGN(Terminal * typed_at, this->terminal(terminal));
  return typed_at->type(keys);
}

Result<std::size_t> Commands::send_signal(const std::string& name, int signal) {
  collect();
  for (std::size_t i = clients_.size(); i-- > 0;) {
    if (clients_[i]->state().name != name) continue;
    const bool heard = !clients_[i]->state().done && clients_[i]->signal(signal);
    if (heard) return i;
    return fail(ErrorCode::Failed, "'" + name + "' does not run");
  }
  return fail(ErrorCode::Usage, "no command is called '" + name + "'");
}

void Commands::end() {
  over_ = true;
  collect();
  for (const auto& client : clients_) {
    if (!client->waits() && !client->state().done) client->signal(SIGKILL);
  }
  for (const auto& client : clients_) client->await();
  terminals_.clear();
  collect();
}

}  // namespace cutaway::real
