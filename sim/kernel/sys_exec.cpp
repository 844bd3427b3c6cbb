// execve(2): what may be executed, as what; "#!" scripts; the program table is this kernel's only
// binary format.
#include "base/text.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/kernel.h"
#include "sim/kernel/limits.h"
#include "sim/kernel/paths.h"

namespace cutaway::sim {
namespace {

/// comm is the last component of the path as it was given, 15 bytes of it (proc(5),
/// /proc/PID/comm).
std::string comm_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  return std::string(path.substr(0, kCommMax));
}

abi::Errno executable(const Ask& ask, const Walk& walk) {
  if (walk.err != abi::Errno::kOk) return walk.err;
  if (walk.entry.symlink() && !walk.entry.jump) return abi::Errno::kELOOP;
  if (!walk.entry.regular()) return abi::Errno::kEACCES;
  const Mount* mount = ask.world.mounts.find(walk.where.mount);
  if (mount != nullptr && (mount->flags & abi::ms::kNoexec) != 0) return abi::Errno::kEACCES;
  return permitted(ask.world, ask.task, walk.entry, kMayExecute) ? abi::Errno::kOk
                                                                 : abi::Errno::kEACCES;
}

/// The first line of a script: "#!interpreter [argument]", at most 255 bytes (execve(2)).
bool script_line(const Ask& ask, const FileEntry& entry, std::string& interpreter,
                 std::string& argument) {
  const Inode* inode = ask.world.inodes.find(entry.inode);
  if (inode == nullptr || !inode->content) return false;
  std::string_view line = ask.blobs.get(inode->content).substr(0, 256);
  if (!starts_with(line, "#!")) return false;
  line = trim(
      line.substr(2, line.find('\n') == std::string_view::npos ? line.npos : line.find('\n') - 2));
  const std::size_t blank = line.find_first_of(" \t");
  interpreter = std::string(line.substr(0, blank));
  argument = blank == std::string_view::npos ? "" : std::string(trim(line.substr(blank)));
  return !interpreter.empty();
}

/// Which program a file holds: the inode says so (files of the booted machine), or its first bytes
/// do (files that were written, as a daemon that unpacks an image writes them).
std::string program_in(const Ask& ask, const cutaway::Entry& entry) {
  if (!entry.program.empty()) return entry.program;
  const Inode* inode = ask.world.inodes.find(entry.inode);
  if (inode == nullptr) return {};
  const std::string_view bytes = ask.blobs.get(inode->content);
  if (!starts_with(bytes, kProgramMagic)) return {};
  return std::string(
      trim(bytes.substr(kProgramMagic.size(), bytes.find('\n') - kProgramMagic.size())));
}

struct LoadedImage {
  abi::Errno err = abi::Errno::kOk;
  const ProgramRow* program = nullptr;
  std::string interpreter = {};
};

/// Follows "#!" lines down to a program; `argv` grows at its front.
LoadedImage load(const Ask& ask, const std::string& path, std::vector<std::string>& argv) {
  std::string at = path;
  for (int depth = 0; depth < kInterpreterDepth; ++depth) {
    const Walk walk = resolve(ask, at);
    const abi::Errno err = executable(ask, walk);
    if (err != abi::Errno::kOk) return LoadedImage{err};
    if (const ProgramRow* program = ask.programs.find(program_in(ask, walk.entry))) {
      return LoadedImage{abi::Errno::kOk, program, at == path ? std::string() : at};
    }
    std::string interpreter, argument;
    if (!script_line(ask, walk.entry, interpreter, argument))
      return LoadedImage{abi::Errno::kENOEXEC};
    std::vector<std::string> words{interpreter};
    if (!argument.empty()) words.push_back(argument);
    words.push_back(at);
    if (!argv.empty()) words.insert(words.end(), argv.begin() + 1, argv.end());
    argv = std::move(words);
    at = interpreter;
  }
  return LoadedImage{abi::Errno::kELOOP};
}

}  // namespace

Decision decide_execve(const Ask& ask) {
  std::vector<std::string> argv = ask.request.state.argv;
  const std::string path(ask.text(0));
  const LoadedImage image = load(ask, path, argv);
  if (image.err != abi::Errno::kOk) return refuse(image.err);
  Decision decision = answer(0);
  decision.load = image.program;
  decision.interpreter = image.interpreter;
  decision.program = comm_of(path);
  decision.pages = image.program->pages;
  decision.argv = std::move(argv);
  return decision;
}

}  // namespace cutaway::sim
