// tar: lists, unpacks and makes archives, as files or through stdin and stdout.
#include "base/text.h"
#include "sim/docker/archive.h"
#include "sim/programs/applets.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"

namespace cutaway::sim {

namespace {

constexpr std::string_view kUsage =
    "c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [-T FILE] [-X FILE] [FILE]...";

struct TarWish {
  char verb = 0;
  std::string file = "-", folder;
  bool tells = false;
  std::vector<std::string> names;
};

Co<std::string> read_archive(Sys sys, std::string file, int* err) {
  std::string archive;
  std::int64_t fd = 0;
  if (file != "-") fd = co_await sys.open(file, abi::o::kCloexec);
  if (fd < 0) {
    *err = static_cast<int>(fd);
    co_return archive;
  }
  while (co_await sys.read(fd, 65536) > 0) archive += sys.reply().data;
  if (fd > 0) co_await sys.close(fd);
  co_return archive;
}

bool chosen(const TarMember& member, const std::vector<std::string>& names) {
  if (names.empty()) return true;
  for (const std::string& name : names) {
    if (member.name == name || starts_with(member.name, name + "/")) return true;
  }
  return false;
}

// t and x. In a mode of ls with -v.
std::string listing(const TarMember& member, const TarWish& wish) {
  if (wish.verb == 'x' || !wish.tells) return member.name + "\n";
  const bool folder = member.type == TarType::Folder;
  const bool link = member.type == TarType::SymbolicLink;
  const std::uint32_t kind = folder ? abi::mode::kDirectory
                             : link ? abi::mode::kLink
                                    : abi::mode::kRegular;
  return mode_text(kind | member.mode) + " " + decimal(member.uid) + "/" + decimal(member.gid) +
         padded_left(decimal(member.size), 10) + " 1970-01-01 00:00:00 " + member.name +
         (link ? " -> " + member.link : "") + "\n";
}

Co<int> read_and_use(Sys sys, TarWish wish) {
  int err = 0;
  auto reading = read_archive(sys, wish.file, &err);
  const std::string archive = co_await reading;
  std::vector<TarMember> members;
  if (err < 0) {
    auto telling = complain(sys, "tar", "can't open", wish.file, err);
    co_return co_await telling;
  }
  if (!read_tar(archive, members) || archive.empty()) {
    auto telling = put(sys, 2, archive.empty() ? "tar: short read\n" : "tar: invalid tar magic\n");
    co_await telling;
    co_return 1;
  }
  std::vector<TarMember> wanted;
  std::string text;
  for (const TarMember& member : members) {
    if (!chosen(member, wish.names)) continue;
    if (wish.verb == 't' || wish.tells) text += listing(member, wish);
    wanted.push_back(member);
  }
  auto printing = put(sys, 1, text);
  co_await printing;
  if (wish.verb == 't') co_return 0;
  auto unpacking = unpack_members(sys, wish.folder.empty() ? "." : wish.folder, wanted, {});
  const int unpacked = co_await unpacking;
  co_return unpacked < 0 ? 1 : 0;
}

Co<int> make_archive(Sys sys, TarWish wish) {
  std::string archive;
  int status = 0;
  for (const std::string& name : wish.names) {
    std::string inside = name;
    while (inside.size() > 1 && inside.back() == '/') inside.pop_back();
    if (starts_with(inside, "/")) {
      auto telling = put(sys, 2, "tar: removing leading '/' from member names\n");
      co_await telling;
      inside.erase(0, 1);
    }
    const std::string place =
        wish.folder.empty() || starts_with(name, "/") ? name : wish.folder + "/" + name;
    auto packing = pack_tree(sys, place, inside, false);
    const std::string packed = co_await packing;
    if (packed.empty()) {
      auto telling = put(sys, 2, "tar: " + name + ": No such file or directory\n");
      co_await telling;
      status = 1;
    }
    archive += packed;
  }
  archive += tar_end();
  std::int64_t fd = 1;
  if (wish.file != "-")
    fd = co_await sys.open(wish.file, abi::o::kWronly | abi::o::kCreat | abi::o::kTrunc, 0666);
  if (fd < 0) {
    auto telling = complain(sys, "tar", "can't open", wish.file, static_cast<int>(fd));
    co_return co_await telling;
  }
  auto writing = put(sys, fd, archive);
  co_await writing;
  if (fd > 1) co_await sys.close(fd);
  co_return status;
}

}  // namespace

// "tar xf a.tar" is "tar -xf a.tar".
Co<int> applet_tar(Sys sys, State state) {
  if (state.argv.size() > 1 && !starts_with(state.argv[1], "-")) state.argv[1].insert(0, "-");
  Options options;
  auto taking = take_options(sys, state.argv, "txcvf:C:", kUsage, &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  TarWish wish;
  for (const char verb : {'t', 'x', 'c'}) {
    if (options.has(verb)) wish.verb = verb;
  }
  wish.file = options.value('f', "-");
  wish.folder = options.value('C', "");
  wish.tells = options.has('v');
  wish.names = options.rest;
  if (wish.verb == 0) {
    auto telling = misused(sys, "tar", std::string(kUsage));
    co_return co_await telling;
  }
  auto working = wish.verb == 'c' ? make_archive(sys, wish) : read_and_use(sys, wish);
  co_return co_await working;
}

}  // namespace cutaway::sim
