// Applets about files and folders.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"

namespace cutaway::sim {

namespace {

struct ListOptions {
  bool all = false, almost_all = false, as_file = false, details = false;
  std::vector<std::string> paths;
};

ListOptions list_options(const State& state) {
  ListOptions options;
  for (std::size_t i = 1; i < state.argv.size(); ++i) {
    const std::string& word = state.argv[i];
    if (word.size() < 2 || word[0] != '-') {
      options.paths.push_back(word);
      continue;
    }
    for (const char flag : word.substr(1)) {
      if (flag == 'a') options.all = true;
      if (flag == 'A') options.almost_all = true;
      if (flag == 'd') options.as_file = true;
      if (flag == 'l') options.details = true;
    }
  }
  if (options.paths.empty()) options.paths.push_back(".");
  return options;
}

// "drwxr-xr-x", as ls -l shows a mode (inode(7)).
std::string mode_text(std::uint32_t mode) {
  static constexpr std::string_view kTypes = "?pc?d?b?-?l?s???";
  std::string text(1, kTypes[mode >> 12 & 15]);
  static constexpr std::string_view kBits = "rwxrwxrwx";
  for (std::size_t i = 0; i < 9; ++i) text += (mode >> (8 - i) & 1U) != 0 ? kBits[i] : '-';
  if ((mode & abi::mode::kSetuid) != 0) text[3] = text[3] == 'x' ? 's' : 'S';
  if ((mode & abi::mode::kSetgid) != 0) text[6] = text[6] == 'x' ? 's' : 'S';
  if ((mode & abi::mode::kSticky) != 0) text[9] = text[9] == 'x' ? 't' : 'T';
  return text;
}

std::string padded(const std::string& text, std::size_t width) {
  return text.size() >= width ? text : std::string(width - text.size(), ' ') + text;
}

// One line of ls -l. (Times of day do not exist in a simulation: they are left out.)
std::string detail_line(const std::string& name, const Stat& stat, const std::string& target) {
  const std::uint32_t type = stat.mode & abi::mode::kType;
  const bool device = type == abi::mode::kChar || type == abi::mode::kBlock;
  const std::string size =
      device ? decimal(stat.major) + ", " + padded(decimal(stat.minor), 3) : decimal(stat.size);
  std::string line = mode_text(stat.mode) + padded(decimal(stat.links), 5) + " ";
  for (const std::uint32_t id : {stat.uid, stat.gid}) {
    const std::string owner = id == 0 ? "root" : decimal(id);
    line += owner + std::string(owner.size() < 8 ? 8 - owner.size() : 0, ' ') + " ";
  }
  line += padded(size, 9) + " " + name;
  if (!target.empty()) line += " -> " + target;
  return line + "\n";
}

std::vector<std::string> names_of(const std::string& entries) {
  std::vector<std::string> names;
  for (const std::string& line : split(entries, '\n')) {
    if (line.size() > 2) names.push_back(line.substr(2));
  }
  std::sort(names.begin(), names.end());
  return names;
}

Co<std::string> list_one(Sys sys, std::string path, std::string name, bool details) {
  co_await sys.lstat(path);
  if (!details) co_return name + "\n";
  const Stat stat = sys.reply().stat;
  std::string target;
  if ((stat.mode & abi::mode::kType) == abi::mode::kLink) {
    co_await sys.readlink(path);
    target = sys.reply().data;
  }
  co_return detail_line(name, stat, target);
}

Co<std::string> list_folder(Sys sys, std::string path, ListOptions options) {
  const std::uint64_t flags = abi::o::kDirectory | abi::o::kCloexec | abi::o::kNonblock;
  const std::int64_t fd = co_await sys.open(path, flags);
  if (fd < 0) {
    auto telling = put(sys, 2, cannot("ls", "can't open", path, fd));
    co_await telling;
    co_return std::string();
  }
  co_await sys.fstat(fd);
  std::string text;
  // Each name is looked at while the folder is being read.
  while (co_await sys.getdents(fd) > 0) {
    auto names = names_of(sys.reply().data);
    for (const std::string& name : names) {
      const bool dots = name == "." || name == "..";
      const bool hidden = name[0] == '.' && !options.all && (dots || !options.almost_all);
      if (hidden) continue;
      auto listing =
          list_one(sys, path == "/" ? "/" + name : path + "/" + name, name, options.details);
      text += co_await listing;
    }
  }
  co_await sys.close(fd);
  co_return text;
}

}  // namespace

Co<int> applet_ls(Sys sys, State state) {
  const ListOptions options = list_options(state);
  co_await sys.ioctl(0, 0x5413, 0);  // TIOCGWINSZ
  co_await sys.ioctl(1, 0x5401, 0);  // TCGETS: columns only on a terminal
  int exit = 0;
  std::string text;
  for (const std::string& path : options.paths) {
    const std::int64_t found = co_await sys.stat(path);
    if (found < 0) {
      auto telling = put(sys, 2, cannot("ls", "", path, found));
      co_await telling;
      exit = 1;
      continue;
    }
    const bool folder =
        (sys.reply().stat.mode & abi::mode::kType) == abi::mode::kDirectory && !options.as_file;
    if (!folder) {
      auto listing = list_one(sys, path, path, options.details);
      text += co_await listing;
      continue;
    }
    if (options.paths.size() > 1) text += (text.empty() ? "" : "\n") + path + ":\n";
    auto listing = list_folder(sys, path, options);
    text += co_await listing;
  }
  if (text.empty()) co_return exit;
  auto asking = stdout_is_terminal(sys);
  co_await asking;
  auto writing = put(sys, 1, text);
  co_await writing;
  co_return exit;
}

Co<int> applet_mkdir(Sys sys, State state) {
  int exit = 0;
  bool parents = false;
  for (std::size_t i = 1; i < state.argv.size(); ++i) {
    const std::string path = state.argv[i];
    if (path == "-p") {
      parents = true;
      continue;
    }
    for (std::size_t slash = parents ? path.find('/', 1) : std::string::npos;
         slash != std::string::npos; slash = path.find('/', slash + 1)) {
      const std::string folder = path.substr(0, slash);
      co_await sys.mkdir(folder, 0777);
    }
    const std::int64_t made = co_await sys.mkdir(path, 0777);
    const bool there = parents && made == -static_cast<std::int64_t>(abi::Errno::kEEXIST);
    if (made >= 0 || there) continue;
    auto telling = put(sys, 2, cannot("mkdir", "can't create directory", path, made));
    co_await telling;
    exit = 1;
  }
  co_return exit;
}

Co<int> applet_touch(Sys sys, State state) {
  int exit = 0;
  for (std::size_t i = 1; i < state.argv.size(); ++i) {
    const std::string path = state.argv[i];
    const std::int64_t fd = co_await sys.open(path, abi::o::kRdwr | abi::o::kCreat, 0666);
    if (fd >= 0) {
      co_await sys.close(fd);
      continue;
    }
    auto telling = put(sys, 2, cannot("touch", "", path, fd));
    co_await telling;
    exit = 1;
  }
  co_return exit;
}

namespace {

Co<int> remove_tree(Sys sys, std::string path, bool recursive, bool force) {
  const std::int64_t found = co_await sys.lstat(path);
  if (found < 0 && force) co_return 0;
  std::int64_t done = found;
  const bool folder =
      found >= 0 && (sys.reply().stat.mode & abi::mode::kType) == abi::mode::kDirectory;
  if (found >= 0 && !force && (!folder || recursive)) co_await sys.access(path, 2);  // W_OK
  if (folder && recursive) {
    const std::int64_t fd =
        co_await sys.open(path, abi::o::kDirectory | abi::o::kCloexec | abi::o::kNonblock);
    co_await sys.fstat(fd);
    while (co_await sys.getdents(fd) > 0) {
      const std::vector<std::string> names = names_of(sys.reply().data);
      for (const std::string& name : names) {
        if (name == "." || name == "..") continue;
        auto removing = remove_tree(sys, path + "/" + name, true, force);
        co_await removing;
      }
    }
    co_await sys.close(fd);
    done = co_await sys.rmdir(path);
  } else if (folder) {
    done = -static_cast<std::int64_t>(abi::Errno::kEISDIR);
  } else if (found >= 0) {
    done = co_await sys.unlink(path);
  }
  if (done >= 0) co_return 0;
  const bool is_folder = folder && !recursive;
  auto telling = put(
      sys, 2,
      is_folder ? "rm: '" + path + "' is a directory\n" : cannot("rm", "can't remove", path, done));
  co_await telling;
  co_return 1;
}

}  // namespace

Co<int> applet_rm(Sys sys, State state) {
  bool recursive = false;
  bool force = false;
  int exit = 0;
  for (std::size_t i = 1; i < state.argv.size(); ++i) {
    const std::string word = state.argv[i];
    if (word.size() > 1 && word[0] == '-') {
      recursive = recursive || word.find_first_of("rR") != std::string::npos;
      force = force || word.find('f') != std::string::npos;
      continue;
    }
    auto removing = remove_tree(sys, word, recursive, force);
    const int failed = co_await removing;
    if (failed != 0) exit = 1;
  }
  co_return exit;
}

}  // namespace cutaway::sim
