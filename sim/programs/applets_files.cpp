// ls.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

struct ListedFile {
  std::string path, name;
  Stat stat;
};

struct List {
  Options options;
  Out out;
  NameTable users{"/etc/passwd"}, groups{"/etc/group"};
  bool details = false, columns = false, zone = false, first = true;
  int exit = 0;
};

/// ext4 counts a file in blocks of 4096; here: what its bytes need.
std::int64_t kilobytes(const Stat& stat) {
  return is_link(stat) ? 0 : (stat.size + 4095) / 4096 * 4;
}

/// 1234 as it is, or 1.2K with -h.
std::string size_text(const List& list, const Stat& stat) {
  const std::uint32_t type = stat.mode & abi::mode::kType;
  if (type == abi::mode::kChar || type == abi::mode::kBlock)
    return decimal(stat.major) + ", " + padded_left(decimal(stat.minor), 3);
  if (list.options.has('h')) return human_size(stat.size);
  return decimal(stat.size);
}

std::string mark_of(const List& list, const Stat& stat) {
  const bool marks = list.options.has('F');
  if (is_folder(stat)) return marks || list.options.has('p') ? "/" : "";
  if (!marks) return "";
  if (is_link(stat)) return "@";
  const std::uint32_t type = stat.mode & abi::mode::kType;
  if (type == abi::mode::kFifo) return "|";
  if (type == abi::mode::kSocket) return "=";
  return (stat.mode & 0111U) != 0 ? "*" : "";
}

/// One line of ls -l. (A simulation knows no time of a file: that column is left out.)
Co<std::string> detail_line(Sys sys, List* list, ListedFile item) {
  const bool numbers = list->options.has('n');
  std::string owner = decimal(item.stat.uid);
  std::string group = decimal(item.stat.gid);
  if (!numbers) {
    auto asking_group = name_for(sys, &list->groups, item.stat.gid);
    group = co_await asking_group;
    auto asking_owner = name_for(sys, &list->users, item.stat.uid);
    owner = co_await asking_owner;
  }
  std::string line;
  if (list->options.has('i'))
    line += padded_left(decimal(static_cast<std::int64_t>(item.stat.inode)), 7) + " ";
  if (list->options.has('s')) line += padded_left(decimal(kilobytes(item.stat)), 6) + " ";
  line += mode_text(item.stat.mode) + " " + padded_left(decimal(item.stat.links), 4) + " ";
  line += padded_right(owner.substr(0, 8), 8) + " " + padded_right(group.substr(0, 8), 8) + " ";
  line += padded_left(size_text(*list, item.stat), 9) + " " + item.name;
  if (is_link(item.stat)) {
    const std::int64_t length = co_await sys.readlink(item.path);
    if (length >= 0) line += " -> " + sys.reply().data;
  }
  co_return line + mark_of(*list, item.stat) + "\n";
}

std::string short_text(const List& list, const ListedFile& item) {
  std::string text;
  if (list.options.has('i'))
    text += padded_left(decimal(static_cast<std::int64_t>(item.stat.inode)), 7) + " ";
  if (list.options.has('s')) text += padded_left(decimal(kilobytes(item.stat)), 6) + " ";
  return text + item.name + mark_of(list, item.stat);
}

/// Columns as wide as the longest name, filled downwards.
std::string in_columns(const List& list, const std::vector<ListedFile>& items) {
  constexpr std::size_t screen = 80;
  std::vector<std::string> texts;
  std::size_t widest = 0;
  for (const ListedFile& item : items) {
    texts.push_back(short_text(list, item));
    widest = std::max(widest, texts.back().size());
  }
  const std::size_t width = widest + 2;
  const std::size_t columns = std::max<std::size_t>(1, screen / width);
  const std::size_t rows = (texts.size() + columns - 1) / columns;
  std::string all;
  for (std::size_t row = 0; row < rows; ++row) {
    std::string line;
    for (std::size_t at = row; at < texts.size(); at += rows)
      line += at + rows < texts.size() ? padded_right(texts[at], width) : texts[at];
    all += line + "\n";
  }
  return all;
}

Co<int> show(Sys sys, List* list, std::vector<ListedFile> items) {
  const auto order = [list](const ListedFile& a, const ListedFile& b) {
    if (list->options.has('S') && a.stat.size != b.stat.size) return a.stat.size > b.stat.size;
    return a.name < b.name;
  };
  std::sort(items.begin(), items.end(), order);
  if (list->options.has('r')) std::reverse(items.begin(), items.end());
  if (list->columns && !list->details) {
    auto emitting = emit(sys, &list->out, in_columns(*list, items));
    co_return co_await emitting;
  }
  for (const ListedFile& item : items) {
    std::string line = short_text(*list, item) + "\n";
    if (list->details) {
      auto detailing = detail_line(sys, list, item);
      line = co_await detailing;
    }
    auto emitting = emit(sys, &list->out, line);
    co_await emitting;
  }
  co_return 0;
}

bool hidden(const List& list, const std::string& name) {
  if (name[0] != '.') return false;
  if (list.options.has('a')) return false;
  return !list.options.has('A') || name == "." || name == "..";
}

struct FolderRead {
  std::vector<ListedFile> items;
  std::int64_t err = 0;
};

/// Each name is looked at while the folder is being read.
Co<FolderRead> read_folder(Sys sys, const List* list, std::string path) {
  FolderRead folder;
  const std::int64_t fd =
      co_await sys.open(path, abi::o::kDirectory | abi::o::kCloexec | abi::o::kNonblock);
  folder.err = fd;
  if (fd < 0) co_return folder;
  co_await sys.fstat(fd);
  while (co_await sys.getdents(fd) > 0) {
    const std::vector<std::string> lines = split(sys.reply().data, '\n');
    for (const std::string& line : lines) {
      const std::string name = line.size() > 2 ? line.substr(2) : "";
      if (name.empty() || hidden(*list, name)) continue;
      const std::string place = path + (ends_with(path, "/") ? "" : "/") + name;
      const bool follows = list->options.has('L');
      const std::int64_t found = follows ? co_await sys.stat(place) : co_await sys.lstat(place);
      if (found >= 0) folder.items.push_back({place, name, sys.reply().stat});
    }
  }
  co_await sys.close(fd);
  co_return folder;
}

Co<int> show_folder(Sys sys, List* list, std::string path, bool titled) {
  std::string title = list->first ? "" : "\n";
  list->first = false;
  if (!titled) title.clear();
  if (titled) {
    auto titling = emit(sys, &list->out, title + path + ":\n");
    co_await titling;
  }
  auto reading = read_folder(sys, list, path);
  const FolderRead folder = co_await reading;
  if (folder.err < 0) {
    auto telling = put(sys, 2, cannot("ls", "can't open", path, folder.err));
    co_await telling;
    list->exit = 1;
    co_return 1;
  }
  if (list->details || list->options.has('s')) {
    std::int64_t total = 0;
    for (const ListedFile& item : folder.items) total += kilobytes(item.stat);
    auto emitting = emit(sys, &list->out, "total " + decimal(total) + "\n");
    co_await emitting;
  }
  auto showing = show(sys, list, folder.items);
  co_await showing;
  if (!list->options.has('R')) co_return 0;
  std::vector<ListedFile> items = folder.items;
  std::sort(items.begin(), items.end(),
            [](const ListedFile& a, const ListedFile& b) { return a.name < b.name; });
  for (const ListedFile& item : items) {
    if (!is_folder(item.stat) || item.name == "." || item.name == "..") continue;
    auto deeper = show_folder(sys, list, item.path, true);
    co_await deeper;
  }
  co_return 0;
}

}  // namespace

Co<int> applet_ls(Sys sys, State state) {
  List list;
  co_await sys.ioctl(0, 0x5413, 0);  // TIOCGWINSZ
  const std::vector<LongOption> longs = {{"all", 'a'}, {"almost-all", 'A'}, {"color", 'K', false}};
  auto taking =
      take_options(sys, state.argv, "1AaCxdLHRFplinshrSXvctuw:gK",
                   "[-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...", &list.options, longs);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  list.details = list.options.has('l') || list.options.has('n') || list.options.has('g');
  list.columns = list.options.has('C') || list.options.has('x');
  const bool asks = !list.details && !list.columns && !list.options.has('1');
  if (asks) list.columns = co_await sys.ioctl(1, 0x5401, 0) >= 0;  // TCGETS
  std::vector<std::string> paths = list.options.rest;
  if (paths.empty()) paths.push_back(".");
  std::vector<ListedFile> files;
  std::vector<ListedFile> folders;
  const bool itself =
      list.details || list.options.has('F') || list.options.has('i') || list.options.has('s');
  for (const std::string& path : paths) {
    const std::int64_t found = itself ? co_await sys.lstat(path) : co_await sys.stat(path);
    const ListedFile item{path, path, sys.reply().stat};
    if (found < 0) {
      auto telling = put(sys, 2, cannot("ls", "", path, found));
      co_await telling;
      list.exit = 1;
    } else if (is_folder(item.stat) && !list.options.has('d')) {
      folders.push_back(item);
    } else {
      files.push_back(item);
    }
  }
  if (!files.empty()) {
    list.first = false;
    auto showing = show(sys, &list, files);
    co_await showing;
  }
  std::sort(folders.begin(), folders.end(),
            [](const ListedFile& a, const ListedFile& b) { return a.name < b.name; });
  const bool titled = paths.size() > 1 || list.options.has('R');
  for (const ListedFile& item : folders) {
    auto listing = show_folder(sys, &list, item.path, titled);
    co_await listing;
  }
  auto flushing = flush(sys, &list.out);
  co_await flushing;
  co_return list.exit;
}

}  // namespace cutaway::sim
