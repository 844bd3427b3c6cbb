// Front door: what daemon and client say, word for word as docker 28 does, as functions of what
// happened. Texts of the daemon come without "Error response from daemon: "; `daemon_refuses` puts
// them into the client's words and gives the status. Where 20.10 said it otherwise, a comment gives
// its words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spec/docker_line.h"
#include "spec/reference.h"
#include "trace/abi/abi.h"

namespace cutaway::spec {

// -- What the client makes of a daemon's no.

/// `run`: "docker: Error response from daemon: …", the hint at --help, status 125, or 126 and 127
/// when the text says that the command could not be started. Others: one line, status 1.
ClientAnswer daemon_refuses(const Command& command, std::string_view text);
/// Status of `run` for a start that failed with this text: 127 not found, 126 cannot be executed,
/// else 125.
int run_status_of(std::string_view text);
/// After the lines of the single errors: "Error: failed to start containers: a, b".
std::string failed_to_start(const std::vector<std::string>& names);
/// No daemon answers.
ClientAnswer cannot_connect(const Command& command,
                            std::string_view socket = "unix:///var/run/docker.sock");
/// `inspect` of nothing: the client looked at everything ("Error: No such object: x").
std::string no_such_object(std::string_view name);

namespace say {  // the daemon

std::string no_such_image(const Reference& image);
std::string no_such_container(std::string_view name);
/// Repository unknown to the hub, or not for everyone.
std::string pull_access_denied(std::string_view familiar_name);
std::string manifest_unknown(const Reference& image);
std::string too_many_requests();
std::string hub_unreachable(std::string_view registry);
std::string hub_error(std::string_view registry, int status, std::string_view reason);
std::string digest_mismatch(std::string_view digest);
std::string layer_cut();
std::string layer_disk_full(std::string_view path);

std::string name_in_use(std::string_view name, std::string_view id);
std::string invalid_name(std::string_view name);
bool valid_name(std::string_view name);
std::string no_command();

/// exec, attach… (20.10: "Container … is not running")
std::string not_running(std::string_view id);
std::string cannot_kill_not_running(std::string_view name, std::string_view id);
std::string exec_while_paused(std::string_view id);
std::string already_paused(std::string_view id);
std::string not_paused(std::string_view id);
std::string invalid_signal(std::string_view signal);
/// (20.10: "You cannot remove a running container <id>. Stop the container before attempting
/// removal or force remove")
std::string cannot_remove_running(std::string_view name);
std::string cannot_remove_paused(std::string_view name);
/// A tag is the last one and a container uses the image.
std::string image_reference_in_use(std::string_view typed, std::string_view container_id,
                                   std::string_view image_id);
/// By id: `why` is one of the two below, or "image has dependent child images".
std::string image_in_use(std::string_view image_id, bool can_be_forced, std::string_view why);
std::string used_by_running(std::string_view container_id);
std::string used_by_stopped(std::string_view container_id);
std::string image_in_several_repositories();

/// How a program could not be started, in Go's words.
enum class ExecError { NotInPath, NoSuchFile, PermissionDenied, IsDirectory };
/// start: the runtime's words, wrapped by shim and daemon. `argv0` as asked. (20.10 without "error
/// during container init", "failed to create task for container"; a directory was "permission
/// denied" there)
std::string start_failed(std::string_view argv0, ExecError error);
/// The same for a step of the plan that failed ("exec", ENOENT): which of the words it is.
std::string start_failed_at(const std::vector<std::string>& argv, std::string_view step,
                            abi::Errno error);
std::string start_failed_workdir(std::string_view workdir);
std::string start_failed_user(std::string_view user);
/// exec: the daemon writes it to the client's stdout, with CR LF; the status is exec_status.
std::string exec_failed(std::string_view argv0, ExecError error);
int exec_status(ExecError error);
/// The same for a step of the plan that failed ("exec", ENOENT; "chdir": the folder), and the exit
/// code that the daemon notes for it.
std::string exec_failed_at(const std::vector<std::string>& argv, std::string_view workdir,
                           std::string_view step, abi::Errno error);
int exec_status_of(std::string_view text);
std::string no_such_exec(std::string_view id);

/// create: the image is for another cpu.
std::string other_platform(std::string_view architecture);

/// volumes and mounts
std::string no_such_volume(std::string_view name);
std::string volume_in_use(std::string_view name, const std::vector<std::string>& container_ids);
bool valid_volume_name(std::string_view name);
std::string invalid_volume_name(std::string_view name);
std::string bind_source_missing(std::string_view path);
/// start: another container's namespace cannot be joined. `type`: "PID".
std::string cannot_join(std::string_view type, std::string_view why);

/// cp
std::string no_such_path(std::string_view path, std::string_view container);
std::string extraction_point_is_no_folder();
std::string archive_not_written(abi::Errno error);
std::string invalid_output_path(std::string_view path);

/// the hub
std::string push_denied();
std::string no_image_to_push(std::string_view familiar_name);
std::string wrong_password();

/// rename
std::string rename_conflict(std::string_view name, std::string_view id);
std::string rename_same();
/// attach
std::string attach_stopped();
std::string attach_paused();

std::string memory_minimum();
/// update
std::string cannot_update(std::string_view id, std::string_view why);
std::string marked_for_removal(std::string_view verb);
/// A limit that the kernel did not take, in runc's words; `call`: "write /sys/fs/cgroup/…".
std::string cannot_write_limit(std::string_view value, std::string_view call, abi::Errno error);
std::string memory_above_swap();
std::string no_restart_with_auto_remove();

}  // namespace say

// -- What the client prints by itself.

std::string unable_to_find_image(
    const Reference& image);      ///< "Unable to find image 'busybox:latest' locally\n"
std::string using_default_tag();  ///< "Using default tag: latest\n"
/// login: what the client says of the file that it wrote.
std::string stored_unencrypted(std::string_view file);
/// Questions of the prunes, up to "[y/N] ".
std::string prune_question(const Command& command);
std::string volume_prune_question(bool all);

/// What a prune removed.
struct PruneReport {
  std::vector<std::string> containers, networks, volumes;
  std::vector<std::string> images;  ///< "untagged: x:1", "deleted: sha256:…"
  std::int64_t reclaimed_bytes = 0;
};
std::string prune_report(const PruneReport& report);

}  // namespace cutaway::spec
