// libarchive's handles with owners, and its words as errors.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <memory>
#include <string>

#include "base/result.h"

namespace cutaway::real {

struct FreeArchive {
  void operator()(archive* handle) const { archive_free(handle); }
};
using Archive = std::unique_ptr<archive, FreeArchive>;

struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using Entry = std::unique_ptr<archive_entry, FreeEntry>;

/// Names in pax headers are UTF-8, and libarchive takes and gives them in the charset of the
/// locale. While one of these lives, this thread's is UTF-8, whatever the user's is.
class Utf8Locale {
 public:
  Utf8Locale() : made_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (made_ != nullptr) before_ = ::uselocale(made_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;
  ~Utf8Locale() {
    if (made_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(made_);
  }

 private:
  locale_t made_;
  locale_t before_ = nullptr;
};

inline tl::unexpected<Error> archive_fail(archive* handle, const std::string& doing) {
  const char* words = archive_error_string(handle);
  return fail(ErrorCode::Failed, doing + ": " + (words != nullptr ? words : "not understood"));
}

}  // namespace cutaway::real
