// The picture needs no rights: the process that draws gives them up before it opens a window.
#pragma once

#include "base/result.h"

namespace cutaway::app {

/// Becomes the user who called sudo (SUDO_UID, SUDO_GID); without one, stays root in name and drops
/// all capabilities. Then no_new_privs and a seccomp filter without what only the real side needs
/// (mounts, namespaces, tracing, bpf, modules …: EPERM). Nothing of it can be undone.
Status give_up_privileges();

}  // namespace cutaway::app
