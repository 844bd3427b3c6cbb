// OCI image layouts of any content, also such as no honest program writes.
#pragma once

#include <string>
#include <vector>

#include "base/json_value.h"
#include "real/image/layout.h"
#include "real/image/store.h"

namespace cutaway::test {

/// A layout with one image "test:1", written member by member so that each can be wrong.
struct LayoutMaker {
  explicit LayoutMaker(const std::vector<std::string>& archives);

  std::vector<std::string> archives;  ///< layers, plain tar, bottom first
  Json config, manifest, index;       ///< changed by a test before write()
  Json marker = {{"imageLayoutVersion", "1.0.0"}};
  /// Fills in digests and lengths of what was changed.
  void link_manifest();
  void link_config();
  void write(const std::string& folder) const;
  /// Of a layer's blob, of the config.
  static Json descriptor(const std::string& type, const std::string& bytes);
};

real::Layout open_layout(const std::string& folder);
real::ImageStore open_store(const std::string& folder);
/// The blob's file in a layout or a store.
std::string blob_file(const std::string& folder, const std::string& digest);
/// "" or the error's words.
template <class T>
std::string words_of(const Result<T>& result) {
  return result ? std::string() : result.error().message;
}
void silent(const real::PullProgress& progress);

}  // namespace cutaway::test
