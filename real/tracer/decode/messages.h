// sendmsg(2), recvmsg(2) and waitid(2): what more than one decoder needs of their structures.
#pragma once

#include "real/tracer/decode/decode.h"

namespace cutaway::real::decode {

/// The descriptors that came by SCM_RIGHTS.
std::vector<std::int64_t> received_descriptors(const Memory& memory, std::uint64_t msghdr);
/// The status as wait4 would tell it, and whose it is.
void fill_waitid(const Raw& raw, SeenCall& call);

}  // namespace cutaway::real::decode
