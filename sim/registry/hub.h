// The hub: repositories of images far away, asked over the simulated network. It knows nothing of
// the machine that asks. Requests and answers are HTTP-like text (no TLS, no login yet: see
// FIDELITY).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/kernel/kernel.h"
#include "spec/config.h"

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

/// A layer's archive: what travels, what its digest is taken of, and what unpacking reads.
std::string pack_layer(const std::map<std::string, ImageFile>& files);
/// The archive's length on the wire: programs count with the size of their binaries.
std::int64_t wire_size(const std::map<std::string, ImageFile>& files);
bool unpack_layer(std::string_view archive, std::vector<std::pair<std::string, ImageFile>>& files);
/// First bytes of an executable that holds a simulated program, and the way back.
std::string program_content(std::string_view program);

class Hub : public Internet {
 public:
  static constexpr std::string_view kAddress = "registry-1.docker.io:443";

  void add(const ImageSource& source);
  /// Names of what it offers ("busybox"), sorted.
  std::vector<std::string> shelf() const;

  abi::Errno connect(std::string_view address, std::int64_t& latency_ns) override;
  /// "GET /v2/<repository>/manifests/<tag or digest>", "GET /v2/<repository>/blobs/<digest>".
  RemoteAnswer ask(std::string_view address, std::string_view request) override;

 private:
  struct Blob {
    std::string bytes;
    std::int64_t size = 0;
    std::string media_type;
  };
  RemoteAnswer answer(int status, const Blob& blob) const;

  std::map<std::string, std::string> tags_;  ///< "library/busybox:latest" → manifest digest
  std::map<std::string, Blob> blobs_;        ///< by digest: manifests, configs, layers
};

}  // namespace cutaway::sim
