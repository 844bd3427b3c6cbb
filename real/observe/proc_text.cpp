#include "real/observe/proc_text.h"

#include "base/text.h"
#include "trace/abi/abi.h"

namespace cutaway::real {
namespace {

/// Blanks within a field are written as octal numbers (mangle_path in fs/seq_file.c).
std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::uint64_t value = 0;
    if (text[i] == '\\' && i + 3 < text.size() &&
        parse_unsigned(std::string_view(text).substr(i + 1, 3), 8, value)) {
      out += static_cast<char>(value);
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

struct OptionFlag {
  std::string_view name;
  std::uint64_t flag;
};
// show_mnt_opts in fs/proc_namespace.c
constexpr OptionFlag kOptions[] = {
    {"ro", abi::ms::kRdonly},         {"nosuid", abi::ms::kNosuid},
    {"nodev", abi::ms::kNodev},       {"noexec", abi::ms::kNoexec},
    {"noatime", abi::ms::kNoatime},   {"nodiratime", abi::ms::kNodiratime},
    {"relatime", abi::ms::kRelatime},
};

std::uint64_t flags_of(const std::string& options) {
  std::uint64_t flags = 0;
  for (const std::string& word : split(options, ',')) {
    for (const OptionFlag& row : kOptions) {
      if (row.name == word) flags |= row.flag;
    }
  }
  return flags;
}

std::uint32_t group_of(const std::string& word) {
  std::int64_t number = 0;
  const std::size_t colon = word.find(':');
  return colon != std::string::npos && parse_decimal(word.substr(colon + 1), number)
             ? static_cast<std::uint32_t>(number)
             : 0;
}

void take_propagation(const std::string& word, MountLine& line) {
  if (starts_with(word, "shared:")) line.shared = group_of(word);
  if (starts_with(word, "master:")) line.master = group_of(word);
  if (word == "unbindable") line.unbindable = true;
}

bool parse_mount(const std::string& text, MountLine& line) {
  const std::vector<std::string> words = split(text, ' ');
  constexpr std::size_t kOptional = 6;  // optional fields begin here and end with "-"
  std::size_t dash = kOptional;
  while (dash < words.size() && words[dash] != "-") ++dash;
  if (dash + 3 > words.size() || !parse_decimal(words[0], line.id) ||
      !parse_decimal(words[1], line.parent))
    return false;
  line.device = words[2];
  line.root = unescaped(words[3]);
  line.target = unescaped(words[4]);
  line.flags = flags_of(words[5]);
  for (std::size_t i = kOptional; i < dash; ++i) take_propagation(words[i], line);
  line.type = words[dash + 1];
  line.source = unescaped(words[dash + 2]);
  const std::string super = dash + 3 < words.size() ? words[dash + 3] : std::string{};
  line.read_only = super == "ro" || starts_with(super, "ro,");
  if (super.size() > 3) line.options = super.substr(3);
  return true;
}

template <class F>
void each_line(std::string_view text, F f) {
  for (const std::string& line : split(text, '\n')) {
    if (!line.empty()) f(line);
  }
}

}  // namespace

std::vector<MountLine> parse_mountinfo(std::string_view text) {
  std::vector<MountLine> lines;
  each_line(text, [&lines](const std::string& each) {
    MountLine line;
    if (parse_mount(each, line)) lines.push_back(std::move(line));
  });
  return lines;
}

StatusFields parse_status(std::string_view text) {
  StatusFields status;
  each_line(text, [&status](const std::string& line) {
    const std::size_t colon = line.find(':');
    if (colon != std::string::npos)
      status[line.substr(0, colon)] = std::string(trim(std::string_view(line).substr(colon + 1)));
  });
  return status;
}

std::vector<std::uint64_t> status_numbers(const StatusFields& status, const std::string& name,
                                          unsigned base) {
  std::vector<std::uint64_t> numbers;
  const auto found = status.find(name);
  if (found == status.end()) return numbers;
  std::string words = found->second;
  for (char& c : words) {
    if (c == '\t') c = ' ';
  }
  for (const std::string& word : split(words, ' ')) {
    std::uint64_t value = 0;
    if (parse_unsigned(word, base, value)) numbers.push_back(value);
  }
  return numbers;
}

std::uint64_t status_number(const StatusFields& status, const std::string& name, unsigned base) {
  const std::vector<std::uint64_t> numbers = status_numbers(status, name, base);
  return numbers.empty() ? 0 : numbers.front();
}

std::vector<CgroupLine> parse_cgroups(std::string_view text) {
  std::vector<CgroupLine> lines;
  each_line(text, [&lines](const std::string& each) {
    const std::size_t first = each.find(':');
    const std::size_t second = first == std::string::npos ? first : each.find(':', first + 1);
    CgroupLine line;
    if (second == std::string::npos || !parse_decimal(each.substr(0, first), line.hierarchy))
      return;
    const std::string names = each.substr(first + 1, second - first - 1);
    if (!names.empty()) line.controllers = split(names, ',');
    line.path = each.substr(second + 1);
    lines.push_back(std::move(line));
  });
  return lines;
}

std::uint32_t number_in_link(std::string_view link) {
  const std::size_t open = link.find(":[");
  std::uint64_t value = 0;
  if (open == std::string_view::npos || link.back() != ']' ||
      !parse_unsigned(link.substr(open + 2, link.size() - open - 3), 10, value))
    return 0;
  return static_cast<std::uint32_t>(value);
}

std::vector<std::string> parse_stat(std::string_view text) {
  const std::size_t end = text.rfind(')');
  if (end == std::string_view::npos) return {};
  return split(trim(text.substr(end + 1)), ' ');
}

FdInfo parse_fdinfo(std::string_view text) {
  const StatusFields fields = parse_status(text);
  FdInfo info;
  info.flags = status_number(fields, "flags", 8);
  info.offset = static_cast<std::int64_t>(status_number(fields, "pos"));
  return info;
}

}  // namespace cutaway::real
