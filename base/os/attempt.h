// Tries something in a child of its own, so that whatever it changes (namespaces, filters, ids)
// ends with the child.
#pragma once

#include <functional>
#include <string>

namespace cutaway::os {

/// How a try went: 0, or the errno of the step at which it stopped.
struct Outcome {
  int error = 0;
  const char* step = "";  ///< a literal: the name of the step
};

/// Runs in the child: only system calls, nothing that allocates.
using Attempt = std::function<Outcome()>;

Outcome attempt_in_child(const Attempt& attempt);

/// For attempts: a user namespace with our own user and group as its root (user_namespaces(7)).
Outcome enter_user_namespace();

/// "EPERM (Operation not permitted)".
std::string error_words(int error);
/// The step and its error.
std::string why_not(const Outcome& outcome);

/// For attempts: 0, or errno.
int write_whole_file(const char* path, const char* text);

}  // namespace cutaway::os
