// Applets about mounts and space: mount, umount, df.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/children.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

struct MountLine {
  std::string source, target, type, options;
};

Co<std::vector<MountLine>> mounts(Sys sys) {
  std::vector<MountLine> all;
  const std::string path = "/proc/mounts";
  In in;
  in.piece = 1024;
  in.fd = co_await sys.open(path, abi::o::kCloexec);
  if (in.fd < 0) co_return all;
  auto reading = read_all(sys, &in);
  const std::string text = co_await reading;
  co_await sys.close(in.fd);
  for (const std::string& line : split(text, '\n')) {
    const std::vector<std::string> fields = split(line, ' ');
    if (fields.size() > 3) all.push_back({fields[0], fields[1], fields[2], fields[3]});
  }
  co_return all;
}

struct MountFlagRow {
  std::string_view name;
  std::uint64_t set, clear;
};
constexpr MountFlagRow kMountFlags[] = {
    {"ro", abi::ms::kRdonly, 0},
    {"rw", 0, abi::ms::kRdonly},
    {"nosuid", abi::ms::kNosuid, 0},
    {"nodev", abi::ms::kNodev, 0},
    {"noexec", abi::ms::kNoexec, 0},
    {"remount", abi::ms::kRemount, 0},
    {"bind", abi::ms::kBind, 0},
    {"rbind", abi::ms::kBind | abi::ms::kRec, 0},
    {"move", abi::ms::kMove, 0},
    {"private", abi::ms::kPrivate, 0},
    {"rprivate", abi::ms::kPrivate | abi::ms::kRec, 0},
    {"shared", abi::ms::kShared, 0},
    {"rshared", abi::ms::kShared | abi::ms::kRec, 0},
    {"slave", abi::ms::kSlave, 0},
    {"rslave", abi::ms::kSlave | abi::ms::kRec, 0},
    {"unbindable", abi::ms::kUnbindable, 0},
    {"defaults", 0, 0},
};

/// -o ro,size=1m: flags, and what is the file system's own.
std::uint64_t mount_flags(const std::vector<std::string>& lists, std::string& data) {
  std::uint64_t flags = 0;
  for (const std::string& list : lists) {
    for (const std::string& word : split(list, ',')) {
      const auto* row = std::find_if(std::begin(kMountFlags), std::end(kMountFlags),
                                     [&](const MountFlagRow& each) { return each.name == word; });
      if (row != std::end(kMountFlags))
        flags = (flags & ~row->clear) | row->set;
      else if (!word.empty())
        data += (data.empty() ? "" : ",") + word;
    }
  }
  return flags;
}

Co<int> list_mounts(Sys sys, std::string type) {
  In in;
  in.path = "/proc/mounts";
  in.piece = 1024;
  in.fd = co_await sys.open(in.path, abi::o::kCloexec);
  if (in.fd < 0) co_return 1;
  Out out;
  while (true) {
    auto reading = next_line(sys, &in);
    const TakenLine line = co_await reading;
    if (!line.got) break;
    const std::vector<std::string> fields = split(line.text, ' ');
    if (fields.size() < 4 || (!type.empty() && fields[2] != type)) continue;
    const MountLine each{fields[0], fields[1], fields[2], fields[3]};
    auto emitting = emit(
        sys, &out,
        each.source + " on " + each.target + " type " + each.type + " (" + each.options + ")\n");
    co_await emitting;
  }
  auto flushing = flush(sys, &out);
  co_return co_await flushing;
}

}  // namespace

namespace {

struct AskedMount {
  std::string source, target, type, data;
  std::uint64_t flags = 0;
};

/// -o and the long words that stand for it, in flags; busybox always asks for MS_SILENT.
AskedMount asked_mount(const Options& options) {
  struct Named {
    char letter;
    std::string_view word;
  };
  static constexpr Named kNamed[] = {
      {'B', "bind"},   {'R', "rbind"},   {'M', "move"},  {'P', "private"}, {'Q', "rprivate"},
      {'S', "shared"}, {'H', "rshared"}, {'L', "slave"}, {'E', "rslave"},  {'r', "ro"}};
  std::vector<std::string> lists;
  const auto given = options.given.find('o');
  if (given != options.given.end()) lists = given->second;
  for (const Named& named : kNamed) {
    if (options.has(named.letter)) lists.emplace_back(named.word);
  }
  AskedMount asked;
  asked.flags = mount_flags(lists, asked.data) | abi::ms::kSilent;
  asked.target = options.rest.back();
  if (options.rest.size() > 1) asked.source = options.rest[0];
  asked.type = options.value('t');
  return asked;
}

bool is_propagation(const AskedMount& asked) {
  constexpr std::uint64_t kPropagationKinds =
      abi::ms::kShared | abi::ms::kPrivate | abi::ms::kSlave | abi::ms::kUnbindable;
  return (asked.flags & kPropagationKinds) != 0;
}

/// With one name: what is mounted there, and how (`mount -o remount,ro /data`). False: nothing.
Co<bool> complete_from_mounts(Sys sys, AskedMount* asked) {
  auto reading = mounts(sys);
  const std::vector<MountLine> all = co_await reading;
  const auto line = std::find_if(all.rbegin(), all.rend(), [asked](const MountLine& each) {
    return each.target == asked->target;
  });
  if (line == all.rend()) co_return false;
  asked->source = line->source;
  asked->type = line->type;
  co_return true;
}

/// The helper of a file system: mount.TYPE somewhere in $PATH.
Program mount_helper(Sys sys, State state) {
  for (const std::string& folder : split(path_of(state.env), ':')) {
    const std::string place = folder + "/" + state.argv[0];
    co_await sys.execve(place, state.argv, state.env);
  }
  co_return 111;
}

/// mount(2); when that fails, the helper is asked. 0, or −errno of mount(2).
Co<std::int64_t> mount_now(Sys sys, AskedMount asked, std::vector<std::string> env) {
  const std::int64_t done =
      co_await sys.mount(asked.source, asked.target, asked.type, asked.flags, asked.data);
  if (done >= 0 || asked.type.empty()) co_return done;
  State state;
  state.argv = {"mount." + asked.type, asked.source, asked.target};
  if (!asked.data.empty()) state.argv.insert(state.argv.end(), {"-o", asked.data});
  state.env = std::move(env);
  Request request;
  request.sys = abi::Sys::vfork;
  request.entry = mount_helper;
  request.state = state;
  const std::int64_t pid = co_await sys.make(std::move(request));
  if (pid < 0) co_return done;
  const std::int64_t waited = co_await sys.wait4(pid, 0);
  const bool helped = waited > 0 && sys.reply().out.at(0) == 0;
  co_return helped ? 0 : done;
}

Co<int> tell_mount_failed(Sys sys, AskedMount asked, abi::Errno err) {
  const std::string why = err == abi::Errno::kEPERM
                              ? "permission denied (are you root?)"
                              : "mounting " + asked.source + " on " + asked.target +
                                    " failed: " + std::string(abi::errno_text(err));
  auto telling = put(sys, 2, "mount: " + why + "\n");
  co_await telling;
  co_return err == abi::Errno::kEPERM ? 1 : 255;
}

}  // namespace

Co<int> applet_mount(Sys sys, State state) {
  Options options;
  const std::vector<LongOption> longs = {
      {"bind", 'B'},         {"rbind", 'R'},         {"move", 'M'},
      {"make-private", 'P'}, {"make-rprivate", 'Q'}, {"make-shared", 'S'},
      {"make-rshared", 'H'}, {"make-slave", 'L'},    {"make-rslave", 'E'}};
  auto taking = take_options(sys, state.argv, "o:t:rwanfviO:", "[OPTIONS] [-o OPT] DEVICE NODE",
                             &options, longs);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  const std::vector<Arg> none;
  co_await sys.call(abi::Sys::getuid, none);
  co_await sys.call(abi::Sys::geteuid, none);
  if (options.rest.empty()) {
    auto listing = list_mounts(sys, options.value('t'));
    co_return co_await listing;
  }
  AskedMount asked = asked_mount(options);
  const bool named = options.rest.size() > 1 || is_propagation(asked);
  if (!named) {
    auto completing = complete_from_mounts(sys, &asked);
    const bool found = co_await completing;
    if (!found) {
      auto telling = put(sys, 2, "mount: can't find " + asked.target + " in /proc/mounts\n");
      co_await telling;
      co_return 1;
    }
  }
  if (!is_propagation(asked)) co_await sys.stat(asked.source);
  auto mounting = mount_now(sys, asked, state.env);
  const std::int64_t done = co_await mounting;
  if (done >= 0) co_return 0;
  auto telling = tell_mount_failed(sys, asked, static_cast<abi::Errno>(-done));
  co_return co_await telling;
}

Co<int> applet_umount(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv,
                             "fldnrat:", "[-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  auto reading = mounts(sys);
  const std::vector<MountLine> all = co_await reading;
  std::uint64_t flags = 0;
  if (options.has('f')) flags |= 1;  // MNT_FORCE
  if (options.has('l')) flags |= 2;  // MNT_DETACH
  int exit = 0;
  for (const std::string& path : options.rest) {
    auto resolving = resolve_path(sys, path, false);
    const Resolved resolved = co_await resolving;
    const std::string place = resolved.err == 0 ? resolved.path : path;
    const std::int64_t done = co_await sys.umount2(place, flags);
    if (done >= 0) continue;
    auto telling = put(sys, 2,
                       "umount: can't unmount " + path + ": " +
                           std::string(abi::errno_text(static_cast<abi::Errno>(-done))) + "\n");
    co_await telling;
    exit = 1;
  }
  co_return exit;
}

namespace {

std::string df_line(const MountLine& mount, std::int64_t total, std::int64_t unused, bool human) {
  const auto shown = [human](std::int64_t kilobytes) {
    return human ? human_size(kilobytes * 1024) : decimal(kilobytes);
  };
  const std::int64_t used = total - unused;
  const std::int64_t percent = total == 0 ? 0 : (used * 100 + total - 1) / total;
  std::string line = padded_right(mount.source, 20);
  if (mount.source.size() > 20) line = mount.source + "\n" + std::string(20, ' ');
  line += " " + padded_left(shown(total), 9) + " " + padded_left(shown(used), 9) + " " +
          padded_left(shown(unused), 9) + " " + padded_left(decimal(percent), 3) + "% " +
          mount.target + "\n";
  return line;
}

}  // namespace

Co<int> applet_df(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, state.argv, "kmhaPTt:", "[-PkmhT] [-t TYPE] [FILESYSTEM]...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  auto reading = mounts(sys);
  const std::vector<MountLine> all = co_await reading;
  const bool human = options.has('h');
  Out out;
  auto heading =
      emit(sys, &out,
           human ? "Filesystem                Size      Used Available Use% Mounted on\n"
                 : "Filesystem           1K-blocks      Used Available Use% Mounted on\n");
  co_await heading;
  int exit = 0;
  std::vector<MountLine> wanted = all;
  if (!options.rest.empty()) wanted.clear();
  for (const std::string& path : options.rest) {
    // The mount that a path lies on: the longest target in front of it.
    const MountLine* best = nullptr;
    for (const MountLine& each : all) {
      const bool holds =
          path == each.target || each.target == "/" || starts_with(path, each.target + "/");
      if (holds && (best == nullptr || each.target.size() >= best->target.size())) best = &each;
    }
    const std::int64_t found = co_await sys.stat(path);
    if (found >= 0 && best != nullptr) {
      wanted.push_back(*best);
      continue;
    }
    auto telling = put(sys, 2, cannot("df", "", path, found));
    co_await telling;
    exit = 1;
  }
  for (const MountLine& each : wanted) {
    const std::vector<Arg> args = {Arg::bytes(each.target), Arg{}};
    const std::int64_t asked = co_await sys.call(abi::Sys::statfs, args);
    if (asked < 0) continue;
    const std::vector<std::int64_t> space = sys.reply().out;  // block size, blocks, free
    if (space.at(1) == 0 && options.rest.empty()) continue;
    const std::int64_t unit = space.at(0) / 1024;
    auto emitting = emit(sys, &out, df_line(each, space.at(1) * unit, space.at(2) * unit, human));
    co_await emitting;
  }
  auto flushing = flush(sys, &out);
  co_await flushing;
  co_return exit;
}

}  // namespace cutaway::sim
