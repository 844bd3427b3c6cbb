// The bytes of an exec'd process: threads of the daemon between it and the client.
#pragma once

#include <cstdint>
#include <string>

#include "sim/docker/daemon.h"
#include "sim/docker/start_process.h"

namespace cutaway::sim {

/// The futex word of an exec: its threads tell one another by it.
std::string exec_word(const std::string& id);
ExecRecord& record_of(Sys sys, const std::string& id);
/// `client`: the connection that gets the output, and whose bytes are its stdin; −1: none.
Co<int> start_copiers(Sys sys, std::string id, StartedProcess process, std::int64_t client,
                      bool tty);
/// Nobody may read a connection that is closed: its number could be another one's by then.
Co<int> stop_reading(Sys sys, std::string id, std::int64_t client);

}  // namespace cutaway::sim
