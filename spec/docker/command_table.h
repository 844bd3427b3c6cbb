// docker's commands as one table: what each is called, where it hangs, what it takes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/docker/flag_row.h"
#include "spec/docker_line.h"

namespace cutaway::spec {

/// Hidden: docker has it, and lists it only where the daemon has a use for it.
enum class HelpGroup { Management, Swarm, Hidden };

inline constexpr int kAnyNumber = 1000;

/// How arguments are read. AfterImage: flags end at the first argument. Opaque: docker has this
/// command, the simulated client does not look into it (an engine answers "not yet").
enum class Grammar { Mixed, AfterImage, Opaque };

/// What a command is, wherever it hangs: `docker ps` and `docker container ls` are one of these.
struct CommandRow {
  std::string_view key;  ///< its name in flag_tables.h
  Verb verb;
  std::string_view usage;  ///< after the path: "[OPTIONS] IMAGE [COMMAND] [ARG...]"
  int args_min;
  int args_max;
  Grammar grammar;
  std::string_view words;  ///< one line, ours
  std::string_view
      paths;  ///< where it hangs, as its Aliases line has it: "container ls, container list, ps"
};

/// A group of commands: `docker container …`.
struct ManagementRow {
  std::string_view name;
  HelpGroup group;
  std::string_view words;
};

struct CommandTable {
  const CommandRow* first;
  std::size_t count;
  const CommandRow* begin() const { return first; }
  const CommandRow* end() const { return first + count; }
};
struct ManagementTable {
  const ManagementRow* first;
  std::size_t count;
  const ManagementRow* begin() const { return first; }
  const ManagementRow* end() const { return first + count; }
};
CommandTable command_table();
ManagementTable management_table();

/// The row at `path` ("ps", "container list"), and the path as docker names it in messages
/// ("container ls").
struct FoundCommand {
  const CommandRow* row = nullptr;
  std::string path;
};
FoundCommand find_command(std::string_view path);
const ManagementRow* find_management(std::string_view name);

/// Visible paths of a row, in the order of its Aliases line.
std::vector<std::string> shown_paths(const CommandRow& row);
/// The Aliases line of its help page, with `docker`; empty when it has one name.
std::string aliases_line(const CommandRow& row);
/// All rows of flags of a command; when `shown`, by name and without the hidden ones.
std::vector<const FlagRow*> flags_of_row(const CommandRow& row, bool shown);
/// On the first help page, `run` and its like come first, in this order.
std::vector<std::string_view> common_names();

}  // namespace cutaway::spec
