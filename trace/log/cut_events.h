// A run of events as the bytes of an Events block: one column after the other, then the payloads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "trace/log/event_store.h"

namespace cutaway {

std::string write_event_columns(const EventStore& events, std::size_t from, std::size_t to);

/// Worlds of snapshots by their position.
using SnapshotOf = std::function<std::shared_ptr<const World>(std::size_t n)>;

/// Appends `count` events, of which the first has position `first` in its trace. False when the
/// bytes are no such run; `events` then holds those that were.
bool read_event_columns(std::string_view bytes, std::size_t first, std::size_t count,
                        const SnapshotOf& snapshot_of, EventStore& events);

}  // namespace cutaway
