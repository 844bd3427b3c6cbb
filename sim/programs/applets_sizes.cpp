// Applets about sizes and what else is known of a file: du, stat.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

struct Usage {
  Options options;
  Out out;
  int exit = 0;
};

std::string du_line(const Usage& usage, std::int64_t kilobytes, const std::string& path) {
  std::string shown = decimal(kilobytes);
  if (usage.options.has('h')) shown = human_size(kilobytes * 1024);
  if (usage.options.has('m')) shown = decimal((kilobytes + 1023) / 1024);
  return shown + "\t" + path + "\n";
}

Co<std::int64_t> measure(Sys sys, Usage* usage, std::string path, int depth);

Co<std::int64_t> measure_folder(Sys sys, Usage* usage, std::string path, int depth) {
  std::int64_t total = 0;
  const std::int64_t fd =
      co_await sys.open(path, abi::o::kDirectory | abi::o::kCloexec | abi::o::kNonblock);
  if (fd < 0) co_return total;
  co_await sys.fstat(fd);
  const std::string before = path == "/" ? path : path + "/";
  while (co_await sys.getdents(fd) > 0) {
    const std::vector<std::string> names = entry_names(sys.reply().data);
    for (const std::string& name : names) {
      auto measuring = measure(sys, usage, before + name, depth + 1);
      total += co_await measuring;
    }
  }
  co_await sys.close(fd);
  co_return total;
}

/// In kilobytes, by blocks of 4096 bytes.
Co<std::int64_t> measure(Sys sys, Usage* usage, std::string path, int depth) {
  const std::int64_t found = co_await sys.lstat(path);
  if (found < 0) {
    auto telling = put(sys, 2, cannot("du", "", path, found));
    co_await telling;
    usage->exit = 1;
    co_return 0;
  }
  const Stat stat = sys.reply().stat;
  const std::uint32_t type = stat.mode & abi::mode::kType;
  const bool folder = type == abi::mode::kDirectory;
  std::int64_t total = type == abi::mode::kLink ? 0 : (stat.size + 4095) / 4096 * 4;
  if (folder) {
    auto measuring = measure_folder(sys, usage, path, depth);
    total += co_await measuring;
  }
  const bool wanted = !usage->options.has('s') && (folder || usage->options.has('a'));
  if (depth == 0 || wanted) {
    auto emitting = emit(sys, &usage->out, du_line(*usage, total, path));
    co_await emitting;
  }
  co_return total;
}

}  // namespace

Co<int> applet_du(Sys sys, State state) {
  Usage usage;
  auto taking =
      take_options(sys, state.argv, "aHkLsxd:lchm", "[-aHLdclsxhmk] [FILE]...", &usage.options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  std::vector<std::string> paths = usage.options.rest;
  if (paths.empty()) paths.push_back(".");
  std::int64_t total = 0;
  for (const std::string& path : paths) {
    auto measuring = measure(sys, &usage, path, 0);
    total += co_await measuring;
  }
  if (usage.options.has('c')) {
    auto emitting = emit(sys, &usage.out, du_line(usage, total, "total"));
    co_await emitting;
  }
  auto flushing = flush(sys, &usage.out);
  co_await flushing;
  co_return usage.exit;
}

namespace {

std::string stat_letter(char letter, const Stat& stat, const std::string& path,
                        const std::string& user, const std::string& group) {
  switch (letter) {
    case 'n':
      return path;
    case 'N':
      return "'" + path + "'";
    case 's':
      return decimal(stat.size);
    case 'a':
      return octal(stat.mode & 07777U);
    case 'A':
      return mode_text(stat.mode);
    case 'f':
      return hex(stat.mode);
    case 'F':
      return type_text(stat);
    case 'u':
      return decimal(stat.uid);
    case 'g':
      return decimal(stat.gid);
    case 'U':
      return user;
    case 'G':
      return group;
    case 'h':
      return decimal(stat.links);
    case 'i':
      return decimal(static_cast<std::int64_t>(stat.inode));
    case 'd':
      return decimal(static_cast<std::int64_t>(stat.device));
    case 'D':
      return hex(stat.device);
    case 't':
      return hex(stat.major);
    case 'T':
      return hex(stat.minor);
    case 'b':
      return decimal((stat.size + 4095) / 4096 * 8);
    case 'B':
      return "512";
    case 'o':
      return "4096";
    case '%':
      return "%";
    default:
      return std::string("%") + letter;
  }
}

std::string stat_block(const Stat& stat, const std::string& path, const std::string& target,
                       const std::string& user, const std::string& group) {
  const std::uint32_t type = stat.mode & abi::mode::kType;
  const bool device = type == abi::mode::kChar || type == abi::mode::kBlock;
  std::string text = "  File: " + path + (target.empty() ? "" : " -> " + target) + "\n";
  text += "  Size: " + padded_right(decimal(stat.size), 10) +
          "\tBlocks: " + padded_right(decimal((stat.size + 4095) / 4096 * 8), 10) +
          " IO Block: 4096   " + type_text(stat) + "\n";
  text += "Device: " + hex(stat.device) + "h/" + decimal(static_cast<std::int64_t>(stat.device)) +
          "d\tInode: " + padded_right(decimal(static_cast<std::int64_t>(stat.inode)), 10) +
          "  Links: " + decimal(stat.links);
  if (device) text += "     Device type: " + hex(stat.major) + "," + hex(stat.minor);
  std::string mode = octal(stat.mode & 07777U);
  mode = std::string(mode.size() < 4 ? 4 - mode.size() : 0, '0') + mode;
  text += "\nAccess: (" + mode + "/" + mode_text(stat.mode) + ")  Uid: (" +
          padded_left(decimal(stat.uid), 5) + "/" + padded_left(user, 8) + ")   Gid: (" +
          padded_left(decimal(stat.gid), 5) + "/" + padded_left(group, 8) + ")\n";
  return text;
}

}  // namespace

// (A simulation knows no times of files: the three lines of them are left out.)
Co<int> applet_stat(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "ftLc:", "[-ltf] [-c FMT] FILE...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  NameTable users("/etc/passwd");
  NameTable groups("/etc/group");
  Out out;
  int exit = 0;
  for (const std::string& path : options.rest) {
    const std::int64_t found =
        options.has('L') ? co_await sys.stat(path) : co_await sys.lstat(path);
    if (found < 0) {
      auto telling = put(sys, 2, cannot("stat", "can't stat", path, found));
      co_await telling;
      exit = 1;
      continue;
    }
    const Stat stat = sys.reply().stat;
    std::string target;
    if ((stat.mode & abi::mode::kType) == abi::mode::kLink) {
      co_await sys.readlink(path);
      target = sys.reply().data;
    }
    auto asking_user = name_for(sys, &users, stat.uid);
    const std::string named_user = co_await asking_user;
    auto asking_group = name_for(sys, &groups, stat.gid);
    const std::string named_group = co_await asking_group;
    const std::string shown_user = users.known(stat.uid) ? named_user : "UNKNOWN";
    const std::string shown_group = groups.known(stat.gid) ? named_group : "UNKNOWN";
    std::string text;
    const std::string format = options.value('c');
    for (std::size_t i = 0; i < format.size(); ++i) {
      const bool letter = format[i] == '%' && i + 1 < format.size();
      text += letter ? stat_letter(format[++i], stat, path, shown_user, shown_group)
                     : std::string(1, format[i]);
    }
    if (options.has('c'))
      text += "\n";
    else
      text = stat_block(stat, path, target, shown_user, shown_group);
    auto emitting = emit(sys, &out, text);
    co_await emitting;
  }
  auto flushing = flush(sys, &out);
  co_await flushing;
  co_return exit;
}

}  // namespace cutaway::sim
