// Whole small files, by path "folder" + "/name".
#pragma once

#include <cstddef>

namespace cutaway::helper {

/// Bytes read, or −errno. A file that is larger than `most` is cut.
long read_file(const char* folder, const char* name, char* into, std::size_t most);
/// 0, or −errno.
long write_file(const char* folder, const char* name, const char* text, std::size_t size);

}  // namespace cutaway::helper
