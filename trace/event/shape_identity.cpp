// Shapes of calls: who a task is: ids, groups, capabilities, sessions. Calls without arguments need
// no row.
#include "trace/event/shape_rows.h"

namespace cutaway::shapes {

using abi::Sys;
using enum ArgKind;

Rows identity_rows() {
  return {
      {Sys::setuid, {{"uid", Int}}},
      {Sys::setgid, {{"gid", Int}}},
      {Sys::setpgid, {{"pid", Pid}, {"pgid", Pid}}},
      {Sys::getpgid, {{"pid", Pid}}},
      {Sys::getsid, {{"pid", Pid}}},
      {Sys::setreuid, {{"ruid", Int}, {"euid", Int}}},
      {Sys::setregid, {{"rgid", Int}, {"egid", Int}}},
      {Sys::setresuid, {{"ruid", Int}, {"euid", Int}, {"suid", Int}}},
      {Sys::setresgid, {{"rgid", Int}, {"egid", Int}, {"sgid", Int}}},
      {Sys::getresuid, {{"ruid", Struct}, {"euid", Struct}, {"suid", Struct}}},
      {Sys::getresgid, {{"rgid", Struct}, {"egid", Struct}, {"sgid", Struct}}},
      {Sys::setfsuid, {{"fsuid", Int}}},
      {Sys::setfsgid, {{"fsgid", Int}}},
      {Sys::getgroups, {{"size", Int}, {"list", Struct}}},
      {Sys::setgroups, {{"size", Unsigned}, {"list", Struct}}},
      {Sys::capget, {{"hdrp", Struct}, {"datap", Caps}}},
      {Sys::capset, {{"hdrp", Struct}, {"datap", Caps}}},
      {Sys::umask, {{"mask", Mode}}},
  };
}

}  // namespace cutaway::shapes
