#include "spec/docker_lists.h"

#include <algorithm>

#include "base/json_text.h"
#include "base/text.h"
#include "spec/docker/values.h"
#include "spec/docker_views.h"

namespace cutaway::spec {

namespace {

std::vector<std::string> cells(const std::string& line) { return split(line, '\t'); }

OrderedJson titles_of(const std::vector<ListColumn>& columns) {
  OrderedJson titles;
  for (const ListColumn& column : columns) titles[column.field] = column.title;
  return titles;
}

std::string plain_table(const std::vector<ListColumn>& columns,
                        const std::vector<OrderedJson>& rows) {
  std::vector<std::vector<std::string>> lines(1);
  for (const ListColumn& column : columns) {
    if (column.shown) lines.front().push_back(column.title);
  }
  for (const OrderedJson& row : rows) {
    lines.emplace_back();
    for (const ListColumn& column : columns) {
      if (column.shown) lines.back().push_back(row[column.field].get<std::string>());
    }
  }
  return aligned(lines);
}

Result<std::string> by_template(const std::vector<ListColumn>& columns,
                                const std::vector<OrderedJson>& rows, const std::string& format,
                                bool table) {
  std::vector<std::vector<std::string>> lines;
  std::string text;
  if (table) {
    TRY_ASSIGN(const std::string titles, apply_template(format, titles_of(columns)));
    lines.push_back(cells(titles));
  }
  for (const OrderedJson& row : rows) {
    TRY_ASSIGN(const std::string line, apply_template(format, row));
    lines.push_back(cells(line));
    text += line + "\n";
  }
  return table ? aligned(lines) : text;
}

}  // namespace

Result<std::string> list_text(const std::vector<ListColumn>& columns,
                              const std::vector<OrderedJson>& rows, const ListShown& how) {
  constexpr std::string_view kTable = "table";
  std::string text;
  if (how.quiet && (how.format.empty() || how.format == kTable)) {
    for (const OrderedJson& row : rows) text += row[how.quiet_field].get<std::string>() + "\n";
    return text;
  }
  if (how.format.empty() || how.format == kTable) return plain_table(columns, rows);
  if (how.format == "json") {
    for (const OrderedJson& row : rows) text += json_text(row) + "\n";
    return text;
  }
  const bool table = starts_with(how.format, kTable);
  const std::string format =
      unescaped(trim(std::string_view(how.format).substr(table ? kTable.size() : 0)));
  return by_template(columns, rows, format, table);
}

namespace {

// path.Match of Go, without its classes: "*" and "?" stay within a part.
bool path_matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    for (std::size_t taken = 0; taken <= text.size(); ++taken) {
      if (path_matches(pattern.substr(1), text.substr(taken))) return true;
      if (taken < text.size() && text[taken] == '/') return false;
    }
    return false;
  }
  const bool same = !text.empty() && (pattern[0] == '?' ? text[0] != '/' : pattern[0] == text[0]);
  return same && path_matches(pattern.substr(1), text.substr(1));
}

}  // namespace

bool reference_fits(std::string_view name, std::string_view pattern) {
  const std::size_t slash = pattern.rfind('/');
  const std::size_t colon = pattern.find(':', slash == std::string_view::npos ? 0 : slash);
  if (colon == std::string_view::npos) name = name.substr(0, name.rfind(':'));
  return path_matches(pattern, name);
}

Filters::Filters(const std::vector<std::string>& given) {
  for (const std::string& one : given) {
    const std::size_t equal = one.find('=');
    const std::string name = lower(trim(one.substr(0, equal)));
    values_[name].push_back(equal == std::string::npos ? std::string()
                                                       : std::string(trim(one.substr(equal + 1))));
  }
}

const std::vector<std::string>& Filters::of(const std::string& name) const {
  static const std::vector<std::string> kNone;
  const auto found = values_.find(name);
  return found == values_.end() ? kNone : found->second;
}

std::string Filters::unknown(const std::vector<std::string>& known) const {
  for (const auto& entry : values_) {
    if (std::find(known.begin(), known.end(), entry.first) == known.end()) return entry.first;
  }
  return {};
}

}  // namespace cutaway::spec
