// Applets about paths: basename, dirname, readlink, realpath, which, mktemp, expr's neighbours.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

/// Without slashes at the end (but "/" stays).
std::string stripped(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

std::string folder_of(const std::string& path) {
  const std::string whole = stripped(path);
  const std::size_t slash = whole.rfind('/');
  if (slash == std::string::npos) return ".";
  return stripped(whole.substr(0, slash == 0 ? 1 : slash));
}

}  // namespace

Co<int> applet_basename(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv,
                             "as:", "FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  const bool many = options.has('a') || options.has('s');
  if (options.rest.empty() || (!many && options.rest.size() > 2)) {
    auto telling = misused(sys, "basename", "FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...");
    co_return co_await telling;
  }
  std::string suffix = options.value('s');
  if (!many && options.rest.size() == 2) suffix = options.rest[1];
  std::string text;
  for (std::size_t i = 0; i < (many ? options.rest.size() : 1); ++i) {
    std::string name = base_of(options.rest[i]);
    if (name.size() > suffix.size() && ends_with(name, suffix))
      name.resize(name.size() - suffix.size());
    text += name + "\n";
  }
  auto writing = put(sys, 1, text);
  co_return co_await writing;
}

Co<int> applet_dirname(Sys sys, State state) {
  if (state.argv.size() != 2) {
    auto telling = misused(sys, "dirname", "FILENAME");
    co_return co_await telling;
  }
  auto writing = print(sys, folder_of(state.argv[1]) + "\n");
  co_return co_await writing;
}

Co<Resolved> resolve_path(Sys sys, std::string path, bool missing_last) {
  constexpr int most_links = 40;
  std::string done;
  if (!starts_with(path, "/")) {
    co_await sys.getcwd();
    done = sys.reply().data;
  }
  if (done == "/") done.clear();
  std::vector<std::string> parts = split(path, '/');
  int links = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string part = parts[i];
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      done.resize(done.empty() ? 0 : done.rfind('/'));
      continue;
    }
    const std::string next = done + "/" + part;
    const std::int64_t length = co_await sys.readlink(next);
    if (length > 0) {
      if (++links > most_links) co_return Resolved{path, 40};
      const std::vector<std::string> more = split(sys.reply().data, '/');
      if (starts_with(sys.reply().data, "/")) done.clear();
      std::vector<std::string> rest(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                    parts.end());
      parts = more;
      parts.insert(parts.end(), rest.begin(), rest.end());
      i = static_cast<std::size_t>(-1);
      continue;
    }
    const bool missing = length == -static_cast<std::int64_t>(abi::Errno::kENOENT);
    if (missing && !(missing_last && i + 1 == parts.size())) co_return Resolved{next, -length};
    done = next;
  }
  co_return Resolved{done.empty() ? "/" : done, 0};
}

Co<int> applet_readlink(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "fnvsq", "[-fnv] FILE", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (options.rest.size() != 1) {
    auto telling = misused(sys, "readlink", "[-fnv] FILE");
    co_return co_await telling;
  }
  const std::string path = options.rest[0];
  std::string text;
  if (options.has('f')) {
    auto resolving = resolve_path(sys, path, true);
    const Resolved resolved = co_await resolving;
    if (resolved.err != 0) co_return 1;
    text = resolved.path;
  } else {
    const std::int64_t length = co_await sys.readlink(path);
    if (length < 0) co_return 1;
    text = sys.reply().data;
  }
  auto writing = print(sys, text + (options.has('n') ? "" : "\n"));
  co_return co_await writing;
}

Co<int> applet_realpath(Sys sys, State state) {
  int exit = 0;
  std::string text;
  for (std::size_t i = 1; i < state.argv.size(); ++i) {
    const std::string path = state.argv[i];
    auto resolving = resolve_path(sys, path, true);
    const Resolved resolved = co_await resolving;
    if (resolved.err == 0) {
      text += resolved.path + "\n";
      continue;
    }
    auto telling = put(sys, 2, cannot("realpath", "", path, -resolved.err));
    co_await telling;
    exit = 1;
  }
  if (!text.empty()) {
    auto writing = print(sys, text);
    co_await writing;
  }
  co_return exit;
}

namespace {

/// Programs of that name; how many were found.
Co<int> look_for(Sys sys, std::vector<std::string> places, bool all, Out* out) {
  int found = 0;
  for (const std::string& place : places) {
    if (found > 0 && !all) break;
    if (co_await sys.access(place, 1) < 0) continue;  // X_OK
    co_await sys.stat(place);
    if ((sys.reply().stat.mode & abi::mode::kType) != abi::mode::kRegular) continue;
    ++found;
    auto emitting = emit(sys, out, place + "\n");
    co_await emitting;
  }
  co_return found;
}

std::string path_variable(const std::vector<std::string>& env) {
  for (const std::string& entry : env) {
    if (starts_with(entry, "PATH=")) return entry.substr(5);
  }
  return "/sbin:/usr/sbin:/bin:/usr/bin";
}

}  // namespace

Co<int> applet_which(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "a", "[-a] COMMAND...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  int exit = 0;
  Out out;
  for (const std::string& name : options.rest) {
    std::vector<std::string> places;
    if (name.find('/') != std::string::npos) {
      places.push_back(name);
    } else {
      for (const std::string& folder : split(path_variable(state.env), ':'))
        places.push_back((folder.empty() ? "." : folder) + "/" + name);
    }
    auto looking = look_for(sys, places, options.has('a'), &out);
    const int found = co_await looking;
    if (found == 0) exit = 1;
  }
  auto flushing = flush(sys, &out);
  co_await flushing;
  co_return exit;
}

Co<int> applet_mktemp(Sys sys, State state) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  constexpr std::uint64_t exclusive = 0200;
  Options options;
  auto taking = take_options(sys, state.argv, "dqtp:u", "[-dt] [-p DIR] [TEMPLATE]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  std::string path = options.rest.empty() ? "tmp.XXXXXX" : options.rest[0];
  const bool in_folder = options.rest.empty() || options.has('t') || options.has('p');
  if (in_folder) path = options.value('p', "/tmp") + "/" + path;
  if (!ends_with(path, "XXXXXX")) {
    auto telling = complain(sys, "mktemp", "", path, -22);
    co_return co_await telling;
  }
  const std::vector<Arg> ask = {Arg{}, Arg::integer(8), Arg::integer(0)};
  co_await sys.call(abi::Sys::getrandom, ask);
  const std::string random = sys.reply().data;
  for (std::size_t i = 0; i < 6; ++i)
    path[path.size() - 6 + i] = letters[static_cast<unsigned char>(random[i]) % letters.size()];
  std::int64_t made = 0;
  if (options.has('d')) {
    made = co_await sys.mkdir(path, 0700);
  } else {
    made = co_await sys.open(path, abi::o::kRdwr | abi::o::kCreat | exclusive, 0600);
  }
  if (made < 0) {
    auto telling = complain(sys, "mktemp", "", path, made);
    co_return co_await telling;
  }
  auto writing = print(sys, path + "\n");
  co_return co_await writing;
}

}  // namespace cutaway::sim
