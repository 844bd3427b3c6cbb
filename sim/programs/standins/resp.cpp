// See resp.h.
#include "sim/programs/standins/resp.h"

#include "base/text.h"

namespace cutaway::sim {

std::string resp_bulk(std::string_view text) {
  return "$" + decimal(static_cast<std::int64_t>(text.size())) + "\r\n" + std::string(text) +
         "\r\n";
}

std::string resp_command(const std::vector<std::string>& words) {
  std::string bytes = "*" + decimal(static_cast<std::int64_t>(words.size())) + "\r\n";
  for (const std::string& word : words) bytes += resp_bulk(word);
  return bytes;
}

namespace {

bool read_items(std::string_view bytes, std::size_t at, std::int64_t count, RespValue* value) {
  for (std::int64_t i = 0; i < count; ++i) {
    RespValue item = resp_read(bytes.substr(at));
    if (item.length == 0) return false;
    at += item.length;
    value->items.push_back(std::move(item));
  }
  value->length = at;
  return true;
}

}  // namespace

RespValue resp_read(std::string_view bytes) {
  RespValue value;
  const std::size_t end = bytes.find("\r\n");
  if (bytes.empty() || end == std::string_view::npos) return value;
  value.kind = bytes[0];
  const std::string_view head = bytes.substr(1, end - 1);
  std::int64_t count = 0;
  if (value.kind == '*' && parse_decimal(head, count)) {
    if (!read_items(bytes, end + 2, count, &value)) value.length = 0;
    return value;
  }
  if (value.kind == '$' && parse_decimal(head, count)) {
    if (count < 0) {
      value.kind = 'n';
      value.length = end + 2;
      return value;
    }
    const std::size_t whole = end + 2 + static_cast<std::size_t>(count) + 2;
    if (bytes.size() < whole) return value;
    value.text = std::string(bytes.substr(end + 2, static_cast<std::size_t>(count)));
    value.length = whole;
    return value;
  }
  value.text = std::string(head);
  value.length = end + 2;
  return value;
}

std::string resp_shown(const RespValue& value, bool for_people) {
  if (value.kind == 'n') return for_people ? "(nil)" : "";
  if (value.kind == '-') return (for_people ? "(error) " : "") + value.text;
  if (value.kind == ':') return (for_people ? "(integer) " : "") + value.text;
  if (value.kind == '$' && for_people) return "\"" + value.text + "\"";
  if (value.kind != '*') return value.text;
  if (value.items.empty()) return for_people ? "(empty array)" : "";
  std::string lines;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    if (i > 0) lines += "\n";
    if (for_people) lines += decimal(static_cast<std::int64_t>(i) + 1) + ") ";
    lines += resp_shown(value.items[i], for_people);
  }
  return lines;
}

}  // namespace cutaway::sim
