// Small words that several of the client's verbs need.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/docker/client.h"
#include "spec/docker_given.h"
#include "spec/docker_inspect.h"
#include "spec/docker_lists.h"

namespace cutaway::sim {

using spec::flag_text;
using spec::flag_values;
using spec::has_flag;
/// What of the command's flags the simulated engine does not have yet, for a message; empty: none.
std::string not_honoured(const spec::Command& command);
/// --label a=b, --label c: {"a": "b", "c": ""}.
std::map<std::string, std::string> labels_given(const spec::Command& command);
/// Asks on our stdout; from our stdin only "y" agrees.
Co<bool> agrees(Sys sys, std::string question);

/// Things of one kind ("/volumes/"), asked for one by one in the step `step`.
struct NamedThings {
  std::string step, place;
};
/// Each that is named as JSON, or by the template of --format; those that are not there as errors.
Co<int> inspect_each(Sys sys, ClientCommand given, NamedThings things);
/// What inspect_each and `docker inspect` print in the end.
Co<int> print_inspected(Sys sys, std::string format, std::vector<spec::OrderedJson> objects,
                        std::string wrong);
/// Removes each that is named. `query`: behind each place.
Co<int> remove_each(Sys sys, ClientCommand given, NamedThings things, std::string query);
/// "90s", "10m", "2h": so long ago; digits alone: seconds of the daemon's clock. As ns of it;
/// empty: not given. Nothing: neither a time nor a duration.
std::optional<std::string> moment_of(const std::string& said, std::int64_t now);
/// False: one of the names is none of these, and the daemon's words for that are printed.
Co<bool> knows_filters(Sys sys, spec::Filters filters, std::vector<std::string> known);
/// A list, or what is wrong with its template.
Co<int> print_list(Sys sys, Result<std::string> text);
/// One of the daemon's prunes: what it removed is added to `deleted`, what that freed to `bytes`.
Co<int> prune_at(Sys sys, std::string path, std::vector<std::string>* deleted, std::int64_t* bytes);

// Archives: cp, export, import, save, load; and images made here.
Co<int> client_cp(Sys sys, ClientCommand command);
Co<int> client_export(Sys sys, ClientCommand command);
Co<int> client_import(Sys sys, ClientCommand command);
Co<int> client_save(Sys sys, ClientCommand command);
Co<int> client_load(Sys sys, ClientCommand command);
Co<int> client_commit(Sys sys, ClientCommand command);
Co<int> client_history(Sys sys, ClientCommand command);

Co<int> client_stats(Sys sys, ClientCommand command);

// The hub
Co<int> client_login(Sys sys, ClientCommand command);
Co<int> client_logout(Sys sys, ClientCommand command);
Co<int> client_push(Sys sys, ClientCommand command);
Co<int> client_search(Sys sys, ClientCommand command);

/// A request whose answer is lines of progress, printed to `fd` as they come.
struct ProgressRequest {
  std::string step, path, body;
  int fd = 1;
  bool quiet = false;
};
/// Empty, or what went wrong.
Co<std::string> carry_progress(Sys sys, ProgressRequest request);

// docker volume
Co<int> client_volume_ls(Sys sys, ClientCommand command);
Co<int> client_volume_create(Sys sys, ClientCommand command);
Co<int> client_volume_inspect(Sys sys, ClientCommand command);
Co<int> client_volume_rm(Sys sys, ClientCommand command);
Co<int> client_volume_prune(Sys sys, ClientCommand command);

}  // namespace cutaway::sim
