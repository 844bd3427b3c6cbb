#include "sim/programs/sh/sh_state.h"

#include <algorithm>

#include "base/text.h"

namespace cutaway::sim::sh {

namespace {

// hashvar of ash.c, with its 39 lists.
std::uint32_t list_of(std::string_view name) {
  constexpr std::uint32_t lists = 39;
  std::uint32_t sum = name.empty() ? 0 : static_cast<std::uint32_t>(name[0]) << 4U;
  for (const char c : name) sum += static_cast<unsigned char>(c);
  return sum % lists;
}

std::string option_letters(const Shell& shell) {
  std::string text;
  for (const char letter : std::string_view("EubaCvxcsnmiIfe")) {
    if (shell.option(letter)) text += letter;
  }
  return text;
}

std::string all_arguments(const Shell& shell) {
  const std::optional<std::string> ifs = value_of(shell, "IFS");
  const std::string between = !ifs ? " " : ifs->substr(0, 1);
  std::string text;
  for (std::size_t i = 1; i < shell.arguments.size(); ++i)
    text += (i > 1 ? between : "") + shell.arguments[i];
  return text;
}

}  // namespace

std::optional<std::string> value_of(const Shell& shell, const std::string& name) {
  const auto found = shell.variables.find(name);
  if (found == shell.variables.end()) return std::nullopt;
  return found->second.value;
}

std::string text_of(const Shell& shell, const std::string& name) {
  return value_of(shell, name).value_or("");
}

bool assign(Shell& shell, const std::string& name, const std::string& value) {
  const bool fresh = shell.variables.count(name) == 0;
  Variable& variable = shell.variables[name];
  if (fresh) variable.order = ++shell.made;
  if (variable.read_only) return false;
  variable.value = value;
  if (shell.option('a')) variable.exported = true;
  if (name == "PATH") shell.hashed.clear();
  if (name == "OPTIND") shell.getopts = 0;
  return true;
}

void export_variable(Shell& shell, const std::string& name) {
  const bool fresh = shell.variables.count(name) == 0;
  Variable& variable = shell.variables[name];
  if (fresh) variable.order = ++shell.made;
  variable.exported = true;
}

bool is_name(std::string_view text) {
  const auto letter = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  if (text.empty() || !letter(text[0])) return false;
  return std::all_of(text.begin(), text.end(),
                     [letter](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

std::optional<std::string> parameter(const Shell& shell, const std::string& name) {
  if (name == "?") return decimal(shell.status);
  if (name == "$") return decimal(shell.pid);
  if (name == "-") return option_letters(shell);
  if (name == "#") return decimal(static_cast<std::int64_t>(shell.arguments.size()) - 1);
  if (name == "LINENO") return decimal(shell.line);
  if (name == "!") {
    if (shell.last_background == 0) return std::nullopt;
    return decimal(shell.last_background);
  }
  if (name == "@" || name == "*") {
    if (shell.arguments.size() < 2) return std::nullopt;
    return all_arguments(shell);
  }
  std::int64_t number = 0;
  if (!parse_decimal(name, number)) return value_of(shell, name);
  const auto at = static_cast<std::size_t>(number);
  if (at >= shell.arguments.size()) return std::nullopt;
  return shell.arguments[at];
}

std::vector<std::string> environment(const Shell& shell) {
  std::vector<std::pair<std::string, const Variable*>> all;
  for (const auto& [name, variable] : shell.variables) {
    if (variable.exported && variable.value) all.emplace_back(name, &variable);
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    const std::uint32_t left = list_of(a.first);
    const std::uint32_t right = list_of(b.first);
    return left != right ? left < right : a.second->order < b.second->order;
  });
  std::vector<std::string> env;
  env.reserve(all.size());
  for (const auto& [name, variable] : all) env.push_back(name + "=" + *variable->value);
  return env;
}

void import_environment(Shell& shell, const std::vector<std::string>& env) {
  static constexpr std::pair<const char*, const char*> kAlways[] = {
      {"IFS", " \t\n"},    {"PATH", "/sbin:/usr/sbin:/bin:/usr/bin"},
      {"PS1", "\\w \\$ "}, {"PS2", "> "},
      {"PS4", "+ "},       {"OPTIND", "1"},
  };
  for (const auto& [name, value] : kAlways) assign(shell, name, value);
  for (const std::string& entry : env) {
    const std::size_t equals = entry.find('=');
    if (equals == std::string::npos || !is_name(entry.substr(0, equals))) continue;
    const std::string name = entry.substr(0, equals);
    assign(shell, name, entry.substr(equals + 1));
    export_variable(shell, name);
  }
}

std::string quoted_always(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'')
      result += "'\"'\"'";
    else
      result += c;
  }
  return result + "'";
}

std::string quoted_if_needed(std::string_view text) {
  const auto plain = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= '+' && !(c >= ';' && c <= '?') && c != '`' && c != '[' && c != '\\' &&
           byte <= 'z';
  };
  return std::all_of(text.begin(), text.end(), plain) ? std::string(text) : quoted_always(text);
}

}  // namespace cutaway::sim::sh
