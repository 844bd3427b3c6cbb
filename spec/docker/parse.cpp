#include "base/text.h"
#include "spec/docker/bind.h"
#include "spec/docker/command_table.h"
#include "spec/docker/flag_tables.h"
#include "spec/docker/help.h"
#include "spec/docker/pflag.h"
#include "spec/docker_line.h"

namespace cutaway::spec {

namespace {

using WordList = std::vector<std::string>;

// "See" after too few, "SRun" after too many: docker 28.2 prints it so.
struct ArgsComplaint {
  std::string text;
  std::string_view hint;
};

std::string plural(int count) { return decimal(count) + (count == 1 ? " argument" : " arguments"); }

std::optional<ArgsComplaint> check_args(const CommandRow& row, std::size_t count) {
  const int given = static_cast<int>(count);
  const int least = row.args_min, most = row.args_max;
  if (given >= least && given <= most) return std::nullopt;
  if (most == 0) return ArgsComplaint{"accepts no arguments", "Run"};
  if (least == most) return ArgsComplaint{"requires " + plural(least), "Run"};
  if (most == kAnyNumber) return ArgsComplaint{"requires at least " + plural(least), "See"};
  if (least == 0) return ArgsComplaint{"requires at most " + plural(most), "SRun"};
  return ArgsComplaint{"requires at least " + decimal(least) + " and at most " + plural(most),
                       "Run"};
}

ClientAnswer page_answer(std::string text) { return {0, std::move(text), ""}; }

ClientAnswer refuse(int exit, std::string text, const std::string& usage, std::string_view hint,
                    const std::string& path) {
  text += "\n\n";
  if (!usage.empty()) text += "Usage:  " + usage + "\n\n";
  text += std::string(hint) + " '" + path + " --help' for more information\n";
  return {exit, "", std::move(text)};
}

ClientAnswer refuse_flag(const std::string& error, const std::string& usage,
                         const std::string& path) {
  return refuse(125, error, usage, "Run", path);
}

Command make_command(const CommandRow& row, const std::string& path, const FlagParse& flags) {
  Command command;
  command.verb = row.verb;
  command.path = path;
  command.flags = flags.given;
  command.warning = flags.warning;
  return command;
}

Parsed parse_command(const FoundCommand& found, const WordList& words,
                     const ClientContext& context) {
  const CommandRow& row = *found.row;
  const std::string path = "docker " + found.path;
  if (row.grammar == Grammar::Opaque) {
    Command command = make_command(row, path, {});
    command.args = words;
    return command;
  }
  const std::vector<const FlagRow*> rows = flags_of_row(row, false);
  const bool runs = row.verb == Verb::Run || row.verb == Verb::Create;
  const FlagParse flags = parse_flags(rows, words, {row.grammar == Grammar::Mixed, runs});
  const std::string usage = path + " " + std::string(row.usage);
  if (!flags.error.empty()) return refuse_flag(flags.error, usage, path);
  if (flags.help)
    return page_answer(flags.warning + command_help(row, found.path, context.columns));
  if (const auto wrong = check_args(row, flags.rest.size())) {
    return refuse(1, "docker: '" + path + "' " + wrong->text, usage, wrong->hint, path);
  }
  Command command = make_command(row, path, flags);
  const std::optional<Complaint> complaint = bind_command(flags, context, command);
  if (!complaint) return command;
  if (complaint->bare) return ClientAnswer{1, "", complaint->text + "\n"};
  return refuse(125, "docker: " + complaint->text, "", "Run", path);
}

ClientAnswer unknown_command(const std::string& path, const ManagementRow* group) {
  if (group == nullptr) return refuse(1, "docker: unknown command: " + path, "", "Run", "docker");
  const std::string parent = "docker " + std::string(group->name);
  return refuse(1, "docker: unknown command: " + path, parent, "Run", parent);
}

Parsed parse_management(const ManagementRow& group, const WordList& words,
                        const ClientContext& context) {
  const std::string parent = "docker " + std::string(group.name);
  const FlagParse flags = parse_flags({}, words, {false, false});
  if (!flags.error.empty()) return refuse_flag(flags.error, parent, parent);
  if (flags.rest.empty()) {
    // Without a command the page goes to stderr.
    const std::string text = management_help(group);
    if (flags.help) return page_answer(flags.warning + text);
    return ClientAnswer{0, "", text};
  }
  const FoundCommand found = find_command(std::string(group.name) + " " + flags.rest.front());
  const WordList rest(flags.rest.begin() + 1, flags.rest.end());
  if (found.row != nullptr) return parse_command(found, rest, context);
  const bool described =
      std::string_view("container image network system volume").find(group.name) !=
      std::string_view::npos;
  if (described) return unknown_command(parent + " " + flags.rest.front(), &group);
  Command command;
  command.path = parent + " " + flags.rest.front();
  command.args = rest;
  return command;
}

// `docker help run` is `docker run --help`.
ClientAnswer help_about(const WordList& topics, const ClientContext& context) {
  if (topics.empty()) return page_answer(main_help(context.columns));
  const FoundCommand found = find_command(join(topics, " "));
  if (found.row != nullptr)
    return page_answer(command_help(*found.row, found.path, context.columns));
  const ManagementRow* group = find_management(topics.front());
  if (group != nullptr && topics.size() == 1) return page_answer(management_help(*group));
  const WordList unknown(topics.begin() + (group != nullptr ? 1 : 0), topics.end());
  return {1, "", "unknown help topic: " + join(unknown, " ") + "\n"};
}

}  // namespace

Parsed parse_docker(const std::vector<std::string>& words, const ClientContext& context) {
  std::vector<const FlagRow*> rows;
  for (const FlagRow& row : global_flags()) rows.push_back(&row);
  const FlagParse flags = parse_flags(rows, words, {false, false});
  if (!flags.error.empty())
    return refuse_flag(flags.error, "docker [OPTIONS] COMMAND [ARG...]", "docker");
  if (flags.rest.empty()) {
    if (flags.help) return page_answer(flags.warning + main_help(context.columns));
    if (flags.on("version"))
      return page_answer("Docker version " + std::string(kDockerClientVersion) +
                         ", build cutaway\n");
    return ClientAnswer{0, "", main_help(context.columns)};
  }
  const std::string& name = flags.rest.front();
  const WordList rest(flags.rest.begin() + 1, flags.rest.end());
  if (name == "help") return help_about(rest, context);
  if (const ManagementRow* group = find_management(name))
    return parse_management(*group, rest, context);
  const FoundCommand found = find_command(name);
  if (found.row == nullptr || name.find(' ') != std::string::npos)
    return unknown_command("docker " + name, nullptr);
  return parse_command(found, rest, context);
}

Parsed parse_docker_line(std::string_view line, const ClientContext& context) {
  std::vector<std::string> words;
  if (!split_shell_words(line, words))
    return ClientAnswer{2, "", "cutaway: a quote is left open: " + std::string(line) + "\n"};
  return parse_docker(words, context);
}

std::optional<ClientAnswer> refuse_exec_without_terminal(const Command& command,
                                                         const ClientContext& context) {
  const ExecOptions& options = command.get<ExecOptions>();
  const bool needs = options.tty && options.interactive && !options.detach;
  if (!needs || context.stdin_is_terminal) return std::nullopt;
  return ClientAnswer{1, "", no_terminal_text(context) + "\n"};
}

std::vector<std::string> docker_command_names() {
  std::vector<std::string> names;
  for (const CommandRow& row : command_table()) {
    for (std::string& path : shown_paths(row)) names.push_back(std::move(path));
  }
  return names;
}

std::vector<std::string> docker_flag_names(std::string_view command) {
  std::vector<std::string> names;
  const FoundCommand found = find_command(command);
  if (found.row == nullptr) return names;
  for (const FlagRow* flag : flags_of_row(*found.row, true))
    names.push_back("--" + std::string(flag->name));
  return names;
}

}  // namespace cutaway::spec
