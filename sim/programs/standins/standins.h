// Programs that stand in for real ones: they make the calls that matter for a lesson and say so
// where they know no more (FIDELITY). Run by the names that images give them.
#pragma once

#include "sim/core/sys.h"
#include "sim/kernel/kernel.h"

namespace cutaway::sim {

/// All of them, for images to name.
void add_stand_ins(ProgramTable& programs);

// python.cpp: reads a script and runs what it understands of it: print, import, sys.exit,
// time.sleep.
Program python2(Sys sys, State state);
Program python3(Sys sys, State state);
// node.cpp: console.log, process.exit.
Program node(Sys sys, State state);
// loader.cpp: a program that needs the library libfoo.so.1, and the loader that looks for it.
Program needs_library(Sys sys, State state);
// redis.cpp: PING, ECHO, SET, GET, INCR, DEL, EXISTS, KEYS, DBSIZE, INFO over TCP.
Program redis_server(Sys sys, State state);
Program redis_cli(Sys sys, State state);
// nginx.cpp: serves the files of one folder.
Program nginx(Sys sys, State state);
// stress.cpp
Program touch_memory(Sys sys, State state);  ///< memhog SIZE [SECONDS]
Program burn_cpu(Sys sys, State state);      ///< burn [SECONDS]
Program fork_bomb(Sys sys, State state);     ///< forkbomb

/// A script line by line: from -c CODE, from a file, or from stdin.
struct Script {
  std::string name;  ///< "<string>", "<stdin>" or the path
  std::string text;
  int err = 0;
};
Co<Script> read_script(Sys sys, std::vector<std::string> argv, std::string code_option);
/// Is `text` NAME(ARGUMENT)?
bool call_of(std::string_view text, std::string_view name, std::string& argument);

}  // namespace cutaway::sim
