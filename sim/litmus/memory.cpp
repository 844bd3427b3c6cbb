#include "sim/litmus/memory.h"

#include <algorithm>

namespace cutaway::sim {

namespace {

constexpr std::uint64_t kPage = 4096;
/// As many pages as a program's memory can have are remembered one by one; a map of more is cut.
constexpr std::uint64_t kMostPages = std::uint64_t{1} << 20;
constexpr std::uint64_t kProtWrite = 2;

struct Pages {
  std::uint64_t first = 0, end = 0;
};
Pages pages_of(std::uint64_t address, std::uint64_t length) {
  const std::uint64_t first = address / kPage;
  const std::uint64_t count = (address % kPage + length + kPage - 1) / kPage;
  return {first, first + std::min(count, kMostPages)};
}

}  // namespace

void LitmusMemory::note(const spec::LitmusCall& call, std::int64_t ret) {
  if (ret < 0) return;
  const auto bits = [&call](std::size_t n) {
    return static_cast<std::uint64_t>(call.args.at(n).value);
  };
  if (call.sys == abi::Sys::mmap) protect(static_cast<std::uint64_t>(ret), bits(1), bits(2));
  if (call.sys == abi::Sys::mprotect) protect(bits(0), bits(1), bits(2));
  if (call.sys == abi::Sys::munmap) unmap(bits(0), bits(1));
}

void LitmusMemory::protect(std::uint64_t address, std::uint64_t length, std::uint64_t prot) {
  const Pages pages = pages_of(address, length);
  for (std::uint64_t page = pages.first; page < pages.end; ++page) pages_[page] = prot;
}

void LitmusMemory::unmap(std::uint64_t address, std::uint64_t length) {
  const Pages pages = pages_of(address, length);
  pages_.erase(pages_.lower_bound(pages.first), pages_.lower_bound(pages.end));
  touched_.erase(touched_.lower_bound(pages.first), touched_.lower_bound(pages.end));
}

bool LitmusMemory::allows(std::uint64_t address, std::uint64_t length, bool write) const {
  const Pages pages = pages_of(address, std::max<std::uint64_t>(length, 1));
  for (std::uint64_t page = pages.first; page < pages.end; ++page) {
    const auto found = pages_.find(page);
    if (found == pages_.end() || found->second == 0) return false;
    if (write && (found->second & kProtWrite) == 0) return false;
  }
  return true;
}

std::int64_t LitmusMemory::touch(std::uint64_t address, std::uint64_t length) {
  const Pages pages = pages_of(address, std::max<std::uint64_t>(length, 1));
  std::int64_t fresh = 0;
  for (std::uint64_t page = pages.first; page < pages.end; ++page)
    fresh += touched_.insert(page).second ? 1 : 0;
  return fresh;
}

}  // namespace cutaway::sim
