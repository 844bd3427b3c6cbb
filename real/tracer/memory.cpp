#include "real/tracer/memory.h"

#include <sys/uio.h>

#include <algorithm>
#include <cstring>

namespace cutaway::real {

namespace {

constexpr std::size_t kPage = 4096;

}  // namespace

std::size_t Memory::read(std::uint64_t address, void* to, std::size_t size) const {
  if (size == 0) return 0;
  iovec local{to, size};
  // NOLINTNEXTLINE(performance-no-int-to-ptr): an address of another task
  iovec remote{reinterpret_cast<void*>(address), size};
  // It copies page by page and tells how far it came, so a missing page behind what is wanted does
  // no harm.
  const ssize_t got = ::process_vm_readv(tid_, &local, 1, &remote, 1, 0);
  return got < 0 ? 0 : static_cast<std::size_t>(got);
}

std::string Memory::bytes(std::uint64_t address, std::size_t size, bool& there) const {
  std::string all(size, '\0');
  all.resize(read(address, all.data(), size));
  there = size == 0 || !all.empty();
  return all;
}

bool Memory::text(std::uint64_t address, std::size_t most, std::string& to, bool& cut) const {
  to.clear();
  cut = false;
  char part[kPage];
  // Never over the end of a page: the string may be the last thing before a hole. Most strings are
  // short, so the first look is a short one.
  std::size_t look = 128;
  while (to.size() < most) {
    const std::uint64_t from = address + to.size();
    const std::size_t here = std::min({look, kPage - from % kPage, most - to.size()});
    const std::size_t got = read(from, part, here);
    if (got == 0) return false;
    const void* end = std::memchr(part, '\0', got);
    if (end != nullptr) {
      to.append(part, static_cast<std::size_t>(static_cast<const char*>(end) - part));
      return true;
    }
    to.append(part, got);
    look = kPage;
  }
  cut = true;
  return true;
}

}  // namespace cutaway::real
