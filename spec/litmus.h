// Front door: litmus programs, lists of raw system calls. Documents are checked in full here
// (forms, names, variables); what a call's arguments mean is the interpreters' business.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_value.h"
#include "base/result.h"

namespace cutaway::spec {

struct LitmusStep;
using LitmusProgram = std::vector<LitmusStep>;

enum class LitmusForm { Call, Barrier, Block, Resume, Touch, Handled };
enum class LitmusEntry { Fork, Thread };

/// One element of a program.
struct LitmusStep {  // NOLINT(bugprone-exception-escape): moving a Json does not throw
  LitmusForm form = LitmusForm::Call;
  std::string name;     ///< Call, Block: the syscall; Barrier: its name; Resume: the variable;
                        ///< Handled: the signal
  std::string as;       ///< variable that takes the result; may be empty
  Json arguments;       ///< Call, Block: an object of the arguments; Touch: {touch, length, write}
  Json expect;          ///< an object, or null: anything may come
  LitmusProgram child;  ///< Call of a clone or fork: what the new task does
  LitmusEntry entry = LitmusEntry::Fork;
  std::string pointer;  ///< where it stands in its document
};

/// One file that a document puts into a root.
struct FileSpec {
  enum class Kind { Bytes, Program, Litmus, Link, Directory };
  Kind kind = Kind::Bytes;
  std::string bytes;
  std::string program;  ///< a name of `cutaway scenario programs`
  std::string link;     ///< what a symbolic link says
  LitmusProgram litmus;
  std::uint32_t mode = 0644;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
};
/// By path; for a layer the member's name in its archive ("/.wh.x").
using FileSet = std::map<std::string, FileSpec>;

struct Litmus {
  std::string title;
  bool tier_r = false;         ///< R: real root, only in the throw-away guest
  std::string cgroup_version;  ///< v1, v2, hybrid; empty: any
  std::int64_t cpus = 0;       ///< 0: any
  std::vector<std::string> needs;
  FileSet files;
  std::int64_t memory_bytes =
      0;  ///< limits of the cgroup that the parent makes; 0: its own defaults
  std::int64_t pids = 0;
  std::int64_t cpu_ppm = 0;
  LitmusProgram program;
};

/// Is this a litmus document (and not a scenario)? Says nothing of whether it is right.
bool is_litmus(const JsonDocument& document);

Result<Litmus> load_litmus(const JsonDocument& document);
/// All problems, for the linter; empty: the document is good.
std::vector<Error> check_litmus(const JsonDocument& document);

/// "$v", "$v.data", "$v.0", "${v}": the variables that a text names, without the dollar; "$$" names
/// none.
std::vector<std::string> variables_in(std::string_view text);

}  // namespace cutaway::spec
