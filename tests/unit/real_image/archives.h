// Tar archives of any content, also such as no honest program writes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "real/image/unpack.h"

namespace cutaway::test {

enum class MemberKind { File, Folder, Link, HardLink, Fifo, Char, Block, Socket };

struct Member {
  std::string name;
  MemberKind kind = MemberKind::File;
  std::string text;  ///< content, or where a link leads
  unsigned mode = 0644;
  std::int64_t uid = 0, gid = 0;
  std::int64_t mtime = 0;
  std::string xattr;       ///< its name
  std::string xattr_text;  ///< its value
};

Member file(std::string name, std::string text = "x", unsigned mode = 0644);
Member folder(std::string name, unsigned mode = 0755);
Member link(std::string name, std::string target);
Member hard_link(std::string name, std::string target);
Member node(std::string name, MemberKind kind);

std::string tar(const std::vector<Member>& members);

/// How tests unpack: with what this user may.
real::UnpackOptions options(real::Deletions deletions = real::Deletions::Overlay);
/// Into `folder`, made if need be. With the right diff id unless another one is said.
Result<real::Unpacked> unpack(const std::string& archive, const std::string& folder,
                              const real::UnpackOptions& how = options(),
                              real::Packing packing = real::Packing::Plain,
                              std::string diff_id = {});
/// "" or the error's words.
std::string words(const Result<real::Unpacked>& result);

}  // namespace cutaway::test
