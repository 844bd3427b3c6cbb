// The files of a document, made by calls inside of its sandbox.
#pragma once

#include "base/result.h"
#include "real/litmus/calls_inside.h"
#include "spec/litmus.h"

namespace cutaway::real {

/// With missing parents (CONTRACT §5, "Files"). A file that is a litmus program is a copy of the
/// executor.
Status put_files(CallsInside& inside, const spec::FileSet& files);

}  // namespace cutaway::real
