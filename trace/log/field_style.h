// How numbers are shown that are more than numbers (flag words, modes, signals), and fields whose
// name in files is not that of the member.
#pragma once

#include <string_view>

#include "trace/event/event.h"
#include "trace/world/world.h"

namespace cutaway {

enum class FieldStyle : std::uint8_t {
  Plain,
  Octal,       ///< "0755"
  Signal,      ///< "SIGTERM"; of a map from signals: its keys
  SignalSet,   ///< sorted names
  HexWord,     ///< "0x1ff"
  CloneFlags,  ///< sorted names, the exit signal among them
  MountFlags,
  OpenFlags,
};

/// Style of the field `name` of T.
template <class T>
FieldStyle field_style(std::string_view) {
  return FieldStyle::Plain;
}

inline FieldStyle style_if(bool condition, FieldStyle style) {
  return condition ? style : FieldStyle::Plain;
}

template <>
inline FieldStyle field_style<TaskForked>(std::string_view name) {
  return style_if(name == "flags", FieldStyle::CloneFlags);
}
template <>
inline FieldStyle field_style<TaskUnshared>(std::string_view name) {
  return style_if(name == "flags", FieldStyle::CloneFlags);
}
template <>
inline FieldStyle field_style<TaskExited>(std::string_view name) {
  return style_if(name == "signal", FieldStyle::Signal);
}
template <>
inline FieldStyle field_style<TaskUmaskSet>(std::string_view name) {
  return style_if(name == "umask", FieldStyle::Octal);
}
template <>
inline FieldStyle field_style<SignalSent>(std::string_view name) {
  return style_if(name == "sig", FieldStyle::Signal);
}
template <>
inline FieldStyle field_style<SignalDelivered>(std::string_view name) {
  return style_if(name == "sig", FieldStyle::Signal);
}
template <>
inline FieldStyle field_style<SignalIgnored>(std::string_view name) {
  return style_if(name == "sig", FieldStyle::Signal);
}
template <>
inline FieldStyle field_style<SignalHandlerSet>(std::string_view name) {
  return style_if(name == "sig", FieldStyle::Signal);
}
template <>
inline FieldStyle field_style<SignalMaskSet>(std::string_view name) {
  return style_if(name == "blocked", FieldStyle::SignalSet);
}
template <>
inline FieldStyle field_style<ContainerExited>(std::string_view name) {
  return style_if(name == "signal", FieldStyle::Signal);
}
template <>
inline FieldStyle field_style<MountAttached>(std::string_view name) {
  return style_if(name == "flags", FieldStyle::MountFlags);
}
template <>
inline FieldStyle field_style<MountRemounted>(std::string_view name) {
  return style_if(name == "flags", FieldStyle::MountFlags);
}
template <>
inline FieldStyle field_style<Mount>(std::string_view name) {
  return style_if(name == "flags", FieldStyle::MountFlags);
}
template <>
inline FieldStyle field_style<OpenFile>(std::string_view name) {
  return style_if(name == "flags", FieldStyle::OpenFlags);
}
template <>
inline FieldStyle field_style<FileFlagsSet>(std::string_view name) {
  return style_if(name == "flags", FieldStyle::OpenFlags);
}
template <>
inline FieldStyle field_style<FileAttributesSet>(std::string_view name) {
  return style_if(name == "mode", FieldStyle::Octal);
}
template <>
inline FieldStyle field_style<Inode>(std::string_view name) {
  return style_if(name == "mode", FieldStyle::Octal);
}
template <>
inline FieldStyle field_style<FsContext>(std::string_view name) {
  return style_if(name == "umask", FieldStyle::Octal);
}
template <>
inline FieldStyle field_style<SignalHandlers>(std::string_view name) {
  return style_if(name == "actions", FieldStyle::Signal);
}
template <>
inline FieldStyle field_style<Credentials>(std::string_view name) {
  const bool set = name == "effective" || name == "permitted" || name == "inheritable" ||
                   name == "bounding" || name == "ambient";
  return style_if(set, FieldStyle::HexWord);
}
template <>
inline FieldStyle field_style<Task>(std::string_view name) {
  if (name == "pending" || name == "blocked") return FieldStyle::SignalSet;
  return style_if(name == "exit_signal" || name == "term_signal", FieldStyle::Signal);
}

/// Name in files of the field `name` of T.
template <class T>
std::string_view field_name(std::string_view name) {
  return name;
}
template <>
inline std::string_view field_name<Task>(std::string_view name) {
  return name == "pids" ? "nspids" : name;
}
template <>
inline std::string_view field_name<Note>(std::string_view name) {
  return name == "note_class" ? "class" : name;
}
// In an event "container" is the id of the container that it belongs to.
template <>
inline std::string_view field_name<ContainerCreated>(std::string_view name) {
  return name == "container" ? "record" : name;
}
template <>
inline std::string_view field_name<LayerMounted>(std::string_view name) {
  return name == "container" ? "for" : name;
}

}  // namespace cutaway
