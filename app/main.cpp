#include <csignal>
#include <string>
#include <vector>

#include "app/cli/verbs.h"
#include "base/os/heap.h"

int main(int argc, char** argv) {
  cutaway::os::prepare_heap();
  std::signal(SIGPIPE,
              SIG_IGN);  // a reader that goes early (| head) ends us by a failed write, quietly
  return cutaway::app::run_cutaway(std::vector<std::string>(argv + 1, argv + argc));
}
