// How this process's heap works.
#pragma once

namespace cutaway::os {

/// Called once, at the beginning of a program. Small pieces that are freed are joined with their
/// neighbours at once: glibc else keeps them apart and goes through all of them whenever a large
/// piece is freed (mallopt(3), M_MXFAST), and a trace that ends frees some of both by the million.
void prepare_heap();

}  // namespace cutaway::os
