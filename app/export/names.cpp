#include "app/export/names.h"

#include "base/os/files.h"
#include "base/text.h"

namespace cutaway::app {

namespace {

constexpr std::size_t kLongest = 40;

/// Letters and digits, with one dash for all that lies between.
std::string slug(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (kept)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  out = out.substr(0, kLongest);
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

}  // namespace

std::string stem_of(const TraceHeader& header) {
  const std::string last = header.commands.empty() ? "" : header.commands.back();
  const std::string stem = slug(header.scenario.empty() ? last : header.scenario);
  return stem.empty() ? "cutaway" : stem;
}

std::string free_name(const std::string& stem, const std::string& ending) {
  std::string name = stem + ending;
  for (std::int64_t n = 2; os::file_exists(name); ++n) name = stem + "-" + decimal(n) + ending;
  return name;
}

}  // namespace cutaway::app
