// Puts a random program together: what a family begins with, calls, tasks that are made and waited
// for, and at the end a look at what has become of it all.
#include <algorithm>

#include "base/text.h"
#include "spec/fuzz/grammar.h"
#include "spec/litmus_fuzz.h"

namespace cutaway::spec {

namespace {

using fuzz::Model;

constexpr int kDeepest = 2;  ///< the first task's children have children, and no more
constexpr int kTries = 12;   ///< to find a call that can be made with what there is

struct FamilyRow {
  FuzzFamily family;
  std::uint64_t least, most;  ///< calls of the first task
  std::uint64_t tasks;        ///< of a hundred calls so many make a task
  std::string_view needs;
};
constexpr FamilyRow kFamilies[] = {
    {{"files", "paths, open files, links, modes"}, 8, 24, 4, ""},
    {{"mounts", "mounts, binds, propagation, roots"}, 6, 18, 6, ""},
    {{"overlay", "copy-up, whiteouts, opaque directories"}, 6, 18, 3, "overlay"},
    {{"tasks", "fork, wait, groups and sessions"}, 4, 12, 25, ""},
    {{"signals", "who may, masks, handlers, stops"}, 5, 14, 18, ""},
    {{"pids", "pid namespaces and their first process"}, 4, 12, 22, ""},
    {{"users", "ids, capabilities, user namespaces"}, 6, 18, 10, ""},
    {{"pipes", "pipes, descriptors, SIGPIPE"}, 8, 20, 8, ""},
    {{"sockets", "Unix and loopback sockets"}, 8, 20, 4, ""},
    {{"events", "eventfd, timerfd, epoll"}, 8, 20, 4, ""},
    {{"messages", "Unix sockets whose messages stay apart"}, 8, 20, 4, ""},
    {{"names", "host names, the other namespaces, setns"}, 6, 14, 10, ""},
    {{"time", "clocks, sleeps, timers, limits"}, 5, 12, 6, ""},
    {{"exec", "what may be executed, and what it keeps"}, 5, 12, 30, ""},
    {{"blocks", "calls that wait until another task lets them go on"}, 2, 6, 4, ""},
    {{"threads", "what threads share; clone3"}, 4, 12, 20, ""},
};
constexpr std::size_t kFamilyCount = std::size(kFamilies);

const FamilyRow& row_of(std::uint64_t index, std::string_view family) {
  for (const FamilyRow& row : kFamilies) {
    if (row.family.name == family) return row;
  }
  return kFamilies[index % kFamilyCount];
}

class Composer {
 public:
  Composer(std::uint64_t seed, const FamilyRow& row) : model_(seed), row_(row) {}

  Json document(const std::string& title) {
    Json made = {{"cutaway_litmus", 1}, {"title", title}};
    if (!row_.needs.empty()) made["needs"] = Json::array({std::string(row_.needs)});
    Json files;
    Json paths;
    if (symbol("paths", paths)) {
      for (const auto& [path, kind] : paths.items()) model_.add_path(path, kind);
    }
    if (symbol("files", files)) {
      if (paths.is_null()) note_files(files);
      made["files"] = std::move(files);
    }
    Json list = Json::array();
    add(list, "begin");
    calls(list, between(row_.least, row_.most), 0);
    add(list, "end");
    wait_for_all(list);
    made["program"] = std::move(list);
    return made;
  }

 private:
  std::uint64_t between(std::uint64_t least, std::uint64_t most) {
    return least + model_.below(most - least + 1);
  }

  std::string full(std::string_view part) const {
    return std::string(row_.family.name) + "." + std::string(part);
  }
  /// False: the family has none, or there is nothing to make it of.
  bool symbol(std::string_view part, Json& made) {
    const std::string name = full(part);
    return fuzz::Grammar::of().find(name) != nullptr && model_.expand_symbol(name, made);
  }

  void note_files(const Json& files) {
    for (const auto& [path, file] : files.items()) {
      if (ends_with(path, "/"))
        model_.add_path(path.substr(0, path.size() - 1), "dir");
      else
        model_.add_path(path, file.contains("link") ? "link" : "file");
    }
  }

  static bool is_end(const Json& step) {
    const Json call = step.value("call", Json());
    return call == "exit" || call == "exit_group" || call == "execve";
  }

  /// A call, or a few that belong together.
  bool add(Json& list, std::string_view part) {
    const Model::Known before = model_.known();
    Json made;
    if (!symbol(part, made)) {
      model_.forget(before);
      return false;
    }
    if (!made.is_array()) made = Json::array({std::move(made)});
    // The first task stays until all others are gone.
    if (depth_ == 0 && is_end(made.front())) return false;
    for (Json& step : made) append(list, std::move(step));
    return true;
  }

  /// Who is left without a parent, a leader or a session is another program's subject.
  static void wait_for_all(Json& list) {
    const auto makes = [](const Json& step) { return step.contains("child"); };
    const auto made = std::count_if(list.begin(), list.end(), makes);
    for (auto i = made; i > 0; --i)
      list.push_back({{"call", "wait4"}, {"pid", -1}, {"options", Json::array({"__WALL"})}});
  }

  void append(Json& list, Json step) {
    model_.note(step);
    list.push_back(std::move(step));
  }

  void calls(Json& list, std::uint64_t count, int depth) {
    for (std::uint64_t i = 0; i < count; ++i) {
      if (depth < kDeepest && model_.percent(row_.tasks)) {
        child(list, depth);
        continue;
      }
      for (int tries = 0; tries < kTries && !add(list, "call"); ++tries) {
      }
    }
  }

  /// Its parent cannot come to a barrier while it is there (vfork(2)).
  static bool holds_parent(const Json& step) {
    const Json flags = step.value("flags", Json::array());
    return step["call"] == "vfork" ||
           std::find(flags.begin(), flags.end(), "CLONE_VFORK") != flags.end();
  }

  /// A task's list: some calls, a meeting with its parent, some more, its end.
  Json list_of_child(const std::string& barrier, int depth) {
    Json list = Json::array();
    calls(list, between(1, 5), depth + 1);
    if (!barrier.empty()) {
      list.push_back({{"barrier", barrier}});
      calls(list, between(1, 3), depth + 1);
    }
    if (model_.percent(50)) add(list, "end");
    if (model_.percent(60)) list.push_back({{"call", "exit_group"}, {"status", model_.below(8)}});
    return list;
  }

  void child(Json& list, int depth) {
    Json step;
    const Model::Known before = model_.known();
    if (!symbol("child", step)) return model_.forget(before);
    const bool meets = !holds_parent(step) && model_.percent(60);
    const std::string barrier = meets ? "b" + decimal(++barriers_) : "";
    const std::string variable = "$" + step["as"].get<std::string>();
    model_.forget(before);
    ++depth_;
    step["child"] = list_of_child(barrier, depth);
    --depth_;
    model_.forget(before);
    model_.add_variable("task", variable);
    append(list, std::move(step));
    calls(list, model_.below(4), depth + 1);
    if (meets) {
      list.push_back({{"barrier", barrier}});
      calls(list, model_.below(4), depth + 1);
    }
    model_.set_child(variable);
    add(list, "join");
  }

  Model model_;
  const FamilyRow& row_;
  int barriers_ = 0;
  int depth_ = 0;  ///< of the task whose list grows
};

}  // namespace

const std::vector<FuzzFamily>& fuzz_families() {
  static const std::vector<FuzzFamily> families = [] {
    std::vector<FuzzFamily> all;
    for (const FamilyRow& row : kFamilies) all.push_back(row.family);
    return all;
  }();
  return families;
}

std::string_view fuzz_family_of(std::uint64_t index, std::string_view family) {
  return row_of(index, family).family.name;
}

Json fuzz_document(std::uint64_t seed, std::uint64_t index, std::string_view family) {
  const FamilyRow& row = row_of(index, family);
  Prng mixed(seed);
  Prng numbered(mixed.next() ^ index);
  const std::string title = std::string(row.family.name) + ", program " +
                            decimal(static_cast<std::int64_t>(index)) + " of seed " +
                            decimal(static_cast<std::int64_t>(seed));
  return Composer(numbered.next(), row).document(title);
}

}  // namespace cutaway::spec
