// Files of a container as an archive, in both directions (docker cp), and all of them (export).

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/archive.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
#include "sim/docker/volumes.h"
#include "sim/programs/folders.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

// "/a/./b/../c/" → "/a/c"
std::string clean(const std::string& path) {
  std::vector<std::string> parts;
  for (const std::string& part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..")
      parts.push_back(part);
    else if (!parts.empty())
      parts.pop_back();
  }
  return "/" + join(parts, "/");
}

/// A place of a container, as the host sees it while its root is held.
struct HeldPlace {
  HeldRoot root;
  std::string path;    ///< on the host
  std::string inside;  ///< in the container
  bool found = false;
  Stat stat;
};

// Links on the way are followed as the host sees them (FIDELITY, cp).
Co<HeldPlace> hold_place(Sys sys, Container container, std::string asked) {
  HeldPlace place;
  auto holding = hold_root(sys, container);
  place.root = co_await holding;
  place.inside = clean(asked);
  const auto config = stored_config(sys, container);
  place.path =
      config ? host_path(*config, place.root.path, place.inside) : place.root.path + place.inside;
  place.found = co_await sys.lstat(place.path) == 0;
  if (place.found) place.stat = sys.reply().stat;
  co_return place;
}

// The place that is asked for, held; or the request is answered: there is no such container or
// path.
Co<HeldPlace> open_place(Sys sys, ApiRequestIn request) {
  sys.step("api.archive");
  const Container* container = find_container(sys, request.target);
  if (container == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_await refusing;
    co_return HeldPlace();
  }
  sys.about(container->number);
  const std::string asked = http_query(request.message.path, "path");
  auto holding = hold_place(sys, *container, asked);
  const HeldPlace place = co_await holding;
  if (place.found) co_return place;
  auto releasing = release_root(sys, place.root);
  co_await releasing;
  auto refusing = answer_error(sys, request, 404, spec::say::no_such_path(asked, request.target));
  co_await refusing;
  co_return place;
}

std::string name_in_archive(const std::string& inside) {
  return inside == "/" ? std::string() : inside.substr(inside.rfind('/') + 1);
}

}  // namespace

Co<int> handle_archive_stat(Sys sys, ApiRequestIn request) {
  auto opening = open_place(sys, request);
  const HeldPlace place = co_await opening;
  if (!place.found) co_return 0;
  auto releasing = release_root(sys, place.root);
  co_await releasing;
  const std::string body =
      json_text(Json{{"name", name_in_archive(place.inside)}, {"folder", is_folder(place.stat)}});
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

Co<int> handle_archive_get(Sys sys, ApiRequestIn request) {
  auto opening = open_place(sys, request);
  const HeldPlace place = co_await opening;
  if (!place.found) co_return 0;
  sys.step("archive.read");
  auto packing = pack_tree(sys, place.path, name_in_archive(place.inside), false);
  const std::string archive = co_await packing + tar_end();
  auto releasing = release_root(sys, place.root);
  co_await releasing;
  auto answering = answer(sys, request, 200, archive);
  co_return co_await answering;
}

Co<int> handle_archive_put(Sys sys, ApiRequestIn request) {
  auto opening = open_place(sys, request);
  const HeldPlace place = co_await opening;
  if (!place.found) co_return 0;
  std::vector<TarMember> members;
  std::string wrong;
  if (!is_folder(place.stat))
    wrong = spec::say::extraction_point_is_no_folder();
  else if (!read_tar(request.message.body, members))
    wrong = "Error processing tar file(exit status 1): unexpected EOF";
  if (wrong.empty()) {
    sys.step("archive.write");
    auto unpacking = unpack_members(sys, place.path, members, {});
    const int unpacked = co_await unpacking;
    if (unpacked < 0) wrong = spec::say::archive_not_written(static_cast<abi::Errno>(-unpacked));
  }
  auto releasing = release_root(sys, place.root);
  co_await releasing;
  auto answering =
      wrong.empty() ? answer(sys, request, 200, "") : answer_error(sys, request, 400, wrong);
  co_return co_await answering;
}

Co<int> handle_export(Sys sys, ApiRequestIn request) {
  sys.step("api.archive");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  sys.about(found->number);
  auto holding = hold_root(sys, *found);
  const HeldRoot root = co_await holding;
  sys.step("archive.read");
  auto packing = pack_tree(sys, root.path, "", false);
  const std::string archive = co_await packing + tar_end();
  auto releasing = release_root(sys, root);
  co_await releasing;
  auto answering = answer(sys, request, 200, archive);
  co_return co_await answering;
}

}  // namespace cutaway::sim
