// What /proc tells about tasks and ptrace does not. All of it may be gone: then the answer is no.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cutaway::real {

/// Is it traced by this process?
bool traced_by(int tid, int tracer);
int parent_of(int tid);
/// Does it have a handler for the signal?
bool catches(int tid, int signal);
std::vector<int> threads_of(int pid);

}  // namespace cutaway::real
