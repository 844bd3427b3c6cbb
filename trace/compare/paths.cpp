#include "trace/compare/paths.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace cutaway {

namespace {

constexpr std::string_view kCgroups = "/sys/fs/cgroup";

/// Folders and files that docker and our own state folder name differently, or place elsewhere.
struct StateName {
  std::string_view name, stands_for;
};
constexpr StateName kStateNames[] = {
    {"merged", "rootfs"},
    {"rootfs", "rootfs"},
    {"diff", "upper"},
    {"upper", "upper"},
    {"work", "work"},
    {"lower", "lower"},
    {"hostname", "hostname"},
    {"hosts", "hosts"},
    {"resolv.conf", "resolv.conf"},
    {"config.json", "config.json"},
    {"plan", "plan"},
    {"init.pid", "init.pid"},
    {"error", "error"},
    {"exit", "exit"},
    {"shm", "shm"},
};
/// Parents of the engine's cgroups.
constexpr std::string_view kCgroupParents[] = {"docker", "cutaway"};

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }
bool is_alnum(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

/// Before a number, what makes it one that means nothing.
struct NumberRow {
  std::string_view before;
  std::string_view word;
};
constexpr NumberRow kNumberRows[] = {
    {":[", "#"},           {"/proc/", "<pid>"},  {"/task/", "<pid>"},
    {"/self/fd/", "<fd>"}, {"/dev/fd/", "<fd>"}, {"started ", "<pid>"},
};

std::string_view word_for_number(std::string_view before, std::string_view after) {
  for (const NumberRow& row : kNumberRows) {
    const bool closes = row.before != ":[" || starts_with(after, "]");
    if (ends_with(before, row.before) && closes) return row.word;
  }
  return {};
}

/// mkstemp's and our own: "tmp.aB3xY9", ".tmp-…": six letters and digits or more behind "tmp".
std::string without_temp(const std::string& part) {
  const std::size_t tmp = part.find("tmp");
  if (tmp > 1 || (tmp == 1 && part[0] != '.')) return part;
  std::size_t from = tmp + 3;
  if (from < part.size() && (part[from] == '.' || part[from] == '-' || part[from] == '_')) ++from;
  const bool random =
      part.size() >= from + 6 && std::all_of(part.begin() + static_cast<std::ptrdiff_t>(from),
                                             part.end(), [](char c) { return is_alnum(c); });
  return random ? part.substr(0, from) + "<temp>" : part;
}

std::string_view state_name(const std::string& part) {
  for (const StateName& row : kStateNames) {
    if (row.name == part) return row.stands_for;
  }
  return {};
}

bool is_object_id(const std::string& part) {
  return part.find(kContainerWord) != std::string::npos ||
         part.find(kHashWord) != std::string::npos;
}

std::string joined(const std::vector<std::string>& parts, std::size_t from) {
  return join({parts.begin() + static_cast<std::ptrdiff_t>(from), parts.end()}, "/");
}

/// What follows the id, under the name that both sides understand.
std::string state_path(const std::vector<std::string>& parts, std::size_t id) {
  for (std::size_t i = id + 1; i < parts.size(); ++i) {
    const std::string_view name = state_name(parts[i]);
    if (name.empty()) continue;
    const std::string rest = joined(parts, i + 1);
    return "<state>/" + std::string(name) + (rest.empty() ? "" : "/" + rest);
  }
  const std::string rest = joined(parts, id + 1);
  return "<state>" + (rest.empty() ? std::string() : "/" + rest);
}

/// The place of "volumes" in …/volumes/NAME/_data; 0: it is none.
std::size_t volume_in(const std::vector<std::string>& parts) {
  for (std::size_t i = 1; i + 2 < parts.size(); ++i) {
    if (parts[i] == "volumes" && parts[i + 2] == "_data") return i;
  }
  return 0;
}

std::string one_path(std::string_view path) {
  std::vector<std::string> parts = split(path, '/');
  if (const std::size_t volumes = volume_in(parts)) return "<state>/" + joined(parts, volumes);
  for (std::string& part : parts) part = without_temp(part);
  const auto found = std::find_if(parts.begin(), parts.end(), is_object_id);
  if (found == parts.end()) return join(parts, "/");
  const auto id = static_cast<std::size_t>(found - parts.begin());
  if (!starts_with(path, kCgroups)) return state_path(parts, id);
  const bool chosen = std::find(std::begin(kCgroupParents), std::end(kCgroupParents),
                                parts[id - 1]) != std::end(kCgroupParents);
  if (chosen) parts.erase(found - 1);
  return join(parts, "/");
}

bool ends_path(char c) {
  return c == ':' || c == ',' || c == '"' || c == '\n' || c == ' ' || c == '\0' || c == '\'';
}

}  // namespace

std::size_t hex_run(std::string_view text, std::size_t at) {
  if (at > 0 && is_alnum(text[at - 1])) return 0;
  std::size_t end = at;
  while (end < text.size() && is_hex(text[end])) ++end;
  return end < text.size() && is_alnum(text[end]) ? 0 : end - at;
}

bool is_number(std::string_view text) { return !text.empty() && digits_at(text, 0) == text.size(); }

bool names_pids(std::string_view path) {
  return ends_with(path, "/cgroup.procs") || ends_with(path, "/cgroup.threads") ||
         ends_with(path, "/tasks") || ends_with(path, "/init.pid");
}

std::string numbers_replaced(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = digits_at(text, at);
    const std::string_view word =
        length == 0 ? std::string_view()
                    : word_for_number(text.substr(0, at), text.substr(at + length));
    const std::size_t step = std::max<std::size_t>(length, 1);
    out += word.empty() ? text.substr(at, step) : word;
    at += step;
  }
  return out;
}

std::string paths_replaced(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    const bool opens =
        text[at] == '/' && (at == 0 || ends_path(text[at - 1]) || text[at - 1] == '=');
    while (opens && end < text.size() && !ends_path(text[end])) ++end;
    out += opens ? one_path(text.substr(at, end - at)) : std::string(1, text[at]);
    at = opens ? end : at + 1;
  }
  return out;
}

}  // namespace cutaway
