#include "trace/world/id_map.h"

namespace cutaway {
namespace {

/// The map of a namespace; null: the initial one, where every id is itself.
const std::vector<IdMapping>* map_of(const World& world, NsId ns, IdKind kind) {
  const Namespace* found = world.namespaces.find(ns);
  if (found == nullptr || !found->parent) return nullptr;
  return kind == IdKind::User ? &found->uid_map : &found->gid_map;
}

}  // namespace

std::optional<std::uint32_t> to_kernel_id(const World& world, NsId ns, IdKind kind,
                                          std::uint32_t id) {
  const std::vector<IdMapping>* map = map_of(world, ns, kind);
  if (map == nullptr) return id;
  for (const IdMapping& line : *map) {
    if (id >= line.inside && id - line.inside < line.count)
      return line.outside + (id - line.inside);
  }
  return std::nullopt;
}

std::optional<std::uint32_t> from_kernel_id(const World& world, NsId ns, IdKind kind,
                                            std::uint32_t id) {
  const std::vector<IdMapping>* map = map_of(world, ns, kind);
  if (map == nullptr) return id;
  for (const IdMapping& line : *map) {
    if (id >= line.outside && id - line.outside < line.count)
      return line.inside + (id - line.outside);
  }
  return std::nullopt;
}

std::uint32_t shown_id(const World& world, NsId ns, IdKind kind, std::uint32_t id) {
  return from_kernel_id(world, ns, kind, id).value_or(kOverflowId);
}

}  // namespace cutaway
