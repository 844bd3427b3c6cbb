// Parsing as a part of a larger document: problems are added to the document's.
#pragma once

#include <string>

#include "spec/predicate.h"
#include "spec/scenario/document_reader.h"

namespace cutaway::spec {

Predicate read_predicate(Problems& problems, const Json& value, const std::string& pointer);
EventPattern read_event_pattern(Problems& problems, const Json& value, const std::string& pointer);

}  // namespace cutaway::spec
