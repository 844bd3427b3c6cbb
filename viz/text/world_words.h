// How figures and names of a World are said to people: sizes, times, counts, paths, namespaces. The
// picture, its sentence and the text twin all say them in the same way. Integers only, no locale.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "trace/world/world.h"

namespace cutaway::viz {

/// Of a namespace; NsKind is here how it stands to the host's.
using SpaceKind = cutaway::NsKind;
/// In the order in which people meet them.
inline constexpr std::array<SpaceKind, 8> kSpaceKinds = {
    SpaceKind::Pid, SpaceKind::Mnt,  SpaceKind::Net,    SpaceKind::Uts,
    SpaceKind::Ipc, SpaceKind::User, SpaceKind::Cgroup, SpaceKind::Time};

inline constexpr std::int64_t kSecondNs = 1'000'000'000;

/// "0 B", "412 KiB", "1.2 MiB", "8 GiB": memory, in powers of 1024.
[[nodiscard]] std::string memory_words(std::int64_t bytes);
/// "32.0 of 32 MiB": both in the unit of the second.
[[nodiscard]] std::string memory_of_words(std::int64_t used, std::int64_t limit);
/// Of a whole of `total` bytes, in its unit and without it: "5.9".
[[nodiscard]] std::string memory_part_words(std::int64_t part, std::int64_t total);
/// "842 B", "2.4 kB", "4.26 MB": images and files, in powers of 1000 as docker counts them.
[[nodiscard]] std::string size_words(std::int64_t bytes);
/// "1.5 of 2.4 kB".
[[nodiscard]] std::string size_of_words(std::int64_t here, std::int64_t all);
/// "0.7": millionths of one cpu.
[[nodiscard]] std::string cpu_words(std::int64_t ppm);
/// A limit as it was asked for: --cpus 0.25 is no 0.3.
[[nodiscard]] std::string cpu_limit_words(std::int64_t ppm);

/// A moment of the trace: "0.1183 s".
[[nodiscard]] std::string clock_words(std::int64_t ns);
/// A stretch of time: "350 ns", "12.4 µs", "61.2 ms", "2.3 s".
[[nodiscard]] std::string duration_words(std::int64_t ns);

/// "412": of things in memory, or the place of one in a list.
[[nodiscard]] std::string digits_of(std::size_t n);
/// "1 mount", "13 mounts".
[[nodiscard]] std::string counted(std::int64_t n, std::string_view thing);
/// "four"; from thirteen on digits.
[[nodiscard]] std::string number_word(std::int64_t n);
/// "1st", "2nd", "11th".
[[nodiscard]] std::string ordinal_words(std::int64_t n);

/// What a terminal can show: control characters and bytes that are no UTF-8 become ".".
[[nodiscard]] std::string printable(std::string_view bytes);
/// At most `length` characters: the end of a path says more than its beginning ("…/merged/proc").
[[nodiscard]] std::string short_path(std::string_view path, std::size_t length);
/// Docker's ids of 64 digits by their beginning: "/containers/8f2c…/hosts".
[[nodiscard]] std::string short_ids(std::string_view text);
/// At most `length` characters, then "…".
[[nodiscard]] std::string short_text(std::string_view text, std::size_t length);
/// Is this byte of UTF-8 another one of a character that has begun?
[[nodiscard]] inline bool continues_letter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}
/// How many characters (code points) a text has.
[[nodiscard]] std::size_t text_length(std::string_view text);

/// "busybox" for "busybox:latest", "app:2" for "app:2".
[[nodiscard]] std::string image_name(std::string_view ref);
/// "…2611": the end of the number that /proc/PID/ns shows.
[[nodiscard]] std::string ns_number(const Namespace& ns);
/// "own" or "the host's".
[[nodiscard]] std::string whose_words(bool own);
/// "0 root"; other users by their number alone: their names are a file's business.
[[nodiscard]] std::string user_words(std::uint32_t uid);

}  // namespace cutaway::viz
