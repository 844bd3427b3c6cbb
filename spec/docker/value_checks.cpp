// Checks of the values of single flags, and small text helpers of this folder.
#include <array>

#include "base/text.h"
#include "spec/docker/flag_row.h"
#include "spec/docker/values.h"

namespace cutaway::spec {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return result;
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return result;
}

bool cut(std::string_view text, char separator, std::string_view& left, std::string_view& right) {
  const std::size_t at = text.find(separator);
  left = text.substr(0, at);
  right = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return at != std::string_view::npos;
}

std::vector<std::string> csv_fields(std::string_view text) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  return fields;
}

std::string go_quote(std::string_view text) {
  constexpr std::string_view kEscaped = "\a\b\f\n\r\t\v\\\"";
  constexpr std::string_view kLetters = "abfnrtv\\\"";
  std::string quoted = "\"";
  for (const char c : text) {
    const std::size_t escape = kEscaped.find(c);
    const auto byte = static_cast<unsigned char>(c);
    if (escape != std::string_view::npos) {
      quoted += '\\';
      quoted += kLetters[escape];
    } else if (byte < 0x20 || byte == 0x7f) {
      quoted += "\\x";
      quoted += "0123456789abcdef"[byte >> 4];
      quoted += "0123456789abcdef"[byte & 15];
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

bool looks_like_ip(std::string_view text) {
  if (text.find(':') != std::string_view::npos) {
    return text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos &&
           text.find(':') != text.rfind(':');
  }
  const std::vector<std::string> parts = split(text, '.');
  for (const std::string& part : parts) {
    std::int64_t value = 0;
    if (part.size() > 3 || !parse_decimal(part, value) || value < 0 || value > 255) return false;
  }
  return parts.size() == 4;
}

std::string check_attach(std::string_view value) {
  const std::string stream = lower(value);
  if (stream == "stdin" || stream == "stdout" || stream == "stderr") return "";
  return "valid streams are STDIN, STDOUT and STDERR";
}

std::string check_env(std::string_view value) {
  if (value.empty() || value[0] == '=')
    return "invalid environment variable: " + std::string(value);
  return "";
}

std::string check_label(std::string_view value) {
  std::string_view key, rest;
  cut(value, '=', key, rest);
  if (trim(key).empty()) return "invalid label '" + std::string(value) + "': empty name";
  if (key.find_first_of(" \t") != std::string_view::npos)
    return "label '" + std::string(key) + "' contains whitespaces";
  return "";
}

std::string check_add_host(std::string_view value) {
  std::string_view host, ip;
  if (!cut(value, '=', host, ip)) cut(value, ':', host, ip);
  if (host.empty() || ip.empty()) return "bad format for add-host: " + go_quote(value);
  std::string_view bare = ip;
  if (bare.size() > 2 && bare.front() == '[' && bare.back() == ']')
    bare = bare.substr(1, bare.size() - 2);
  if (bare == "host-gateway" || looks_like_ip(bare)) return "";
  return "invalid IP address in add-host: " + go_quote(ip);
}

std::string check_ip(std::string_view value) {
  return looks_like_ip(value) ? "" : "IP address is not correctly formatted: " + std::string(value);
}

std::string check_filter(std::string_view value) {
  if (value.empty() || value.find('=') != std::string_view::npos) return "";
  return "bad format of filter (expected name=value)";
}

std::string check_sysctl(std::string_view value) {
  constexpr std::array<std::string_view, 8> kKernel{
      "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem",
      "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced"};
  std::string_view key, setting;
  const bool has_value = cut(value, '=', key, setting);
  bool allowed = starts_with(key, "net.") || starts_with(key, "fs.mqueue.");
  for (const std::string_view name : kKernel) allowed = allowed || name == key;
  return has_value && allowed ? "" : "sysctl '" + std::string(value) + "' is not allowed";
}

namespace {

std::string check_ulimit_range(std::string_view limits) {
  const std::vector<std::string> parts = split(limits, ':');
  if (parts.size() > 2) {
    return "too many limit value arguments - " + std::string(limits) +
           ", can only have up to two, `soft[:hard]`";
  }
  std::int64_t soft = 0, hard = 0;
  const std::string bad_soft = parse_int(parts[0], soft);
  if (!bad_soft.empty()) return bad_soft;
  if (parts.size() == 1) return "";
  const std::string bad_hard = parse_int(parts[1], hard);
  if (!bad_hard.empty()) return bad_hard;
  if (hard != -1 && (soft == -1 || soft > hard)) {
    return "ulimit soft limit must be less than or equal to hard limit: " + parts[0] + " > " +
           parts[1];
  }
  return "";
}

}  // namespace

std::string check_ulimit(std::string_view value) {
  constexpr std::array<std::string_view, 16> kNames{
      "core",   "cpu",   "data", "fsize",  "locks",  "memlock",    "msgqueue", "nice",
      "nofile", "nproc", "rss",  "rtprio", "rttime", "sigpending", "stack",    ""};
  std::string_view name, limits;
  if (!cut(value, '=', name, limits)) return "invalid ulimit argument: " + std::string(value);
  bool known = false;
  for (const std::string_view one : kNames) known = known || (one == name && !name.empty());
  if (!known) return "invalid ulimit type: " + std::string(name);
  return check_ulimit_range(limits);
}

std::string check_gpus(std::string_view value) {
  if (value.empty()) return "EOF";
  std::string_view key, rest;
  std::int64_t count = 0;
  if (!cut(value, '=', key, rest)) {
    if (value == "all" || parse_decimal(value, count)) return "";
    return "invalid count (" + std::string(value) +
           "): value must be either \"all\" or an integer: invalid syntax";
  }
  for (const std::string_view known : {"driver", "count", "device", "capabilities", "options"}) {
    if (key == known) return "";
  }
  return "unexpected key '" + std::string(key) + "' in '" + std::string(value) + "'";
}

std::string check_device_rule(std::string_view value) {
  const std::string bad = "invalid device cgroup format '" + std::string(value) + "'";
  const std::vector<std::string> parts = split(value, ' ');
  if (parts.size() != 3 || parts[0].size() != 1 ||
      std::string_view("acb").find(parts[0]) == std::string_view::npos)
    return bad;
  const std::vector<std::string> numbers = split(parts[1], ':');
  if (numbers.size() != 2 || parts[2].empty() || parts[2].size() > 3) return bad;
  for (const std::string& number : numbers) {
    if (number != "*" &&
        (number.empty() || number.find_first_not_of("0123456789") != std::string::npos))
      return bad;
  }
  return parts[2].find_first_not_of("rwm") == std::string::npos ? "" : bad;
}

std::string check_device_rate(std::string_view value) {
  std::string_view device, rate;
  if (!cut(value, ':', device, rate)) return "bad format: " + std::string(value);
  if (!starts_with(device, "/dev/")) return "bad format for device path: " + std::string(value);
  return "";
}

}  // namespace cutaway::spec
