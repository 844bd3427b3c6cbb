#include "spec/docker_messages.h"

#include "base/text.h"
#include "spec/docker/values.h"
#include "spec/docker_views.h"

namespace cutaway::spec {

namespace {

// Replaces {0}, {1}… in a sentence.
std::string fill(std::string_view sentence, const std::vector<std::string>& values) {
  std::string text;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const bool slot = sentence[i] == '{' && i + 2 < sentence.size() && sentence[i + 2] == '}';
    const auto index = slot ? static_cast<std::size_t>(sentence[i + 1] - '0') : values.size();
    if (index < values.size()) {
      text += values[index];
      i += 2;
    } else {
      text += sentence[i];
    }
  }
  return text;
}

std::string str(std::string_view text) { return std::string(text); }
bool contains_text(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

constexpr std::string_view kDaemonSays = "Error response from daemon: ";

ClientAnswer run_refuses(const Command& command, int status, const std::string& text) {
  return {status, "",
          "docker: " + text + "\n\nRun '" + command.path + " --help' for more information\n"};
}

}  // namespace

int run_status_of(std::string_view text) {
  if (contains_text(text, "executable file not found") ||
      contains_text(text, "no such file or directory") ||
      contains_text(text, "system cannot find the file specified")) {
    return 127;
  }
  return contains_text(text, "permission denied") || contains_text(text, "is a directory") ? 126
                                                                                           : 125;
}

ClientAnswer daemon_refuses(const Command& command, std::string_view text) {
  const std::string line = str(kDaemonSays) + str(text);
  if (command.verb == Verb::Run) return run_refuses(command, run_status_of(text), line);
  return {1, "", line + "\n"};
}

ClientAnswer cannot_connect(const Command& command, std::string_view socket) {
  const std::string line = fill(
      "Cannot connect to the Docker daemon at {0}. Is the docker daemon running?", {str(socket)});
  if (command.verb == Verb::Run) return run_refuses(command, 125, line);
  return {1, "", line + "\n"};
}

std::string failed_to_start(const std::vector<std::string>& names) {
  return "Error: failed to start containers: " + join(names, ", ") + "\n";
}
std::string no_such_object(std::string_view name) {
  return "Error: No such object: " + str(name) + "\n";
}

std::string unable_to_find_image(const Reference& image) {
  return "Unable to find image '" + image.familiar() + "' locally\n";
}
std::string using_default_tag() { return "Using default tag: latest\n"; }

namespace say {

std::string no_such_image(const Reference& image) { return "No such image: " + image.familiar(); }
std::string no_such_container(std::string_view name) { return "No such container: " + str(name); }
std::string pull_access_denied(std::string_view name) {
  return fill(
      "pull access denied for {0}, repository does not exist or may require 'docker login': "
      "denied: "
      "requested access to the resource is denied",
      {str(name)});
}
std::string manifest_unknown(const Reference& image) {
  return fill("manifest for {0} not found: manifest unknown: manifest unknown", {image.familiar()});
}
std::string too_many_requests() {
  return "toomanyrequests: You have reached your unauthenticated pull rate limit. "
         "https://www.docker.com/increase-rate-limit";
}
std::string hub_unreachable(std::string_view registry) {
  const std::string host = registry == "docker.io" ? "registry-1.docker.io" : str(registry);
  return fill("Get \"https://{0}/v2/\": dial tcp: lookup {0}: no such host", {host});
}
std::string hub_error(std::string_view registry, int status, std::string_view reason) {
  const std::string host = registry == "docker.io" ? "registry-1.docker.io" : str(registry);
  return fill("received unexpected HTTP status from {0}: {1} {2}",
              {host, decimal(status), str(reason)});
}
std::string digest_mismatch(std::string_view digest) {
  return "filesystem layer verification failed for digest " + str(digest);
}
std::string layer_cut() { return "unexpected EOF"; }
std::string layer_disk_full(std::string_view path) {
  return fill("failed to register layer: write {0}: no space left on device", {str(path)});
}

std::string name_in_use(std::string_view name, std::string_view id) {
  return fill(
      "Conflict. The container name \"/{0}\" is already in use by container \"{1}\". You have to "
      "remove "
      "(or rename) that container to be able to reuse that name.",
      {str(name), str(id)});
}
std::string invalid_name(std::string_view name) {
  return fill("Invalid container name ({0}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
              {str(name)});
}
bool valid_name(std::string_view name) {
  if (!name.empty() && name[0] == '/') name.remove_prefix(1);
  if (name.size() < 2) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!alnum && (i == 0 || (c != '_' && c != '.' && c != '-'))) return false;
  }
  return true;
}
std::string no_command() { return "no command specified"; }

std::string not_running(std::string_view id) {
  return fill("container {0} is not running", {str(id)});
}
std::string cannot_kill_not_running(std::string_view name, std::string_view id) {
  return fill("cannot kill container: {0}: container {1} is not running", {str(name), str(id)});
}
std::string exec_while_paused(std::string_view id) {
  return fill("Container {0} is paused, unpause the container before exec", {str(id)});
}
std::string already_paused(std::string_view id) {
  return fill("Container {0} is already paused", {str(id)});
}
std::string not_paused(std::string_view id) {
  return fill("Container {0} is not paused", {str(id)});
}
std::string invalid_signal(std::string_view signal) { return "invalid signal: " + str(signal); }

std::string cannot_remove_running(std::string_view name) {
  return fill(
      "cannot remove container \"/{0}\": container is running: stop the container before removing "
      "or force remove",
      {str(name)});
}
std::string cannot_remove_paused(std::string_view name) {
  return fill("cannot remove container \"/{0}\": container is paused and must be unpaused first",
              {str(name)});
}

std::string image_reference_in_use(std::string_view typed, std::string_view container_id,
                                   std::string_view image_id) {
  return fill(
      "conflict: unable to remove repository reference \"{0}\" (must force) - container {1} is "
      "using its "
      "referenced image {2}",
      {str(typed), short_id(container_id), short_id(image_id)});
}
std::string image_in_use(std::string_view image_id, bool can_be_forced, std::string_view why) {
  return fill(
      "conflict: unable to delete {0} ({1}) - {2}",
      {short_id(image_id), can_be_forced ? "must be forced" : "cannot be forced", str(why)});
}
std::string used_by_running(std::string_view id) {
  return "image is being used by running container " + short_id(id);
}
std::string used_by_stopped(std::string_view id) {
  return "image is being used by stopped container " + short_id(id);
}
std::string image_in_several_repositories() {
  return "image is referenced in multiple repositories";
}

namespace {

// Go's exec.LookPath and os.Stat, as the runtime quotes them.
std::string exec_words(std::string_view argv0, ExecError error) {
  const std::string name = go_quote(argv0);
  constexpr std::string_view kWords[] = {"exec: {0}: executable file not found in $PATH",
                                         "exec: {0}: stat {1}: no such file or directory",
                                         "exec: {0}: permission denied",
                                         "exec: {0}: is a directory"};
  return fill(kWords[static_cast<std::size_t>(error)], {name, str(argv0)});
}

std::string shim_says(const std::string& words) {
  return "failed to create task for container: failed to create shim task: OCI runtime create "
         "failed: runc create "
         "failed: unable to start container process: error during container init: " +
         words + ": unknown";
}

}  // namespace

std::string start_failed(std::string_view argv0, ExecError error) {
  return shim_says(exec_words(argv0, error));
}
std::string start_failed_at(const std::vector<std::string>& argv, std::string_view step,
                            abi::Errno error) {
  const std::string program = argv.empty() ? std::string() : argv.front();
  if (step != "exec")
    return "step " + std::string(step) + ": " + std::string(abi::errno_text(error));
  if (error == abi::Errno::kEACCES) return start_failed(program, ExecError::PermissionDenied);
  const bool path = program.find('/') != std::string::npos;
  return start_failed(program, path ? ExecError::NoSuchFile : ExecError::NotInPath);
}
std::string start_failed_workdir(std::string_view workdir) {
  return shim_says(fill("mkdir {0}: not a directory", {str(workdir)}));
}
std::string start_failed_user(std::string_view user) {
  return fill("unable to find user {0}: no matching entries in passwd file", {str(user)});
}
std::string exec_failed(std::string_view argv0, ExecError error) {
  return "OCI runtime exec failed: exec failed: unable to start container process: " +
         exec_words(argv0, error) + ": unknown\r\n";
}
int exec_status(ExecError error) {
  return error == ExecError::NotInPath || error == ExecError::NoSuchFile ? 127 : 126;
}
std::string exec_failed_at(const std::vector<std::string>& argv, std::string_view workdir,
                           std::string_view step, abi::Errno error) {
  const std::string program = argv.empty() ? std::string() : argv.front();
  if (step == "exec" && error == abi::Errno::kEACCES)
    return exec_failed(program, ExecError::PermissionDenied);
  if (step == "exec") {
    const bool path = program.find('/') != std::string::npos;
    return exec_failed(program, path ? ExecError::NoSuchFile : ExecError::NotInPath);
  }
  const std::string why = lower(abi::errno_text(error));
  const std::string words =
      step == "chdir"
          ? fill("chdir to cwd ({0}) set in config.json failed: {1}", {go_quote(workdir), why})
          : fill("step {0}: {1}", {str(step), why});
  return fill(
      "OCI runtime exec failed: exec failed: unable to start container process: {0}: unknown\r\n",
      {words});
}
int exec_status_of(std::string_view text) {
  const int status = run_status_of(text);
  return status == 125 ? 126 : status;
}
std::string no_such_exec(std::string_view id) { return "No such exec instance: " + str(id); }
std::string rename_conflict(std::string_view name, std::string_view id) {
  return "Error when allocating new name: " + name_in_use(name, id);
}
std::string rename_same() { return "Renaming a container with the same name as its current name"; }
std::string attach_stopped() { return "cannot attach to a stopped container, start it first"; }
std::string attach_paused() { return "cannot attach to a paused container, unpause it first"; }
std::string memory_minimum() { return "Minimum memory limit allowed is 6MB"; }
std::string cannot_update(std::string_view id, std::string_view why) {
  return fill("Cannot update container {0}: {1}", {str(id), str(why)});
}
std::string marked_for_removal(std::string_view verb) {
  return fill("container is marked for removal and cannot be \"{0}\"", {str(verb)});
}
std::string cannot_write_limit(std::string_view value, std::string_view call, abi::Errno error) {
  return fill("runc did not terminate successfully: exit status 1: failed to write {0}: {1}: {2}",
              {go_quote(value), str(call), lower(abi::errno_text(error))});
}
std::string memory_above_swap() {
  return "Memory limit should be smaller than already set memoryswap limit, update the memoryswap "
         "at the same time";
}
std::string no_restart_with_auto_remove() {
  return "Restart policy cannot be updated because AutoRemove is enabled for the container";
}

}  // namespace say

}  // namespace cutaway::spec
