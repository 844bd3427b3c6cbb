// stdio as the C library does it: a descriptor is looked at before its first use, and bytes go in
// pieces of 4096.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/core/sys.h"

namespace cutaway::sim {

/// An input that is read line by line.
struct In {
  std::int64_t fd = 0;
  std::string path;    ///< as it was given
  std::string buffer;  ///< read, and not taken yet
  bool looked = false, ended = false;
  std::uint64_t piece = 4096;  ///< st_blksize: files of /proc have 1024
  int err = 0;                 ///< it could not be opened
};
/// fopen(3); "-" is stdin. A complaint "APPLET: WHAT'…" is the caller's business (`err`).
Co<In> open_in(Sys sys, std::string path);
Co<int> close_in(Sys sys, In in);
/// One more piece; false at the end.
Co<bool> fill(Sys sys, In* in);
/// A line without its newline; `whole` says whether there was one. False at the end.
struct TakenLine {
  bool got = false, whole = true;
  std::string text;
};
Co<TakenLine> next_line(Sys sys, In* in);
Co<std::string> read_all(Sys sys, In* in);

/// stdout. Full pieces go at once, the rest at flush (on a terminal: each line).
struct Out {
  std::string buffer;
  bool looked = false, terminal = false;
  int err = 0;
};
Co<int> emit(Sys sys, Out* out, std::string text);
/// 0, or 1 when not all could be written.
Co<int> flush(Sys sys, Out* out);

/// "head: nosuch: No such file or directory" on stderr.
Co<int> cannot_open(Sys sys, std::string applet, In in);

}  // namespace cutaway::sim
