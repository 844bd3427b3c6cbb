// The daemon's store of layers and images: a layer is known by the digest of its archive, wherever
// it comes from: the hub, an archive of `docker save`, a commit.
#pragma once

#include <string>
#include <vector>

#include "sim/core/sys.h"
#include "sim/docker/daemon.h"

namespace cutaway::sim {

/// Is it unpacked already?
bool has_layer(Sys sys, const std::string& digest);
/// Unpacks what `archive` holds on top of `lower` (digests, lowest first), and keeps the archive's
/// own bytes, as tar-split does for docker. 0, or −errno; then nothing is left of it.
Co<int> add_layer(Sys sys, std::string digest, std::string archive, std::vector<std::string> lower);
/// The archive of a layer; empty when there is none.
std::string layer_archive(Sys sys, const std::string& digest);

/// Gives an image its name ("busybox:latest"). Another image that loses its last name by that
/// stays, as <none>:<none>.
Co<int> name_image(Sys sys, std::string name, Image image);
/// An image without a name is kept under one that nobody can type.
std::string nameless(const std::string& image_id);
bool is_nameless(std::string_view name);
/// An image of these layers and this config: its id is the digest of the config.
Image image_of(Sys sys, const std::string& config, const std::vector<std::string>& layers);

}  // namespace cutaway::sim
