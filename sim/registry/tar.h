// Tape archives (tar(5), the ustar format of POSIX.1): the layers of images, and what `docker cp`,
// `save`, `load`, `export` and `import` carry. A file that is longer than its content (the binary
// of a simulated program, whose rest is a hole) says so in an extended header: "CUTAWAY.size".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::sim {

enum class TarType : char {
  File = '0',
  HardLink = '1',
  SymbolicLink = '2',
  Character = '3',
  Block = '4',
  Folder = '5',
  Fifo = '6',
};

struct TarMember {
  std::string name;  ///< without a slash in front; a folder's ends in one
  TarType type = TarType::File;
  std::uint32_t mode = 0644, uid = 0, gid = 0, major = 0, minor = 0;
  std::string link;  ///< where a link leads
  std::string content;
  std::int64_t size = 0;  ///< of a file; what lies behind its content is a hole
};

/// A member's blocks, without the end of an archive.
std::string tar_member(const TarMember& member);
/// Two empty blocks.
std::string tar_end();
std::string tar_archive(const std::vector<TarMember>& members);
/// False when it is none, or ends in the midst of a member.
bool read_tar(std::string_view archive, std::vector<TarMember>& members);

}  // namespace cutaway::sim
