// Values of docker's flags: what is accepted, what it means, and docker's words where it is not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::spec {

/// Each returns docker's complaint, or empty and sets `value`.
std::string parse_bool(std::string_view text, bool& value);
std::string parse_int(std::string_view text, std::int64_t& value);
std::string parse_uint(std::string_view text, int bits, std::uint64_t& value);
/// "64m", "1.5g", "10MiB": powers of 1024.
std::string parse_bytes(std::string_view text, std::int64_t& value);
/// As parse_bytes, and "-1".
std::string parse_swap_bytes(std::string_view text, std::int64_t& value);
/// "1.5", "1/2", "5e-1" cpus as billionths of a cpu.
std::string parse_nano_cpus(std::string_view text, std::int64_t& value);
/// Go's durations: "1h2m3.5s", "500ms".
std::string parse_duration(std::string_view text, std::int64_t& ns);

/// Of a --format: "\t" and "\n" may be typed as two characters each, as they stay in a shell's
/// single quotes.
std::string unescaped(std::string_view format);
/// An empty column of docker's lists.
std::string or_none(const std::string& text);

/// Go's %q.
std::string go_quote(std::string_view text);

/// Checks of single flags, for the table's rows.
std::string check_attach(std::string_view value);
std::string check_env(std::string_view value);
std::string check_label(std::string_view value);
std::string check_add_host(std::string_view value);
std::string check_ip(std::string_view value);
std::string check_filter(std::string_view value);
std::string check_sysctl(std::string_view value);
std::string check_ulimit(std::string_view value);
std::string check_mount(std::string_view value);
std::string check_gpus(std::string_view value);
std::string check_device_rule(std::string_view value);
std::string check_device_rate(std::string_view value);

/// Dotted IPv4, or anything with two colons and hexadecimal digits (IPv6 is not taken apart).
bool looks_like_ip(std::string_view text);
/// Lower case, ASCII only.
std::string lower(std::string_view text);
std::string upper(std::string_view text);
/// Splits at the first `separator`; false if there is none (then `left` is all).
bool cut(std::string_view text, char separator, std::string_view& left, std::string_view& right);
/// The fields of a line of comma-separated values, with quotes.
std::vector<std::string> csv_fields(std::string_view text);

}  // namespace cutaway::spec
