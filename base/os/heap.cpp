#include "base/os/heap.h"

#include <malloc.h>

namespace cutaway::os {

void prepare_heap() { mallopt(M_MXFAST, 0); }

}  // namespace cutaway::os
