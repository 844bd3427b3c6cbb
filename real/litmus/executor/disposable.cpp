// May programs do here what root of a whole machine can do? Only in the guest of ./test vm, which
// is gone when it powers off (tests/vm/guest.py). Asked here, by the one who would make the calls,
// and not by whoever started it: a wrong word on a command line must not be enough.
#include "real/litmus/executor/executor.h"
#include "real/runtime/helper/files.h"

namespace cutaway::litmus {

namespace {

struct Text {
  char bytes[4096];
  long size;
};

Text text_of(const char* file) {
  Text text{};
  text.size = helper::read_file("/proc", file, text.bytes, sizeof text.bytes - 1);
  return text;
}

bool has(const Text& text, const char* word) {
  const long length = static_cast<long>(helper::length(word));
  for (long at = 0; at + length <= text.size; ++at) {
    long same = 0;
    while (same < length && text.bytes[at + same] == word[same]) ++same;
    if (same == length) return true;
  }
  return false;
}

/// A line of /proc/partitions is numbers and a name; above them stands a line of words.
bool has_disk() {
  const Text text = text_of("/partitions");
  for (long at = 0; at < text.size; ++at) {
    if (text.bytes[at] >= '0' && text.bytes[at] <= '9') return true;
  }
  return text.size < 0;
}

}  // namespace

const char* why_kept() {
  if (!has(text_of("/cmdline"), "cutaway.disposable=1")) return "it is not said to be thrown away";
  if (!has(text_of("/1/comm"), "cutaway-guest\n")) return "its pid 1 is none of ours";
  return has_disk() ? "it has a disk" : nullptr;
}

}  // namespace cutaway::litmus
