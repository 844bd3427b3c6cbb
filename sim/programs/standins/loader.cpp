// A program that is linked with libfoo.so.1, and what ld.so does before its main: it looks for the
// library by name, folder by folder (ld.so(8)), as measured with glibc 2.36.
#include <set>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/standins/standins.h"

namespace cutaway::sim {

namespace {

constexpr std::string_view kLibrary = "libfoo.so.1";
constexpr std::string_view kLibraryFolders[] = {"/lib/x86_64-linux-gnu",
                                                "/usr/lib/x86_64-linux-gnu", "/lib", "/usr/lib"};
// Libraries for what this processor can do stand in folders of their own.
constexpr std::string_view kVariants[] = {"/glibc-hwcaps/x86-64-v4",
                                          "/glibc-hwcaps/x86-64-v3",
                                          "/glibc-hwcaps/x86-64-v2",
                                          "/tls/x86_64/x86_64",
                                          "/tls/x86_64",
                                          "/tls/x86_64",
                                          "/tls",
                                          "/x86_64/x86_64",
                                          "/x86_64",
                                          "/x86_64",
                                          ""};

/// The library in this folder or one of its variants: its descriptor, or −ENOENT.
Co<std::int64_t> open_in_folder(Sys sys, std::string folder) {
  for (const std::string_view variant : kVariants) {
    const std::string place = folder + std::string(variant);
    const std::int64_t fd =
        co_await sys.open(place + "/" + std::string(kLibrary), abi::o::kCloexec);
    if (fd >= 0) co_return fd;
    co_await sys.stat(place);  // a folder that is not there is not looked at again
  }
  co_return -static_cast<std::int64_t>(abi::Errno::kENOENT);
}

Co<std::int64_t> find_library(Sys sys, std::vector<std::string> env) {
  std::vector<std::string> folders;
  for (const std::string& entry : env) {
    if (!starts_with(entry, "LD_LIBRARY_PATH=")) continue;
    for (const std::string& folder : split(entry.substr(16), ':'))
      folders.push_back(folder.empty() ? "." : folder);
  }
  for (const std::string_view folder : kLibraryFolders) folders.emplace_back(folder);
  for (const std::string& folder : folders) {
    auto opening = open_in_folder(sys, folder);
    const std::int64_t fd = co_await opening;
    if (fd >= 0) co_return fd;
  }
  co_return -static_cast<std::int64_t>(abi::Errno::kENOENT);
}

Co<std::string> map_library(Sys sys, std::int64_t fd) {
  constexpr std::uint64_t header = 832;
  co_await sys.read(fd, header);
  const std::string content = sys.reply().data;
  co_await sys.fstat(fd);
  const std::vector<Arg> args = {Arg::integer(0),     Arg::integer(16400), Arg::integer(1),
                                 Arg::integer(0x802), Arg::integer(fd),    Arg::integer(0)};
  co_await sys.call(abi::Sys::mmap, args);
  co_await sys.close(fd);
  co_return content;
}

}  // namespace

Program needs_library(Sys sys, State state) {
  const std::vector<Arg> ask_heap = {Arg::integer(0)};
  co_await sys.call(abi::Sys::brk, ask_heap);
  const std::string preload = "/etc/ld.so.preload";
  co_await sys.access(preload, 4);  // R_OK
  const std::string cache = "/etc/ld.so.cache";
  const std::int64_t cached = co_await sys.open(cache, abi::o::kCloexec);
  if (cached >= 0) co_await sys.close(cached);
  auto finding = find_library(sys, state.env);
  const std::int64_t fd = co_await finding;
  if (fd < 0) {
    const std::string why(abi::errno_text(static_cast<abi::Errno>(-fd)));
    auto telling =
        put(sys, 2,
            state.argv[0] + ": error while loading shared libraries: " + std::string(kLibrary) +
                ": cannot open shared object file: " + why + "\n");
    co_await telling;
    co_return 127;
  }
  auto mapping = map_library(sys, fd);
  const std::string content = co_await mapping;
  // The program's own part: it says what the library that it got says.
  auto writing = put(sys, 1, "using " + std::string(trim(content)) + "\n");
  co_return co_await writing;
}

}  // namespace cutaway::sim
