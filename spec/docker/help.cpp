#include "spec/docker/help.h"

#include <algorithm>

#include "spec/docker/flag_tables.h"

namespace cutaway::spec {

namespace {

constexpr std::size_t kNameColumn = 12;

// The first `width` columns of `text`, cut at a blank or a newline; `text` keeps the rest. The last
// words may go 5 columns over, so that no single one is left for a line of its own.
std::string take_line(std::string_view& text, std::size_t width) {
  constexpr std::size_t kSlop = 5;
  std::size_t cut = std::string_view::npos;
  if (width + kSlop <= text.size()) {
    cut = text.substr(0, width).find_last_of(" \t\n");
    const std::size_t newline = text.substr(0, width).rfind('\n');
    if (newline != std::string_view::npos && newline > 0 && newline < cut) cut = newline;
  }
  if (cut == std::string_view::npos || cut == 0) {
    std::string line(text);
    text = {};
    return line;
  }
  std::string line(text.substr(0, cut));
  text.remove_prefix(cut + 1);
  return line;
}

std::string indent_newlines(const std::string& text, const std::string& indent) {
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '\n') result += indent;
  }
  return result;
}

std::string wrap(std::string_view text, std::size_t indent, std::size_t columns) {
  std::string result;
  std::size_t room = columns > indent ? columns - indent : 0;
  if (room < 24) {  // too narrow beside the names: below them
    indent = 16;
    room = columns > indent ? columns - indent : 0;
    result = "\n" + std::string(indent, ' ');
  }
  if (room < 24) return indent_newlines(std::string(text), result.substr(1));
  const std::string blanks(indent, ' ');
  room -= 5;
  result += indent_newlines(take_line(text, room), blanks);
  while (!text.empty()) result += "\n" + blanks + indent_newlines(take_line(text, room), blanks);
  return result;
}

std::string flag_head(const FlagRow& row) {
  std::string head =
      row.letter != 0 ? "  -" + std::string(1, row.letter) + ", --" : std::string("      --");
  head += row.name;
  const std::string_view word = flag_kind_word(row.kind);
  if (!word.empty()) head += " " + std::string(word);
  return head;
}

struct Listed {
  std::string name;
  std::string_view words;
};

void list_section(std::string& page, std::string_view title, std::vector<Listed> lines) {
  if (lines.empty()) return;
  std::stable_sort(lines.begin(), lines.end(), [&](const Listed& a, const Listed& b) {
    return title != "Common Commands:" && a.name < b.name;
  });
  page += "\n" + std::string(title) + "\n";
  for (const Listed& line : lines) {
    page += "  " + line.name +
            std::string(line.name.size() < kNameColumn ? kNameColumn - line.name.size() : 1, ' ');
    page += std::string(line.words) + "\n";
  }
}

// Commands that hang directly below `parent`.
std::vector<Listed> listed_below(std::string_view parent) {
  std::vector<Listed> lines;
  for (const CommandRow& row : command_table()) {
    for (const std::string& path : shown_paths(row)) {
      const std::size_t space = path.find(' ');
      if (parent.empty() && space == std::string::npos) lines.push_back({path, row.words});
      if (!parent.empty() && space != std::string::npos && path.substr(0, space) == parent) {
        lines.push_back({path.substr(space + 1), row.words});
      }
    }
  }
  return lines;
}

std::vector<Listed> listed_management(HelpGroup group) {
  std::vector<Listed> lines;
  for (const ManagementRow& row : management_table()) {
    if (row.group == group) lines.push_back({std::string(row.name), row.words});
  }
  return lines;
}

}  // namespace

std::string flag_lines(const std::vector<const FlagRow*>& rows, int columns) {
  std::size_t widest = 0;
  for (const FlagRow* row : rows) widest = std::max(widest, flag_head(*row).size());
  std::string lines;
  for (const FlagRow* row : rows) {
    const std::string head = flag_head(*row);
    std::string words(row->words);
    if (!row->shown_default.empty()) words += " (default " + std::string(row->shown_default) + ")";
    lines += head + std::string(widest - head.size() + 3, ' ');
    lines +=
        wrap(words, widest + 3, static_cast<std::size_t>(columns - 1)) + "\n";  // as docker does
  }
  return lines;
}

std::string main_help(int columns) {
  std::vector<Listed> common, others;
  const std::vector<std::string_view> first = common_names();
  for (const Listed& line : listed_below("")) {
    if (std::find(first.begin(), first.end(), line.name) == first.end()) others.push_back(line);
  }
  for (const std::string_view name : first)
    common.push_back({std::string(name), find_command(name).row->words});
  std::string page =
      "Usage:  docker [OPTIONS] COMMAND\n\nContainers, step by step: made, run, watched, removed\n";
  list_section(page, "Common Commands:", common);
  list_section(page, "Management Commands:", listed_management(HelpGroup::Management));
  list_section(page, "Swarm Commands:", listed_management(HelpGroup::Swarm));
  list_section(page, "Commands:", others);
  std::vector<const FlagRow*> globals;
  for (const FlagRow& row : global_flags()) globals.push_back(&row);
  page += "\nGlobal Options:\n" + flag_lines(globals, columns);
  page += "\nRun 'docker COMMAND --help' for more information on a command.\n\n";
  page +=
      "This is Cutaway's docker: what it shows is computed by a model, or done by its own "
      "runtime.\n";
  return page;
}

std::string management_help(const ManagementRow& row) {
  const std::string path = "docker " + std::string(row.name);
  std::string page = "Usage:  " + path + " COMMAND\n\n" + std::string(row.words) + "\n";
  list_section(page, "Commands:", listed_below(row.name));
  return page + "\nRun '" + path + " COMMAND --help' for more information on a command.\n";
}

std::string command_help(const CommandRow& row, std::string_view path, int columns) {
  std::string page = "Usage:  docker " + std::string(path) + " " + std::string(row.usage) + "\n\n";
  page += std::string(row.words) + "\n";
  const std::string aliases = aliases_line(row);
  if (!aliases.empty()) page += "\nAliases:\n  " + aliases + "\n";
  const std::vector<const FlagRow*> flags = flags_of_row(row, true);
  if (!flags.empty()) page += "\nOptions:\n" + flag_lines(flags, columns);
  return page;
}

}  // namespace cutaway::spec
