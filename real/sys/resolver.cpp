#include "real/sys/resolver.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <climits>

#include "base/text.h"
#include "real/sys/files.h"

namespace cutaway::real {

Result<Resolver> Resolver::of(const std::string& root) {
  TRY_ASSIGN(Fd fd, open_file(root, O_PATH | O_DIRECTORY | O_NOFOLLOW));
  return Resolver(std::move(fd), root);
}

Result<std::string> Resolver::lead(const std::string& path) const {
  if (const auto found = open_in_root(root_.get(), path, O_PATH)) return place_of(*found, path);
  if (open_in_root(root_.get(), path, O_PATH | O_NOFOLLOW))
    return fail(ErrorCode::Failed, path + " is a link that leads nowhere");
  const std::size_t slash = path.rfind('/');
  // Above what is not there lies nothing: textually it could be anywhere.
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  if (slash == std::string::npos || name == ".." || name == ".")
    return fail(ErrorCode::Failed, path + " cannot be found");
  if (slash == 0) return path;
  TRY_ASSIGN(const std::string above, lead(path.substr(0, slash)));
  return (above == "/" ? "" : above) + path.substr(slash);
}

// proc(5): the link of a descriptor names where the open file is.
Result<std::string> Resolver::place_of(const Fd& found, const std::string& path) const {
  std::array<char, PATH_MAX> link{};
  const std::string self = "/proc/self/fd/" + decimal(found.get());
  const ssize_t size = ::readlink(self.c_str(), link.data(), link.size());
  const std::string place(link.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  if (place == path_) return std::string("/");
  if (!starts_with(place, path_ + "/")) return fail(ErrorCode::Failed, path + " leads elsewhere");
  return place.substr(path_.size());
}

}  // namespace cutaway::real
