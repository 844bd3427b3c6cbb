#include "sim/registry/tar.h"

#include "base/text.h"

namespace cutaway::sim {

namespace {

constexpr std::size_t kBlock = 512;

// Where the fields of a header lie (pax(1), "ustar Interchange Format").
struct Field {
  std::size_t from, length;
};
constexpr Field kName{0, 100}, kMode{100, 8}, kUid{108, 8}, kGid{116, 8}, kSize{124, 12},
    kTime{136, 12}, kChecksum{148, 8}, kType{156, 1}, kLink{157, 100}, kMagic{257, 8},
    kMajor{329, 8}, kMinor{337, 8}, kPrefix{345, 155};

void put_text(std::string& block, Field field, std::string_view text) {
  block.replace(field.from, text.size(), text);
}

void put_octal(std::string& block, Field field, std::uint64_t value) {
  std::string digits(field.length - 1, '0');
  for (std::size_t i = digits.size(); i-- > 0; value >>= 3U)
    digits[i] = static_cast<char>('0' + (value & 7U));
  put_text(block, field, digits);
}

std::string_view get_text(std::string_view block, Field field) {
  const std::string_view text = block.substr(field.from, field.length);
  return text.substr(0, text.find('\0'));
}

std::uint64_t get_octal(std::string_view block, Field field) {
  std::uint64_t value = 0;
  for (const char digit : block.substr(field.from, field.length)) {
    if (digit >= '0' && digit <= '7') value = value << 3U | static_cast<std::uint64_t>(digit - '0');
  }
  return value;
}

// The sum of all bytes, those of the sum itself taken as blanks.
std::uint64_t checksum(std::string_view block) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const bool own = i >= kChecksum.from && i < kChecksum.from + kChecksum.length;
    sum += own ? ' ' : static_cast<unsigned char>(block[i]);
  }
  return sum;
}

std::string padded(std::string text) {
  text.resize((text.size() + kBlock - 1) / kBlock * kBlock, '\0');
  return text;
}

std::string header(const TarMember& member, std::string_view name, char type) {
  std::string block(kBlock, '\0');
  std::string_view prefix;
  if (name.size() > kName.length) {
    const std::size_t slash = name.find('/', name.size() - kName.length - 1);
    if (slash != std::string_view::npos && slash < kPrefix.length) {
      prefix = name.substr(0, slash);
      name = name.substr(slash + 1);
    }
  }
  put_text(block, kName, name.substr(0, kName.length));
  put_text(block, kPrefix, prefix);
  put_octal(block, kMode, member.mode & 07777U);
  put_octal(block, kUid, member.uid);
  put_octal(block, kGid, member.gid);
  put_octal(block, kSize, member.content.size());
  put_octal(block, kTime, 0);
  put_text(block, kType, std::string(1, type));
  put_text(block, kLink, std::string_view(member.link).substr(0, kLink.length));
  put_text(block, kMagic, std::string_view("ustar\00000", 8));
  put_octal(block, kMajor, member.major);
  put_octal(block, kMinor, member.minor);
  put_octal(block, {kChecksum.from, 7}, checksum(block));
  block[kChecksum.from + 7] = ' ';
  return block;
}

// "LENGTH KEY=VALUE\n", where the length counts itself (pax(1), "pax Extended Header").
std::string record(std::string_view key, std::string_view value) {
  const std::string tail = " " + std::string(key) + "=" + std::string(value) + "\n";
  std::size_t length = tail.size() + 1;
  while (decimal(static_cast<std::int64_t>(length)).size() + tail.size() != length)
    length = decimal(static_cast<std::int64_t>(length)).size() + tail.size();
  return decimal(static_cast<std::int64_t>(length)) + tail;
}

// What a plain header has no room for.
std::string extended(const TarMember& member) {
  std::string records;
  const auto content = static_cast<std::int64_t>(member.content.size());
  if (member.name.size() > kName.length) records += record("path", member.name);
  if (member.link.size() > kLink.length) records += record("linkpath", member.link);
  if (member.type == TarType::File && member.size > content)
    records += record("CUTAWAY.size", decimal(member.size));
  return records;
}

struct Extended {
  std::string path, link;
  std::int64_t size = -1;
};

Extended read_extended(std::string_view records) {
  Extended said;
  while (!records.empty()) {
    std::int64_t length = 0;
    const std::size_t blank = records.find(' ');
    if (blank == std::string_view::npos || !parse_decimal(records.substr(0, blank), length)) break;
    const auto whole = static_cast<std::size_t>(length);
    if (whole <= blank + 1 || whole > records.size()) break;
    const std::string_view pair = records.substr(blank + 1, whole - blank - 2);
    const std::size_t equal = pair.find('=');
    const std::string_view key = pair.substr(0, equal);
    const std::string value(equal == std::string_view::npos ? "" : pair.substr(equal + 1));
    if (key == "path") said.path = value;
    if (key == "linkpath") said.link = value;
    if (key == "CUTAWAY.size") parse_decimal(value, said.size);
    records.remove_prefix(whole);
  }
  return said;
}

TarMember read_header(std::string_view block) {
  TarMember member;
  const std::string_view prefix = get_text(block, kPrefix);
  member.name =
      (prefix.empty() ? "" : std::string(prefix) + "/") + std::string(get_text(block, kName));
  const char type = block[kType.from];
  member.type = type == '\0' ? TarType::File : static_cast<TarType>(type);
  member.mode = static_cast<std::uint32_t>(get_octal(block, kMode));
  member.uid = static_cast<std::uint32_t>(get_octal(block, kUid));
  member.gid = static_cast<std::uint32_t>(get_octal(block, kGid));
  member.major = static_cast<std::uint32_t>(get_octal(block, kMajor));
  member.minor = static_cast<std::uint32_t>(get_octal(block, kMinor));
  member.link = std::string(get_text(block, kLink));
  return member;
}

}  // namespace

std::string tar_member(const TarMember& member) {
  std::string text;
  const std::string records = extended(member);
  if (!records.empty()) {
    TarMember said;
    said.content = records;
    text = header(said, "PaxHeaders/" + member.name.substr(0, 80), 'x') + padded(records);
  }
  text += header(member, member.name, static_cast<char>(member.type));
  return text + padded(member.content);
}

std::string tar_end() { return std::string(2 * kBlock, '\0'); }

std::string tar_archive(const std::vector<TarMember>& members) {
  std::string archive;
  for (const TarMember& member : members) archive += tar_member(member);
  return archive + tar_end();
}

bool read_tar(std::string_view archive, std::vector<TarMember>& members) {
  Extended said;
  while (archive.size() >= kBlock) {
    const std::string_view block = archive.substr(0, kBlock);
    if (block.find_first_not_of('\0') == std::string_view::npos) return true;
    if (get_octal(block, kChecksum) != checksum(block)) return false;
    const auto length = static_cast<std::size_t>(get_octal(block, kSize));
    const std::size_t whole = (length + kBlock - 1) / kBlock * kBlock;
    archive.remove_prefix(kBlock);
    if (whole > archive.size()) return false;
    const std::string_view content = archive.substr(0, length);
    if (block[kType.from] == 'x') {
      said = read_extended(content);
    } else {
      TarMember member = read_header(block);
      member.content = std::string(content);
      if (!said.path.empty()) member.name = said.path;
      if (!said.link.empty()) member.link = said.link;
      member.size = said.size < 0 ? static_cast<std::int64_t>(length) : said.size;
      members.push_back(std::move(member));
      said = {};
    }
    archive.remove_prefix(whole);
  }
  return archive.empty();
}

}  // namespace cutaway::sim
