// dockerd: one thread that accepts, one for each connection, and for each running container one
// that copies each output channel and one that waits for its end. What it knows for good stands in
// the World (images, layers, containers); what only a running daemon has (pipes, attached clients)
// in DaemonState.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/shared_list.h"
#include "base/table.h"
#include "sim/core/sys.h"
#include "sim/docker/http.h"
#include "spec/config.h"

namespace cutaway::sim {

inline constexpr std::string_view kDockerSocket = "/run/docker.sock";
inline constexpr std::string_view kDockerRoot = "/var/lib/docker";

/// A connection that gets output of a container.
struct AttachedClient {
  std::int64_t fd = -1;
  bool out = true, err = true;  ///< which of the two channels
};

/// A container that is being started, runs, or has just ended, as the daemon holds it.
struct LiveContainer {
  std::vector<AttachedClient> attached;
  std::int64_t stdin_fd = -1;            ///< the daemon's end of its stdin
  std::int64_t terminal = -1;            ///< the daemon's end of its terminal
  std::set<std::int64_t> typing;         ///< connections from which its stdin is read
  std::int32_t copiers = 0;              ///< output channels not yet at their end
  std::vector<std::int64_t> ports_held;  ///< sockets on the published ports of the host
  std::int64_t resolver_stop = -1;       ///< closing it ends its resolver
  bool closes_input = false;  ///< it has ended, and waits for those that read what is typed
  bool ended = false;
  bool restarts = false;  ///< its end is a restart's: --rm does not remove it
  std::int32_t exit_code = 0;
  bool by_hand = false;       ///< stop or kill: no policy starts it again
  bool restarting = false;    ///< it ended, and will be started again
  std::int64_t delay_ns = 0;  ///< the last pause before that
  std::int32_t restarts_made = 0;
  std::int32_t log_readers = 0;  ///< docker logs --follow
};

/// Of all containers that ever ran, by their number; a copy shares what it does not change (each
/// checkpoint holds one).
class LiveContainers {
 public:
  LiveContainer& operator[](std::uint32_t number) {
    const ContainerId id(number);
    if (!all_.contains(id)) all_.put(id, {});
    return all_.mutate(id);
  }
  /// Null: it has not been started.
  const LiveContainer* find(ContainerId number) const { return all_.find(number); }

 private:
  Table<ContainerId, LiveContainer> all_;
};

/// One `docker exec`: what is wanted of it, and how it went.
struct ExecRecord {
  ContainerId container;
  std::vector<std::string> words;  ///< those after `docker`
  bool started = false, running = false;
  std::int32_t exit_code = 0;
  std::int64_t pid = 0;
  std::int64_t terminal = -1;  ///< the daemon's end of its terminal
  std::int32_t copiers = 0;    ///< output channels not yet at their end
  bool reads_client = false;   ///< a thread waits for what the client types
};

struct VolumeRecord {
  std::int64_t created = 0;
  std::map<std::string, std::string> labels;
  bool anonymous = false;  ///< nobody named it
};

/// Something that the daemon tells of (docker events).
struct DaemonEvent {
  std::int64_t t = 0;
  std::string type, action, id;
  std::map<std::string, std::string> attributes;
};

/// Shared by the daemon's threads; they wait for changes on futex words "live:<number>".
struct DaemonState {
  LiveContainers live;
  std::map<std::string, ExecRecord> execs;  ///< by id
  SharedList<DaemonEvent> events;
  std::int32_t listeners = 0;                   ///< threads that wait for more of them
  std::map<std::string, VolumeRecord> volumes;  ///< by name
  std::map<std::string, BlobId> archives;       ///< of layers, by digest: what was unpacked
  /// What `docker update` has changed of a record, each as the words after `docker`.
  std::map<std::uint32_t, std::vector<std::vector<std::string>>> updates;
};
inline LiveContainer& live_of(Sys sys, ContainerId number) {
  return sys.shared<DaemonState>().live[number.value];
}

/// The program.
Program dockerd(Sys sys, State state);

// ---- Between the daemon's files
// -------------------------------------------------------------------

/// One request and the connection it came on.
struct ApiRequestIn {
  std::int64_t fd = -1;
  HttpMessage message;
  std::string target;  ///< the part of the path that names a container or image
};

using Handler = Co<int> (*)(Sys, ApiRequestIn);

/// Answers and says so in the trace; the connection stays open.
Co<int> answer(Sys sys, ApiRequestIn request, int status, std::string body);
Co<int> answer_error(Sys sys, ApiRequestIn request, int status, std::string message);

Co<int> handle_ping(Sys sys, ApiRequestIn request);
Co<int> handle_create(Sys sys, ApiRequestIn request);
Co<int> handle_pull(Sys sys, ApiRequestIn request);
Co<int> handle_start(Sys sys, ApiRequestIn request);
Co<int> handle_stop(Sys sys, ApiRequestIn request);
Co<int> handle_restart(Sys sys, ApiRequestIn request);
Co<int> handle_attach(Sys sys, ApiRequestIn request);
Co<int> handle_wait(Sys sys, ApiRequestIn request);
Co<int> handle_list(Sys sys, ApiRequestIn request);
Co<int> handle_logs(Sys sys, ApiRequestIn request);
Co<int> handle_update(Sys sys, ApiRequestIn request);
Co<int> handle_kill(Sys sys, ApiRequestIn request);
Co<int> handle_inspect(Sys sys, ApiRequestIn request);
Co<int> handle_image_inspect(Sys sys, ApiRequestIn request);
Co<int> handle_top(Sys sys, ApiRequestIn request);
Co<int> handle_version(Sys sys, ApiRequestIn request);
Co<int> handle_info(Sys sys, ApiRequestIn request);
Co<int> handle_pause(Sys sys, ApiRequestIn request);
Co<int> handle_unpause(Sys sys, ApiRequestIn request);
Co<int> handle_rename(Sys sys, ApiRequestIn request);
Co<int> handle_changes(Sys sys, ApiRequestIn request);
Co<int> handle_tag(Sys sys, ApiRequestIn request);
Co<int> handle_image_remove(Sys sys, ApiRequestIn request);
Co<int> handle_prune_containers(Sys sys, ApiRequestIn request);
Co<int> handle_prune_images(Sys sys, ApiRequestIn request);
Co<int> handle_disk_usage(Sys sys, ApiRequestIn request);
Co<int> handle_events(Sys sys, ApiRequestIn request);
Co<int> handle_exec_create(Sys sys, ApiRequestIn request);
Co<int> handle_exec_start(Sys sys, ApiRequestIn request);
Co<int> handle_exec_inspect(Sys sys, ApiRequestIn request);
Co<int> handle_resize(Sys sys, ApiRequestIn request);
Co<int> handle_exec_resize(Sys sys, ApiRequestIn request);
Co<int> handle_remove(Sys sys, ApiRequestIn request);
Co<int> handle_images(Sys sys, ApiRequestIn request);
Co<int> handle_archive_stat(Sys sys, ApiRequestIn request);
Co<int> handle_archive_get(Sys sys, ApiRequestIn request);
Co<int> handle_archive_put(Sys sys, ApiRequestIn request);
Co<int> handle_export(Sys sys, ApiRequestIn request);
Co<int> handle_commit(Sys sys, ApiRequestIn request);
Co<int> handle_save(Sys sys, ApiRequestIn request);
Co<int> handle_load(Sys sys, ApiRequestIn request);
Co<int> handle_import(Sys sys, ApiRequestIn request);
Co<int> handle_history(Sys sys, ApiRequestIn request);
Co<int> handle_stats(Sys sys, ApiRequestIn request);
Co<int> handle_push(Sys sys, ApiRequestIn request);
Co<int> handle_auth(Sys sys, ApiRequestIn request);
Co<int> handle_search(Sys sys, ApiRequestIn request);
Co<int> handle_volumes(Sys sys, ApiRequestIn request);
Co<int> handle_volume_create(Sys sys, ApiRequestIn request);
Co<int> handle_volume_inspect(Sys sys, ApiRequestIn request);
Co<int> handle_volume_remove(Sys sys, ApiRequestIn request);
Co<int> handle_prune_volumes(Sys sys, ApiRequestIn request);

/// The words after `docker` that a client sent along, read once more. (What the client's stdin is,
/// the client has looked at.)
spec::Parsed read_words(const std::vector<std::string>& words);
/// rm -r: a folder that is not there is fine.
Co<int> remove_folder(Sys sys, std::string folder);
/// mkdir -p: makes what is missing of `path`.
Co<int> make_folders(Sys sys, std::string path, std::uint32_t mode);
/// The container, by whole id, unambiguous prefix or name; null when there is none.
const Container* find_container(Sys sys, std::string_view target);
/// "running", "restarting" …: as docker names it.
std::string state_of(Sys sys, const Container& container);
/// The filters of a request: "name=value", one a line.
std::vector<std::string> split_filters(const std::string& text);
/// Notes it for `docker events`; no call is made while nobody listens.
Co<int> tell_event(Sys sys, DaemonEvent event);
Co<int> tell_container(Sys sys, std::string action, ContainerId number,
                       std::map<std::string, std::string> more = {});
/// The image, by a name or an unambiguous prefix of its id; null when there is none.
const std::pair<const std::string, Image>* find_image(Sys sys, std::string_view name);
Co<int> refuse_image(Sys sys, ApiRequestIn request, std::string name);
/// An error when there is none, or its config cannot be read.
Result<spec::ImageConfig> config_of_image(const std::pair<const std::string, Image>* image);
/// There is no container of the name that the request's path says.
Co<int> refuse_container(Sys sys, ApiRequestIn request);
/// Bytes of all files in a folder of the host.
std::int64_t folder_bytes(Sys sys, const std::string& path);
/// A paused one goes on, so that what it was sent reaches it.
Co<int> resume_if_paused(Sys sys, ContainerId number);
std::string layer_folder(std::string_view digest);
/// How a start (or stop) went: 204, 304 when there was nothing to do, or an error's status and why.
struct StartOutcome {
  int status = 204;
  std::string message;
};
/// One that does not run. When it fails, the container stays as it was, and its record says why.
Co<StartOutcome> start_container(Sys sys, Container container);
/// A container that waits for its next start waits no longer, and is not started.
Co<int> cancel_restart(Sys sys, ContainerId number);
/// SIGKILL to its first process, and its end.
Co<int> kill_container(Sys sys, ContainerId number);
/// Frees a container's folders and its record.
Co<int> remove_container(Sys sys, ContainerId number, std::string reason);
std::string futex_word(ContainerId number);
/// 64 hex digits.
std::string random_id(Sys sys);

}  // namespace cutaway::sim
