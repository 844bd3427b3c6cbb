// Names in folders, and names for numbers: what ls, find, rm, stat … need.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/sys.h"

namespace cutaway::sim {

/// basename(1): the last part, without slashes behind it; of "/" itself "/".
std::string base_of(std::string path);
/// "drwxr-xr-x", as ls -l shows a mode (inode(7)).
std::string mode_text(std::uint32_t mode);
bool is_folder(const Stat& stat);
bool is_link(const Stat& stat);
/// "regular file", "directory" …
std::string type_text(const Stat& stat);
std::string padded_left(const std::string& text, std::size_t width);
std::string padded_right(const std::string& text, std::size_t width);

/// 24, 1.2K, 3.5M
std::string human_size(std::int64_t bytes);

/// The names in what getdents gave, without "." and "..".
std::vector<std::string> entry_names(const std::string& entries);

/// Names of a table like /etc/passwd ("root:x:0:…"), by number: what was looked up stays known.
struct NameTable {
  explicit NameTable(std::string table) : path(std::move(table)) {}
  bool known(std::int64_t number) const;

  std::string path;
  std::map<std::int64_t, std::string> names;  ///< empty: it has none
};
/// The name, or the number in decimal. The file is read as far as it must be.
Co<std::string> name_for(Sys sys, NameTable* table, std::int64_t number);

/// realpath(3): each part is asked whether it is a link. `missing_last`: the last need not exist.
struct Resolved {
  std::string path;
  std::int64_t err = 0;
};
Co<Resolved> resolve_path(Sys sys, std::string path, bool missing_last);

/// What tzset(3) looks at before a time is first written.
Co<int> ask_time_zone(Sys sys);
/// A moment of the trace (ns since its start) as a date: the simulation begins with 1970.
struct Date {
  std::int64_t year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, weekday = 4,
               day_of_year = 1;
};
Date date_of(std::int64_t seconds);

}  // namespace cutaway::sim
