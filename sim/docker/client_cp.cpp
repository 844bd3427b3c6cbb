// docker cp: the client packs or unpacks its own side; the daemon does the container's. And export,
// import, save, load, which carry archives as they are.

#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/archive.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "sim/programs/folders.h"
#include "spec/docker_messages.h"
#include "spec/docker_views.h"

namespace cutaway::sim {

namespace {

// "CONTAINER:PATH"; a path alone is our own (also "./a:b").
struct CopyEnd {
  std::string container, path;
};
CopyEnd copy_end(const std::string& word) {
  const std::size_t colon = word.find(':');
  const bool own = colon == std::string::npos || starts_with(word, "/") || starts_with(word, ".");
  return own ? CopyEnd{"", word} : CopyEnd{word.substr(0, colon), word.substr(colon + 1)};
}

std::string last_name(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path.substr(path.rfind('/') + 1);
}
std::string parent_folder(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// The first member, and all below it, under another name ("RebaseArchiveEntries").
void rename_members(std::vector<TarMember>& members, const std::string& from,
                    const std::string& to) {
  for (TarMember& member : members) {
    const bool below = starts_with(member.name, from + "/");
    if (member.name == from || below) member.name = to + member.name.substr(from.size());
  }
}

std::string place_in(const std::string& container, const std::string& path) {
  return "/containers/" + container + "/archive?path=" + http_escape(path);
}

// Quiet where no terminal is (cli/command/container/cp.go).
Co<int> tell_copied(Sys sys, ClientCommand given, std::size_t bytes, std::string where) {
  auto asking = is_terminal(sys, 1);
  const bool terminal = co_await asking;
  if (!terminal || has_flag(given.command, "quiet")) co_return 0;
  auto telling = print(sys, 2,
                       "Successfully copied " + spec::human_size(static_cast<std::int64_t>(bytes)) +
                           " to " + where + "\n");
  co_return co_await telling;
}

Co<int> copy_out(Sys sys, ClientCommand given, CopyEnd from, std::string to) {
  auto asking = ask(sys, "api.archive", "GET", place_in(from.container, from.path), "");
  const HttpMessage answer = co_await asking;
  if (answer.status != 200) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  if (to == "-") {
    auto printing = print(sys, 1, answer.body);
    co_return co_await printing;
  }
  std::vector<TarMember> members;
  read_tar(answer.body, members);
  const bool exists = co_await sys.stat(to) == 0;
  const bool folder = exists && is_folder(sys.reply().stat);
  std::string below = to;
  if (!folder && !members.empty()) {
    std::string first = members.front().name;
    if (first.back() == '/') first.pop_back();
    below = parent_folder(to);
    rename_members(members, first, last_name(to));
  }
  if (co_await sys.stat(below) < 0) {
    auto printing = print(sys, 2, spec::say::invalid_output_path(to));
    co_await printing;
    co_return 1;
  }
  auto unpacking = unpack_members(sys, below, members, {});
  const int unpacked = co_await unpacking;
  auto telling = tell_copied(sys, given, answer.body.size(), to);
  co_await telling;
  co_return unpacked < 0 ? 1 : 0;
}

struct Packed {
  std::string archive;
  std::string wrong;  ///< what the client says by itself
};

// Our side: an archive from stdin, or what lies at a path, named as it shall be named there.
Co<Packed> pack_own(Sys sys, std::string from, std::string name) {
  Packed packed;
  if (from == "-") {
    while (co_await sys.read(0, 1 << 20) > 0) packed.archive += sys.reply().data;
    co_return packed;
  }
  if (co_await sys.lstat(from) < 0) {
    packed.wrong = "lstat " + from + ": no such file or directory\n";
    co_return packed;
  }
  auto packing = pack_tree(sys, from, name, false);
  packed.archive = co_await packing + tar_end();
  co_return packed;
}

Co<int> copy_in(Sys sys, ClientCommand given, std::string from, CopyEnd to) {
  auto looking = ask(sys, "api.archive", "HEAD", place_in(to.container, to.path), "");
  const HttpMessage there = co_await looking;
  const auto told = there.status == 200 ? parse_json(there.body) : Result<Json>(Json());
  const bool folder = there.status == 200 && told && told->value("folder", false);
  const bool into = folder || from == "-";
  auto packing = pack_own(sys, from, into ? last_name(from) : last_name(to.path));
  const Packed packed = co_await packing;
  if (!packed.wrong.empty()) {
    auto printing = print(sys, 2, packed.wrong);
    co_await printing;
    co_return 1;
  }
  const std::string below = into ? to.path : parent_folder(to.path);
  auto putting = ask(sys, "api.archive", "PUT", place_in(to.container, below), packed.archive);
  const HttpMessage answer = co_await putting;
  if (answer.status != 200) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  auto telling = tell_copied(sys, given, packed.archive.size(), to.container + ":" + to.path);
  co_await telling;
  co_return 0;
}

}  // namespace

Co<int> client_cp(Sys sys, ClientCommand given) {
  const CopyEnd from = copy_end(given.command.names.at(0));
  const CopyEnd to = copy_end(given.command.names.at(1));
  const bool both = !from.container.empty() && !to.container.empty();
  if (both || (from.container.empty() && to.container.empty())) {
    auto printing = print(sys, 2,
                          both ? "copying between containers is not supported\n"
                               : "must specify at least one container source\n");
    co_await printing;
    co_return 1;
  }
  auto copying = from.container.empty() ? copy_in(sys, given, from.path, to)
                                        : copy_out(sys, given, from, to.path);
  co_return co_await copying;
}

namespace {

// An archive that the daemon gives: to stdout, or into the file of --output.
Co<int> carry_out(Sys sys, ClientCommand given, std::string step, std::string path) {
  const std::string file = flag_text(given.command, "output");
  auto looking = is_terminal(sys, 1);
  const bool terminal = co_await looking;
  if (file.empty() && terminal) {
    auto printing =
        print(sys, 2, "cowardly refusing to save to a terminal. Use the -o flag or redirect\n");
    co_await printing;
    co_return 1;
  }
  auto asking = ask(sys, step, "GET", path, "");
  const HttpMessage answer = co_await asking;
  if (answer.status != 200) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  if (file.empty()) {
    auto printing = print(sys, 1, answer.body);
    co_return co_await printing;
  }
  auto writing = write_file(sys, file, answer.body, 0600);
  const std::int64_t written = co_await writing;
  co_return written < 0 ? 1 : 0;
}

// An archive that the client has: from a file, or from stdin.
Co<Packed> carry_in(Sys sys, std::string file) {
  Packed packed;
  std::int64_t fd = 0;
  if (!file.empty() && file != "-") fd = co_await sys.open(file, abi::o::kCloexec);
  if (fd < 0) {
    packed.wrong = "open " + file + ": no such file or directory\n";
    co_return packed;
  }
  while (co_await sys.read(fd, 1 << 20) > 0) packed.archive += sys.reply().data;
  if (fd > 0) co_await sys.close(fd);
  co_return packed;
}

}  // namespace

Co<int> client_export(Sys sys, ClientCommand given) {
  auto carrying =
      carry_out(sys, given, "api.archive", "/containers/" + given.command.names.at(0) + "/export");
  co_return co_await carrying;
}

Co<int> client_save(Sys sys, ClientCommand given) {
  auto carrying = carry_out(sys, given, "api.save",
                            "/images/get?names=" + http_escape(join(given.command.names, "\n")));
  co_return co_await carrying;
}

Co<int> client_load(Sys sys, ClientCommand given) {
  auto reading = carry_in(sys, flag_text(given.command, "input"));
  const Packed packed = co_await reading;
  HttpMessage answer;
  if (packed.wrong.empty()) {
    auto asking = ask(sys, "api.load", "POST", "/images/load", packed.archive);
    answer = co_await asking;
  }
  const auto lines = answer.status == 200 ? parse_json(answer.body) : Result<Json>(Json());
  if (answer.status != 200 || !lines) {
    auto telling = packed.wrong.empty() ? refuse(sys, given.command, error_message(answer))
                                        : print(sys, 2, packed.wrong);
    co_await telling;
    co_return 1;
  }
  std::string text;
  for (const Json& line : *lines) text += line.get<std::string>() + "\n";
  auto printing = print(sys, 1, text);
  co_return co_await printing;
}

Co<int> client_import(Sys sys, ClientCommand given) {
  const std::vector<std::string>& names = given.command.names;
  auto reading = carry_in(sys, names.at(0));
  const Packed packed = co_await reading;
  if (!packed.wrong.empty()) {
    auto printing = print(sys, 2, packed.wrong);
    co_await printing;
    co_return 1;
  }
  const std::string name = names.size() > 1 ? names[1] : std::string();
  auto asking =
      ask(sys, "api.load", "POST", "/images/import?repo=" + http_escape(name), packed.archive);
  const HttpMessage answer = co_await asking;
  if (answer.status != 201) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  auto printing = print(sys, 1, parse_json(answer.body)->value("Id", std::string()) + "\n");
  co_return co_await printing;
}

}  // namespace cutaway::sim
