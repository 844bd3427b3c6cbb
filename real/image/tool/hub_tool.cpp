// Run by the build: writes the hub that comes with the program.
//   cutaway_hub_tool FOLDER NAME=PROGRAM…
#include <elf.h>

#include <cstdio>
#include <cstring>

#include "base/os/files.h"
#include "base/text.h"
#include "real/image/build.h"
#include "real/sys/files.h"
#include "spec/bundled_images.h"

namespace cutaway::real {
namespace {

// A program that wants a loader would be found, and yet "no such file", in an image without one.
bool is_static(const std::string& bytes) {
  Elf64_Ehdr head{};
  if (bytes.size() < sizeof head || std::memcmp(bytes.data(), ELFMAG, SELFMAG) != 0) return false;
  std::memcpy(&head, bytes.data(), sizeof head);
  for (std::size_t i = 0; i < head.e_phnum; ++i) {
    Elf64_Phdr part{};
    const std::size_t at = head.e_phoff + i * sizeof part;
    if (at + sizeof part > bytes.size()) return false;
    std::memcpy(&part, bytes.data() + at, sizeof part);
    if (part.p_type == PT_INTERP) return false;
  }
  return true;
}

Status copy_program(const std::string& folder, const std::string& name, const std::string& path) {
  TRY_ASSIGN(const std::string bytes, os::read_file(path));
  if (!is_static(bytes)) return fail(ErrorCode::Failed, path + ": no static program");
  return replace_file(folder + "/programs/" + name, bytes, 0755);
}

Status write_hub(const std::string& folder, const ProgramFiles& programs) {
  TRY(build_layout(spec::bundled_images(), programs, folder));
  TRY(make_folders(folder + "/programs", 0755));
  for (const auto& [name, path] : programs) TRY(copy_program(folder, name, path));
  return {};
}

int run(int argc, char** argv) {
  ProgramFiles programs;
  for (int i = 2; i < argc; ++i) {
    const std::vector<std::string> parts = split(argv[i], '=');
    if (parts.size() == 2) programs[parts[0]] = parts[1];
  }
  const Status done = write_hub(argc > 1 ? argv[1] : "", programs);
  if (!done) std::fprintf(stderr, "cutaway_hub_tool: %s\n", done.error().message.c_str());
  return done ? 0 : 1;
}

}  // namespace
}  // namespace cutaway::real

int main(int argc, char** argv) { return cutaway::real::run(argc, argv); }
