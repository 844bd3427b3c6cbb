// Front door: one call of a litmus program as a line, the way people write calls, and strace prints
// them: `fd = open("/etc/hosts", O_RDONLY|O_CLOEXEC)`. For learners who write calls and for screens
// that show programs; documents stay JSON.
#pragma once

#include <string>
#include <string_view>

#include "base/json_value.h"
#include "base/result.h"

namespace cutaway::spec {

/// CALL as in a document: {"call","as", its arguments}. Arguments stand in the order of the man
/// page; those that only come back (stat's statbuf, read's buf) are left out, and so may be the
/// last ones. A text stands in double quotes, flags with | between them, a mode in octal digits, a
/// variable as $v, structs and lists as JSON. Errors say which part is wrong and what is expected.
Result<Json> litmus_call_of(std::string_view line);

/// The line of such an object: a call, or what else a program can have (`barrier "b"`).
std::string litmus_line(const Json& call);

}  // namespace cutaway::spec
