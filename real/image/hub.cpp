#include "real/image/hub.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "real/sys/files.h"
#include "real/sys/folder.h"

namespace cutaway::real {

std::string embedded_hub_folder() {
  const char* said = std::getenv("CUTAWAY_HUB");
  if (said != nullptr && *said != '\0') return said;
  std::string program(4096, '\0');
  const ssize_t length = ::readlink("/proc/self/exe", program.data(), program.size());
  program.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  const std::size_t slash = program.rfind('/');
  return (slash == std::string::npos ? "." : program.substr(0, slash)) + "/hub";
}

Result<Layout> open_embedded_hub() {
  auto layout = Layout::open(embedded_hub_folder());
  if (!layout)
    return fail(ErrorCode::Cannot, "reach the hub: " + layout.error().message,
                "it is the folder hub/ beside the program, or what CUTAWAY_HUB names");
  return layout;
}

Result<ProgramFiles> hub_programs() {
  const std::string folder = embedded_hub_folder() + "/programs";
  TRY_ASSIGN(const std::vector<std::string> names, names_in(folder));
  ProgramFiles programs;
  for (const std::string& name : names) programs[name] = folder + "/" + name;
  return programs;
}

}  // namespace cutaway::real
