// Builtins: where the shell is, and files of commands.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_builtin.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

/// The folder that `path` names from `from`, without "." and "..".
std::string joined(const std::string& from, const std::string& path) {
  std::vector<std::string> parts;
  for (const std::string& part : split(starts_with(path, "/") ? path : from + "/" + path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..")
      parts.push_back(part);
    else if (!parts.empty())
      parts.pop_back();
  }
  std::string whole;
  for (const std::string& part : parts) whole += "/" + part;
  return whole.empty() ? "/" : whole;
}

struct Whole {
  std::string text;
  int err = 0;
};

/// A file of commands, read as ash reads it.
Co<Whole> read_script(Sys sys, std::string path) {
  constexpr std::uint64_t piece = 1023;
  constexpr int keep_at = 10;
  constexpr int dup_cloexec = 1030;
  Whole whole;
  const std::int64_t fd = co_await sys.open(path, abi::o::kCloexec);
  if (fd < 0) {
    whole.err = static_cast<int>(-fd);
    co_return whole;
  }
  const std::int64_t kept = co_await sys.fcntl(fd, dup_cloexec, keep_at);
  co_await sys.close(fd);
  auto reading = slurp(sys, kept, piece);
  whole.text = co_await reading;
  co_await sys.close(kept);
  co_return whole;
}

/// `.` looks in PATH for a name without a slash.
Co<std::string> find_script(Sys sys, Shell* shell, std::string name) {
  if (name.find('/') != std::string::npos) co_return name;
  for (const std::string& folder : split(text_of(*shell, "PATH"), ':')) {
    const std::string path = folder.empty() ? name : folder + "/" + name;
    const std::int64_t found = co_await sys.stat(path);
    const bool regular =
        found >= 0 && (sys.reply().stat.mode & abi::mode::kType) == abi::mode::kRegular;
    if (regular) co_return path;
  }
  auto raising = raise_error(sys, shell, name + ": not found");
  co_await raising;
  co_return std::string();
}

}  // namespace

// ash goes where the path leads as it is written ("cd .." behind a link goes back).
Co<int> builtin_cd(Sys sys, Shell* shell, Words words) {
  bool physical = false;
  while (words.size() > 1 && (words[1] == "-P" || words[1] == "-L")) {
    physical = words[1] == "-P";
    words.erase(words.begin() + 1);
  }
  const bool back = words.size() > 1 && words[1] == "-";
  const std::string path = back               ? text_of(*shell, "OLDPWD")
                           : words.size() > 1 ? words[1]
                                              : text_of(*shell, "HOME");
  const std::string before = text_of(*shell, "PWD");
  std::string after = joined(before, path);
  const std::int64_t moved = co_await sys.chdir(physical ? path : after);
  if (moved < 0) {
    const std::string why(abi::errno_text(static_cast<abi::Errno>(-moved)));
    auto raising = raise_error(sys, shell, "can't cd to " + path + ": " + why);
    co_return co_await raising;
  }
  if (physical) {
    co_await sys.getcwd();
    after = sys.reply().data;
  }
  assign(*shell, "OLDPWD", before);
  assign(*shell, "PWD", after);
  export_variable(*shell, "OLDPWD");
  export_variable(*shell, "PWD");
  if (!back) co_return 0;
  auto saying = say(sys, shell, after + "\n");
  co_return co_await saying;
}

Co<int> builtin_pwd(Sys sys, Shell* shell, Words words) {
  std::string folder = text_of(*shell, "PWD");
  if (words.size() > 1 && words[1] == "-P") {
    co_await sys.getcwd();
    folder = sys.reply().data;
  }
  auto saying = say(sys, shell, folder + "\n");
  co_return co_await saying;
}

Co<int> builtin_dot(Sys sys, Shell* shell, Words words) {
  if (words.size() < 2) {
    auto raising = raise_error(sys, shell, "filename argument required");
    co_return co_await raising;
  }
  auto finding = find_script(sys, shell, words[1]);
  const std::string path = co_await finding;
  if (shell->leaving()) co_return shell->status;
  auto reading = read_script(sys, path);
  const Whole script = co_await reading;
  if (script.err != 0) {
    const std::string why(abi::errno_text(static_cast<abi::Errno>(script.err)));
    auto raising = raise_error(sys, shell, "can't open '" + path + "': " + why);
    co_return co_await raising;
  }
  const std::vector<std::string> arguments = shell->arguments;
  const int line = shell->line;
  if (words.size() > 2) {
    words.erase(words.begin() + 1);
    words[0] = arguments.at(0);
    shell->arguments = words;
  }
  shell->command = path;
  auto running = run_text(sys, shell, script.text, 1, Way{});
  int status = co_await running;
  if (words.size() > 2) shell->arguments = arguments;
  shell->line = line;
  if (shell->leave == Leave::Return) {
    shell->leave = Leave::No;
    status = shell->status;
  }
  co_return status;
}

}  // namespace cutaway::sim::sh
