// Modes: what chmod and umask are told in letters.
#include "base/text.h"
#include "sim/programs/commands.h"

namespace cutaway::sim {

namespace {

struct Change {
  std::uint32_t who = 0;   ///< bits of 0777 that it is about
  std::uint32_t bits = 0;  ///< as rwx for one of them
  bool special_u = false, special_t = false;
};

std::uint32_t who_bits(char letter) {
  if (letter == 'u') return 0700;
  if (letter == 'g') return 0070;
  if (letter == 'o') return 0007;
  return letter == 'a' ? 0777 : 0;
}

/// Letters behind an operator: r w x X s t, or u g o for what these have.
bool read_bits(std::string_view letters, bool folder, std::uint32_t mode, Change& change) {
  for (const char letter : letters) {
    if (letter == 'r')
      change.bits |= 4;
    else if (letter == 'w')
      change.bits |= 2;
    else if (letter == 'x')
      change.bits |= 1;
    else if (letter == 'X')
      change.bits |= folder || (mode & 0111U) != 0 ? 1U : 0U;
    else if (letter == 's')
      change.special_u = true;
    else if (letter == 't')
      change.special_t = true;
    else if (letter == 'u')
      change.bits |= mode >> 6U & 7U;
    else if (letter == 'g')
      change.bits |= mode >> 3U & 7U;
    else if (letter == 'o')
      change.bits |= mode & 7U;
    else
      return false;
  }
  return true;
}

std::uint32_t special_bits(const Change& change, std::uint32_t who) {
  std::uint32_t bits = 0;
  if (change.special_u && (who & 0700U) != 0) bits |= 04000;
  if (change.special_u && (who & 0070U) != 0) bits |= 02000;
  if (change.special_t) bits |= 01000;
  return bits;
}

bool change_once(std::string_view clause, std::uint32_t mask, bool folder, std::uint32_t& mode) {
  std::size_t at = 0;
  std::uint32_t who = 0;
  for (; at < clause.size() && who_bits(clause[at]) != 0; ++at) who |= who_bits(clause[at]);
  const bool said = who != 0;
  if (!said) who = 0777;
  if (at >= clause.size()) return false;
  while (at < clause.size()) {
    const char op = clause[at++];
    if (op != '+' && op != '-' && op != '=') return false;
    const std::size_t end = std::min(clause.find_first_of("+-=", at), clause.size());
    Change change;
    const std::uint32_t before = mode;
    if (op == '=') mode &= ~who;
    // X asks what is left of the mode, u g o for what these have.
    const std::string_view letters = clause.substr(at, end - at);
    const bool copies = letters.find_first_of("ugo") != std::string_view::npos;
    if (!read_bits(letters, folder, copies ? before : mode, change)) return false;
    std::uint32_t bits = (change.bits | change.bits << 3U | change.bits << 6U) & who;
    if (!said) bits &= ~mask;  // nobody named: the umask keeps its say
    bits |= special_bits(change, who);
    mode = op == '-' ? mode & ~bits : mode | bits;
    at = end;
  }
  return true;
}

}  // namespace

bool change_mode(std::string_view words, std::uint32_t mask, bool folder, std::uint32_t& mode) {
  std::uint64_t number = 0;
  if (parse_unsigned(words, 8, number) && number <= 07777) {
    mode = static_cast<std::uint32_t>(number);
    return true;
  }
  if (words.empty()) return false;
  for (const std::string& clause : split(words, ',')) {
    if (!change_once(clause, mask, folder, mode)) return false;
  }
  return true;
}

std::string symbolic_mask(std::uint32_t mask) {
  std::string text;
  for (const auto& [name, shift] : {std::pair<char, unsigned>{'u', 6U}, {'g', 3U}, {'o', 0U}}) {
    const std::uint32_t allowed = ~(mask >> shift) & 7U;
    text += text.empty() ? "" : ",";
    text += name;
    text += '=';
    if ((allowed & 4U) != 0) text += 'r';
    if ((allowed & 2U) != 0) text += 'w';
    if ((allowed & 1U) != 0) text += 'x';
  }
  return text;
}

}  // namespace cutaway::sim
