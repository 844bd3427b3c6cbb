// Folders of a test: made, listed, compared, removed.
#pragma once

#include <map>
#include <string>

namespace cutaway::test {

/// A new folder below the tests' temporary folder; removed with all in it.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// All below `folder`, by path: "dir 755", "dir 755 opaque", "file 644 text", "link target",
/// "fifo 644", "whiteout", "node". Owners other than root and links shared by several names are
/// told: "file 644 uid=7 links=2 text".
std::map<std::string, std::string> tree(const std::string& folder);

void write(const std::string& path, const std::string& text);
std::string read(const std::string& path);
void mkdir(const std::string& path);

/// Beside the place where a layer is unpacked: files that must stay as they are. Its destructor
/// compares.
class Canary {
 public:
  explicit Canary(const std::string& folder);
  Canary(const Canary&) = delete;
  Canary& operator=(const Canary&) = delete;
  ~Canary();

 private:
  std::string folder_;
  std::map<std::string, std::string> before_;
};

}  // namespace cutaway::test
