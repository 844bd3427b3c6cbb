// Front door: scenario documents: machine, images, what is typed, what is expected.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "spec/config.h"
#include "spec/litmus.h"
#include "spec/predicate.h"
#include "trace/event/header.h"

namespace cutaway::spec {

struct ScenarioImage {
  std::string ref;
  std::vector<FileSet> layers;  ///< bottom first
  ImageConfig config;           ///< without diff_ids
};

struct Fault {
  std::string at;          ///< hub, disk, layer
  std::string what;        ///< down slow 404 401 429 digest cut full
  std::int64_t after = 0;  ///< from the N-th request to that place; 0: from the start
};

/// One element of "expect": about one command, or a predicate.
struct Expect {
  std::string of;                  ///< empty: it is the predicate
  std::vector<std::int64_t> exit;  ///< those allowed; empty: any
  std::optional<std::string> stdout_text, stderr_text;
  std::vector<std::string> stdout_has, stdout_not, stderr_has, stderr_not;
  std::optional<std::int64_t> took_gt_ns, took_lt_ns;
  Predicate predicate;
  std::string pointer;  ///< in its document
};

struct DockerItem {
  std::string line;  ///< the words after `docker`
  std::vector<std::string> words;
  std::string as;
  std::string tty;  ///< a terminal's name, or empty
  bool background = false;
  std::string stdin_text;  ///< fed to stdin, then closed
};
struct HostItem {
  std::string line;
  std::string as;
  std::string tty;
  bool background = false;
  std::string stdin_text;
};
struct WaitItem {
  std::int64_t ns = 0;
};
struct TypeItem {
  std::string text;
  std::string tty;
};
struct UntilItem {
  Predicate predicate;
  std::int64_t max_ns = 0;  ///< 0: not said
};
struct LitmusItem {
  LitmusProgram program;
};
struct UndoItem {
  std::int64_t count = 1;
};
struct ExpectItem {
  std::vector<Expect> expect;
};
struct SignalItem {
  std::string signal;  ///< "SIGINT"
  std::string of;
};
struct FaultsItem {
  std::vector<Fault> faults;
};
struct HubItem {  ///< the tag leads to what `to` names, from now on
  std::string tag, to;
};

using ItemBody = std::variant<DockerItem, HostItem, WaitItem, TypeItem, UntilItem, LitmusItem,
                              UndoItem, ExpectItem, SignalItem, FaultsItem, HubItem>;
struct Item {
  ItemBody body;
  std::string pointer;
};

struct Scenario {
  std::string id;
  std::string title;
  bool sim = true;
  bool real = false;
  Machine machine;
  bool machine_said = false;  ///< the document has a machine of its own
  std::uint64_t seed = 1;
  std::vector<ScenarioImage> images;
  std::vector<Fault> faults;
  bool prompt = false;  ///< host lines are typed at one prompt, which remembers; else sh -c each
  std::vector<Item> items;
  std::vector<Expect> expect;
};

Result<Scenario> load_scenario(const JsonDocument& document);
/// All problems, for the linter; empty: the document is good.
std::vector<Error> check_scenario(const JsonDocument& document);

/// A scenario of plain docker lines, as `-- docker …` and `-e` make it.
Scenario scenario_of_lines(const std::vector<std::string>& lines);

}  // namespace cutaway::spec
