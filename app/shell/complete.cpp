#include "app/shell/complete.h"

#include "app/shell/words.h"
#include "base/text.h"

namespace cutaway::app {

std::vector<std::string> shell_candidates(std::string_view line, const ShellNames& names) {
  std::vector<std::string> found = spec::docker_candidates(line, names.docker);
  const std::size_t space = line.find(' ');
  std::vector<std::string> ours;
  if (space == std::string_view::npos) {
    for (const ShellWord& word : shell_words()) ours.emplace_back(word.name);
    ours.insert(ours.end(), found.begin(), found.end());
  } else if (line.substr(0, space) == "switch") {
    ours = names.futures;
  } else {
    return found;
  }
  return spec::fitting_words(line, ours);
}

}  // namespace cutaway::app
