// `docker`: the client. It reads its command line, asks the daemon over a socket, and prints what
// it is told. It contains no container code.
#pragma once

#include <string>

#include "sim/core/sys.h"
#include "sim/docker/http.h"
#include "spec/docker_line.h"

namespace cutaway::sim {

/// Where the client finds the daemon: on a Mac and on Windows what leads into the VM.
std::string_view client_socket(HostOs os);

Program docker_client(Sys sys, State state);

// ---- Between the client's files
// -------------------------------------------------------------------

/// The words after `docker`, and what they were understood as.
struct ClientCommand {
  std::vector<std::string> words;
  spec::Command command;
};
using Verb = Co<int> (*)(Sys, ClientCommand);

/// Does the simulated client know this command? If not, what is missing, in words.
std::string not_yet(const spec::Command& command);

/// A connection to the daemon with one request sent. `fd` < 0: no daemon there.
Co<std::int64_t> send_request(Sys sys, std::string step, std::string method, std::string path,
                              std::string body);
/// The same, and the whole answer; the connection is closed.
Co<HttpMessage> ask(Sys sys, std::string step, std::string method, std::string path,
                    std::string body);
/// The daemon's message in an error's body.
std::string error_message(const HttpMessage& answer);
/// Prints what the client makes of the daemon's no; the status that goes with it.
Co<int> refuse(Sys sys, spec::Command command, std::string message);
Co<int> print(Sys sys, int fd, std::string text);

Co<int> client_run(Sys sys, ClientCommand command);
Co<int> client_create(Sys sys, ClientCommand command);
Co<int> client_start(Sys sys, ClientCommand command);
Co<int> client_pull(Sys sys, ClientCommand command);
Co<int> client_ps(Sys sys, ClientCommand command);
Co<int> client_logs(Sys sys, ClientCommand command);
Co<int> client_rm(Sys sys, ClientCommand command);
Co<int> client_stop(Sys sys, ClientCommand command);
Co<int> client_restart(Sys sys, ClientCommand command);
Co<int> client_wait(Sys sys, ClientCommand command);
Co<int> client_update(Sys sys, ClientCommand command);
Co<int> client_kill(Sys sys, ClientCommand command);
Co<int> client_images(Sys sys, ClientCommand command);
Co<int> client_exec(Sys sys, ClientCommand command);
Co<int> client_attach(Sys sys, ClientCommand command);
Co<int> client_inspect(Sys sys, ClientCommand command);
Co<int> client_pause(Sys sys, ClientCommand command);
Co<int> client_unpause(Sys sys, ClientCommand command);
Co<int> client_rmi(Sys sys, ClientCommand command);
Co<int> client_prune(Sys sys, ClientCommand command);
Co<int> client_version(Sys sys, ClientCommand command);
Co<int> client_events(Sys sys, ClientCommand command);
/// The verb of a command without typed options (top, rename, tag …); null when there is none.
Verb other_verb(const spec::Command& command);
/// "network create" …, "port"; null when it is none of them.
Verb network_verb(std::string_view name);

/// The client's own terminal, as far as it has one.
Co<bool> is_terminal(Sys sys, int fd);
/// A connection that became a stream, and our terminal: output to stdout and stderr until it ends;
/// with `input` what is typed goes the other way. `tty`: bytes as they are, keys one by one.
struct Stream {
  std::int64_t fd = -1;
  std::string pending;  ///< came behind the answer's head
  bool input = false;
  bool tty = false;
  std::string signals_to;  ///< "/containers/ID": where our signals go; empty: they are for us
  bool output = true;      ///< false: over when there is no more input
  /// With a terminal: the keys that leave it (empty: docker's own), and whether that is told as a
  /// failure (of run and start it is none).
  std::string detach_keys;
  bool leaving_fails = true;
};
Co<int> carry(Sys sys, Stream stream);
/// From here on signals that come are noted, to be passed on (docker's --sig-proxy).
Co<int> catch_signals(Sys sys);
/// Our window's size, for the terminal of a container or exec ("/containers/ID"); none without one.
Co<int> tell_size(Sys sys, std::string place);

/// What `start --attach` and `attach` must know of a container; `tty` false when it is not there.
struct InspectedContainer {
  HttpMessage answer;
  std::string id;
  std::string state;
  bool tty = false, open_stdin = false;
};
Co<InspectedContainer> inspect_container(Sys sys, std::string name);
/// The answer to a wait, as the client's own status.
Co<int> exit_code_of_wait(Sys sys, std::int64_t waiter);

/// Creates (pulling what is missing); the id, or empty when it failed (then `exit` says how).
struct CreatedContainer {
  std::string id;
  int exit = 0;
};
Co<CreatedContainer> create_with_pull(Sys sys, ClientCommand command);
/// POST /images/create and its progress, printed to `fd`. 0, or the status of the daemon's no.
Co<int> pull_image(Sys sys, spec::Command command, std::string image, int fd, bool quiet);

}  // namespace cutaway::sim
