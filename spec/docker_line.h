// Front door: docker's command line. `parse_docker` turns the words after `docker` into a Command,
// or into what the client answers by itself (help pages, refusals), in docker 28's own layout and
// statuses. Pure: it asks no daemon, reads no file; what it must know of its surroundings is in
// ClientContext.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "spec/docker_options.h"
#include "spec/reference.h"

namespace cutaway::spec {

/// The commands whose options are typed below. `Other`: docker knows it and its flags were checked,
/// but it has no typed options here yet; `Command::path` and `Command::flags` say what was asked.
enum class Verb {
  Run,
  Create,
  Start,
  Stop,
  Restart,
  Kill,
  Pause,
  Unpause,
  Wait,
  Exec,
  Attach,
  Logs,
  Ps,
  Rm,
  Inspect,
  Images,
  Pull,
  Rmi,
  ContainerPrune,
  ImagePrune,
  SystemPrune,
  Version,
  Update,
  Other,
};

using Options =
    std::variant<std::monostate, RunOptions, ExecOptions, StartOptions, AttachOptions, StopOptions,
                 KillOptions, PsOptions, ImagesOptions, LogsOptions, RmOptions, RmiOptions,
                 PullOptions, PruneOptions, InspectOptions, VersionOptions, UpdateOptions>;

/// A flag as it was given, by its long name, in order of appearance.
struct FlagGiven {
  std::string name;
  std::string value;
};

/// Made, copied and moved in one place (command.cpp): the code for all kinds of options is much.
struct Command {
  Command();
  Command(const Command& other);
  Command(Command&& other) noexcept;
  Command& operator=(const Command& other);
  Command& operator=(Command&& other) noexcept;
  ~Command();

  Verb verb = Verb::Other;
  std::string path;  ///< as the client names it in messages: "docker run", "docker container run"
  Options options;
  std::vector<FlagGiven> flags;    ///< all of them: an engine can refuse those it does not honour
  std::string image;               ///< run, create, pull: the reference as typed
  std::vector<std::string> names;  ///< the containers or images of the other verbs
  std::vector<std::string> args;   ///< run, create, exec: the command and its arguments
  std::string warning;             ///< what the client writes to stderr first; lines, or empty

  /// The options of this verb; T must be the struct that belongs to it.
  template <class T>
  const T& get() const {
    return *std::get_if<T>(&options);
  }
  const RunOptions& run() const { return get<RunOptions>(); }
};

/// What the client says by itself. Status 0 is a help page or a version.
struct ClientAnswer {
  int exit = 0;
  std::string out;
  std::string err;
};

using Parsed = std::variant<Command, ClientAnswer>;

/// What docker's client looks at besides its arguments.
struct ClientContext {
  bool stdin_is_terminal = false;
  bool windows = false;   ///< words the terminal refusal as on Windows
  std::string cwd = "/";  ///< for `-v ./data:/data`
  int columns = 80;       ///< help pages are wrapped to the terminal; 80 where there is none
  /// The value of a variable of the client's environment; null function: all unset.
  std::function<std::optional<std::string>(std::string_view)> env;
};

/// `words`: the words after `docker`.
Parsed parse_docker(const std::vector<std::string>& words, const ClientContext& context = {});
/// The same for a line: split as sh does. The line is without the word `docker`.
Parsed parse_docker_line(std::string_view line, const ClientContext& context = {});

/// `exec -it` asks for the terminal only after the daemon said that the container exists.
std::optional<ClientAnswer> refuse_exec_without_terminal(const Command& command,
                                                         const ClientContext& context);

/// Every command that docker's first help page lists, for completion: "run", "container ls"…
std::vector<std::string> docker_command_names();
/// Long flags of a command ("--rm"), for completion; empty if there is no such command.
std::vector<std::string> docker_flag_names(std::string_view command);

inline constexpr std::string_view kDockerClientVersion = "28.2.2";

}  // namespace cutaway::spec
