// Moved to the front door: include that.
#pragma once

#include "spec/document_parts.h"
