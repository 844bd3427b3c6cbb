// What belongs to a call besides its decoded arguments: how many arguments there are, the bytes
// that moved, results that come by pointer.
#pragma once

#include "real/tracer/decode/decode.h"

namespace cutaway::real::decode {

/// `shaped`: how many the shape names.
std::size_t argument_count(const Raw& raw, abi::Sys sys, std::size_t shaped);
/// Registers that the call does not look at are 0, as programs of the simulator pass them.
void leave_out_unused(const Raw& raw, SeenCall& call);
void fill_out(const Raw& raw, SeenCall& call);
void fill_data(const Raw& raw, std::uint64_t data_max, SeenCall& call);

}  // namespace cutaway::real::decode
