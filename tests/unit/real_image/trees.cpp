#include "trees.h"

#include <dirent.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "real/sys/files.h"

namespace cutaway::test {

namespace {

std::string extras(const std::string& path, const struct stat& status) {
  std::string text;
  if (status.st_uid != ::geteuid()) text += " uid=" + decimal(status.st_uid);
  if (status.st_gid != ::getegid()) text += " gid=" + decimal(status.st_gid);
  if (!S_ISDIR(status.st_mode) && status.st_nlink > 1)
    text += " links=" + decimal(static_cast<std::int64_t>(status.st_nlink));
  char value[8];
  for (const char* name : {"trusted.overlay.opaque", "user.overlay.opaque"}) {
    if (::lgetxattr(path.c_str(), name, value, sizeof value) == 1) text += " opaque";
  }
  return text;
}

std::string describe(const std::string& path, const struct stat& status) {
  const std::string mode = octal(status.st_mode & 07777U) + extras(path, status);
  if (S_ISDIR(status.st_mode)) return "dir " + mode;
  if (S_ISREG(status.st_mode)) return "file " + mode + " " + read(path);
  if (S_ISFIFO(status.st_mode)) return "fifo " + mode;
  if (S_ISCHR(status.st_mode) && status.st_rdev == 0) return "whiteout";
  if (!S_ISLNK(status.st_mode)) return "node";
  std::string target(4096, '\0');
  const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
  target.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  return "link" + extras(path, status) + " " + target;
}

void list(const std::string& folder, const std::string& prefix,
          std::map<std::string, std::string>& found) {
  DIR* listing = ::opendir(folder.c_str());
  ASSERT_NE(listing, nullptr) << folder;
  while (const dirent* entry = ::readdir(listing)) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    const std::string path = folder + "/" + name;
    struct stat status {};
    // overlayfs lists a whiteout in a folder that only one layer has, and then denies the name.
    if (::lstat(path.c_str(), &status) != 0 && errno == ENOENT) continue;
    found[prefix + name] = describe(path, status);
    if (S_ISDIR(status.st_mode)) list(path, prefix + name + "/", found);
  }
  ::closedir(listing);
}

}  // namespace

Scratch::Scratch() {
  std::string pattern = ::testing::TempDir() + "cutaway-test-XXXXXX";
  path_ = ::mkdtemp(pattern.data());
}

Scratch::~Scratch() {
  const Status removed = real::remove_tree(path_);
  EXPECT_TRUE(removed) << removed.error().message;
}

std::map<std::string, std::string> tree(const std::string& folder) {
  std::map<std::string, std::string> found;
  list(folder, "", found);
  return found;
}

void write(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  ASSERT_TRUE(file.good()) << path;
}

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void mkdir(const std::string& path) { ASSERT_EQ(::mkdir(path.c_str(), 0755), 0) << path; }

Canary::Canary(const std::string& folder) : folder_(folder) {
  mkdir(folder);
  write(folder + "/song", "sings");
  ::chmod((folder + "/song").c_str(), 0640);
  mkdir(folder + "/nest");
  write(folder + "/nest/egg", "whole");
  before_ = tree(folder);
}

Canary::~Canary() { EXPECT_EQ(tree(folder_), before_); }

}  // namespace cutaway::test
