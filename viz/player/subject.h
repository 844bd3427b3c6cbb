// What a mark of the picture stands for. A mark has a stable id ("node:web/mnt"); a Subject says
// with our own identities what that id means in a World, so that it is still the same thing when
// pids and names have been used again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/event/event.h"
#include "trace/world/world.h"
#include "viz/player/moment.h"
#include "viz/scene/scene.h"

namespace cutaway::viz {

enum class SubjectKind : std::uint8_t {
  None,
  Task,         ///< a process
  Credentials,  ///< who asks at a gate: ids, capabilities, filters
  Container,    ///< of none: the host
  Namespace,    ///< `space` of a container, or the host's; or `ns`
  Mounts,       ///< a mount table; `name`: one mount of it
  Overlay,      ///< the layers that a container stands on, and its writable one
  Cgroup,       ///< `name`: the controller
  Layer,        ///< `name`: its digest
  Image,        ///< `name`: its reference
  Pid,          ///< one entry of a pid table; of no task: the whole table
  Hostname,
  User,        ///< `number`: a user of the host; else the user namespace of a container
  Interface,   ///< `name`: one; else all of a network namespace
  Cpu,         ///< `number`
  Station,     ///< `name`: terminal, client, server, cache, hub
  Descriptor,  ///< `number` of the container's first process
  Happening,   ///< the call or signal that is under way: `event`
  Line,        ///< a line of the terminal: the `event` that printed it
};
inline constexpr int kSubjectKinds = 19;

struct Subject {
  SubjectKind kind = SubjectKind::None;
  std::string id;  ///< as the picture called it
  TaskId task;
  ContainerId container;  ///< none: the host
  cutaway::NsKind space = cutaway::NsKind::Mnt;
  NsId ns;  ///< one namespace, whoever is in it
  std::string name;
  std::int64_t number = -1;
  EventIndex event = kNoEvent;

  explicit operator bool() const { return kind != SubjectKind::None; }
};
/// The same thing, whatever it is called.
bool operator==(const Subject& a, const Subject& b);
inline bool operator!=(const Subject& a, const Subject& b) { return !(a == b); }

/// What an id means at a moment; kind None when it stands for nothing.
Subject subject_of(const World& world, const Moment& moment, std::string_view id);
/// Ids that are ground, not a thing: a folded deck, a part of a close-up that is not there.
bool is_ground(std::string_view id);
/// The subject of a task, for those who have no id.
Subject task_subject(const cutaway::Task& task);
/// The subject of a terminal's line.
Subject line_subject(EventIndex printed_by);

/// The first living process of a container, or the task whose namespaces are the host's; may be
/// null.
const cutaway::Task* face_of(const World& world, ContainerId container);

/// The area of the selected subject in a picture: the one whose id it has, else another that means
/// the same. Null: it is not to be seen.
const HitArea* area_of(const World& world, const Moment& moment, const std::vector<HitArea>& hits,
                       const Subject& selected);
/// The id of the next (or previous) thing in the picture, from top to bottom and left to right;
/// from nowhere the first (the last). Empty: there is nothing.
std::string next_in_picture(const World& world, const Moment& moment,
                            const std::vector<HitArea>& hits, const Subject& selected,
                            bool forward);

}  // namespace cutaway::viz
