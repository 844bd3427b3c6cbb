// The hub: repositories of images far away, asked over the simulated network. It knows nothing of
// the machine that asks. Requests and answers are HTTP-like text (no TLS: see FIDELITY), in the
// words of the distribution API: manifests and blobs.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "sim/kernel/kernel.h"
#include "spec/config.h"
#include "trace/virtual_side.h"

namespace cutaway::sim {

/// One file of a layer. `program` names what an executable holds; `link` makes it a symbolic link.
struct ImageFile {
  std::string content, program, link;
  std::uint32_t mode = 0644;
  std::uint32_t uid = 0;
  std::int64_t size = 0;  ///< ≥ content's; a program's binary counts with its real size
};
/// An image as an author gives it: files by absolute path, layer by layer, and its config.
struct ImageSource {
  std::string ref;  ///< "busybox:latest"
  std::vector<std::map<std::string, ImageFile>> layers;
  spec::ImageConfig config;
};

/// A layer's archive (tar): what travels, what its digest is taken of, and what unpacking reads.
std::string pack_layer(const std::map<std::string, ImageFile>& files);
/// The archive's length on the wire: programs count with the size of their binaries.
std::int64_t wire_size(const std::map<std::string, ImageFile>& files);
/// First bytes of an executable that holds a simulated program, and the way back.
std::string program_content(std::string_view program);

/// The one account that this hub knows; its repositories are those below its name.
inline constexpr std::string_view kHubUser = "student", kHubPassword = "secret";

class Hub : public Internet {
 public:
  static constexpr std::string_view kAddress = "registry-1.docker.io:443";

  void add(const ImageSource& source);
  /// Names of what it offers ("busybox"), sorted.
  std::vector<std::string> shelf() const;
  /// From now on the tag ("app:1") leads to what `to` names. False: there is no `to`.
  bool move_tag(std::string_view tag, std::string_view to);
  /// What goes wrong from now on; counts of requests begin anew.
  void set_faults(std::vector<SideFault> faults);

  abi::Errno connect(std::string_view address, std::int64_t& latency_ns) override;
  /// GET and PUT /v2/<repository>/manifests/<tag or digest>, GET, HEAD and PUT
  /// /v2/<repository>/blobs/<digest>; GET /v2/ says who is asking; GET /v1/search?q=<word>.
  RemoteAnswer ask(std::string_view address, std::string_view request) override;

 private:
  struct Blob {
    std::string bytes;
    std::int64_t size = 0;
    std::string media_type;
  };
  struct Asked;
  RemoteAnswer answer(int status, const Blob& blob, std::int64_t from = 0) const;
  RemoteAnswer refuse(int status, std::string_view code) const;
  RemoteAnswer search(std::string_view word) const;
  RemoteAnswer put(const Asked& asked);
  RemoteAnswer get(const Asked& asked);
  RemoteAnswer spoilt(const Asked& asked, RemoteAnswer fine);
  /// The fault of that kind that holds now, at the place whose requests were counted so far.
  bool holds(std::string_view at, std::string_view what) const;

  std::map<std::string, std::string> tags_;  ///< "library/busybox:latest" → manifest digest
  Cow<std::map<std::string, Blob>> blobs_;   ///< by digest: manifests, configs, layers
  std::vector<SideFault> faults_;
  std::map<std::string, std::int64_t> counts_;  ///< requests so far, by place
};

}  // namespace cutaway::sim
