// Shapes of calls: waiting for descriptors, and descriptors that wait.
#include "trace/abi/more_flags.h"
#include "trace/event/shape_rows.h"

namespace cutaway::shapes {

using abi::Sys;
using enum ArgKind;

Rows wait_rows() {
  return {
      {Sys::poll, {{"fds", Struct}, {"nfds", Unsigned}, {"timeout", Int}}},
      {Sys::ppoll,
       {{"fds", Struct},
        {"nfds", Unsigned},
        {"tmo_p", Struct},
        {"sigmask", Struct},
        {"sigsetsize", Unsigned}}},
      {Sys::select,
       {{"nfds", Int},
        {"readfds", Struct},
        {"writefds", Struct},
        {"exceptfds", Struct},
        {"timeout", Struct}}},
      {Sys::pselect6,
       {{"nfds", Int},
        {"readfds", Struct},
        {"writefds", Struct},
        {"exceptfds", Struct},
        {"timeout", Struct},
        {"sigmask", Struct}}},
      {Sys::epoll_create, {{"size", Int}}},
      {Sys::epoll_create1, {{"flags", Flags, &abi::kEpollFlags}}},
      {Sys::epoll_ctl,
       {{"epfd", Fd}, {"op", Constant, &abi::kEpollOps}, {"fd", Fd}, {"event", Struct}}},
      {Sys::epoll_wait, {{"epfd", Fd}, {"events", Struct}, {"maxevents", Int}, {"timeout", Int}}},
      {Sys::epoll_pwait,
       {{"epfd", Fd},
        {"events", Struct},
        {"maxevents", Int},
        {"timeout", Int},
        {"sigmask", Struct},
        {"sigsetsize", Unsigned}}},
      {Sys::eventfd2, {{"initval", Unsigned}, {"flags", Flags, &abi::kEventfdFlags}}},
      {Sys::inotify_init1, {{"flags", Flags, &abi::kInotifyFlags}}},
      {Sys::inotify_add_watch,
       {{"fd", Fd}, {"pathname", Path}, {"mask", Flags, &abi::kInotifyEvents}}},
      {Sys::inotify_rm_watch, {{"fd", Fd}, {"wd", Int}}},
  };
}

}  // namespace cutaway::shapes
