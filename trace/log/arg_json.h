// Arguments of system calls in JSON (CONTRACT §2), each in the form that its shape asks for.
#pragma once

#include "trace/event/arg.h"
#include "trace/event/shape.h"
#include "trace/log/json_values.h"

namespace cutaway {

/// A string when all of it is there and it is text, else {"text"|"b64", "len"}.
Json captured_json(std::string_view bytes, std::uint64_t true_length);

Json arg_json(const Arg& arg, const ArgShape& shape);
/// What has the wrong form for its shape is taken as it stands; false only for what no argument can
/// be.
bool read_arg(const Json& json, const ArgShape& shape, Arg& arg, JsonProblem& problem);

}  // namespace cutaway
