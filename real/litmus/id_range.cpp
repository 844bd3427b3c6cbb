#include "real/litmus/id_range.h"

#include <string>
#include <vector>

#include "base/text.h"
#include "real/litmus/area.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

struct IdRange {
  std::uint64_t first, count;
};

std::uint64_t assigned_id(const std::vector<std::string>& fields, std::size_t at) {
  std::uint64_t value = 0;
  return at < fields.size() && parse_unsigned(fields[at], 10, value) ? value : 0;
}

void add_single(std::string_view text, std::vector<IdRange>& ranges) {
  for (const std::string& line : split(text, '\n'))
    ranges.push_back({assigned_id(split(line, ':'), 2), 1});
}

void add_ranges(std::string_view text, std::vector<IdRange>& ranges) {
  for (const std::string& line : split(text, '\n')) {
    const std::vector<std::string> fields = split(line, ':');
    ranges.push_back({assigned_id(fields, 1), assigned_id(fields, 2)});
  }
}

bool touches(const IdRange& range, std::uint64_t base) {
  return range.first < base + kLitmusIdCount && base < range.first + range.count;
}

std::string text_if_any(const char* path) {
  auto text = read_text(path);
  return text ? std::move(*text) : std::string();
}

}  // namespace

Result<std::uint64_t> free_id_range(const AssignedIds& assigned) {
  std::vector<IdRange> ranges;
  add_single(assigned.passwd, ranges);
  add_single(assigned.group, ranges);
  add_ranges(assigned.subuid, ranges);
  add_ranges(assigned.subgid, ranges);
  constexpr std::uint64_t kLast = 0xffff0000U - kLitmusIdCount;  // 2^32 − 1 is no id
  for (std::uint64_t base = kLitmusIdBaseMin; base <= kLast; base += kLitmusIdCount) {
    bool free = true;
    for (const IdRange& range : ranges) free = free && !touches(range, base);
    if (free) return base;
  }
  return fail(ErrorCode::Cannot,
              "run a litmus program: every range of ids is assigned (/etc/subuid)");
}

Result<std::uint64_t> free_id_range() {
  const std::string passwd = text_if_any("/etc/passwd"), group = text_if_any("/etc/group");
  const std::string subuid = text_if_any("/etc/subuid"), subgid = text_if_any("/etc/subgid");
  return free_id_range({passwd, group, subuid, subgid});
}

}  // namespace cutaway::real
