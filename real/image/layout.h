// An OCI image layout: a folder with oci-layout, index.json and blobs/sha256/…. This reads one that
// anybody may have made: names in it never lead out of it, documents are checked before use.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "real/image/descriptor.h"
#include "real/sys/fd.h"

namespace cutaway::real {

class Layout {
 public:
  static Result<Layout> open(const std::string& folder);

  const std::string& folder() const { return folder_; }
  const std::vector<IndexEntry>& entries() const { return entries_; }
  /// By name ("busybox", "busybox:latest", "busybox@sha256:…"); an Error when there is none.
  Result<IndexEntry> find(const std::string& ref) const;
  /// A regular file of exactly the said length. Its content is not checked yet.
  Result<Fd> open_blob(const Descriptor& blob) const;

 private:
  std::string folder_;
  Fd root_;
  std::vector<IndexEntry> entries_;
};

/// The length of a regular file, or an Error.
Result<std::int64_t> regular_size(int fd, const std::string& name);
/// The whole blob, if its length and digest are the said ones.
Result<std::string> read_blob(int fd, const Descriptor& blob);
/// "blob sha256:1234…: …"
Error blob_error(const Descriptor& blob, const std::string& what);

}  // namespace cutaway::real
