// A layer's archive: tar, members in the order of their paths, no times; and a digest over all of
// it. A simulated program's file holds its name, its length is that of the real binary.
#include <algorithm>

#include "base/text.h"
#include "sim/registry/hub.h"
#include "sim/registry/tar.h"

namespace cutaway::sim {

namespace {

TarMember member_of(const std::string& path, const ImageFile& file) {
  TarMember member;
  member.name = path.substr(starts_with(path, "/") ? 1 : 0);
  member.mode = file.mode;
  member.uid = file.uid;
  member.link = file.link;
  member.type = ends_with(path, "/") ? TarType::Folder
                : !file.link.empty() ? TarType::SymbolicLink
                                     : TarType::File;
  if (member.type != TarType::File) return member;
  member.content = file.content;
  member.size = std::max(file.size, static_cast<std::int64_t>(file.content.size()));
  return member;
}

}  // namespace

std::string pack_layer(const std::map<std::string, ImageFile>& files) {
  std::string archive;
  for (const auto& [path, file] : files) {
    if (path != "/") archive += tar_member(member_of(path, file));
  }
  return archive + tar_end();
}

std::int64_t wire_size(const std::map<std::string, ImageFile>& files) {
  auto size = static_cast<std::int64_t>(pack_layer(files).size());
  for (const auto& [path, file] : files) {
    if (!file.program.empty()) size += file.size;
  }
  return size;
}

std::string program_content(std::string_view program) {
  return std::string(kProgramMagic) + std::string(program) + "\n";
}

}  // namespace cutaway::sim
