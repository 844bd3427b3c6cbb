#include "sim/programs/standins/standins.h"

namespace cutaway::sim {

// Pages and sizes are about those of the real programs (Debian 12), where there is one.
void add_stand_ins(ProgramTable& programs) {
  static constexpr ProgramRow kRows[] = {
      {"python2", python2, 1400, 3'662'000,
       "stand-in for Python 2.7: print, import, sys.exit, time.sleep"},
      {"python3", python3, 1900, 6'831'000,
       "stand-in for Python 3: print(), import, sys.exit, time.sleep"},
      {"node", node, 9000, 93'000'000, "stand-in for node: console.log, process.exit"},
      {"needs-libfoo", needs_library, 350, 15'960,
       "stand-in for a program that needs libfoo.so.1, and its loader"},
      {"redis-server", redis_server, 1800, 13'000'000,
       "stand-in for redis: PING, SET, GET, INCR, DEL, EXISTS, KEYS, INFO over TCP, in memory"},
      {"redis-cli", redis_cli, 400, 5'400'000, "stand-in for redis-cli"},
      {"nginx", nginx, 900, 1'500'000,
       "stand-in for nginx: serves /usr/share/nginx/html on port 80"},
      {"memhog", touch_memory, 200, 16'800, "memhog SIZE [SECONDS]: takes memory and touches it"},
      {"burn", burn_cpu, 200, 16'400, "burn [SECONDS]: takes all the cpu time that it gets"},
      {"forkbomb", fork_bomb, 200, 16'100, "forkbomb: forks, and so do its children"},
  };
  for (const ProgramRow& row : kRows) programs.add(row);
}

}  // namespace cutaway::sim
