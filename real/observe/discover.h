// Discovery: before the effects of a call can be taken, the World must know the inodes on the way
// of its paths. What it does not know and this machine has is added by `file found` events.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "real/tracer/tracer.h"
#include "trace/effects/effects.h"
#include "trace/world/walk.h"

namespace cutaway::real {

class Discoverer {
 public:
  /// `host`: a task that has this process's own mount namespace and root.
  explicit Discoverer(TaskId host) : host_(host) {}

  /// Everything on the way of the call's paths. The task is stopped at the call's entry.
  void call(const SeenCall& call, TaskId task, EffectSink& sink);
  /// One path, from the task's cwd or from `from`.
  void path(int tid, TaskId task, const std::string& path, EffectSink& sink,
            const Location* from = nullptr);
  /// What stands at a place itself: all that leads there on its file system.
  void place(int tid, TaskId task, const Location& where, EffectSink& sink);
  /// The upper layer of an overlay that was there before (a container that starts again).
  void upper_layer(int tid, TaskId task, FilesystemId overlay, EffectSink& sink);

 private:
  struct At {
    int tid;
    TaskId task;
    EffectSink& sink;
  };
  bool look(const At& at, const Location& folder, const std::string& name);
  bool look_for_cgroup(const At& at, const Location& folder, const std::string& name);
  bool look_in_layers(const At& at, const Filesystem& overlay, const std::string& folder,
                      const std::string& name);
  bool complete_layers(const At& at, const std::vector<Location>& passed);
  bool complete_layers_of(const At& at, const Location& where);
  bool add(const At& at, InodeId folder, const std::string& name, const std::string& real);
  void add_tree(const At& at, InodeId folder, const std::string& real, int depth);
  std::string real_path(const At& at, const Location& where) const;
  std::string real_path_of_place(const At& at, const Place& place) const;
  void overlay_options(const At& at, const std::string& data);

  TaskId host_;
  /// Names that have been looked for in a layer's folder, found or not.
  std::set<std::pair<std::uint32_t, std::string>> looked_;
  /// Places of an overlay for which all layers have been looked at.
  std::set<std::pair<std::uint32_t, std::string>> complete_;
  /// Files with several names, by file system and real inode number.
  std::map<std::pair<std::uint32_t, std::uint64_t>, InodeId> linked_;
};

}  // namespace cutaway::real
