// user_namespaces(7): ids inside a user namespace against the kernel's own (those of the initial
// one, which World keeps everywhere).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "trace/world/world.h"

namespace cutaway {

/// What an id without a mapping looks like (/proc/sys/kernel/overflowuid).
inline constexpr std::uint32_t kOverflowId = 65534;

enum class IdKind : std::uint8_t { User, Group };

/// The kernel's id for `id` inside `ns`; nothing when it is not mapped.
std::optional<std::uint32_t> to_kernel_id(const World& world, NsId ns, IdKind kind,
                                          std::uint32_t id);
/// How the kernel's id looks inside `ns`; nothing when it is not mapped.
std::optional<std::uint32_t> from_kernel_id(const World& world, NsId ns, IdKind kind,
                                            std::uint32_t id);
/// The same, with the overflow id in place of nothing (getuid(2), stat(2)).
std::uint32_t shown_id(const World& world, NsId ns, IdKind kind, std::uint32_t id);

}  // namespace cutaway
