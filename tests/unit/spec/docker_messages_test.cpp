// What daemon and client say.
#include "spec/docker_messages.h"

#include <gtest/gtest.h>

#include "base/json_value.h"
#include "base/text.h"
#include "tests/unit/spec/recorded.h"

namespace cutaway::spec {
namespace {

Command command_of(const std::string& line) {
  const Parsed parsed = parse_docker_line(line);
  const Command* command = std::get_if<Command>(&parsed);
  EXPECT_NE(command, nullptr) << line;
  return command == nullptr ? Command() : *command;
}

TEST(DockerMessages, ADaemonsNoIsShownAsRecorded) {
  int cases = 0;
  for (const Json& record : test::recorded("refusals.json")) {
    const auto words = record["words"].get<std::vector<std::string>>();
    SCOPED_TRACE(join(words, " "));
    const Command command = command_of(join(words, " "));
    ClientAnswer answer = daemon_refuses(command, "no: it says no");
    if (command.verb == Verb::Start) {
      for (std::size_t i = 1; i < command.names.size(); ++i)
        answer.err += daemon_refuses(command, "no: it says no").err;
      answer.err += failed_to_start(command.names);
    }
    EXPECT_EQ(answer.exit, record["exit"].get<int>());
    EXPECT_EQ(answer.err, record["err"].get<std::string>());
    ++cases;
  }
  EXPECT_GT(cases, 15);
}

TEST(DockerMessages, PrunesAreShownAsRecorded) {
  const std::string a(64, 'a'), b(64, 'b');
  const PruneReport full{{a, b}, {"n1"}, {"v1"}, {"untagged: x:1", "deleted: sha256:cc"}, 1001239};
  const PruneReport containers{{a, b}, {}, {}, {}, 1234};
  int cases = 0;
  const Json prunes = test::recorded("prunes.json");
  for (const auto& [line, text] : prunes.items()) {
    SCOPED_TRACE(line);
    const Command command = command_of(line);
    const std::string ours = !command.get<PruneOptions>().force  ? prune_question(command)
                             : command.verb == Verb::SystemPrune ? prune_report(full)
                                                                 : prune_report(containers);
    EXPECT_EQ(ours, text.get<std::string>());
    ++cases;
  }
  EXPECT_EQ(cases, 8);
}

// The statuses that the real client gave to these texts (measured with the fake daemon).
TEST(DockerMessages, StatusOfAFailedStart) {
  using say::ExecError;
  EXPECT_EQ(run_status_of(say::start_failed("nosuch", ExecError::NotInPath)), 127);
  EXPECT_EQ(run_status_of(say::start_failed("/nosuch", ExecError::NoSuchFile)), 127);
  EXPECT_EQ(run_status_of(say::start_failed("/etc/passwd", ExecError::PermissionDenied)), 126);
  EXPECT_EQ(run_status_of(say::start_failed("/etc", ExecError::IsDirectory)), 126);
  EXPECT_EQ(run_status_of("exec format error"), 125);
  EXPECT_EQ(run_status_of(say::memory_minimum()), 125);
  EXPECT_EQ(say::exec_status(ExecError::NotInPath), 127);
  EXPECT_EQ(say::exec_status(ExecError::PermissionDenied), 126);
}

TEST(DockerMessages, AStartThatFails) {
  const ClientAnswer answer = daemon_refuses(
      command_of("run busybox nosuch"), say::start_failed("nosuch", say::ExecError::NotInPath));
  EXPECT_EQ(answer.exit, 127);
  EXPECT_EQ(answer.err,
            "docker: Error response from daemon: failed to create task for container: failed to "
            "create shim task: OCI "
            "runtime create failed: runc create failed: unable to start container process: error "
            "during container init: "
            "exec: \"nosuch\": executable file not found in $PATH: unknown\n\n"
            "Run 'docker run --help' for more information\n");
  EXPECT_EQ(say::exec_failed("-sh", say::ExecError::NotInPath),
            "OCI runtime exec failed: exec failed: unable to start container process: exec: "
            "\"-sh\": executable file not "
            "found in $PATH: unknown\r\n");
}

TEST(DockerMessages, Sentences) {
  const Reference busybox = *parse_reference("busybox");
  const std::string id = "c52363692fa90915074655d9fddf50b346b00bd46ee9ecd3068c65e71949cdc9";
  const std::pair<std::string, std::string> cases[] = {
      {unable_to_find_image(busybox), "Unable to find image 'busybox:latest' locally\n"},
      {say::no_such_image(busybox), "No such image: busybox:latest"},
      {say::no_such_container("x"), "No such container: x"},
      {no_such_object("x"), "Error: No such object: x\n"},
      {say::pull_access_denied("nosuch"),
       "pull access denied for nosuch, repository does not exist or may require 'docker login': "
       "denied: requested access "
       "to the resource is denied"},
      {say::manifest_unknown(*parse_reference("127.0.0.1:5000/none:1")),
       "manifest for 127.0.0.1:5000/none:1 not found: manifest unknown: manifest unknown"},
      {say::name_in_use("x", "ab"),
       "Conflict. The container name \"/x\" is already in use by container \"ab\". You have to "
       "remove (or rename) that "
       "container to be able to reuse that name."},
      {say::invalid_name("a b"),
       "Invalid container name (a b), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"},
      {say::not_running(id), "container " + id + " is not running"},
      {say::cannot_remove_running("d12"),
       "cannot remove container \"/d12\": container is running: stop the container before removing "
       "or force remove"},
      {say::image_reference_in_use("d12img", "cdcecc463545ffff", "sha256:4ae07cd2bd9affff"),
       "conflict: unable to remove repository reference \"d12img\" (must force) - container "
       "cdcecc463545 is using its "
       "referenced image 4ae07cd2bd9a"},
      {say::image_in_use("sha256:4ae07cd2bd9affff", false,
                         say::used_by_running("cdcecc463545ffff")),
       "conflict: unable to delete 4ae07cd2bd9a (cannot be forced) - image is being used by "
       "running container cdcecc463545"},
  };
  for (const auto& [ours, expected] : cases) EXPECT_EQ(ours, expected);
}

TEST(DockerMessages, NamesOfContainers) {
  for (const char* good : {"r1", "/r1", "a.b-c_d", "0x"})
    EXPECT_TRUE(say::valid_name(good)) << good;
  for (const char* bad : {"", "r", "-r1", "a b", "_x", "a/b", "é1"})
    EXPECT_FALSE(say::valid_name(bad)) << bad;
}

TEST(DockerMessages, NoDaemon) {
  EXPECT_EQ(cannot_connect(command_of("ps")).err,
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker "
            "daemon running?\n");
  EXPECT_EQ(cannot_connect(command_of("run busybox")).exit, 125);
}

TEST(DockerMessages, ExecWantsATerminalOnlyAfterTheDaemonAnswered) {
  const Command command = command_of("exec -it a sh");
  EXPECT_EQ(refuse_exec_without_terminal(command, {})->err, "the input device is not a TTY\n");
  ClientContext terminal;
  terminal.stdin_is_terminal = true;
  EXPECT_FALSE(refuse_exec_without_terminal(command, terminal).has_value());
  EXPECT_FALSE(refuse_exec_without_terminal(command_of("exec -i a sh"), {}).has_value());
}

TEST(DockerMessages, WindowsNamesItsRemedy) {
  ClientContext context;
  context.windows = true;
  const Parsed parsed = parse_docker_line("run -it busybox", context);
  EXPECT_EQ(std::get<ClientAnswer>(parsed).err,
            "the input device is not a TTY.  If you are using mintty, try prefixing the command "
            "with 'winpty'\n");
}

}  // namespace
}  // namespace cutaway::spec
