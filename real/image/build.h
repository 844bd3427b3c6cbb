// Makes an OCI image layout from descriptions of images, such as scenarios have (spec/scenario.h).
// The same descriptions and programs give the same bytes: members sorted, no times, owner root
// unless said.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "spec/scenario.h"

namespace cutaway::real {

/// Where the static binary of each program that images may name lies ("busybox" → "/bin/busybox").
using ProgramFiles = std::map<std::string, std::string>;

/// Writes `folder` anew; what was there before is replaced when the new one is whole.
Status build_layout(const std::vector<spec::ScenarioImage>& images, const ProgramFiles& programs,
                    const std::string& folder);

/// One layer's tar archive, not compressed.
Result<std::string> pack_layer(const spec::FileSet& files, const ProgramFiles& programs);
Result<std::string> gzip(const std::string& bytes);

}  // namespace cutaway::real
